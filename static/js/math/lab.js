/**
 * The convolution lab: five numbers, a small picture, a small kernel, and the size that comes out.
 *
 *     "8,3,1,2,1,edge" --parse--> {n, k, p, s, d, kernel} within bounds, and what was held back
 *     picture [C, H, W] --means of squares--> n × n whole numbers, 0 dark … 9 bright
 */

import { outputSize, uses } from "./sizes.js";

/** @typedef {"n"|"k"|"p"|"s"|"d"} Field */
/** @typedef {"edge"|"ones"|"centre"} Filling */
/** @typedef {{n: number, k: number, p: number, s: number, d: number, kernel: Filling}} Lab */

/** @type {Record<Field, {name: string, least: number, most: number}>} */
export const FIELDS = {
  n: { name: "Input size", least: 1, most: 14 },
  k: { name: "Kernel size", least: 1, most: 7 },
  p: { name: "Padding", least: 0, most: 4 },
  s: { name: "Stride", least: 1, most: 5 },
  d: { name: "Dilation", least: 1, most: 4 },
};
export const NAMES = /** @type {Field[]} */ (Object.keys(FIELDS));

/** @type {Record<Filling, string>} */
export const FILLINGS = { edge: "upright edges: −1 left, +1 right", ones: "all ones: it adds up", centre: "centre 1, else 0" };

/** @type {Lab} */
export const FIRST = { n: 8, k: 3, p: 1, s: 1, d: 1, kernel: "edge" };

/**
 * @param {Field} field @param {number} value what was asked for
 * @returns {{value: number, says: string}} `says`: what was done to it, "" where nothing
 */
export function held(field, value) {
  const { name, least, most } = FIELDS[field];
  const whole = Number.isFinite(value) ? Math.round(value) : FIRST[field];
  const kept = Math.max(least, Math.min(most, whole));
  const asked = String(value).replace("-", "\u2212");
  const says = kept === value ? "" : Number.isFinite(value)
    ? `${name} goes from ${least} to ${most}: ${asked} became ${kept}.`
    : `${name} needs a number from ${least} to ${most}.`;
  return { value: kept, says };
}

/** @param {string|undefined} text of the URL @returns {Lab} */
export function parse(text) {
  const parts = (text ?? "").split(",");
  const lab = { ...FIRST };
  NAMES.forEach((field, i) => {
    if (/^-?\d{1,4}$/.test(parts[i] ?? "")) lab[field] = held(field, Number(parts[i])).value;
  });
  const last = parts[NAMES.length] ?? "";
  return Object.hasOwn(FILLINGS, last) ? { ...lab, kernel: /** @type {Filling} */ (last) } : lab;
}

/** @param {Lab} lab @returns {string} */
export const format = (lab) => [...NAMES.map((field) => lab[field]), lab.kernel].join(",");

/** @param {Lab} lab @returns {import("./conv.js").Geometry} */
export function geometryOf({ k, p, s, d }) {
  return { kernel: [k, k], stride: [s, s], padding: [p, p], dilation: [d, d], inputs: 1, outputs: 1, groups: 1 };
}

/** @param {Lab} lab @returns {Float32Array} [k, k] */
export function weightsOf({ k, kernel }) {
  const middle = Math.floor((k - 1) / 2);
  return Float32Array.from({ length: k * k }, (_, i) => {
    const [row, column] = [Math.floor(i / k), i % k];
    if (kernel === "ones" || k === 1) return 1;
    if (kernel === "centre") return row === middle && column === middle ? 1 : 0;
    return Math.sign(column - (k - 1) / 2);
  });
}

/**
 * The picture in n × n squares, each its mean brightness from 0 to 9.
 * @param {ArrayLike<number>} grey [height · width] in 0..1 @param {number} height @param {number} width
 * @param {number} n @returns {Float32Array} [n, n]
 */
export function squares(grey, height, width, n) {
  /** @param {number} at @param {number} size @returns {[number, number]} */
  const span = (at, size) => {
    const from = Math.min(size - 1, Math.floor((at * size) / n));
    return [from, Math.max(from + 1, Math.floor(((at + 1) * size) / n))];
  };
  return Float32Array.from({ length: n * n }, (_, i) => {
    const [top, bottom] = span(Math.floor(i / n), height);
    const [left, right] = span(i % n, width);
    let sum = 0;
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += grey[y * width + x] ?? 0;
    const mean = sum / ((bottom - top) * (right - left));
    return Math.max(0, Math.min(9, Math.round(mean * 9)));
  });
}

/** The formula with this lab's numbers, step by step. @param {Lab} lab @returns {string[]} */
export function worked(lab) {
  const { n, k, p, s, d } = lab;
  const over = n + 2 * p - d * (k - 1) - 1;
  const whole = Math.floor(over / s);
  const minus = (/** @type {number} */ v) => String(v).replace("-", "\u2212");
  return [
    `⌊(${n} + 2 · ${p} − ${d} · (${k} − 1) − 1) ÷ ${s}⌋ + 1`,
    `⌊${minus(over)} ÷ ${s}⌋ + 1`,
    `${minus(whole)} + 1`,
    minus(outputSize(lab)),
  ];
}

/** What is worth saying of these five numbers. @param {Lab} lab @returns {string[]} */
export function notes(lab) {
  const { n, k, p, s, d } = lab;
  const reach = d * (k - 1) + 1;
  const size = outputSize(lab);
  if (size < 1) {
    return [`No place: the window reaches over ${reach} cells, the padded input has ${n + 2 * p}. Make the input or the padding larger, or the kernel or the dilation smaller.`];
  }
  const found = uses(lab);
  const border = found.filter((use) => use === "border").length;
  const skipped = found.filter((use) => use === "skipped").length;
  const lines = (/** @type {number} */ count) => (count === 1 ? "1 row and 1 column" : `${count} rows and ${count} columns`);
  return [
    p > 0 ? `Padding ${p}: outside the picture counts as 0.` : "",
    s > 1 ? `Stride ${s}: the window moves ${s} cells at a time.` : "",
    d > 1 ? `Dilation ${d}: ${k} × ${k} weights spread over ${reach} × ${reach} cells.` : "",
    border > 0 ? `Unused border, shaded: ${lines(border)} at the end. With stride ${s} the next window would not fit. Not an error.` : "",
    skipped > 0 ? `Never read, shaded too: ${lines(skipped)} between the taps.` : "",
    size === n && k > 1 ? "The output is as large as the input." : "",
    p === 0 && k > 1 && s === 1 ? `Without padding ${reach - 1} ${reach === 2 ? "row and column is" : "rows and columns are"} lost.` : "",
  ].filter(Boolean);
}
