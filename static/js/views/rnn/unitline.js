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
 * @property {number} limit      end of the axis
 * @property {number} step
 * @property {boolean} gate
 * @property {number} unit
 * @property {number} last
 */

/** Where a value stands, in per cent from the top. @param {UnitLineProps} props @param {number} v */
const height = ({ limit, gate }, v) => 4 + 92 * (gate ? 1 - v / limit : (1 - v / limit) / 2);

/** @param {UnitLineProps} props @param {number} unit */
function path(props, unit) {
  const { window, value, last } = props;
  const points = [];
  for (let t = window.start; t < window.end && t <= last; t += 1) {
    points.push(`${t - window.start + 0.5},${height(props, value(t, unit)).toFixed(2)}`);
  }
  return `M${points.join("L")}`;
}

/** @param {UnitLineProps} props */
export function UnitLine(props) {
  const { units, window, value, gate, unit, last, step } = props;
  const columns = window.end - window.start;
  const zero = gate ? 96 : 50;
  const dot = {
    left: `${((step - window.start + 0.5) / columns) * 100}%`,
    top: `${height(props, value(step, unit))}%`,
  };
  const words = Array.from({ length: columns }, (_, k) => window.start + k);
  return html`<div class="unitline">
    <div class="unitline-plot"><svg viewBox="0 0 ${columns} 100" preserveAspectRatio="none" aria-hidden="true">
      <line class="unitline-zero" x1="0" x2=${columns} y1=${zero} y2=${zero} />
      ${units.filter((u) => u !== unit).map((u) => html`<path key=${u} class="unitline-other" d=${path(props, u)} />`)}
      <path class="unitline-chosen" d=${path(props, unit)} />
    </svg>
    ${step >= window.start && step <= Math.min(last, window.end - 1) && html`<i class="unitline-dot" style=${dot} aria-hidden="true"></i>`}</div>
    <ol class="unitline-numbers" aria-label="Unit ${unit} at every word">
      ${words.map((t) => html`<li key=${t}>${t <= last ? html`<${Num} value=${value(t, unit)} />` : ""}</li>`)}
    </ol>
  </div>`;
}
