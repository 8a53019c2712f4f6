/**
 * What the address chooses in this view, checked against the network on screen.
 *
 *     {method, class, layer, signal, cell} + run -> method, label, layer, query
 */

import { isNumber } from "gridtime/math/numberhead.js";
import { inputSize } from "gridtime/math/fields.js";
import { named } from "gridtime/views/cnn/classes.js";
import { lay, mapLayer, scaleOf, variants } from "gridtime/math/explain.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").State} State */
/** @typedef {import("./ask.js").Explained} Explained */
/** @typedef {import("./ask.js").Query} Query */

/** The class explained: the one asked for, else the best. @param {Run} run @param {State} state */
export function labelOf(run, { class: asked }) {
  const best = run.predictions[0]?.label ?? "";
  return run.predictions.some((p) => p.label === asked) ? /** @type {string} */ (asked) : best;
}

/** What is explained, in a sentence: a class, or the one number. @param {string|undefined} label */
export const subject = (label) => (label ? named(label) : "its number");

/** A layer chosen elsewhere in the room is not meant here, until a method is. @param {Run} run
 *  @param {State} state */
export const layerOf = (run, { method, layer }) => mapLayer(run.graph, method ? layer : undefined);

/** @param {Run} run @param {State} state @param {string} method @returns {Query} */
export function queryOf(run, state, method) {
  const layer = method === "gradcam" ? layerOf(run, state)?.name : undefined;
  return { method, ...(isNumber(run) ? {} : { class: labelOf(run, state) }), ...(layer ? { layer } : {}) };
}

/** @typedef {ReturnType<typeof makeDrawing>} Drawing */

/** Kept, so that a moving pointer neither sorts values nor draws pixels again.
 *  @type {WeakMap<Explained, Map<string, Drawing>>} */
const drawings = new WeakMap();

/**
 * Everything a drawing of a map needs besides the picture.
 * @param {Explained} found @param {Run} run @param {string|undefined} wanted variant
 * @returns {Drawing}
 */
export function drawingOf(found, run, wanted) {
  const shelf = drawings.get(found) ?? new Map();
  drawings.set(found, shelf);
  const known = shelf.get(wanted ?? "") ?? makeDrawing(found, run, wanted);
  shelf.set(wanted ?? "", known);
  return known;
}

/** @param {Explained} found @param {Run} run @param {string|undefined} wanted */
function makeDrawing(found, run, wanted) {
  const tensor = /** @type {import("../room.js").Tensor} */ (found.tensors.get("map"));
  const map = { height: tensor.shape[0] ?? 1, width: tensor.shape[1] ?? 1 };
  const all = variants(found.tensors);
  const variant = all.find((v) => v.id === wanted) ?? /** @type {typeof all[0]} */ (all[0]);
  const at = lay(found.method, found.settings, map, inputSize(run.graph));
  return { map, all, variant, at, scale: scaleOf(variant.values, found.method) };
}
