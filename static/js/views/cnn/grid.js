/**
 * A window's numbers as cells one can read.
 *
 *     kind "value"    square on the activation scale, number on it
 *     kind "weight"   disc, area = size, filled + and ring −, number below
 *
 * Form says what kind of number it is; colour is second.
 */

import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { activation, colourOf, css, digitInk, weight } from "gridtime/math/colour.js";

/** @typedef {import("gridtime/math/colour.js").Theme} Theme */
/**
 * @typedef {object} GridProps
 * @property {ArrayLike<number>} values row by row @property {number} [from] first value
 * @property {number} columns @property {number} rows @property {number} limit @property {Theme} theme
 * @property {"value"|"weight"} [kind] @property {string} label @property {number} [digits]
 * @property {number} [marked] index of the cell that is singled out
 * @property {(i: number) => boolean} [outside] cells that lie outside the picture
 * @property {boolean} [counts] what lies outside counts as 0; else it is left out
 */

/** Cell edge by window: LOOK's 72, and 43 for 5×5. @param {number} taps @returns {string} */
export function cellClass(taps) {
  return taps <= 2 ? "cells-large" : taps <= 3 ? "cells-middle" : "cells-small";
}

/** The largest window whose cells are shown one by one. */
export const MOST_TAPS = 5;

/** A cell that is left out has no number: a 0 there could be taken for the largest.
 *  @param {{value: number, limit: number, theme: Theme, digits: number, marked: boolean, out: boolean, counts: boolean}} props */
function ValueCell({ value, limit, theme, digits, marked, out, counts }) {
  if (out && !counts) return html`<li class="cell is-outside is-left-out" title="Outside the map: does not count."><span aria-hidden="true">–</span><span class="unseen">outside, does not count</span></li>`;
  const colour = colourOf(value, limit, activation(theme));
  const style = out ? {} : { background: css(colour), color: digitInk(colour) };
  return html`<li class="cell ${marked ? "is-marked" : ""} ${out ? "is-outside" : ""}" style=${style}
    title=${out ? "Outside the picture counts as 0." : undefined}>
    <${Num} value=${value} digits=${digits} /></li>`;
}

/** @param {{value: number, limit: number, theme: Theme, digits: number}} props */
function WeightCell({ value, limit, theme, digits }) {
  const colour = css(colourOf(Math.sign(value) * limit, limit, weight(theme)));
  const size = limit > 0 ? Math.sqrt(Math.abs(value) / limit) : 0;
  return html`<li class="cell cell-weight">
    <svg viewBox="-10 -10 20 20" aria-hidden="true">${disc(value, size * 9, colour)}</svg>
    <${Num} value=${value} digits=${digits} /></li>`;
}

/** @param {number} value @param {number} radius @param {string} colour */
function disc(value, radius, colour) {
  return value < 0
    ? html`<circle r=${Math.max(0, radius - 1)} fill="none" stroke=${colour} stroke-width="2" />`
    : html`<circle r=${radius} fill=${colour} />`;
}

/** @param {GridProps} props */
export function NumberGrid(props) {
  const { values, from = 0, columns, rows, limit, theme, kind = "value", digits = 3 } = props;
  const taps = Math.max(columns, rows);
  const shown = taps > 3 ? Math.min(2, digits) : digits;
  return html`<ol class="cells ${cellClass(taps)}" aria-label=${props.label}
    style=${{ gridTemplateColumns: `repeat(${columns}, var(--cell))` }}>
    ${Array.from({ length: rows * columns }, (_, i) => kind === "weight"
      ? html`<${WeightCell} key=${i} value=${values[from + i]} limit=${limit} theme=${theme} digits=${shown} />`
      : html`<${ValueCell} key=${i} value=${values[from + i]} limit=${limit} theme=${theme} digits=${shown}
          marked=${i === props.marked} out=${props.outside?.(i) ?? false} counts=${props.counts ?? true} />`)}
  </ol>`;
}

/**
 * On a phone one grid holds all three: value, × weight, = product.
 * @param {{patch: ArrayLike<number>, kernel: ArrayLike<number>, products: ArrayLike<number>,
 *   from: number, columns: number, rows: number, limit: number, theme: Theme, digits?: number,
 *   outside: (i: number) => boolean}} props `limit` of the products
 */
export function ProductGrid({ patch, kernel, products, from, columns, rows, limit, theme, outside, digits: most = 3 }) {
  const digits = Math.max(columns, rows) > 3 ? Math.min(2, most) : most;
  return html`<ol class="cells cells-three" aria-label="Value, × weight, = product"
    style=${{ "--columns": columns, gridTemplateColumns: `repeat(${columns}, var(--cell))` }}>
    ${Array.from({ length: rows * columns }, (_, i) => {
      const colour = colourOf(products[from + i] ?? 0, limit, activation(theme));
      const style = outside(i) ? {} : { background: css(colour), color: digitInk(colour) };
      return html`<li key=${i} class="cell ${outside(i) ? "is-outside" : ""}" style=${style}>
        <${Num} value=${patch[from + i]} digits=${digits} />
        <span>× <${Num} value=${kernel[from + i]} digits=${digits} /></span>
        <b>= <${Num} value=${products[from + i]} digits=${digits} /></b></li>`;
    })}
  </ol>`;
}

/**
 * For windows too large to show: the five largest terms and the rest.
 * @param {{terms: {label: string, value: number}[], label: string}} props
 */
export function LargestTerms({ terms, label }) {
  return html`<ol class="largest" aria-label=${label}>
    ${terms.map((term) => html`<li key=${term.label}><span>${term.label}</span>
      <${Num} value=${term.value} digits=${3} signed=${true} /></li>`)}
  </ol>`;
}
