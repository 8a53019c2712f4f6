/**
 * A sum one can see: each bar starts where the last one ended.
 *
 *   terms [{label, value}] -> running sums -> bars; the rounding term closes what is shown
 */
import { html, written } from "gridtime/lib/html.js";
import { activation, colourOf, css } from "gridtime/math/colour.js";
import { roundingTerm, signed } from "gridtime/math/format.js";
import { digitsNow, numClass, writeNum } from "gridtime/components/num.js";
import { theme } from "gridtime/stores/ui.js";

/** @typedef {import("gridtime/math/format.js").Digits} Digits */
/** @typedef {{label: string, value: number, title?: string}} Term */
/** @typedef {{label: string, value: number, from: number, to: number, sum: boolean, computed: boolean}} Bar */

/**
 * @param {Term[]} terms
 * @param {number} total
 * @param {Digits} digits
 * @returns {Bar[]} computed: false for the rounding term, which no network computed
 */
export function waterfall(terms, total, digits) {
  let at = 0;
  const bars = terms.map(({ label, value }) => {
    const from = at;
    at += value;
    return { label, value, from, to: at, sum: false, computed: true };
  });
  const rest = roundingTerm(terms.map((term) => term.value), total, digits);
  if (rest) bars.push({ ...rest, from: at, to: total, sum: false, computed: false });
  return [...bars, { label: "total", value: total, from: 0, to: total, sum: true, computed: true }];
}

/**
 * Ends of the axis: every bar and zero.
 * @param {Bar[]} bars
 * @returns {[number, number]}
 */
function axis(bars) {
  const ends = bars.flatMap((bar) => [bar.from, bar.to, 0]);
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  return high === low ? [low - 1, high + 1] : [low, high];
}

/** @typedef {{bar: Bar, low: number, span: number, limit: number, digits: Digits}} RowProps */

const Row = written(
  /** @param {RowProps} props  the theme: its colours are written, not styled */
  ({ bar: { label, sum, computed }, digits }) => [label, sum, computed, digitsNow(digits), theme.value],
  ({ bar: { label, sum }, digits }, ref) => html`<li ref=${ref} class="fall ${sum ? "fall-total" : ""}">
    <span class="fall-name">${label}</span>
    <span class="fall-track" aria-hidden="true"><span class="fall-zero"></span><span class="fall-bar"></span><span class="fall-end"></span></span>
    <span class="fall-value ${numClass(digits)}"></span>
  </li>`,
  (row, { bar, low, span, limit, digits }) => {
    /** @param {number} v */
    const at = (v) => `${((v - low) / span) * 100}%`;
    const [, track, value] = /** @type {HTMLElement[]} */ ([...row.children]);
    const [zero, fill, end] = /** @type {HTMLElement[]} */ ([...track.children]);
    const width = (Math.abs(bar.to - bar.from) / span) * 100;
    const colour = css(colourOf(bar.value, limit, activation(theme.value)));
    zero.style.left = at(0);
    fill.style.cssText = `left: ${at(Math.min(bar.from, bar.to))}; width: ${width}%; background: ${colour}`;
    end.style.left = at(bar.to);
    if (bar.computed) writeNum(value, { value: bar.value, digits, signed: !bar.sum });
    else value.textContent = signed(bar.value, digits);
  },
);

/**
 * @param {{terms: Term[], total: number, totalLabel?: string, digits?: Digits, label?: string}} props
 */
export function Waterfall({ terms, total, totalLabel = "total", digits = 3, label = "Sum" }) {
  const bars = waterfall(terms, total, digitsNow(digits));
  bars[bars.length - 1].label = totalLabel;
  const [low, high] = axis(bars);
  const limit = Math.max(...bars.map((bar) => Math.abs(bar.value)));
  return html`<ol class="falls" aria-label=${label}>
    ${bars.map(
      (bar) =>
        html`<${Row} key=${bar.label} bar=${bar} low=${low} span=${high - low} limit=${limit} digits=${digits} />`,
    )}
  </ol>`;
}
