/**
 * One cell with a loop, laid out as one copy per word: what travels between the copies, and the
 * weights of the loop itself.
 *
 *     pane, reader, unit --carried(t)--> h (and c) that step t hands on
 *     W_hh [G·H, H]      --loopOf(gate)--> [H, H]: row u, what unit u hears of every unit
 */
import { SIGNALS, tensorName } from "gridtime/math/readers.js";
import { earlier, row } from "gridtime/math/rows.js";

/** @typedef {import("gridtime/math/readers.js").Reader} Reader */
/** @typedef {import("gridtime/math/readers.js").Signal} Signal */
/** @typedef {import("gridtime/math/rows.js").Pane} Pane */
/** @typedef {import("gridtime/math/dot.js").Tensor} Tensor */

/** What a step hands on to the next: the state, and an LSTM's memory. @param {Reader} reader */
export const travellers = (reader) => (reader.kind === "lstm" ? ["h", "c"] : ["h"]);

/**
 * What reaches step t along the recurrent arrow, of one unit; zeros before the first step.
 * @param {Pane} pane
 * @param {Reader} reader
 * @param {number} t
 * @param {number} unit
 * @returns {{id: string, value: number | null}[]} null: a row that is not here
 */
export const carried = (pane, reader, t, unit) =>
  travellers(reader).map((id) => {
    const values = row(pane, tensorName(reader, id), earlier(reader, t));
    return { id, value: values.length ? values[unit] : null };
  });

/**
 * The blocks of W_hh, one a gate; a plain RNN has one, for its state.
 * @param {Reader} reader
 * @returns {Signal[]}
 */
export function loops({ kind }) {
  const gates = SIGNALS[kind].filter(({ block, id }) => block >= 0 && id !== "hn");
  return gates.length ? gates : SIGNALS[kind].filter(({ id }) => id === "h");
}

/**
 * One block of the recurrent matrix, without copying: [H, H], row = the unit that hears.
 * @param {Tensor} wh  `[G·H, H]`
 * @param {Reader} reader
 * @param {Signal} gate
 */
export function loopOf(wh, { hidden }, gate) {
  const start = Math.max(0, gate.block) * hidden * hidden;
  return /** @type {Float32Array} */ (wh.data).subarray(start, start + hidden * hidden);
}

/**
 * The diagonal against all else, as mean |w|: a unit to itself, the layer to itself.
 * @param {ArrayLike<number>} loop `[H, H]`
 * @param {number} hidden
 */
export function selfAndOthers(loop, hidden) {
  let [self, others] = [0, 0];
  for (let k = 0; k < loop.length; k += 1) {
    if (k % (hidden + 1) === 0) self += Math.abs(loop[k]);
    else others += Math.abs(loop[k]);
  }
  return { self: self / hidden, others: hidden > 1 ? others / (hidden * (hidden - 1)) : 0 };
}

/**
 * What one unit hears: of itself, and of the unit it hears most.
 * @param {ArrayLike<number>} loop `[H, H]`
 * @param {number} hidden
 * @param {number} unit
 */
export function hears(loop, hidden, unit) {
  let other = -1;
  for (let v = 0; v < hidden; v += 1) {
    if (v === unit) continue;
    if (other < 0 || Math.abs(loop[unit * hidden + v]) > Math.abs(loop[unit * hidden + other])) other = v;
  }
  return { self: loop[unit * hidden + unit], other, weight: other < 0 ? 0 : loop[unit * hidden + other] };
}
