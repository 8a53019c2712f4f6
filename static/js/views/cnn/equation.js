/**
 * A sum in one line, with the rounding term that closes it where the shown digits do not add up.
 *
 *     [Σ of 32 channels, bias] = value  ->  "0.512 + 0.030 + rounding 0.001 = 0.543"
 */

import { html } from "gridtime/lib/html.js";
import { Num, digitsNow } from "gridtime/components/num.js";
import { number, roundingTerm } from "gridtime/math/format.js";

/** @typedef {{label: string, value: number}} Term */

/** @param {{terms: Term[], total: number, name: string, digits?: number}} props */
export function Equation({ terms, total, name, digits = 3 }) {
  const rest = roundingTerm(terms.map((t) => t.value), total, digitsNow(digits));
  return html`<p class="equation" role="math">
    ${terms.map((term, i) => html`<span class="term" key=${term.label}>
      ${i > 0 ? html`<span class="operator">+</span>` : ""}
      <span class="term-value"><${Num} value=${term.value} digits=${digits} /></span>
      <span class="term-label">${term.label}</span></span>`)}
    ${rest && html`<span class="term"><span class="operator">+</span>
      <span class="term-value">${number(rest.value, digitsNow(digits))}</span>
      <span class="term-label">rounding</span></span>`}
    <span class="term term-total"><span class="operator">=</span>
      <span class="term-value"><${Num} value=${total} digits=${digits} class="focus" /></span>
      <span class="term-label">${name}</span></span>
  </p>`;
}
