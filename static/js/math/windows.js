/**
 * Which windows of words gave a convolutional reader its answer.
 *
 *     graph -> branches: a convolution over k words, its largest value over time, its place in x
 *     maps [T, C] + largest [C] -> for each channel the window that won
 *     x [n] × (w of one class − w of the other) -> added up per window -> + bias = score
 *
 * A window of k words ends at its word and looks back; before the first word it sees zeros.
 */
import { rather, strongest, vote } from "gridtime/math/votes.js";

/** @typedef {import("gridtime/math/waiting.js").Node} Node */
/** @typedef {{shape: number[], data: ArrayLike<number>}} Tensor */
/** @typedef {{maps: string, largest: string, words: number, start: number, channels: number}} Branch start: its first place in x */
/** @typedef {{start: number, end: number, words: number, channels: number, vote: number}} Won words start…end − 1 of the text; `words` the window's own width */
/** @typedef {{windows: Won[], silent: number, beyond: {channels: number, vote: number}, bias: number, total: number}} Votes silent: channels that found nothing */

const LARGEST = "max_over_time";

/** Does a network read windows of words? @param {Node[]} graph */
export const readsWindows = (graph) => graph.some(({ op }) => op === LARGEST);

/** How many words a layer sees, looking back through what keeps the length. @param {Map<string, Node>} all @param {Node | undefined} node @returns {number} */
function widthOf(all, node) {
  if (!node || node.op === "input") return 1;
  const [size] = [node.attributes.kernel_size].flat();
  return size ?? widthOf(all, all.get(node.inputs[0]));
}

/** In the order in which they stand side by side. @param {Node[]} graph @returns {Branch[]} */
export function branches(graph) {
  const all = new Map(graph.map((node) => [node.name, node]));
  let start = 0;
  return graph.filter(({ op }) => op === LARGEST).map((node) => {
    const channels = Number(node.output_shape[node.output_shape.length - 1]);
    const branch = { maps: node.inputs[0], largest: node.name, words: widthOf(all, all.get(node.inputs[0])), start, channels };
    start += channels;
    return branch;
  });
}

/** The first word at which a channel reaches its largest value; −1: not among the rows that are here. @param {Tensor} maps [T, C] @param {number} channel @param {number} largest */
export function wonAt({ shape: [rows, channels], data }, channel, largest) {
  for (let t = 0; t < rows; t += 1) if (data[t * channels + channel] === largest) return t;
  return -1;
}

/**
 * Every product of x with the weights of one class rather than the other, added up per window.
 * @param {Node[]} graph @param {Map<string, Tensor>} tensors
 * @param {{weight: ArrayLike<number>, bias: ArrayLike<number>}} head of the last layer, [K, n] and [K]
 * @param {number} label @param {number} other @returns {Votes}
 */
export function votesOf(graph, tensors, head, label, other) {
  const parts = branches(graph);
  const x = Float32Array.from(parts.flatMap(({ largest }) => [...(/** @type {ArrayLike<number> & Iterable<number>} */ (tensors.get(largest)?.data ?? []))]));
  const unit = rather(Float32Array.from(head.weight), Float32Array.from(head.bias), x.length, label, other);
  const { products, bias, total } = vote(x, unit.weight, unit.bias, 0, 1);
  /** @type {Map<string, Won>} */
  const found = new Map();
  const beyond = { channels: 0, vote: 0 };
  let silent = 0;
  for (const { maps, words, start, channels } of parts) {
    const map = /** @type {Tensor} */ (tensors.get(maps));
    for (let c = 0; c < channels; c += 1) {
      const t = wonAt(map, c, x[start + c]);
      if (x[start + c] === 0) silent += 1;
      else if (t < 0) add(beyond, products[start + c]);
      else add(windowAt(found, t, words), products[start + c]);
    }
  }
  return { windows: [...found.values()], silent, beyond, bias, total };
}

/** @param {{channels: number, vote: number}} one @param {number} product */
function add(one, product) {
  one.channels += 1;
  one.vote += product;
}

/** @param {Map<string, Won>} found @param {number} t its last word @param {number} words */
function windowAt(found, t, words) {
  const key = `${t} ${words}`;
  const known = found.get(key) ?? { start: Math.max(0, t - words + 1), end: t + 1, words, channels: 0, vote: 0 };
  found.set(key, known);
  return known;
}

/**
 * The windows with most to say, in the order of the text, and what is left.
 * @param {Votes} votes @param {number} most
 */
export function told({ windows, beyond }, most) {
  const best = strongest(windows.map((one) => one.vote), most).map(({ index }) => windows[index]);
  const rest = windows.filter((one) => !best.includes(one));
  const left = rest.reduce((sum, one) => sum + one.vote, beyond.vote);
  return { best: best.sort((a, b) => a.end - b.end || a.words - b.words), rest: rest.length, left };
}
