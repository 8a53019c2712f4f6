/**
 * Words or steps × what is left of the error signal, on a log scale: it starts at 1 on the right and
 * runs to the left.
 *
 *     lines [Series] -> one path each, the chosen one thick; names where the signal ends
 *     click, drag or arrows -> the word of the readout; ↑ ↓ another line
 */
import { html } from "gridtime/lib/html.js";
import { keysAlong, placeAt, pointed } from "gridtime/components/walkedplot.js";
import { apart, cut, falls, limitsOf, pathOf, powers, scaleOf } from "gridtime/math/logplot.js";
import { FLOOR, endSays, logAt, powerOfTen, tickSays } from "gridtime/math/signal.js";

/** @typedef {import("gridtime/math/signal.js").Series} Series */
/** @typedef {import("gridtime/math/logplot.js").Box} Box */
/** @typedef {import("gridtime/math/logplot.js").Scale} Scale */
/** @typedef {{x: number, text: string}} Tick */
/**
 * @typedef {object} PlotProps
 * @property {Series[]} all       lines on screen
 * @property {Series[]} [limits]  lines that the axis holds, if more: it stays as lines come
 * @property {string} chosen      the thick line
 * @property {[number, number]} span first and last x
 * @property {number} at          the x of the readout
 * @property {Tick[]} ticks
 * @property {string} axis        what x is
 * @property {string} label       for a screen reader
 * @property {"wide" | "narrow" | "present"} size
 * @property {boolean} [low]      less high: there is more below it
 * @property {(x: number) => void} onAt
 * @property {(by: number) => void} onLine
 */

/** In px at root 16. @type {Record<PlotProps["size"], Box & {letter: number, name: number, most: number}>} */
const BOX = {
  wide: { width: 960, height: 520, left: 184, right: 76, top: 44, bottom: 84, letter: 15, name: 15, most: 13 },
  narrow: { width: 358, height: 300, left: 24, right: 64, top: 30, bottom: 64, letter: 13, name: 13, most: 7 },
  present: { width: 960, height: 446, left: 250, right: 84, top: 40, bottom: 84, letter: 17, name: 21, most: 7 },
};

const LOW = 444;

/** Room for a name, in letters' heights. */
const GAP = 1.35;

/** @param {{scale: Scale, box: typeof BOX["wide"]}} props */
function Axis({ scale, box }) {
  return powers(scale, box.most).map((power) => html`<g key=${power}>
    <path class="signal-grid ${power === 0 ? "is-one" : ""}" d="M${box.left} ${scale.y(power)}H${box.width - box.right}" />
    <text x=${box.width - box.right + 10} y=${scale.y(power) + box.letter * 0.35}>${tickSays(power)}</text></g>`);
}

/** Room for a name at a slant, in letters' heights along the axis. */
const SLANTED = 1.7;

/** Which names of x are written, and whether at a slant, where they would touch.
 *  @param {Tick[]} ticks @param {[number, number]} span @param {typeof BOX["wide"]} box */
function layTicks(ticks, [first, last], box) {
  const px = (box.width - box.left - box.right) / Math.max(1, last - first);
  const gap = ticks.length > 1 ? px * (ticks[1].x - ticks[0].x) : Infinity;
  const widest = Math.max(...ticks.map(({ text }) => text.length)) * box.letter * 0.58;
  const slant = widest > gap;
  return { every: slant ? Math.max(1, Math.ceil((box.letter * SLANTED) / gap)) : 1, slant };
}

/** @param {{ticks: Tick[], laid: {every: number, slant: boolean}, scale: Scale, box: typeof BOX["wide"], at: number}} props */
function Ticks({ ticks, laid: { every, slant }, scale, box, at }) {
  const y = box.height - box.bottom + box.letter * 1.2;
  const chosen = ticks.findIndex(({ x }) => x === at);
  return ticks.map(({ x, text }, k) => {
    const near = chosen >= 0 && k !== chosen && Math.abs(k - chosen) < every; // gives way to the chosen one
    if (near || ((ticks.length - 1 - k) % every && x !== at)) return null;
    const place = slant ? { transform: `translate(${scale.x(x) + 5} ${y - 3}) rotate(-40)`, "text-anchor": "end" } : { x: scale.x(x), y, "text-anchor": "middle" };
    const short = slant && text.length > 12 ? `${text.slice(0, 11)}…` : text;
    return html`<text key=${x} class=${x === at ? "is-at" : ""} ...${place}>${short}</text>`;
  });
}

/** @param {{scale: Scale, box: typeof BOX["wide"], size: PlotProps["size"]}} props */
function Arrow({ box, size }) {
  const y = box.top - box.letter * 1.4;
  const [right, long] = [box.width - box.right, size === "narrow" ? 40 : 90];
  return html`<g class="signal-arrow"><path d="M${right} ${y}h${-long}m9 -6l-9 6l9 6" /><text x=${right - long - 10} y=${y + box.letter * 0.35} text-anchor="end">the error signal travels this way</text></g>`;
}

/** Below the floor: how far it goes is no longer of use. @param {{scale: Scale, box: typeof BOX["wide"], band: number, aside: boolean}} props */
function Nothing({ scale, box, band, aside }) {
  if (!band) return null;
  const [left, right] = [box.left, box.width - box.right];
  const text = box.width > 400 ? `below ${powerOfTen(FLOOR)}: nothing left to learn from` : "nothing left to learn from";
  return html`<g class="signal-nothing"><rect x=${left} y=${scale.foot} width=${right - left} height=${band} /><path d="M${left} ${scale.foot}H${right}" />
    <text x=${aside ? right - 8 : left + 8} y=${scale.foot + band - box.letter * 0.45} text-anchor=${aside ? "end" : "start"}>${text}</text></g>`;
}

