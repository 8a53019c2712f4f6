/**
 * Numbers as they are shown: true minus, rounded as told, sums closed.
 */

/** @typedef {number | "all"} Digits decimals, or every digit that tells the float32 apart */

const MINUS = "\u2212";

/**
 * The shortest decimal that reads back as the same float32.
 * @param {number} v
 */
function shortest(v) {
  for (let precision = 1; precision <= 9; precision++) {
    const text = v.toPrecision(precision);
    if (Math.fround(Number(text)) === Math.fround(v)) return String(Number(text));
  }
  return String(v);
}

/**
 * @param {number} v
 * @param {Digits} [digits]
 */
export function number(v, digits = 2) {
  if (!Number.isFinite(v)) return Number.isNaN(v) ? "not a number" : v > 0 ? "∞" : `${MINUS}∞`;
  const text = digits === "all" ? shortest(v) : v.toFixed(digits);
  // "-0.00" is zero as shown; a sign would claim more than the digits do.
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replaceAll("-", MINUS);
}

/**
 * With its sign always: "+0.42", "−0.42".
 * @param {number} v
 * @param {Digits} [digits]
 */
export function signed(v, digits = 2) {
  const text = number(v, digits);
  return text.startsWith(MINUS) || /^0(\.0*)?$/.test(text) ? text : `+${text}`;
}

/**
 * A share as whole percent, never 0 or 100 unless it is.
 * @param {number} p in 0..1
 */
export function percent(p) {
  if (p > 0 && p < 0.005) return "< 1 %";
  if (p < 1 && p >= 0.995) return "> 99 %";
  return `${Math.round(p * 100)} %`;
}

/** @param {(number | string)[]} dims */
export const shape = (dims) => dims.join(" × ");

/**
 * 1234567 -> "1,234,567".
 * @param {number} n
 */
export const count = (n) => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ",");

/**
 * "1 word", "6 words".
 * @param {number} n
 * @param {string} one
 * @param {string} [many]
 */
export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/**
 * The value as the shown digits state it.
 * @param {number} v
 * @param {number} digits
 */
export const rounded = (v, digits) => Number(v.toFixed(digits));

/**
 * What is missing between the terms as shown and the total as shown, or null.
 * @param {number[]} terms
 * @param {number} total
 * @param {Digits} digits
 * @returns {{label: "rounding", value: number} | null}
 */
export function roundingTerm(terms, total, digits) {
  if (digits === "all") return null;
  const sum = terms.reduce((s, v) => s + rounded(v, digits), 0);
  const gap = rounded(rounded(total, digits) - sum, digits);
  return gap === 0 ? null : { label: "rounding", value: gap };
}
