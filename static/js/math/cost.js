/**
 * What a network multiplies, and what it would if one pooling layer did not shrink its maps.
 *
 *     graph --macs--> multiply–adds per layer, the layers after one, all
 *     graph, pooling kept at its input's size --sizes layer by layer--> the same sums again
 *
 * Sizes follow torch's formulas; the first linear layer after flatten then reads more values.
 */

import { geometry } from "./conv.js";
import { byName, extent, kind, source } from "./groups.js";
import { outputSize } from "./sizes.js";

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {import("./groups.js").Extent} Extent */
/** @typedef {{own: number, after: number, whole: number}} Cost multiply–adds of a layer, of all after it, of all */

/** @param {Layer} layer @returns {number} as the graph states it */
export const macs = (layer) => Number(layer.attributes.macs ?? 0);

/** @param {unknown} value @param {number} axis @param {number} fallback @returns {number} */
const along = (value, axis, fallback) => {
  const found = Array.isArray(value) ? value[axis] : value;
  return typeof found === "number" ? found : fallback;
};

/** @param {Layer[]} graph @param {string} name @returns {Cost} */
export function costOf(graph, name) {
  const at = graph.findIndex((layer) => layer.name === name);
  const sum = (/** @type {Layer[]} */ list) => list.reduce((total, layer) => total + macs(layer), 0);
  return { own: sum(graph.slice(at, at + 1)), after: sum(graph.slice(at + 1)), whole: sum(graph) };
}

/** @param {Layer} pool @param {Extent} size @returns {Extent} */
function pooled(pool, size) {
  if (pool.op.startsWith("adaptive")) return extent(pool);
  const a = pool.attributes;
  const side = (/** @type {number} */ axis, /** @type {number} */ n) => {
    const k = along(a.kernel_size, axis, 1);
    const one = { n, k, p: along(a.padding, axis, 0), s: along(a.stride, axis, k) || k, d: along(a.dilation, axis, 1) };
    if (!a.ceil_mode) return outputSize(one);
    const room = n + 2 * one.p - one.d * (k - 1) - 1;
    const windows = Math.ceil(room / one.s) + 1;
    return (windows - 1) * one.s >= n + one.p ? windows - 1 : windows;
  };
  return { channels: size.channels, height: side(0, size.height), width: side(1, size.width) };
}

/** @param {Layer} conv @param {Extent} size @returns {{size: Extent, macs: number}} */
function convolved(conv, size) {
  const g = geometry(conv);
  const side = (/** @type {0|1} */ axis, /** @type {number} */ n) =>
    outputSize({ n, k: g.kernel[axis], p: g.padding[axis], s: g.stride[axis], d: g.dilation[axis] });
  const out = { channels: g.outputs, height: side(0, size.height), width: side(1, size.width) };
  const places = out.channels * out.height * out.width;
  return { size: out, macs: places * (g.inputs / g.groups) * g.kernel[0] * g.kernel[1] };
}

/**
 * The layers after one pooling, if it gave maps as large as it got.
 * @param {Layer[]} graph a chain @param {string} name of the pooling
 * @returns {number} multiply–adds of all layers after it
 */
export function unshrunk(graph, name) {
  const at = graph.findIndex((layer) => layer.name === name);
  const before = source(byName(graph), /** @type {Layer} */ (graph[at]));
  if (at < 0 || !before) return 0;
  let size = extent(before);
  let total = 0;
  for (const layer of graph.slice(at + 1)) {
    const what = kind(layer);
    if (what === "conv") {
      const found = convolved(layer, size);
      size = found.size;
      total += found.macs;
    } else if (what === "pool") size = pooled(layer, size);
    else if (what === "linear") {
      const values = size.channels * size.height * size.width;
      total += values * extent(layer).channels;
      size = extent(layer);
    }
  }
  return total;
}

/** Steps that one window costs besides multiplying. @param {Layer} pool @param {string} way @param {number} taps
 *  @returns {string} */
export function stepsSay(pool, way, taps) {
  const { channels, height, width } = extent(pool);
  const windows = channels * height * width;
  const each = (/** @type {number} */ n) => short(windows * n);
  if (way === "skip") return "nothing to compute";
  return way === "avgpool" ? `${each(taps - 1)} additions` : `${each(taps - 1)} comparisons`;
}

/** 64,290,000 -> "64.3 million"; below 10,000 every digit. @param {number} n @returns {string} */
export function short(n) {
  if (n >= 1e9) return `${(n / 1e9).toFixed(1)} billion`;
  if (n >= 1e6) return `${(n / 1e6).toFixed(1)} million`;
  return n >= 1e4 ? `${Math.round(n / 1e3)} thousand` : String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * @param {Layer[]} graph @param {Layer} pool @returns {string} what shrinking saves, from the numbers
 */
export function savesSay(graph, pool) {
  const { after } = costOf(graph, pool.name);
  const large = unshrunk(graph, pool.name);
  if (!after) return "No layer after it multiplies anything.";
  const times = large / after;
  if (times <= 1.005) return "The layers after it would need no more if it did not shrink.";
  return `The layers after ${pool.name} need ${short(after)} multiply–adds; if it did not shrink, they would need ${short(large)}: ${times.toFixed(1)} times as many.`;
}
