/**
 * Before → after on one scale from 0 to 100 %, a row a network: a ring, a line, a filled mark.
 *
 *     rows [{before, after, low?, high?}] -> marks, whiskers where an interval is known, both shares
 *     click, or ↑ ↓ in the focused plot -> the chosen network
 */
import { html } from "gridtime/lib/html.js";
import { percent } from "gridtime/math/format.js";

/** @typedef {import("gridtime/math/held.js").Dumbbell} Dumbbell */
/** @typedef {"wide" | "narrow" | "present"} Size */

/** In px at root 16; `row`, `tall`: a row without and with whiskers. @type {Record<Size, {width: number, row: number, tall: number, letter: number, mark: number}>} */
const BOX = {
  wide: { width: 640, row: 31, tall: 36, letter: 15, mark: 6 },
  narrow: { width: 358, row: 38, tall: 46, letter: 13, mark: 6 },
  present: { width: 1400, row: 68, tall: 104, letter: 32, mark: 13 },
};

/** @typedef {typeof BOX["wide"] & {left: number, right: number}} Laid */

/** Room for the longest name and the longest pair of shares, about 0.6 em a letter. @param {Dumbbell[]} rows @param {Size} size @returns {Laid} */
function laidOut(rows, size) {
  const { letter } = BOX[size];
  const longest = (/** @type {string[]} */ texts) => Math.max(...texts.map((text) => text.length));
  const left = letter * (1.4 + 0.57 * longest(rows.map(({ name }) => name)));
  const right = letter * (1.5 + 0.61 * longest(rows.map(({ before, after }) => `${percent(before)} → ${percent(after)}`)));
  return { ...BOX[size], left, right };
}

/** One decimal of a per cent where a share was counted, none where it is one network's belief. @param {number} share @param {boolean} counted */
export const shown = (share, counted) => (counted ? `${(share * 100).toFixed(1)} %` : percent(share));

/** @param {{x: number, y: number, x0: number, x1: number, cap: number}} props */
const Whisker = ({ y, x0, x1, cap }) => html`<path class="dumb-whisker" d="M${x0} ${y - cap}v${2 * cap}M${x0} ${y}H${x1}M${x1} ${y - cap}v${2 * cap}" />`;

/** @param {{row: Dumbbell, y: number, apart: number, x: (v: number) => number, box: Laid, right: number}} props */
function Marks({ row, y, apart, x, box, right }) {
  const { before, after, low, high } = row;
  const [y0, y1] = [y - apart, y + apart];
  const middle = y + box.letter * 0.35;
  return html`<text class="dumb-name" x=${box.left - box.letter * 0.8} y=${middle} text-anchor="end">${row.name}</text>
    <path class="dumb-track" d="M${box.left} ${y}H${right}" />
    ${low && html`<${Whisker} y=${y0} x0=${x(low[0])} x1=${x(low[1])} cap=${box.mark * 0.7} />`}
    ${high && html`<${Whisker} y=${y1} x0=${x(high[0])} x1=${x(high[1])} cap=${box.mark * 0.7} />`}
    <path class="dumb-line" d="M${x(before)} ${y0}L${x(after)} ${y1}" />
    <circle class="dumb-before" cx=${x(before)} cy=${y0} r=${box.mark} /><circle class="dumb-after" cx=${x(after)} cy=${y1} r=${box.mark} />
    <text class="dumb-shares" x=${box.width - 4} y=${middle} text-anchor="end"><tspan data-value=${String(before)}>${percent(before)}</tspan> → <tspan data-value=${String(after)}>${percent(after)}</tspan></text>`;
}

/**
 * @param {{rows: Dumbbell[], chosen: string, size: Size, label: string, axis: string, onChoose: (id: string) => void}} props axis: what the scale is
 */
export function Dumbbells({ rows, chosen, size, label, axis, onChoose }) {
  const box = laidOut(rows, size);
  const counted = rows.some(({ low }) => low);
  const [step, right, top] = [counted ? box.tall : box.row, box.width - box.right, box.letter * 0.4];
  const foot = top + rows.length * step;
  const x = (/** @type {number} */ v) => box.left + v * (right - box.left);
  const at = rows.findIndex(({ id }) => id === chosen);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(rows[Math.max(0, Math.min(rows.length - 1, to))].id);
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const area = /** @type {Element} */ (/** @type {HTMLElement} */ (event.currentTarget).querySelector("svg")).getBoundingClientRect();
    const k = Math.floor((((event.clientY - area.top) / area.width) * box.width - top) / step);
    if (rows[k]) onChoose(rows[k].id);
  };
  return html`<div class="dumb is-${size}" role="application" tabindex="0" aria-roledescription="plot" aria-label="${label}. Up and down choose a network." onKeyDown=${key} onClick=${click}>
    <svg viewBox="0 0 ${box.width} ${foot + box.letter * 3.2}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
      ${[0, 0.25, 0.5, 0.75, 1].map((v) => html`<g key=${v}><path class="dumb-grid" d="M${x(v)} ${top}V${foot}" />${(size !== "narrow" || v % 0.5 === 0) && html`<text x=${x(v)} y=${foot + box.letter * 1.3} text-anchor="middle">${percent(v)}</text>`}</g>`)}
      <text class="dumb-axis" x=${counted && size === "narrow" ? box.width / 2 : x(0.5)} y=${foot + box.letter * 2.6} text-anchor="middle">${axis}</text>
      ${rows.map((row, k) => html`<g key=${row.id} class="dumb-row ${row.id === chosen ? "is-chosen" : ""}" data-model=${row.id}><${Marks} row=${row} y=${top + (k + 0.5) * step} apart=${counted ? step * 0.16 : 0} x=${x} box=${box} right=${right} /></g>`)}
    </svg>
  </div>`;
}
