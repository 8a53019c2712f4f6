/**
 * One thick line among grey ones: the chosen unit over the words, the others behind it.
 *
 *     series of every shown unit -> SVG paths in the same columns; the chosen one's numbers below
 */
import { html, useMemo } from "gridtime/lib/html.js";
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

/** What does not change with the chosen word: the lines. @param {UnitLineProps} props */
function lines(props) {
  const { units, unit, window, gate } = props;
  const columns = window.end - window.start;
  const zero = gate ? 96 : 50;
  return html`<svg viewBox="0 0 ${columns} 100" preserveAspectRatio="none" aria-hidden="true">
    <line class="unitline-zero" x1="0" x2=${columns} y1=${zero} y2=${zero} />
    ${units.filter((u) => u !== unit).map((u) => html`<path key=${u} class="unitline-other" d=${path(props, u)} />`)}
    <path class="unitline-chosen" d=${path(props, unit)} />
  </svg>`;
}

/** The chosen unit's number at every word. @param {UnitLineProps} props */
function numbers({ window, unit, value, last }) {
  const words = Array.from({ length: window.end - window.start }, (_, k) => window.start + k);
  return html`<ol class="unitline-numbers" aria-label="Unit ${unit} at every word">
    ${words.map((t) => html`<li key=${t}>${t <= last ? html`<${Num} value=${value(t, unit)} />` : ""}</li>`)}
  </ol>`;
}

/** @param {UnitLineProps} props */
export function UnitLine(props) {
  const { units, window, value, limit, gate, unit, last, step } = props;
  // The same drawing, not an equal one: preact then leaves it alone at a step key.
  const drawn = useMemo(
    () => ({ lines: lines(props), numbers: numbers(props) }),
    [units.join(), window.start, window.end, value, limit, gate, unit, last],
  );
  const columns = window.end - window.start;
  const dot = {
    left: `${((step - window.start + 0.5) / columns) * 100}%`,
    top: `${height(props, value(step, unit))}%`,
  };
  const seen = step >= window.start && step <= Math.min(last, window.end - 1);
  return html`<div class="unitline">
    <div class="unitline-plot">
      ${drawn.lines} ${seen && html`<i class="unitline-dot" style=${dot} aria-hidden="true"></i>`}
    </div>
    ${drawn.numbers}
  </div>`;
}
