/**
 * Answers of the server -> a reading, and the parts that it is put together from.
 *
 *     trace + effects --readingOf--> Reading        a later trace --lay--> its answers, word by word
 */
import { headOf, placeOf, readers } from "gridtime/math/readers.js";

/** @typedef {import("gridtime/api/client.js").Traced} Traced */
/** @typedef {import("gridtime/api/client.js").Effects} Effects */
/** @typedef {import("gridtime/api/client.js").Answer} Answer */
/** @typedef {import("gridtime/math/scene.js").Reading} Reading */
/** @typedef {import("gridtime/math/scene.js").Token} Token */
/** @typedef {import("gridtime/math/clamps.js").Edit} Edit */
/** @typedef {{card: Record<string, any>}} Net */
/** @typedef {{key: string, tokens: Token[], shares: Float32Array | null, final: number[]}} Plain the answers of the network as it is, to the text as it was */

/** The most rows that the server gives at once. */
export const MOST = 512;

/**
 * A traced window laid over what is known of the whole text.
 * @param {Pick<Reading, "tokens" | "shares" | "classes">} reading
 * @param {Traced} traced
 */
export function lay({ tokens, shares, classes }, { answer, tensors }) {
  const { start } = answer.input.window;
  answer.tokens?.forEach((token, k) => (tokens[start + k] = token));
  const rows = answer.steps ? tensors.get("probabilities") : undefined;
  if (rows) shares?.set(/** @type {Float32Array} */ (rows.data), start * classes.length);
}

/** @param {Traced} traced @returns {import("gridtime/math/rows.js").Pane} */
export function paneOf({ answer, tensors }) {
  const { start, end, total } = answer.input.window;
  return { tensors, start, end, total };
}

/**
 * Whose effects they are, and over how many words.
 * @param {import("gridtime/math/readers.js").Reader[]} all
 * @param {Effects | null} effects
 * @param {number} total
 */
export function effectsIn(all, effects, total) {
  const of = all.findLast(
    (r) => r.last && r.node === effects?.layer && r.reverse === (effects.direction === "reverse"),
  );
  const over = effects?.window ? effects.window.end - effects.window.start : total;
  return { effects: effects?.effects ?? null, effectsOf: of?.id ?? "", effectsOver: over };
}

/** @param {Reading} reading */
export const effectsOf = ({ effects, effectsOf: of, effectsOver }) => ({ effects, effectsOf: of, effectsOver });

/** @param {Reading} reading @returns {Plain} */
export const plainOf = ({ base, tokens, shares, final }) => ({ key: base, tokens, shares, final });

/**
 * The words whose answers are not here, at most 512 at a time: behind the pane first.
 * @param {import("gridtime/math/rows.js").Pane} pane
 * @returns {[number, number][]}
 */
export function missing({ start, end, total }) {
  const found = /** @type {[number, number][]} */ ([]);
  for (const [from, to] of [[end, total], [0, start]]) {
    for (let at = from; at < to; at += MOST) found.push([at, Math.min(at + MOST, to)]);
  }
  return found;
}

/** The answer for the whole text, by class. @param {string[]} classes @param {Answer} answer */
export const finalOf = (classes, { predictions }) =>
  classes.map((label) => predictions.find((p) => p.label === label)?.probability ?? 0);

/**
 * @param {Net} net
 * @param {Traced} traced
 * @param {{effects: number[] | null, effectsOf: string, effectsOver: number} | null} effects null: not yet
 * @param {{base: string, key: string, edits: Edit[]}} name
 * @returns {Reading}
 */
export function readingOf(net, traced, effects, name) {
  const { graph, input, steps } = traced.answer;
  const total = input.window.total;
  const classes = /** @type {string[]} */ (net.card.classes);
  const all = readers(graph);
  /** @type {Reading} */
  const reading = {
    ...name, classes, ...(effects ?? effectsIn(all, null, total)),
    final: finalOf(classes, traced.answer),
    tokens: Array.from({ length: total }, () => ({ text: "", known: true })),
    shares: steps ? new Float32Array(total * classes.length).fill(NaN) : null,
    readers: all, weights: null, head: headOf(graph), pane: paneOf(traced), place: placeOf(graph, input),
    noun: net.card.task === "generation" ? "letter" : "word",
  }; // prettier-ignore
  lay(reading, traced);
  return reading;
}
