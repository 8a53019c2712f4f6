/**
 * What the kernel view shows, from the URL and the network: one place to work it out.
 *
 *     kernel, layer, channel, unit of the URL + graph -> {layer, out, sheet, size, values, edit, inside}
 *     plane × values -> the result, as large as the picture
 */

import { keyOf } from "gridtime/math/edits.js";
import { convPlane } from "gridtime/math/slide.js";
import { channelsOf, geometry } from "gridtime/math/conv.js";
import { extent, groupOf, kind } from "gridtime/math/groups.js";
import { kernelOf, nameOf, parse, rowsOf, sameGeometry } from "gridtime/math/kernels.js";
import { strongestMap } from "gridtime/math/maps.js";
import { inputMean } from "gridtime/views/cnn/kernel/picture.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("gridtime/math/edits.js").Kernel} Kernel */
/** @typedef {import("gridtime/math/kernels.js").Size} Size */
/**
 * @typedef {object} Model
 * @property {Layer[]} convs @property {Layer} layer @property {number} out
 * @property {number|null} sheet of the kernel, null: all of them, as the mean of the input maps
 * @property {number} sheets @property {number} first input channel of sheet 0
 * @property {Size} size @property {number[]} values @property {string} name of a kernel made by hand, or ""
 * @property {Kernel} edit what putting it in asks for @property {Kernel|undefined} inside that edit, where it is made
 */

/** The convolution meant: the one named, else the one that heads the chosen layer's group, else the first.
 *  @param {Layer[]} graph @param {string|undefined} named @returns {Layer|undefined} */
function convOf(graph, named) {
  const head = named ? groupOf(graph, named)?.head : undefined;
  return head && kind(head) === "conv" ? head : graph.find((layer) => kind(layer) === "conv");
}

/** @param {Room} room @param {Run} run @returns {Model|null} null where there is no convolution */
export function modelOf(room, run) {
  const { layer: named, channel, unit, kernel } = room.state.value;
  const layer = convOf(run.graph, named);
  if (!layer) return null;
  const g = geometry(layer);
  const range = run.ranges.get(layer.name);
  const out = Math.max(0, Math.min(extent(layer).channels - 1, channel ?? (range ? strongestMap(range) : 0)));
  const { first, count } = channelsOf(g, out);
  const sheet = unit !== undefined && unit >= first && unit < first + count ? unit - first : count === 1 ? 0 : null;
  const size = { rows: g.kernel[0], columns: g.kernel[1] };
  const values = parse(kernel, size) ?? kernelOf("Sobel x", size) ?? kernelOf("identity", size) ?? [];
  const edit = /** @type {Kernel} */ ({ op: "kernel", layer: layer.name, out, in: sheet, values: rowsOf(values, size), bias: null });
  const inside = /** @type {Kernel|undefined} */ (room.edits.value.find((one) => keyOf(one) === keyOf(edit)));
  return {
    convs: run.graph.filter((l) => kind(l) === "conv"), layer, out, sheet, sheets: count, first, size, values,
    name: nameOf(values, size), edit: { ...edit, bias: inside?.bias ?? null }, inside,
  };
}

/** The kernel on the visitor's picture, outside counted as 0. @param {Run} run @param {number[]} values @param {Size} size */
export function resultOf(run, values, size) {
  const seen = inputMean(run);
  const extent3 = { channels: 1, height: seen.height, width: seen.width };
  const g = sameGeometry(size);
  const weight = Float32Array.from(values);
  const out = { ...extent3, height: seen.height - (1 - (size.rows % 2)), width: seen.width - (1 - (size.columns % 2)) };
  return { seen, g, size: out, weight, result: convPlane(g, seen.values, extent3, weight, 0, out, 0) };
}

/** The learned values of one sheet. @param {Room} room @param {Model} model @returns {number[]|null} */
export function learnedOf(room, { layer, out, sheet, sheets, size }) {
  const name = (layer.attributes.weights ?? []).find((/** @type {string} */ n) => n.endsWith(".weight"));
  const weight = room.learned.value?.get(name ?? "");
  if (!weight || sheet === null) return null;
  const area = size.rows * size.columns;
  return Array.from(weight.data.subarray((out * sheets + sheet) * area, (out * sheets + sheet + 1) * area));
}
