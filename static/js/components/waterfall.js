/**
 * A sum one can see: each bar starts where the last one ended.
 *
 *   terms [{label, value}] -> running sums -> bars; the rounding term closes what is shown
 */
import { html } from "gridtime/lib/html.js";
import { activation, colourOf, css } from "gridtime/math/colour.js";
import { roundingTerm, signed } from "gridtime/math/format.js";
import { Num, digitsNow } from "gridtime/components/num.js";
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

/**
 * @param {{bar: Bar, low: number, span: number, limit: number, digits: Digits}} props
 */
function Row({ bar, low, span, limit, digits }) {
  /** @param {number} v */
  const at = (v) => ((v - low) / span) * 100;
  const [left, right] = [Math.min(bar.from, bar.to), Math.max(bar.from, bar.to)];
  const colour = css(colourOf(bar.value, limit, activation(theme.value)));
  return html`<li class="fall ${bar.sum ? "fall-total" : ""}">
    <span class="fall-name">${bar.label}</span>
    <span class="fall-track" aria-hidden="true">
      <span class="fall-zero" style=${{ left: `${at(0)}%` }}></span>
      <span
        class="fall-bar"
        style=${{ left: `${at(left)}%`, width: `${at(right) - at(left)}%`, background: colour }}
      ></span>
      <span class="fall-end" style=${{ left: `${at(bar.to)}%` }}></span>
    </span>
    ${bar.computed
      ? html`<${Num} value=${bar.value} digits=${digits} signed=${!bar.sum} class="fall-value" />`
      : html`<span class="num fall-value">${signed(bar.value, digits)}</span>`}
  </li>`;
}

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
