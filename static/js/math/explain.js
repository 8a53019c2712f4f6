/**
 * Maps that explain an answer, and where their cells lie on the picture.
 *
 *     answer of /explain -> variants [{id, title, values [h * w]}]
 *     method, settings, size of the input -> lay {x, y, width, height}: origin and size of a cell
 *     point on the picture <-> cell of the map
 *
 * All places are in pixels of the network's input, so that one point means the same in every map.
 */

import { extent, kind } from "./groups.js";

/** @typedef {import("./scales.js").Tensor} Tensor */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {{id: string, title: string, values: ArrayLike<number>, signed: boolean}} Variant */

/** In the order they are shown; all of them together are "all". */
export const METHODS = {
  gradcam: "Grad-CAM", gradient: "Input gradient", smoothgrad: "SmoothGrad", occlusion: "Occlusion",
};
export const ALL = "all";

/** @typedef {keyof typeof METHODS} Method */

/** @param {string|undefined} asked @returns {Method | "all"} */
export function methodOf(asked) {
  return asked === ALL || (asked && Object.hasOwn(METHODS, asked))
    ? /** @type {Method | "all"} */ (asked) : "gradcam";
}

/** Height and width of a setting that is one number or two. @param {unknown} value
 *  @returns {[number, number]} */
function pair(value) {
  const both = Array.isArray(value) ? value : [value, value];
  return [Number(both[0]), Number(both[1] ?? both[0])];
}

/**
 * Where a map lies on the picture: its origin, and the size of one cell. A cell of the occlusion
 * map stands for a square larger than itself; it is drawn in the middle of that.
 * @param {string} method @param {Record<string, any>} settings
 * @param {Size} map cells @param {Size} input pixels @returns {Box}
 */
export function lay(method, settings, map, input) {
  if (method !== "occlusion") {
    return { x: 0, y: 0, width: input.width / map.width, height: input.height / map.height };
  }
  const [tall, wide] = pair(settings.window);
  const [down, right] = pair(settings.stride);
  return { x: (wide - right) / 2, y: (tall - down) / 2, width: right, height: down };
}

/** @param {number} v @param {number} most */
const within = (v, most) => Math.max(0, Math.min(most, v));

/** The cell that a point of the picture falls into. @param {Box} at @param {Size} map
 *  @param {[number, number]} point y, x @returns {[number, number]} y, x */
export function cellAt(at, map, [y, x]) {
  return [
    within(Math.floor((y - at.y) / at.height), map.height - 1),
    within(Math.floor((x - at.x) / at.width), map.width - 1),
  ];
}

/** The middle of a cell, in whole pixels. @param {Box} at @param {[number, number]} cell
 *  @returns {[number, number]} y, x */
export function pointOf(at, [y, x]) {
  return [Math.floor(at.y + (y + 0.5) * at.height), Math.floor(at.x + (x + 0.5) * at.width)];
}

/** @param {Box} at @param {[number, number]} cell @returns {Box} what the cell covers */
export function boxOf(at, [y, x]) {
  return { x: at.x + x * at.width, y: at.y + y * at.height, width: at.width, height: at.height };
}

/** The square that was covered for this cell. @param {Record<string, any>} settings
 *  @param {[number, number]} cell @returns {Box} */
export function coveredBox(settings, [y, x]) {
  const [tall, wide] = pair(settings.window);
  const [down, right] = pair(settings.stride);
  return { x: x * right, y: y * down, width: wide, height: tall };
}

/** Names of an input's planes. @param {number} count @returns {string[]} */
const planeNames = (count) =>
  count === 3 ? ["red", "green", "blue"] : Array.from({ length: count }, (_, i) => `plane ${i}`);

/**
 * The maps an answer can be shown as, the usual one first.
 * @param {Map<string, Tensor>} tensors @returns {Variant[]}
 */
export function variants(tensors) {
  const map = tensors.get("map");
  const signed = tensors.get("signed");
  const gradient = tensors.get("gradient");
  /** @type {Variant[]} */
  const found = [];
  if (map) found.push({ id: "map", title: "the map", values: map.data, signed: hasNegative(map.data) });
  if (signed) found.push({ id: "signed", title: "before ReLU, with its sign", values: signed.data, signed: true });
  if (gradient) {
    const planes = gradient.shape[0] ?? 1;
    const area = gradient.data.length / planes;
    planeNames(planes).forEach((name, c) => found.push({
      id: `gradient.${c}`, title: `${name}, with its sign`, signed: true,
      values: gradient.data.subarray(c * area, (c + 1) * area),
    }));
  }
  return found;
}

