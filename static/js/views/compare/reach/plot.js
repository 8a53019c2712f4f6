/**
 * Words × how far the answer moves with each, on a log scale, and below it a row for exact zeros.
 *
 *     lines [Series] -> one path each, falling to the row "exactly 0" where nothing leads back
 *     click, drag or ← → -> the word of the readout; ↑ ↓ another network
 */
import { html } from "gridtime/lib/html.js";
import { keysAlong, placeAt, pointed } from "gridtime/components/walkedplot.js";
import { apart, powers } from "gridtime/math/logplot.js";
import { limitsOf, pointAt } from "gridtime/math/reach.js";
import { tickSays } from "gridtime/math/signal.js";

/** @typedef {import("gridtime/math/reach.js").Series} Series */
/** @typedef {"wide" | "narrow" | "present"} Size */
/** @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number, letter: number, most: number}} Box */
/** @typedef {{low: number, foot: number, zero: number, x: (t: number) => number, y: (log: number) => number}} Scale */
/**
 * @typedef {object} PlotProps
 * @property {Series[]} all
 * @property {Series[]} limits  lines that the axis holds: it stays as lines come
 * @property {string} chosen
 * @property {string[]} words   of the whole text
 * @property {[number, number]} span first and last word drawn
 * @property {number} at        the word whose answer, or cell, this is
 * @property {number} read      the word of the readout
 * @property {string} label
 * @property {Size} size
 * @property {(t: number) => void} onRead
 * @property {(by: number) => void} onLine
 */

/** In px at root 16; `bottom` follows from the words. @type {Record<Size, Box>} */
const BOX = {
  wide: { width: 960, height: 452, left: 84, right: 88, top: 14, bottom: 0, letter: 14, most: 7 },
  narrow: { width: 358, height: 340, left: 50, right: 78, top: 12, bottom: 0, letter: 13, most: 6 },
  present: { width: 1400, height: 560, left: 140, right: 150, top: 22, bottom: 0, letter: 24, most: 6 },
};

/** @param {Box} box @param {Series[]} limits @param {[number, number]} span @returns {Scale} */
function scaleOf(box, limits, [first, last]) {
  const { low } = limitsOf(limits);
  const right = box.width - box.right;
  const zero = box.height - box.bottom - box.letter * 0.9;
  const foot = zero - box.letter * 1.4;
  return {
    low, foot, zero,
    x: (t) => (last === first ? right : box.left + ((t - first) / (last - first)) * (right - box.left)),
    y: (log) => (log === -Infinity ? zero : foot - ((Math.max(low, log) - low) / -low) * (foot - box.top)),
  }; // prettier-ignore
}

/** @param {{box: Box, scale: Scale}} props */
function Axis({ box, scale }) {
  const right = box.width - box.right;
  return html`${powers({ low: scale.low, high: 0 }, box.most).map((power) => html`<g key=${power}><path class="reach-grid" d="M${box.left} ${scale.y(power)}H${right}" /><text x=${box.left - 8} y=${scale.y(power) + box.letter * 0.35} text-anchor="end">${tickSays(power)}</text></g>`)}
    <rect class="reach-floor" x=${box.left - 4} y=${scale.zero - box.letter * 0.8} width=${right - box.left + 8} height=${box.letter * 1.6} />
    <text x=${box.left - 8} y=${scale.zero + box.letter * 0.35} text-anchor="end">${box.width < 400 ? "0" : "exactly 0"}</text>`;
}

/** Longer names of x are cut, in letters. */
const LONGEST = 12;

/** At a slant where words would touch, every second or third where even that is too much; room below for the longest. @param {string[]} words @param {[number, number]} span @param {Box} box */
function laidOut(words, [first, last], box) {
  const gap = (box.width - box.left - box.right) / Math.max(1, last - first);
  const longest = Math.max(...words.slice(first, last + 1).map((word) => word.length));
  const slant = longest * box.letter * 0.6 > gap;
  const every = slant ? Math.max(1, Math.ceil((box.letter * 1.6) / gap)) : 1;
  return { slant, every, bottom: box.letter * (slant ? 1.4 + 0.46 * Math.min(LONGEST, longest) : 1.9) };
}

