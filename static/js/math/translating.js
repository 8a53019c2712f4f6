/**
 * A translation's pieces, search and figures, as they are said and drawn. Nothing here knows a
 * network's name, sizes or layers: all of it is read from graph, answer and card.
 */

/** @typedef {import("gridtime/math/waiting.js").Node} Node */
/** @typedef {{shape: number[], data: ArrayLike<number>}} Tensor */
/** @typedef {{text: string, id: number, probability: number}} Piece */
/** @typedef {{text: string, tokens: Piece[], score: number}} Sentence */
/** @typedef {{of: number, text: string, id: number, sum: number, score: number, fate: "kept" | "ended" | "dropped"}} Candidate */
/** @typedef {Candidate & {before: string, says: string, best: boolean}} Beginning before, says: what was written before the piece, and with it; best: the answer goes this way */
/** @typedef {{name: string, value: number, unit: string, split: string, n: number, baseline: number, baseline_name: string, command: string}} Metric */

const SPACE = "\u2581";
/** Marks of the vocabulary that a person reads as words. @type {Record<string, string>} */
const MARKS = { "<s>": "start", "</s>": "end", "<unk>": "unknown" };
const DRAWN = ["gru", "lstm", "rnn", "handed", "attention"];
const RECURRENT = ["gru", "lstm", "rnn"];

/** A mark stands for no letters. @param {string} text */
export const isMark = (text) => text in MARKS;

/** A piece as it is shown: "·" before what goes on with a word. @param {string} text */
export function shown(text) {
  if (isMark(text)) return MARKS[text];
  if (text === SPACE) return "\u2423";
  if (text.startsWith(SPACE)) return text.slice(1);
  return /^[\p{L}\d]/u.test(text) ? `·${text}` : text;
}

/** Whether a word of letters begins with it. @param {string} text */
export const beginsWord = (text) => text.startsWith(SPACE) && /\p{L}/u.test(text);

/** Pieces put together. @param {string[]} pieces */
export const joined = (pieces) => pieces.filter((text) => !isMark(text)).join("").replaceAll(SPACE, " ").trim();

/** The layers whose values are drawn. @param {Node[]} graph */
export const drawnNodes = (graph) => graph.filter(({ op }) => DRAWN.includes(op));

/** Whether it attends to what was read. @param {Node[]} graph */
export const looksBack = (graph) => graph.some(({ op }) => op === "attention");

/** The layer that reads, the layer that writes. @param {Node[]} graph */
export function layersOf(graph) {
  const [reads, writes] = graph.filter(({ op }) => RECURRENT.includes(op));
  return { reads, writes };
}

/** The one tensor of a kind. @param {Map<string, Tensor>} tensors @param {Node[]} graph @param {string} op */
export const tensorOf = (tensors, graph, op) => tensors.get(graph.find((node) => node.op === op)?.name ?? "");

/** What of a recurrent layer can be drawn: "h", "gate.r", … @param {Node} node @returns {string[]} */
export const signalsOf = ({ attributes }) => [...new Set(/** @type {string[]} */ (attributes.tensors).map((name) => name.replace(/^.*?\.l\d+(_reverse)?\./, "")))];

/**
 * A signal of a layer, its directions side by side: [T, width].
 * @param {Map<string, Tensor>} tensors
 * @param {Node} node
 * @param {string} signal
 */
export function sideBySide(tensors, node, signal) {
  const parts = /** @type {string[]} */ (node.attributes.tensors).filter((name) => name.endsWith(`.${signal}`)).flatMap((name) => tensors.get(name) ?? []);
  const rows = parts[0]?.shape[0] ?? 0;
  const width = parts.reduce((sum, { shape }) => sum + shape[1], 0);
  const data = new Float32Array(rows * width);
  let left = 0;
  for (const { shape, data: values } of parts) {
    for (let t = 0; t < rows; t += 1) for (let u = 0; u < shape[1]; u += 1) data[t * width + left + u] = values[t * shape[1] + u];
    left += shape[1];
  }
  return { rows, width, data };
}

/** One row of a matrix [T, S]. @param {Tensor} tensor @param {number} row */
export const rowOf = ({ shape, data }, row) => Array.from({ length: shape[1] }, (_, k) => data[row * shape[1] + k]);

/** The place of the largest. @param {ArrayLike<number>} values */
export const largest = (values) => Array.from(values).reduce((best, value, k) => (value > values[best] ? k : best), 0);

/**
 * The candidates of a step with what each had written before, likeliest first.
 * @param {Candidate[][]} search
 * @param {number} step
 * @param {Piece[]} answer the pieces of the best sentence
 * @returns {Beginning[]}
 */
export function beginnings(search, step, answer) {
  /** @type {string[][]} of those kept */
  let kept = [[]];
  for (const candidates of search.slice(0, step)) {
    kept = candidates.filter(({ fate }) => fate === "kept").map(({ of, text }) => [...kept[of], text]);
  }
  const way = answer.slice(0, step + 1).map(({ text }) => text);
  return (search[step] ?? []).map((one) => {
    const pieces = [...kept[one.of], one.text];
    const best = pieces.length === way.length && pieces.every((text, k) => text === way[k]);
    return { ...one, before: joined(kept[one.of]), says: joined(pieces), best };
  });
}

/** The figure that a card leads with, and those by the length of the sentence. @param {Record<string, any>} card */
export function figuresOf(card) {
  const metrics = /** @type {Metric[]} */ (card.metrics);
  const lengths = metrics.flatMap((metric) => {
    const found = / of (\d+) to (\d+) words$/.exec(metric.split);
    return found ? [{ ...metric, least: Number(found[1]), most: Number(found[2]) }] : [];
  });
  const all = metrics.filter(({ split }) => !/ words$/.test(split));
  return { head: all[0], others: all.slice(1), lengths };
}
