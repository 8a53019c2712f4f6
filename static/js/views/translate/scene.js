/**
 * What of the address and of what was told every part of the view asks for.
 */
import { number, percent } from "gridtime/math/format.js";
import { beginnings, beginsWord, figuresOf, joined, largest, rowOf, shown, signalsOf, layersOf, tensorOf } from "gridtime/math/translating.js";

/** @typedef {import("gridtime/stores/translating.js").Told} Told */
/** @typedef {import("gridtime/stores/translating.js").Side} Side */
/** @typedef {{theme: "light" | "dark", hatch: boolean, present: boolean, narrow: boolean, still: boolean}} Look */
/**
 * What a view is given; it imports no page and no store.
 * @typedef {object} Room
 * @property {Record<string, any>} address
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {Look} look
 * @property {import("gridtime/stores/translating.js").Translating} store
 */

/** Names of what a recurrent layer holds. @type {Record<string, string>} */
export const SIGNALS = { h: "state h", "gate.r": "reset gate r", "gate.z": "update gate z", "gate.n": "candidate n", "gate.hn": "recalled state", "gate.i": "input gate i", "gate.f": "forget gate f", "gate.g": "candidate g", "gate.o": "output gate o", c: "cell c" };

/** Whether values lie in 0..1. @param {string} signal */
export const isGate = (signal) => ["gate.r", "gate.z", "gate.i", "gate.f", "gate.o"].includes(signal);

/** The network looked at: the address's, else the first. @param {Record<string, any>} address @param {Told} told @returns {Side} */
export const sideOf = ({ model }, { sides }) => sides.find(({ net }) => net.row.id === model) ?? sides[0];

/** How it is called beside the others. @param {Side} side */
export const nameOf = ({ net }) => (net.attends ? "with attention" : "without attention");

/** The pieces of its best sentence. @param {Side} side */
export const piecesOf = ({ sentences }) => sentences[0].tokens;

/** The piece looked at: the address's, else the one whose attention is worth showing. @param {Record<string, any>} address @param {Told} told @param {Side} side */
export const stepOf = ({ step }, told, side) => Math.max(0, Math.min(piecesOf(side).length - 1, step ?? crossing(told, side)));

/** The last piece that is written: the one chosen in the address, else all are. @param {Record<string, any>} address @param {Side} side */
export const untilOf = ({ step }, side) => Math.max(0, Math.min(piecesOf(side).length - 1, step ?? Infinity));

/** What is drawn of the states. @param {Record<string, any>} address @param {Side} side */
export function signalOf({ signal }, { net }) {
  const all = signalsOf(layersOf(net.graph).reads);
  return all.includes(signal) ? signal : all[0];
}

/** Where it looks before piece t, or nothing. @param {Side} side @param {number} t @returns {number[] | null} */
export function looksAt({ net, tensors }, t) {
  const matrix = tensorOf(tensors, net.graph, "attention");
  return matrix ? rowOf(matrix, t) : null;
}

/** What is written until piece t. @param {Side} side @param {number} t */
export const writtenUntil = (side, t) => joined(piecesOf(side).slice(0, t + 1).map(({ text }) => text));

/** "“Où” looks at “Where” 84 %, “can” 9 %." @param {Told} told @param {Side} side @param {number} t */
export function looksSay({ tokens }, side, t) {
  const weights = looksAt(side, t);
  const piece = `“${shown(piecesOf(side)[t].text)}”`;
  if (!weights) return `Before ${piece} it looks at nothing: it has its own state alone.`;
  const order = weights.map((weight, k) => ({ weight, k })).sort((a, b) => b.weight - a.weight);
  const named = order.slice(0, 2).map(({ weight, k }) => `“${shown(tokens[k].text)}” ${percent(weight)}`);
  return `Before it writes ${piece} it looks most at ${named.join(", then ")}.`;
}

/** The first piece of a word that looks furthest from its own place, relative to the lengths: the one worth showing. @param {Told} told @param {Side} side */
export function crossing({ tokens }, side) {
  const pieces = piecesOf(side);
  const away = pieces.map(({ text }, t) => {
    const weights = looksAt(side, t);
    if (!weights || !beginsWord(text)) return 0;
    const k = largest(weights);
    if (!beginsWord(tokens[k].text)) return 0;
    return weights[k] * Math.abs(k / tokens.length - t / pieces.length);
  });
  return largest(away);
}

/** The step where the search was closest to going another way: kept and dropped next to each other. @param {Side} side */
export function contested(side) {
  const gaps = side.search.slice(0, piecesOf(side).length).map((_, t) => {
    const all = beginnings(side.search, t, piecesOf(side));
    const best = all.find((one) => one.best);
    const rival = all.find((one) => !one.best);
    return best && rival ? -Math.abs(best.sum - rival.sum) : -Infinity;
  });
  return largest(gaps);
}

/** "4 beginnings are kept; …" @param {Told} told @param {Side} side @param {number} t */
export function searchSays({ beam }, side, t) {
  const all = beginnings(side.search, t, piecesOf(side));
  const count = (/** @type {string} */ fate) => all.filter((one) => one.fate === fate).length;
  const ended = count("ended");
  return `At piece ${t + 1}, ${count("kept")} of ${all.length} candidates are kept${ended ? `, ${ended} ended here` : ""}, ${count("dropped")} dropped: at most ${beam} go on.`;
}

/** "BLEU 45.2 on 2,004 sentences" @param {Side} side */
export function bleuSays({ net }) {
  const { head } = figuresOf(net.card);
  return head ? `${head.unit} ${number(head.value, 1)}` : "not measured";
}

