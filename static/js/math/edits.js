/**
 * What a visitor changed in a network: a list of edits as the REST API takes them.
 *
 *     URL's text --parse--> list --fit(graph)--> {edits that fit, what was dropped and why}
 *     list + one edit --put--> list       an edit replaces an older one of the same thing
 *     edit --says--> "conv1, channel 3 off"
 *
 * Nothing is computed here but the weights that an edited kernel has: the server runs the network.
 */

import { extent, kind } from "./groups.js";

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {import("./scales.js").Tensor} Tensor */
/** @typedef {{op: "scale", tensor: string, channel: number|null, factor: number}} Scale */
/** @typedef {{op: "keep", tensor: string, channel: number}} Keep */
/** @typedef {{op: "replace", layer: string, with: string}} Replace */
/** @typedef {{op: "kernel", layer: string, out: number, in: number|null, values: number[][], bias?: number|null}} Kernel */
/** @typedef {Scale|Keep|Replace|Kernel} Edit */

/** The server takes no more, and no number beyond. */
export const MOST = 64;
const LARGEST = 1e3;

export const POOLINGS = ["maxpool", "avgpool", "skip"];
export const ACTIVATIONS = ["relu", "tanh", "sigmoid", "none"];

/** @param {string|undefined} text @returns {Edit[]} nothing where it is not a list */
export function parse(text) {
  try {
    const list = JSON.parse(text ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** @param {Edit[]} list @returns {string|undefined} as the URL carries it */
export const format = (list) => (list.length ? JSON.stringify(list) : undefined);

/** @param {unknown} value @returns {value is number} */
const fine = (value) => typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= LARGEST;

/** @param {unknown} value @param {number} count */
const within = (value, count) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < count;

/** What a layer may be replaced by: its own kind only. @param {Layer} layer @returns {string[]} */
export function ways(layer) {
  if (kind(layer) === "activation") return ACTIVATIONS;
  return kind(layer) === "pool" ? POOLINGS : [];
}

/** @param {Layer} layer @param {Kernel} edit */
function kernelFits(layer, edit) {
  const a = layer.attributes;
  const [rows = 0, columns = 0] = a.kernel_size ?? [];
  const shaped = Array.isArray(edit.values) && edit.values.length === rows
    && edit.values.every((row) => Array.isArray(row) && row.length === columns && row.every(fine));
  return shaped && within(edit.out, a.out_channels)
    && (edit.in === null || within(edit.in, a.in_channels / (a.groups ?? 1)))
    && (edit.bias === undefined || edit.bias === null || fine(edit.bias));
}

/** @param {Map<string, Layer>} layers @param {any} edit @returns {boolean} */
function fits(layers, edit) {
  const layer = layers.get(edit?.tensor ?? edit?.layer);
  if (!layer || kind(layer) === "input" || kind(layer) === "softmax") return false;
  const { channels } = extent(layer);
  if (edit.op === "scale") {
    return fine(edit.factor) && (edit.channel === null || within(edit.channel, channels));
  }
  if (edit.op === "keep") return within(edit.channel, channels);
  if (edit.op === "replace") return ways(layer).includes(edit.with);
  return edit.op === "kernel" && kind(layer) === "conv" && kernelFits(layer, edit);
}

/** Its own fields alone: the server takes no others. @param {any} edit @returns {Edit} */
function clean(edit) {
  const { op, tensor, channel, factor, layer, out, values, bias = null } = edit;
  if (op === "scale") return { op, tensor, channel, factor };
  if (op === "keep") return { op, tensor, channel };
  return op === "replace" ? { op, layer, with: edit.with } : { op, layer, out, in: edit.in, values, bias };
}

/**
 * @param {Layer[]} graph of the network as it was trained @param {unknown[]} list
 * @returns {{edits: Edit[], dropped: number}}
 */
export function fit(graph, list) {
  const layers = new Map(graph.map((layer) => [layer.name, layer]));
  /** @type {Edit[]} */
  let edits = [];
  let dropped = 0;
  for (const one of list) {
    if (edits.length < MOST && fits(layers, one)) edits = put(edits, clean(one));
    else dropped += 1;
  }
  return { edits, dropped };
}

/** What an edit is about: two edits with one key cannot both hold. @param {Edit} edit */
export function keyOf(edit) {
  if (edit.op === "scale") return `scale ${edit.tensor} ${edit.channel ?? "all"}`;
  if (edit.op === "keep") return `keep ${edit.tensor}`;
  if (edit.op === "replace") return `replace ${edit.layer}`;
  return `kernel ${edit.layer} ${edit.out} ${edit.in ?? "all"}`;
}

/** @param {Edit[]} list @param {Edit} edit @returns {Edit[]} in the order in which they were made */
export function put(list, edit) {
  const key = keyOf(edit);
  const at = list.findIndex((one) => keyOf(one) === key);
  if (at < 0) return [...list, edit];
  return list.map((one, i) => (i === at ? edit : one));
}

/** @param {Edit[]} list @param {string} key @returns {Edit[]} */
export const drop = (list, key) => list.filter((one) => keyOf(one) !== key);

/**
 * A channel times `factor`; times 1 is the network's own.
 * @param {Edit[]} list @param {string} tensor @param {number|null} channel @param {number} factor
 */
export function scale(list, tensor, channel, factor) {
  const edit = /** @type {Scale} */ ({ op: "scale", tensor, channel, factor });
  return factor === 1 ? drop(list, keyOf(edit)) : put(list, edit);
}

/**
 * @param {Edit[]} list @param {Layer} own the layer as it was trained @param {string} with_
 */
export function replace(list, own, with_) {
  const edit = /** @type {Replace} */ ({ op: "replace", layer: own.name, with: with_ });
  return ownWay(own) === with_ ? drop(list, keyOf(edit)) : put(list, edit);
}

/** What a layer is, in the words of `ways`; "" for what those do not name (a leaky ReLU).
 *  @param {Layer} layer */
export function ownWay(layer) {
  if (kind(layer) === "pool") return layer.op.includes("avg") ? "avgpool" : skips(layer) ? "skip" : "maxpool";
  return ACTIVATIONS.includes(layer.op) ? layer.op : layer.op === "identity" ? "none" : "";
}

/** Every s-th value is kept as it is: a window of one value, with a stride. @param {Layer} layer */
export function skips(layer) {
  return layer.op.includes("skip") || (kind(layer) === "pool" && layer.attributes.kernel_size !== undefined
    && [layer.attributes.kernel_size].flat().every((size) => size === 1));
}

/**
 * The factor on one channel of a layer's output: 1 where nothing was changed there.
 * @param {Edit[]} list @param {string} tensor @param {number} channel @returns {number}
 */
export function factorOn(list, tensor, channel) {
  return list.reduce((factor, edit) => {
    if (edit.op === "keep" && edit.tensor === tensor) return edit.channel === channel ? factor : 0;
    const meant = edit.op === "scale" && edit.tensor === tensor
      && (edit.channel === null || edit.channel === channel);
    return meant ? factor * edit.factor : factor;
  }, 1);
}

const NAMES = new Map([
  ["maxpool", "maximum"], ["avgpool", "average"], ["skip", "every second value"],
  ["relu", "ReLU"], ["none", "no activation"],
]);

/** The word on a switch. @param {string} way */
export const wayName = (way) => NAMES.get(way) ?? way;

/**
 * Skipping in words that follow from the stride.
 * @param {Layer} layer @param {string} way
 */
export function wayIn(layer, way) {
  if (way !== "skip") return wayName(way);
  const [step = 2] = [layer.attributes.stride ?? 2].flat();
  const nth = ["", "every", "every second", "every third", "every fourth"][step] ?? `every ${step}th`;
  return `${nth} value`;
}

/** @param {Edit} edit @param {(layer: string, unit: number) => string} [named] a unit that has a name
 *  @returns {string} */
export function says(edit, named = (layer, unit) => `${layer}, channel ${unit}`) {
  if (edit.op === "keep") return `${named(edit.tensor, edit.channel)} kept alone`;
  if (edit.op === "replace") return `${edit.layer}: ${wayName(edit.with)}`;
  if (edit.op === "kernel") {
    return `${edit.layer}, kernel ${edit.out}${edit.in === null ? "" : `, sheet ${edit.in}`}: your own`;
  }
  const what = edit.channel === null ? `all of ${edit.tensor}` : named(edit.tensor, edit.channel);
  return edit.factor === 0 ? `${what} switched off` : `${what} × ${String(edit.factor).replace("-", "\u2212")}`;
}

/** @param {[number, number]} shift px right, px down @returns {string} "moved 3 px right, 1 px up" */
export function shiftSays([dx, dy]) {
  const parts = [
    dx ? `${Math.abs(dx)} px ${dx > 0 ? "right" : "left"}` : "",
    dy ? `${Math.abs(dy)} px ${dy > 0 ? "down" : "up"}` : "",
  ].filter(Boolean);
  return parts.length ? `picture moved ${parts.join(", ")}` : "picture not moved";
}

/**
 * The weights that run once kernels were edited; other tensors are the very same.
 * @param {Map<string, Tensor>} weights @param {Layer[]} graph @param {Edit[]} edits
 * @returns {Map<string, Tensor>}
 */
export function editedWeights(weights, graph, edits) {
  const kernels = /** @type {Kernel[]} */ (edits.filter((edit) => edit.op === "kernel"));
  if (!kernels.length) return weights;
  const changed = new Map(weights);
  for (const edit of kernels) {
    const names = graph.find((layer) => layer.name === edit.layer)?.attributes.weights ?? [];
    writeKernel(changed, weights, names, edit);
  }
  return changed;
}

/** @param {Map<string, Tensor>} changed @param {Map<string, Tensor>} own @param {string[]} names
 *  @param {Kernel} edit */
function writeKernel(changed, own, names, edit) {
  const [name, biasName] = ["weight", "bias"].map((part) => names.find((n) => n.endsWith(`.${part}`)) ?? "");
  const weight = fresh(changed, own, name ?? "");
  if (!weight) return;
  const [, sheets = 1, rows = 1, columns = 1] = weight.shape;
  const values = edit.values.flat();
  const share = edit.in === null ? sheets : 1; // every sheet alike: the mean of the input maps
  const list = edit.in === null ? Array.from({ length: sheets }, (_, i) => i) : [edit.in];
  for (const sheet of list) {
    weight.data.set(values.map((v) => v / share), (edit.out * sheets + sheet) * rows * columns);
  }
  if (typeof edit.bias !== "number") return;
  const bias = fresh(changed, own, biasName ?? "");
  if (bias) bias.data[edit.out] = edit.bias;
}

/** A copy to write into, made once. @param {Map<string, Tensor>} changed
 *  @param {Map<string, Tensor>} own @param {string} name */
function fresh(changed, own, name) {
  const now = changed.get(name);
  if (!now || now !== own.get(name)) return now;
  const copy = { shape: now.shape, data: now.data.slice() };
  changed.set(name, copy);
  return copy;
}