/** @param {ArrayLike<number>} values */
function hasNegative(values) {
  for (let i = 0; i < values.length; i++) if (values[i] < 0) return true;
  return false;
}

/**
 * The end of the colour scale: the largest size; for gradients the 99th percentile, since a few
 * pixels would leave the rest without colour.
 * @param {ArrayLike<number>} values @param {string} method
 * @returns {{limit: number, most: number, beyond: number}} beyond: how many lie past the end
 */
export function scaleOf(values, method) {
  const sizes = Float32Array.from(Array.from(values).filter((v) => !Number.isNaN(v)), Math.abs).sort();
  const most = sizes[sizes.length - 1] ?? 0;
  if (method !== "gradient" && method !== "smoothgrad") return { limit: most, most, beyond: 0 };
  const limit = sizes[Math.floor((sizes.length - 1) * 0.99)] || most;
  return { limit, most, beyond: sizes.filter((v) => v > limit).length };
}

/** The strongest cell. @param {ArrayLike<number>} values @param {Size} map
 *  @returns {[number, number]} y, x */
export function strongest(values, map) {
  let best = -1;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]) && (best < 0 || Math.abs(values[i]) > Math.abs(values[best]))) best = i;
  }
  const at = Math.max(0, best);
  return [Math.floor(at / map.width), at % map.width];
}

/**
 * How much a cell covers the picture: all of it at 1, nothing at 0, and between more where the
 * value is larger.
 * @param {number} cover 0..1 @param {number} strength |value| ÷ limit
 */
export const alpha = (cover, strength) => 1 - (1 - cover) ** (1 + 3 * Math.min(1, strength));

/**
 * A map as pixels to be laid over the picture, one a cell; what is not computed yet stays clear.
 * @param {ArrayLike<number>} values @param {number} limit @param {number} cover
 * @param {import("./colour.js").Table} colours
 * @param {(v: number, limit: number, colours: import("./colour.js").Table) => [number, number, number]} colour
 * @param {Uint8ClampedArray} out
 */
export function layOver(values, limit, cover, colours, colour, out) {
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    if (Number.isNaN(v)) {
      out[i * 4 + 3] = 0;
      continue;
    }
    const [r, g, b] = colour(v, limit, colours);
    out[i * 4] = r;
    out[i * 4 + 1] = g;
    out[i * 4 + 2] = b;
    out[i * 4 + 3] = Math.round(255 * alpha(cover, limit > 0 ? Math.abs(v) / limit : 0));
  }
}

/** A picture without its colours, in place. @param {Uint8ClampedArray} rgba */
export function toGrey(rgba) {
  for (let i = 0; i < rgba.length; i += 4) {
    const grey = 0.2126 * (rgba[i] ?? 0) + 0.7152 * (rgba[i + 1] ?? 0) + 0.0722 * (rgba[i + 2] ?? 0);
    rgba[i] = rgba[i + 1] = rgba[i + 2] = grey;
  }
}

/** A band of rows should take about this long, in ms: short enough to see it being drawn. */
const BAND = 150;

/**
 * The rows to ask for next.
 * @param {number} done rows @param {number} total rows; NaN before the first answer
 * @param {number} each ms a row took @returns {[number, number]} from, to
 */
export function nextBand(done, total, each) {
  if (Number.isNaN(total)) return [0, 1];
  const rows = Math.max(1, Math.floor(BAND / Math.max(each, 1)));
  return [done, Math.min(total, done + rows)];
}

/** The layers that Grad-CAM can look at: those with maps. @param {import("./groups.js").Layer[]} graph */
export const mapLayers = (graph) =>
  graph.filter((layer) => layer.output_shape.length === 3 && kind(layer) !== "input");

/**
 * The layer asked for, else the last one whose maps still have an extent.
 * @param {import("./groups.js").Layer[]} graph @param {string|undefined} asked
 */
export function mapLayer(graph, asked) {
  const all = mapLayers(graph);
  const wide = all.filter((layer) => extent(layer).height * extent(layer).width > 1);
  return all.find((layer) => layer.name === asked) ?? wide[wide.length - 1] ?? all[all.length - 1];
}
