/**
 * Boxes out of a detector's maps, as the server has them (app/insight/boxes.py).
 *
 *     maps [5 + K, h, w] --cellsOf--> one cell each: objectness, class shares, four sides, a box
 *       --proposals(score)--> best first --suppress(overlap)--> by whom each fell
 *
 * With s pixels between cells, the left side is (column + ½) s − s eˡ, and so on for the others.
 */
import { softmax } from "./votes.js";

/** @typedef {[number, number, number, number]} Box x0, y0, x1, y1 in pixels of the network's picture */
/**
 * @typedef {object} Cell
 * @property {number} row
 * @property {number} column
 * @property {number} logit of objectness
 * @property {number} objectness
 * @property {number[]} logits of the classes
 * @property {number[]} shares of the classes
 * @property {number} label the best class
 * @property {number} score objectness × its share
 * @property {Box} sides as the maps have them: left, up, right, down
 * @property {Box} reach pixels from the middle: s eˡ …
 * @property {[number, number]} middle x, y
 * @property {Box} raw before it is cut at the picture's edge
 * @property {Box} box
 */
/** @typedef {Cell & {by: number}} Proposal by: place of the one that it fell to, its own where it stays */

/** Maps before the first class: objectness and four sides. */
const FIRST_CLASS = 5;
/** For each side: from which of the middle's coordinates it goes, and which way. */
export const SIDES = /** @type {const} */ ([
  { name: "left", axis: 0, sign: -1 }, { name: "upper", axis: 1, sign: -1 },
  { name: "right", axis: 0, sign: 1 }, { name: "lower", axis: 1, sign: 1 },
]); // prettier-ignore

/** @param {number} v */
export const sigmoid = (v) => 1 / (1 + Math.exp(-v));

/**
 * Every cell, row by row.
 * @param {{shape: number[], data: ArrayLike<number>}} maps @param {number} size px of the network's picture
 * @returns {Cell[]}
 */
export function cellsOf({ shape: [channels, rows, columns], data }, size) {
  const stride = size / columns;
  const plane = rows * columns;
  const ends = [columns * stride, rows * stride];
  return Array.from({ length: plane }, (_, at) => {
    const row = Math.floor(at / columns);
    const column = at % columns;
    /** @param {number} c */
    const value = (c) => data[c * plane + at];
    const logit = value(0);
    const logits = Array.from({ length: channels - FIRST_CLASS }, (__, k) => value(FIRST_CLASS + k));
    const { shares } = softmax(logits);
    const label = shares.indexOf(Math.max(...shares));
    const objectness = sigmoid(logit);
    const middle = /** @type {[number, number]} */ ([(column + 0.5) * stride, (row + 0.5) * stride]);
    const sides = /** @type {Box} */ (SIDES.map((_side, k) => value(1 + k)));
    const reach = /** @type {Box} */ (sides.map((v) => stride * Math.exp(v)));
    const raw = /** @type {Box} */ (SIDES.map(({ axis, sign }, k) => middle[axis] + sign * reach[k]));
    const box = /** @type {Box} */ (raw.map((v, k) => Math.min(ends[k % 2], Math.max(0, v))));
    return { row, column, logit, objectness, logits, shares, label, score: objectness * shares[label], sides, reach, middle, raw, box };
  });
}

/** @param {Box} box */
export const areaOf = ([x0, y0, x1, y1]) => Math.max(0, x1 - x0) * Math.max(0, y1 - y0);

/** What two boxes share, and what they cover together. @param {Box} a @param {Box} b */
export function shared(a, b) {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const both = width * height;
  const joined = areaOf(a) + areaOf(b) - both;
  return { width, height, both, joined, iou: joined > 0 ? both / joined : 0 };
}

/**
 * The cells that score enough, best first (of equals the earlier), and by whom each falls.
 * @param {Cell[]} cells @param {number} score at least @param {number} overlap IoU above it falls
 * @returns {Proposal[]}
 */
export function proposals(cells, score, overlap) {
  const found = cells.filter((cell) => cell.score >= score).sort((a, b) => b.score - a.score);
  const by = found.map(() => -1);
  found.forEach((best, place) => {
    if (by[place] >= 0) return;
    by[place] = place;
    for (let other = place + 1; other < found.length; other += 1) {
      if (by[other] < 0 && shared(best.box, found[other].box).iou > overlap) by[other] = place;
    }
  });
  return found.map((cell, place) => ({ ...cell, by: by[place] }));
}

/** Those that stay. @param {Proposal[]} found */
export const kept = (found) => found.filter(({ by }, place) => by === place);

/**
 * The box that a chosen one is compared with: what it fell to; of one that stays the named one of
 * those that fell to it, else of these, or of all, the one that overlaps it most.
 * @param {Proposal[]} found @param {number} place @param {number} [other]
 * @returns {number} -1: there is none
 */
export function partner(found, place, other = -1) {
  if (found[place].by !== place) return found[place].by;
  const fallen = found.flatMap(({ by }, k) => (by === place && k !== place ? [k] : []));
  if (fallen.includes(other)) return other;
  const all = fallen.length ? fallen : found.map((_, k) => k).filter((k) => k !== place);
  /** @param {number} k */
  const iou = (k) => shared(found[place].box, found[k].box).iou;
  return all.reduce((best, k) => (iou(k) > (best < 0 ? 0 : iou(best)) ? k : best), -1);
}

/** The box that most others fell to; of equals the better one. @param {Proposal[]} found */
export function crowded(found) {
  /** @param {number} k */
  const fallen = (k) => found.filter(({ by }) => by === k).length;
  return found.reduce((best, _, k) => (fallen(k) > fallen(best) ? k : best), 0);
}

/** The box under a point: the smallest, so that one within another can be had. @param {Proposal[]} found @param {number} x @param {number} y */
export function boxAt(found, x, y) {
  const under = found.filter(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
  return under.sort((a, b) => areaOf(a.box) - areaOf(b.box))[0];
}

/**
 * What each map of the layer before adds to one map of the last layer at a cell: a 1 × 1
 * convolution is a weighted sum.
 * @param {ArrayLike<number>} weight [out, in] @param {number} out
 * @param {{shape: number[], data: ArrayLike<number>}} features [in, h, w] @param {number} at place in a map
 */
export function added(weight, out, { shape: [channels, rows, columns], data }, at) {
  return Array.from({ length: channels }, (_, c) => {
    const value = data[c * rows * columns + at];
    const factor = weight[out * channels + c];
    return { channel: c, value, weight: factor, product: value * factor };
  });
}
