/**
 * What of the address and of what was written every part of the view asks for.
 *
 *     written letter k was drawn from the logits of row lead + k − 1: after the letter before it
 */
import { number, percent } from "gridtime/math/format.js";
import { readers, signalOf, tensorName } from "gridtime/math/readers.js";
import { limitOf, niceLimit, order } from "gridtime/math/units.js";
import { bitsPerLetter, choices, entropy, fallsOn, largest, lineOf, meanEntropy, sharesOf, spoken } from "gridtime/math/writing.js";

/** @typedef {import("gridtime/stores/writing.js").Made} Made */
/** @typedef {{theme: "light" | "dark", hatch: boolean, present: boolean, narrow: boolean, still: boolean}} Look */
/**
 * What a view is given; it imports no page and no store.
 * @typedef {object} Room
 * @property {Record<string, any>} address
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {Look} look
 * @property {import("gridtime/stores/writing.js").Writing} store
 */

/** Temperature in hundredths, seed, letters: what is written where the address names nothing. */
export const USUAL = { heat: 70, seed: 17, rows: 120 };
export const HOTTEST = 200;
export const LENGTHS = [40, 80, 120, 200, 400];

/** @param {unknown} value @param {number} least @param {number} most @param {number} usual */
const within = (value, least, most, usual) => (typeof value === "number" ? Math.max(least, Math.min(most, value)) : usual);

/** How it is asked to write. @param {Record<string, any>} address */
export const wantOf = ({ model, sample, text, heat, seed, rows, signal }) => ({
  model, sample, text, signal: signal ?? "h",
  heat: within(heat, 0, HOTTEST, USUAL.heat), seed: within(seed, 0, 2 ** 31 - 1, USUAL.seed),
  length: within(rows, 1, LENGTHS[LENGTHS.length - 1], USUAL.rows),
}); // prettier-ignore

/** The written letter looked at: the address's, else the first. @param {Record<string, any>} address @param {Made} made */
export const stepOf = ({ step }, { letters }) => Math.max(0, Math.min(letters.length - 1, step ?? 0));

/** Row of a tensor that is here, for a place in the whole text. @param {Made} made @param {string} name @param {number} t */
function rowAt({ tensors, start }, name, t) {
  const tensor = tensors.get(name);
  const width = tensor ? tensor.shape[tensor.shape.length - 1] : 0;
  const from = (t - start) * width;
  return /** @type {Float32Array} */ (tensor?.data ?? new Float32Array(0)).subarray(from, from + width);
}

/** The letter at a place of the whole text. @param {Made} made @param {number} t */
export const letterAt = ({ tokens, start }, t) => tokens[t - start]?.text ?? "";

/** The logits that letter k was drawn from. @param {Made} made @param {number} k */
export const logitsAt = (made, k) => rowAt(made, "logits", made.lead + k - 1);

/**
 * The choice at one step: the shares, the line, the number and what it fell on.
 * @param {Made} made @param {number} k @param {number} most letters that have a bar
 */
export function choiceAt(made, k, most) {
  const logits = logitsAt(made, k);
  const [plain, now] = [sharesOf(logits), sharesOf(logits, made.heat)];
  const { id, draw, text } = made.letters[k];
  const line = lineOf(now);
  const hit = draw === null ? null : fallsOn(line, draw);
  return { logits, plain, now, id, draw, text, line, hit, ...choices(now, plain, most, id), bits: { plain: entropy(plain), now: entropy(now) }, after: letterAt(made, made.lead + k - 1) };
}

/** @typedef {ReturnType<typeof choiceAt>} Choosing */

/** Mean openness over all steps, at the temperature and at 1. @param {Made} made */
export function openness(made) {
  const rows = made.letters.map((_, k) => logitsAt(made, k));
  return { now: meanEntropy(rows, made.heat), plain: meanEntropy(rows, 1) };
}

