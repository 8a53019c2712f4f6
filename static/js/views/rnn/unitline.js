/**
 * One thick line among grey ones: the chosen unit over the words, the others behind it.
 *
 *     series of every shown unit -> SVG paths in the same columns; the chosen one's numbers below
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";

/**
 * @typedef {object} UnitLineProps
 * @property {number[]} units
 * @property {{start: number, end: number}} window
 * @property {(t: number, unit: number) => number} value
 * @property {number} limit
 * @property {boolean} gate
 * @property {number} unit
 * @property {number} last
 */

/** @param {UnitLineProps} props @param {number} unit */
function path({ window, value, limit, gate, last }, unit) {
  const points = [];
  for (let t = window.start; t < window.end && t <= last; t += 1) {
    const v = value(t, unit) / limit;
    const y = gate ? 1 - v : (1 - v) / 2;
    points.push(`${(t - window.start + 0.5).toFixed(2)},${(4 + y * 92).toFixed(2)}`);
  }
  return `M${points.join("L")}`;
}

/** @param {UnitLineProps} props */
export function UnitLine(props) {
  const { units, window, value, gate, unit, last } = props;
  const columns = window.end - window.start;
  const zero = gate ? 96 : 50;
  const words = Array.from({ length: columns }, (_, k) => window.start + k);
  return html`<div class="unitline">
    <svg viewBox="0 0 ${columns} 100" preserveAspectRatio="none" aria-hidden="true">
      <line class="unitline-zero" x1="0" x2=${columns} y1=${zero} y2=${zero} />
      ${units.filter((u) => u !== unit).map((u) => html`<path key=${u} class="unitline-other" d=${path(props, u)} />`)}
      <path class="unitline-chosen" d=${path(props, unit)} />
    </svg>
    <ol class="unitline-numbers" aria-label="Unit ${unit} at every word">
      ${words.map((t) => html`<li key=${t}>${t <= last ? html`<${Num} value=${value(t, unit)} />` : ""}</li>`)}
    </ol>
  </div>`;
}
