/**
 * The sentence as a path over the dots: from the empty memory, word by word, to the chosen one.
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { exact } from "gridtime/components/num.js";
import { labels } from "gridtime/math/plane.js";
import { percent } from "gridtime/math/format.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/plane.js").Frame} Frame */

/** The arrow of the answer, px at root 16. */
const REACH = 96;

/** @param {{frame: Frame, way: {way: [number, number]}, label: string, rem: number}} props */
function Arrow({ frame: { x, y }, way: { way }, label, rem }) {
  const [x0, y0] = [x(0), y(0)];
  const [x1, y1] = [x0 + way[0] * REACH * rem, y0 - way[1] * REACH * rem];
  const turn = (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
  return html`<g class="plane-arrow"><line x1=${x0} y1=${y0} x2=${x1} y2=${y1} />
    <path d="M0,0L-12,-6L-12,6Z" transform="translate(${x1 + way[0] * 8} ${y1 - way[1] * 8}) rotate(${turn})" />
    <text x=${x1 + way[0] * 14 * rem} y=${y1 - way[1] * 14 * rem} dy="0.35em" text-anchor=${way[0] < -0.3 ? "end" : way[0] > 0.3 ? "start" : "middle"}>${label}</text></g>`;
}

/** @param {{room: Room, own: import("gridtime/math/lines.js").States, window: {start: number, end: number}, places: Float32Array, zero: [number, number] | null, frame: Frame, rem: number, way: {way: [number, number], held: number} | null, path: boolean, plane: import("gridtime/math/plane.js").Plane}} props */
export function Path({ room: { s, look, patch }, own, window, places, zero, frame, rem, way, path, plane }) {
  const { x, y, width, height } = frame;
  const { start, end } = window;
  const size = (look.present ? 24 : look.narrow ? 13 : 15) * rem;
  /** @param {number} t @returns {[number, number]} */
  const at = (t) => (t < 0 && zero ? [x(zero[0]), y(zero[1])] : [x(places[2 * t]), y(places[2 * t + 1])]);
  const first = zero ? Math.max(-1, start - 1) : start; // from both ends nothing begins empty
  const line = (/** @type {number} */ a, /** @type {number} */ b) => Array.from({ length: Math.max(0, b - a + 1) }, (_, k) => at(a + k).map((v) => v.toFixed(1)).join(",")).join("L");
  const named = useMemo(() => {
    const order = Array.from({ length: end - start }, (_, k) => start + k).sort((a, b) => Number(b === s.step) - Number(a === s.step));
    const found = labels(order.map((t) => ({ x: at(t)[0], y: at(t)[1], text: own.pieces[t].text, must: t === s.step })), size, { width, height });
    return order.flatMap((t, k) => (found[k] ? [{ t, ...found[k] }] : []));
  }, [own, start, end, s.step, frame, size]);
  const [cx, cy] = at(s.step);
  return html`<svg class="plane-path" width=${width} height=${height} role="img" aria-label="The path of the hidden state over the words, after “${own.pieces[s.step].text}”" style=${{ "--label": `${size}px` }}>
    <line class="plane-axis" x1=${x(0)} x2=${x(0)} y1="0" y2=${height} /><line class="plane-axis" x1="0" x2=${width} y1=${y(0)} y2=${y(0)} />
    <text class="plane-name" x=${width - 6} y=${y(0) - 6} text-anchor="end">${width < 500 ? "first" : "first direction"}, ${percent(plane.share[0])}</text>
    <text class="plane-name" x=${x(0) + 6} y=${14 * rem}>second direction, ${percent(plane.share[1])}</text>
    ${way && html`<${Arrow} frame=${frame} way=${way} label=${s.label} rem=${rem} />`}
    ${path && html`<g>
      ${first < 0 && html`<circle class="plane-zero" cx=${at(-1)[0]} cy=${at(-1)[1]} r=${6 * rem} />`}
      <path class="plane-later" d="M${line(Math.max(first, s.step), end - 1)}" />
      <path class="plane-read" d="M${line(first, Math.min(s.step, end - 1))}" />
      ${Array.from({ length: end - start }, (_, k) => start + k).map((t) => html`<circle key=${t} class="plane-point ${t > s.step ? "is-later" : ""}" cx=${at(t)[0]} cy=${at(t)[1]} r=${4 * rem} data-word=${t} data-value=${exact(places[2 * t])} onClick=${() => patch({ step: t })}><title>${own.pieces[t].text}</title></circle>`)}
      ${named.map(({ t, x: lx, y: ly, anchor }) => html`<text key=${t} class="plane-word ${t === s.step ? "is-chosen" : t > s.step ? "is-later" : ""}" x=${lx} y=${ly} text-anchor=${anchor} onClick=${() => patch({ step: t })}>${own.pieces[t].text}</text>`)}
      ${s.step >= start && s.step < end && html`<circle class="plane-marker" cx=${cx} cy=${cy} r=${(look.present ? 11 : 7) * rem} />`}
    </g>`}
  </svg>`;
}
