/**
 * One model number: shown rounded, its exact float32 in `data-value`.
 */
import { html, written } from "gridtime/lib/html.js";
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
 * @typedef {object} NumProps
 * @property {number} value
 * @property {Digits} [digits]
 * @property {boolean} [signed]
 * @property {string} [class]
 */

/** A short number in a column of its own is laid out by itself. @param {Digits} digits */
export const numClass = (digits) => (digitsNow(digits) === "all" ? "num" : "num num-still");

/** What is read where the number stands. @param {NumProps} props */
const shownOf = ({ value, digits = 2, signed = false }) =>
  (signed ? withSign : number)(value, digitsNow(digits));

/**
 * Write a number into an element that shows one.
 * @param {Element} element
 * @param {NumProps} props
 */
export function writeNum(element, props) {
  const text = shownOf(props);
  element.setAttribute("data-value", exact(props.value));
  if (element.firstChild) /** @type {Text} */ (element.firstChild).data = text;
  else element.textContent = text;
}

export const Num = written(
  /** @param {NumProps} props  the digits: drawn again when the visitor asks for others */
  ({ digits = 2, class: name = "" }) => [name, digitsNow(digits)],
  ({ class: name = "" }, ref) => html`<span ref=${ref} class="num ${name}"></span>`,
  writeNum,
);
