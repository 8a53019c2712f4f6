/**
 * The memory receipt: what is left at word t of what each word wrote, with the gates as they were.
 *
 *     LSTM   c_t = Σ_j  i_j·g_j · f_{j+1} ⋯ f_t         of the answer: w · o_t·(tanh C_j − tanh C_{j−1})
 *     GRU    h_t = Σ_j  (1 − z_j)·n_j · z_{j+1} ⋯ z_t   of the answer: w · its share
 *
 * C_j adds the shares up to word j (Murdoch and Szlam 2017, "Automatic rule extraction from long
 * short term memory networks"). All of it sums exactly. A plain RNN has no such receipt: at every
 * step it squeezes old and new together.
 */
import { headRow } from "gridtime/math/answer.js";
import { cut, handAt } from "gridtime/math/clamps.js";
import { tensorName } from "gridtime/math/readers.js";
import { row } from "gridtime/math/rows.js";

/** @typedef {import("gridtime/math/readers.js").Reader} Reader */
/** @typedef {import("gridtime/math/rows.js").Pane} Pane */
/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/**
 * @typedef {object} Receipt
 * @property {number} first  the word of the first share; where it is not 0, that share holds all words up to it
 * @property {Float64Array[]} shares  [t − first + 1][H]
 * @property {Float64Array} memory    their sum [H]: c_t of an LSTM, h_t of a GRU
 */

/** Has this cell a memory that adds up, and are its words in order? @param {Reader} reader */
export const hasReceipt = (reader) => reader.kind !== "rnn" && !reader.reverse;

/** What a cell keeps its memory in, what is written into it at a step and what is kept. @type {Record<string, {state: string, keep: string, written: (now: (id: string) => ArrayLike<number>, u: number) => number}>} */
const CELLS = {
  lstm: { state: "c", keep: "f", written: (now, u) => now("i")[u] * now("g")[u] },
  gru: { state: "h", keep: "z", written: (now, u) => (1 - now("z")[u]) * now("n")[u] },
};

/**
 * @param {Pane} pane
 * @param {Reader} reader
 * @param {number} t
 * @param {(j: number, u: number) => boolean} [put] was this unit's memory put in by hand at step j? Then it stands whole at that word, and nothing before it is left
 * @returns {Receipt | null} null where the row of t is not here
 */
export function receipt(pane, reader, t, put = () => false) {
  if (!hasReceipt(reader) || t < pane.start || t >= pane.end) return null;
  const { state, keep, written } = CELLS[reader.kind];
  const left = new Float64Array(reader.hidden).fill(1);
  const memory = new Float64Array(reader.hidden);
  /** @type {Float64Array[]} */
  const shares = [];
  for (let j = t; j >= pane.start; j -= 1) {
    /** @param {string} id */
    const now = (id) => row(pane, tensorName(reader, id), j);
    const first = j === pane.start && j > 0;
    const [whole, gate] = [now(state), now(keep)];
    const share = Float64Array.from(left, (part, u) => part * (first || put(j, u) ? whole[u] : written(now, u)));
    for (let u = 0; u < share.length; u += 1) {
      memory[u] += share[u];
      left[u] *= put(j, u) ? 0 : gate[u];
    }
    shares.unshift(share);
  }
  return { first: pane.start, shares, memory };
}

/**
 * What each share gives to the score, and the bias: together the score at word t.
 * @param {Receipt} found
 * @param {{w: ArrayLike<number>, bias: number}} head
 * @param {ArrayLike<number> | null} open  o_t of an LSTM; a GRU's memory is its h
 */
export function answerParts({ shares, memory }, { w, bias }, open) {
  const before = new Float64Array(memory.length);
  const parts = shares.map((share) => {
    let part = 0;
    for (let u = 0; u < share.length; u += 1) {
      const after = before[u] + share[u];
      part += w[u] * (open ? open[u] * (Math.tanh(after) - Math.tanh(before[u])) : share[u]);
      before[u] = after;
    }
    return part;
  });
  return { parts, bias, total: parts.reduce((a, b) => a + b, bias) };
}

/**
 * The receipt of the chosen word: of one unit's memory, and of the answer where one reader in one
 * direction gives it.
 * @param {Scene} s
 */
export function receiptOf({ reading, reader, unit, shown, step }) {
  const hands = (/** @type {number} */ j, /** @type {number} */ u) => handAt(reading.edits, reader, j, u);
  const { state } = CELLS[reader.kind] ?? { state: "" };
  const alone = cut(reading.edits); // every word starts from nothing: its memory is its own
  const found = receipt(reading.pane, reader, step, reading.edits?.length ? (j, u) => alone || hands(j, u).has(state) : undefined);
  if (!found) return null;
  const own = { parts: found.shares.map((share) => share[unit]), total: found.memory[unit] };
  const weight = reading.head && reading.weights?.get(reading.head.weight);
  // An LSTM's h that was put in is not o · tanh c: the score does not come out of this memory.
  const apart = state !== "h" && reading.edits?.length > 0 && Array.from({ length: reader.hidden }, (_, u) => u).some((u) => hands(step, u).has("h"));
  const single = !apart && reading.readers.filter((r) => r.last).length === 1;
  if (!reader.last || !single || !weight) return { first: found.first, own, answer: null };
  const bias = reading.weights?.get(/** @type {{bias: string}} */ (reading.head).bias) ?? null;
  const open = reader.kind === "lstm" ? row(reading.pane, tensorName(reader, "o"), step) : null;
  return { first: found.first, own, answer: answerParts(found, headRow(weight, bias, shown), open) };
}
