/**
 * One unit at one step, worked out from the trace: the numbers that the step view shows.
 *
 *     trace rows of one step ──┐
 *     weights of one unit ─────┴─ cellStep() ─> {symbol: number}
 *
 *     LSTM   kept = f·c₋₁          written = i·g          c = kept + written       h = o·tanh c
 *     GRU    n = tanh(x-part + r·(W h₋₁ + b))             h = (1−z)·n + z·h₋₁      (torch's variant)
 *     RNN    h = tanh(word part + state part)
 *
 * Gates and states are the trace's own numbers; only products and sums are made here.
 */

import { ranked, squashed, stateTerms, sum, terms, wordTerms } from "gridtime/math/dot.js";
import { signalOf } from "gridtime/math/readers.js";

/** @typedef {import("gridtime/math/dot.js").CellWeights} CellWeights */
/** @typedef {import("gridtime/math/readers.js").Reader} Reader */
/** @typedef {Record<string, number>} Numbers */
/**
 * What one step needs of the trace.
 * @typedef {object} StepRows
 * @property {Record<string, number>} now     signal id -> this unit's number at t
 * @property {Record<string, number>} before  the same at t−1 (zeros before the first word)
 * @property {ArrayLike<number>} x            the input of the layer `[I]`
 * @property {ArrayLike<number>} h            the whole state at t−1 `[H]`
 */

/** @param {StepRows} rows @returns {Numbers} */
function lstmStep({ now, before }) {
  const { i, f, g, o, c, h } = now;
  const c0 = before.c;
  return { c0, h0: before.h, i, f, g, o, kept: f * c0, written: i * g, c, tanhc: Math.tanh(c), h };
}

/**
 * @param {StepRows} rows
 * @param {CellWeights} weights
 * @param {number} unit
 * @param {Reader} reader
 * @returns {Numbers}
 */
function gruStep({ now, before, x }, weights, unit, reader) {
  const { r, z, n, hn, h } = now;
  const h0 = before.h;
  const word = sum(wordTerms(weights, 2 * reader.hidden + unit, x));
  return {
    h0,
    r,
    z,
    n,
    hn,
    recalled: r * hn,
    word,
    proposal: word + r * hn,
    kept: z * h0,
    open: 1 - z,
    written: (1 - z) * n,
    h,
  };
}

/**
 * @param {StepRows} rows
 * @param {CellWeights} weights
 * @param {number} unit
 * @param {Reader} reader
 * @returns {Numbers}
 */
function rnnStep({ now, before, x, h }, weights, unit, reader) {
  const word = sum(wordTerms(weights, unit, x));
  const state = sum(stateTerms(weights, unit, h));
  return {
    h0: before.h,
    word,
    state,
    total: word + state,
    squashed: squashed(word + state, reader.squash),
    h: now.h,
  };
}

/**
 * @param {Reader} reader @param {StepRows} rows @param {CellWeights} weights @param {number} unit
 * @returns {Numbers}
 */
export function cellStep(reader, rows, weights, unit) {
  if (reader.kind === "lstm") return lstmStep(rows);
  if (reader.kind === "gru") return gruStep(rows, weights, unit, reader);
  return rnnStep(rows, weights, unit, reader);
}

/**
 * The sum that stands behind a gate, a candidate or a part of one, as ranked terms.
 * `then` is what the cell does with the sum.
 * @param {Reader} reader @param {string} signal @param {StepRows} rows @param {CellWeights} weights @param {number} unit
 */
export function behind(reader, signal, { x, h }, weights, unit) {
  const last = reader.kind === "gru" ? 2 * reader.hidden + unit : unit;
  if (signal === "word")
    return { ...ranked(wordTerms(weights, last, x)), then: /** @type {const} */ ("sum") };
  if (signal === "state" || signal === "hn") {
    return { ...ranked(stateTerms(weights, last, h)), then: /** @type {const} */ ("sum") };
  }
  const { block, form } = signalOf(reader, signal);
  const all = terms(weights, block * reader.hidden + unit, x, h);
  return {
    ...ranked(all),
    then: form === "gate" ? /** @type {const} */ ("sigmoid") : /** @type {const} */ ("tanh"),
  };
}