/** Bits that each letter of the visitor's own beginning cost, of those whose row is here. @param {Made} made */
export function ownBits(made) {
  const places = Array.from({ length: Math.max(0, made.lead - 1 - made.start) }, (_, n) => made.start + n);
  return bitsPerLetter(places.map((t) => rowAt(made, "logits", t)), places.map((t) => made.tokens[t + 1 - made.start].id));
}

/** Mean −log2 p of what was written, from the mean of ln p. @param {number} score */
export const scoreBits = (score) => -score / Math.LN2;

/** The card's held-out figure, with its baseline. @param {Made["net"]} net @returns {{value: number, n: number, baseline: number, baseline_name: string, split: string, command: string} | undefined} */
export const heldOut = (net) => net.card.metrics.find((/** @type {any} */ metric) => metric.unit === "bits");

/** Every number of a step, in the room of readers. @param {Made} made @param {number} k */
export const roomOf = ({ net, text, letters, lead }, k) =>
  `/rnn#${new URLSearchParams({ model: net.row.id, text: text + letters.map(({ text: letter }) => letter).join(""), tab: "step", step: String(lead + k - 1) })}`;

/** The layer whose h the head reads, one of its signals, and its units by their effect. @param {Made} made @param {Record<string, any>} address @param {number} most */
export function statesOf(made, address, most) {
  const reader = readers(made.net.graph).find(({ last }) => last);
  if (!reader) return null;
  const asked = signalOf(reader, address.signal ?? "h");
  const signal = made.tensors.has(tensorName(reader, asked.id)) ? asked : signalOf(reader, "h"); // the old drawing until the new is here
  const name = tensorName(reader, signal.id);
  const tensor = made.tensors.get(name);
  if (!tensor) return null;
  const ordered = order("effect", reader.hidden, made.effects, tensor.data);
  const units = ordered.slice(0, most);
  const limit = signal.form === "sum" ? niceLimit(limitOf(tensor.data)) : 1;
  /** @param {number} t @param {number} u */
  const value = (t, u) => rowAt(made, name, t)[u] ?? 0;
  return { reader, signal, units, unit: units.includes(address.unit) ? address.unit : units[0], limit, value, data: tensor.data };
}

/** "After “…that ”": the end of what was read. @param {Made} made @param {number} k @param {number} [most] */
export function tailOf({ tokens, start, lead }, k, most = 18) {
  const end = lead + k - start;
  const from = Math.max(0, end - most);
  const text = tokens.slice(from, end).map(({ text }) => text).join("").replaceAll("\n", "↵");
  return (from + start > 0 ? "…" : "") + text;
}

/** The likeliest letter next, as the network gives it. @param {Made} made @param {number} k */
export function likeliestSays(made, k) {
  const plain = sharesOf(logitsAt(made, k));
  const id = largest(plain);
  return `${spoken(made.net.card.classes[id])} ${percent(plain[id])}`;
}

/** How the letter came. @param {Made} made @param {number} k */
export function drawnSays(made, k) {
  const { draw, hit, text, plain, id } = choiceAt(made, k, 1);
  if (draw === null || !hit) return `Temperature 0: nothing is drawn, the likeliest letter is taken: ${spoken(text)}, ${percent(plain[id])}.`;
  return `The random number ${number(draw, 3)} falls on ${spoken(text)}, whose stretch goes from ${number(hit.from, 3)} to ${number(hit.to, 3)}.`;
}

/** What the temperature does at a step. @param {Made} made @param {number} k */
export function heatSays(made, k) {
  const { bits } = choiceAt(made, k, 1);
  const open = `${number(bits.plain)} bits`;
  if (made.heat === 1) return `At temperature 1 the network's own probabilities are used: ${open} of choice.`;
  if (made.heat === 0) return `At temperature 0 the likeliest letter takes all: from ${open} of choice to none.`;
  return `Temperature ${number(made.heat)} ${made.heat < 1 ? "sharpens" : "flattens"} the choice: from ${open} to ${number(bits.now)}.`;
}
