/**
 * A window that walks over a map, place by place, and the map that it fills.
 *
 *     geometry, place (y, x)          -> where the window lies, padding and all
 *     pointer on the input            -> the place whose window is centred there
 *     order rows | any | all, rank    -> the place whose turn it is, and what is filled by then
 *     input maps, kernel, bias        -> the whole output map, in double precision
 *
 * Every place is computed from the input alone: an order is only the order of showing.
 */

import { addPlane, channelsOf } from "./conv.js";

/** @typedef {import("./conv.js").Geometry} Geometry */
/** @typedef {import("./conv.js").Values} Values */
/** @typedef {import("./groups.js").Extent} Extent */
/** @typedef {[number, number]} Cell y, x */
/** @typedef {{y: number, x: number, height: number, width: number}} Box */
/** @typedef {"rows"|"any"|"all"} Order */

export const ORDERS = /** @type {Order[]} */ (["rows", "any", "all"]);

/** @param {Order} order @returns {string} its words on the switch */
export const orderName = (order) =>
  ({ rows: "row by row", any: "any order", all: "all at once" })[order];

/** @param {string|undefined} text of the URL @returns {Order} */
export const orderOf = (text) => ORDERS.find((order) => order === text) ?? "rows";

/** Cells from one end of the window to the other. @param {number} taps @param {number} dilation */
export const reachOf = (taps, dilation) => (taps - 1) * dilation + 1;

/** Where the window lies on the input map, the part outside too.
 *  @param {Pick<Geometry, "kernel"|"stride"|"padding"|"dilation">} g @param {Cell} cell @returns {Box} */
export function windowOn(g, [y, x]) {
  return {
    y: y * g.stride[0] - g.padding[0], x: x * g.stride[1] - g.padding[1],
    height: reachOf(g.kernel[0], g.dilation[0]), width: reachOf(g.kernel[1], g.dilation[1]),
  };
}

/**
 * The place whose window is centred nearest to a point of the input.
 * @param {Pick<Geometry, "kernel"|"stride"|"padding"|"dilation">} g
 * @param {{height: number, width: number}} output @param {Cell} point in cells, fractions too
 * @returns {Cell}
 */
export function placeUnder(g, output, point) {
  const size = [output.height, output.width];
  const at = point.map((p, axis) => {
    const half = reachOf(g.kernel[axis] ?? 1, g.dilation[axis] ?? 1) / 2;
    const place = Math.round((p + (g.padding[axis] ?? 0) - half) / (g.stride[axis] ?? 1));
    return Math.max(0, Math.min((size[axis] ?? 1) - 1, place));
  });
  return [at[0] ?? 0, at[1] ?? 0];
}

/** @type {Map<number, Int32Array>} shuffles are the same for all maps of one size */
const shuffles = new Map();

/** All places once, in an order that looks like none; the same each time.
 *  @param {number} count @returns {Int32Array} */
export function shuffled(count) {
  const known = shuffles.get(count);
  if (known) return known;
  const places = Int32Array.from({ length: count }, (_, i) => i);
  let seed = 1;
  for (let i = count - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((seed / 2 ** 32) * (i + 1));
    [places[i], places[j]] = [places[j] ?? 0, places[i] ?? 0];
  }
  shuffles.set(count, places);
  return places;
}

/** The place whose turn is `rank`. @param {Order} order @param {number} rank @param {number} count */
export function placeAt(order, rank, count) {
  const held = Math.max(0, Math.min(count - 1, rank));
  return order === "any" ? (shuffled(count)[held] ?? 0) : held;
}

/** The last turn of an order: all at once has two, nothing and everything.
 *  @param {Order} order @param {number} count */
export const lastRank = (order, count) => (order === "all" ? 1 : count - 1);

/**
 * Which places are filled once the turn is `rank`.
 * @param {Order} order @param {number} rank @param {number} count
 * @param {ReadonlySet<number>} [hand] places that the visitor's own hand has filled
 * @returns {Uint8Array} [count], 1 where filled
 */
export function filledBy(order, rank, count, hand) {
  const mask = new Uint8Array(count);
  if (order === "all") return rank > 0 ? mask.fill(1) : mask;
  for (let i = 0; i <= rank && i < count; i++) mask[placeAt(order, i, count)] = 1;
  hand?.forEach((place) => (mask[place] = 1));
  return mask;
}

/**
 * One whole output map from the input maps and the weights.
 * @param {Geometry} g @param {Values} input [C, H, W] flat @param {Extent} size of the input
 * @param {Values} weight [O, c, kh, kw] flat @param {number} bias @param {Extent} output
 * @param {number} out @returns {Float32Array} [H', W']
 */
export function convPlane(g, input, size, weight, bias, output, out) {
  const { first, count } = channelsOf(g, out);
  const taps = g.kernel[0] * g.kernel[1];
  const plane = new Float64Array(output.height * output.width).fill(bias);
  for (let c = 0; c < count; c++) {
    addPlane(g, plane, output, input, size, first + c, weight, (out * count + c) * taps);
  }
  return Float32Array.from(plane);
}

/** The largest |a − b| ÷ max(1, |b|). @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export function apart(a, b) {
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const off = Math.abs((a[i] ?? 0) - (b[i] ?? 0)) / Math.max(1, Math.abs(b[i] ?? 0));
    if (off > most) most = off;
  }
  return most;
}
