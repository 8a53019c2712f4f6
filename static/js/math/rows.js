/**
 * Reading one step out of a traced window.
 *
 *     pane: rows [start, end) of tensors [end − start, H]
 *        --stepRows(t, unit)--> this unit now, this unit one step before, x_t, h_{t−1}
 *
 * A reader that runs backwards has its last state at t + 1. Outside the text a state is zero.
 */

import { SIGNALS, tensorName } from "gridtime/math/readers.js";

/** @typedef {import("gridtime/math/readers.js").Reader} Reader */
/** @typedef {import("gridtime/math/dot.js").Tensor} Tensor */
/** @typedef {import("gridtime/math/cell.js").StepRows} StepRows */
/** @typedef {{tensors: Map<string, Tensor>, start: number, end: number, total: number}} Pane  `total`: words of the whole text */

/**
 * Row t of `[rows, n]`, without copying; zeros outside the text, nothing for a row that is not here.
 * @param {Pane} pane
 * @param {string} name
 * @param {number} t
 * @returns {ArrayLike<number>}
 */
export function row(pane, name, t) {
  const tensor = pane.tensors.get(name);
  if (!tensor) return [];
  const width = tensor.shape[tensor.shape.length - 1];
  if (t < 0 || t >= pane.total) return new Float32Array(width);
  if (t < pane.start || t >= pane.end) return [];
  const start = (t - pane.start) * width;
  return /** @type {Float32Array} */ (tensor.data).subarray(start, start + width);
}

/** Where a reader's last state stands. @param {Reader} reader @param {number} t */
export const earlier = (reader, t) => t + (reader.reverse ? 1 : -1);

/** May step t be worked out from these rows? @param {Pane} pane @param {Reader} reader @param {number} t */
export function holds(pane, reader, t) {
  const before = earlier(reader, t);
  const inside = (/** @type {number} */ k) => k >= pane.start && k < pane.end;
  return inside(t) && (inside(before) || before < 0 || before >= pane.total);
}

/**
 * The input of a layer at step t: its sources side by side.
 * @param {Pane} pane
 * @param {Reader} reader
 * @param {number} t
 * @returns {ArrayLike<number>}
 */
export function inputRow(pane, reader, t) {
  const parts = reader.sources.map((name) => row(pane, name, t));
  return parts.length === 1 ? parts[0] : Float32Array.from(parts.flatMap((part) => Array.from(part)));
}

/**
 * @param {Pane} pane @param {Reader} reader @param {number} t @param {number} unit
 * @param {boolean} [alone] no memory is handed on: the last state is zero
 * @returns {StepRows}
 */
export function stepRows(pane, reader, t, unit, alone = false) {
  const before = alone ? -1 : earlier(reader, t);
  /** @param {number} step */
  const numbers = (step) =>
    Object.fromEntries(
      SIGNALS[reader.kind].map(({ id }) => [id, row(pane, tensorName(reader, id), step)[unit] ?? 0]),
    );
  return {
    now: numbers(t),
    before: numbers(before),
    x: inputRow(pane, reader, t),
    h: row(pane, `${reader.id}.h`, before),
  };
}

/**
 * One unit over the rows of a window.
 * @param {Pane} pane
 * @param {string} name
 * @param {number} unit
 * @param {{start: number, end: number}} window
 */
export function series(pane, name, unit, { start, end }) {
  return Float32Array.from({ length: end - start }, (_, k) => row(pane, name, start + k)[unit] ?? 0);
}