/** Attributes, not style: a saved drawing keeps them. */
const CAP = { "stroke-linecap": "round" };

/** @param {{one: Series, scale: Scale, thick: boolean, at: number, letter: number, name: {x: number, y: number, anchor: string} | undefined}} props */
function Line({ one, scale, thick, at, letter, name }) {
  const { drawn } = cut(one.points, scale.low, scale.high);
  const log = logAt(one, at);
  const seen = log !== null && log >= scale.low && log <= scale.high;
  return html`<g class="signal-line is-${one.kind} ${thick ? "is-thick" : ""}">
    <path d=${pathOf(drawn, scale)} ...${CAP} />
    ${seen && html`<circle cx=${scale.x(at)} cy=${scale.y(log)} r=${thick ? 7 : 4.5} />`}
    ${name && html`<text class="signal-name" paint-order="stroke" x=${name.x} y=${name.y + letter * 0.35} text-anchor=${name.anchor}>${endSays(one)}</text>`}
  </g>`;
}

/**
 * Where each line's name stands: left of the plot, or in the band below the floor where it fell out.
 * @param {Series[]} all @param {Scale} scale @param {typeof BOX["wide"]} box @param {number} step
 */
function names(all, scale, box, step) {
  const fallen = all.filter(({ points }) => points[0].log < scale.low).map((one) => ({ one, x: scale.x(cut(one.points, scale.low, scale.high).drawn[0].x) }));
  const found = new Map(fallen.sort((a, b) => b.x - a.x).map(({ one, x }, k) => [one.id, { x: Math.max(x, box.left + 4), y: scale.foot + step * (k + 0.62), anchor: x > box.width / 2 ? "end" : "start" }]));
  const staying = all.filter(({ id }) => !found.has(id)).map(({ id, points }) => ({ id, at: scale.y(points[0].log) }));
  for (const [id, y] of apart(staying, step, box.top, scale.foot)) found.set(id, { x: box.left - 12, y, anchor: "end" });
  return found;
}

/** Lines' names above the plot, where there is no room beside it. @param {{all: Series[], chosen: string}} props */
const Key = ({ all, chosen }) => html`<p class="signal-key">${all.map((one) => html`<span key=${one.id} class=${one.id === chosen ? "is-thick" : ""}><${Sample} kind=${one.kind} thick=${one.id === chosen} />${endSays(one)}</span>`)}</p>`;

/** A piece of a line. @param {{kind: string, thick: boolean}} props */
export const Sample = ({ kind, thick }) =>
  html`<svg class="signal-sample signal-line is-${kind} ${thick ? "is-thick" : ""}" viewBox="0 0 44 10" aria-hidden="true"><path d="M2 5H42" ...${CAP} /></svg>`;

/** @param {PlotProps} props */
export function Plot({ all, limits = all, chosen, span, at, ticks, axis, label, size, low = false, onAt, onLine }) {
  const laid = layTicks(ticks, span, BOX[size]);
  const whole = low && size === "wide" ? { ...BOX.wide, height: LOW } : BOX[size];
  const box = laid.slant ? whole : { ...whole, bottom: whole.letter * (axis ? 3.1 : 1.8) };
  const step = box.name * GAP;
  const fallen = all.filter(({ points }) => points[0].log < FLOOR).length;
  const band = falls(limits) ? step * ((size === "narrow" ? 0 : Math.max(1, fallen)) + 1) + 4 : 0;
  const scale = scaleOf(limitsOf(limits), span, box, band);
  const places = size === "narrow" ? new Map() : names(all, scale, box, step);
  const aside = all.some(({ id }) => (places.get(id)?.y ?? 0) > scale.foot && places.get(id).x < box.left + 330 && places.get(id).anchor === "start");
  const [first, last] = span;
  const key = keysAlong({ at, first, last }, onAt, onLine);
  const under = placeAt(box, first, last);
  const point = pointed(box.width, (px) => onAt(under(px)));
  const ordered = [...all].sort((a, b) => Number(a.id === chosen) - Number(b.id === chosen));
  return html`<div class="signal-plot is-${size}">
    <div role="application" tabindex="0" aria-roledescription="plot" aria-label="${label}. Left and right choose a place, up and down a line." onKeyDown=${key} onPointerDown=${point} onPointerMove=${point}>
      <svg viewBox="0 0 ${box.width} ${box.height}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
        <${Axis} scale=${scale} box=${box} />
        <${Nothing} scale=${scale} box=${box} band=${band} aside=${aside} />
        <path class="signal-at" d="M${scale.x(at)} ${box.top}V${box.height - box.bottom}" />
        <${Arrow} box=${box} size=${size} />
        ${ordered.map((one) => html`<${Line} key=${one.id} one=${one} scale=${scale} thick=${one.id === chosen} at=${at} letter=${box.name} name=${places.get(one.id)} />`)}
        <${Ticks} ticks=${ticks} laid=${laid} scale=${scale} box=${box} at=${at} />
        <text class="signal-axis" x=${box.width - box.right} y=${box.height - 4} text-anchor="end">${axis}</text>
      </svg>
    </div>
    ${size === "narrow" && html`<${Key} all=${all} chosen=${chosen} />`}
  </div>`;
}
