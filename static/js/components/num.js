/**
 * One model number: shown rounded, its exact float32 in `data-value`.
 */
import { html } from "gridtime/lib/html.js";
import { number, signed as withSign } from "gridtime/math/format.js";
import { digits as chosen } from "gridtime/stores/ui.js";

/** @typedef {import("gridtime/math/format.js").Digits} Digits */

/** @param {number} v the exact float32, as a decimal that reads back the same */
export const exact = (v) => String(Math.fround(v));

/**
 * The digits to show: the view's own, or all after D.
 * @param {Digits} own
 * @returns {Digits}
 */
export const digitsNow = (own) => (chosen.value === "all" ? "all" : own);

/**
 * @param {{value: number, digits?: Digits, signed?: boolean, class?: string}} props
 */
export function Num({ value, digits = 2, signed = false, class: name = "" }) {
  const shown = digitsNow(digits);
  const text = signed ? withSign(value, shown) : number(value, shown);
  return html`<span class="num ${name}" data-value=${exact(value)}>${text}</span>`;
}