/** Words on x. @param {PlotProps & {box: Box, scale: Scale, laid: ReturnType<typeof laidOut>}} props */
function Words({ words, span: [first, last], read, at, box, scale, laid: { slant, every } }) {
  const count = last - first + 1;
  const y = box.height - box.bottom + box.letter * 1.1;
  return Array.from({ length: count }, (_, k) => first + k).map((t) => {
    const near = t !== read && Math.abs(t - read) < every;
    if (near || ((last - t) % every && t !== read)) return null;
    const text = words[t].length > LONGEST && slant ? `${words[t].slice(0, LONGEST - 1)}…` : words[t];
    const place = slant ? { transform: `translate(${scale.x(t) + 4} ${y}) rotate(-45)`, "text-anchor": "end" } : { x: scale.x(t), y: y + 4, "text-anchor": "middle" };
    return html`<text key=${t} class="${t === read ? "is-at" : ""} ${t > at ? "is-later" : ""}" ...${place}>${text}</text>`;
  });
}

/** Words that the answer has not seen. @param {{at: number, last: number, box: Box, scale: Scale}} props */
function Later({ at, last, box, scale }) {
  if (at >= last) return null;
  const [left, right] = [(scale.x(at) + scale.x(at + 1)) / 2, box.width - box.right + 4];
  return html`<g class="reach-later"><rect x=${left} y=${box.top} width=${right - left} height=${scale.zero + box.letter * 0.8 - box.top} /><text x=${(left + right) / 2} y=${box.top + box.letter * 1.2} text-anchor="middle">${right - left > box.letter * 7 ? "not read yet" : ""}</text></g>`;
}

/** @param {{one: Series, scale: Scale, thick: boolean, read: number, box: Box, y: number | undefined, at: number}} props y: of its name */
function Line({ one, scale, thick, read, box, y, at }) {
  const drawn = one.points.filter(({ t }) => t <= at);
  const here = pointAt(one, read);
  const path = drawn.map(({ t, log }, k) => `${k ? "L" : "M"}${scale.x(t).toFixed(1)} ${scale.y(log).toFixed(1)}`).join("");
  return html`<g class="reach-line is-${one.kind} ${thick ? "is-thick" : ""}" data-model=${one.id}>
    <path d=${path} stroke-linecap="round" />
    ${drawn.filter(({ norm }) => norm === 0).map(({ t }) => html`<circle key=${t} class="reach-zero" cx=${scale.x(t)} cy=${scale.zero} r=${box.letter * 0.22} />`)}
    ${here && here.t <= at && html`<circle class="reach-here" cx=${scale.x(read)} cy=${scale.y(here.log)} r=${box.letter * (thick ? 0.46 : 0.32)} />`}
    ${y !== undefined && html`<text class="reach-name" x=${box.width - box.right + box.letter * 0.9} y=${y + box.letter * 0.35}>${one.name}</text>`}
  </g>`;
}

/** @param {PlotProps} props */
export function Plot(props) {
  const { all, limits, chosen, words, span, at, read, label, size, onRead, onLine } = props;
  const laid = laidOut(words, span, BOX[size]);
  const box = { ...BOX[size], bottom: laid.bottom };
  const scale = scaleOf(box, limits, span);
  const [first, last] = span;
  const ends = all.map((one) => ({ id: one.id, at: scale.y((one.points.findLast(({ t }) => t <= at) ?? { log: 0 }).log) }));
  const names = apart(ends, box.letter * 1.25, box.top + box.letter / 2, scale.zero);
  const key = keysAlong({ at: read, first, last }, onRead, onLine);
  const under = placeAt(box, first, last);
  const point = pointed(box.width, (px) => onRead(under(px)));
  const ordered = [...all].sort((a, b) => Number(a.id === chosen) - Number(b.id === chosen));
  return html`<div class="reach-plot is-${size}" role="application" tabindex="0" aria-roledescription="plot" aria-label="${label}. Left and right choose a place, up and down a network." onKeyDown=${key} onPointerDown=${point} onPointerMove=${point}>
    <svg viewBox="0 0 ${box.width} ${box.height}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
      <${Axis} box=${box} scale=${scale} />
      <${Later} at=${at} last=${last} box=${box} scale=${scale} />
      <path class="reach-at" d="M${scale.x(read)} ${box.top}V${box.height - box.bottom}" />
      ${ordered.map((one) => html`<${Line} key=${one.id} one=${one} scale=${scale} thick=${one.id === chosen} read=${read} box=${box} y=${names.get(one.id)} at=${at} />`)}
      <${Words} ...${props} box=${box} scale=${scale} laid=${laid} />
    </svg>
  </div>`;
}
