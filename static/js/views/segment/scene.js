/**
 * What of the address and of what was read every part of the view asks for.
 */
import { number, percent, plural } from "gridtime/math/format.js";
import { inputSize } from "gridtime/math/fields.js";
import { alike, overlap, regions, wanted } from "gridtime/math/masks.js";
import { cellOf, loudest } from "gridtime/math/unet.js";

/** @typedef {import("gridtime/stores/masks.js").Read} Read */
/** @typedef {import("gridtime/math/groups.js").Layer} Layer */
/** @typedef {{theme: "light" | "dark", hatch: boolean, present: boolean, narrow: boolean, still: boolean}} Look */
/**
 * What a view is given; it imports no page and no store.
 * @typedef {object} Room
 * @property {Record<string, any>} address
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {Look} look
 * @property {import("gridtime/stores/masks.js").Masks} store
 * @property {(picked: import("gridtime/components/inputpicker.js").Picked) => void} pick
 */

/** How much of the mask covers the picture where the address says nothing, in hundredths. */
const COVER = 60;

/** @param {Read} read @returns {Float32Array} */
export const maskOf = ({ tensors, found }) => /** @type {any} */ (tensors.get(found.mask))?.data ?? new Float32Array();

/** The pixel looked at, of the network's input: the address's, else the middle one. @param {Record<string, any>} address @param {Read} read @returns {[number, number]} */
export function pixelAt({ cell }, { net }) {
  const { width, height } = inputSize(net.graph);
  const inside = cell && cell[0] >= 0 && cell[0] < height && cell[1] >= 0 && cell[1] < width;
  return inside ? cell : [Math.floor(height / 2), Math.floor(width / 2)];
}

/** The layer looked at: the address's if it has maps, else the bottom of the U. @param {Record<string, any>} address @param {Read} read @returns {Layer} */
export function layerOf({ layer }, { net }) {
  const named = net.graph.find((one) => one.name === layer && one.output_shape.length === 3);
  return named ?? /** @type {any} */ (net.u.stages.find(({ side }) => side === "bottom")).top;
}

/** The channel looked at, of a layer whose maps are here: the address's, else that with the largest mean size. @param {Record<string, any>} address @param {Read} read @param {Layer} layer */
export function channelOf(address, read, layer) {
  const tensor = read.tensors.get(layer.name);
  if (!tensor) return 0;
  const chosen = layerOf(address, read) === layer ? address.channel : undefined;
  return Number.isInteger(chosen) && chosen >= 0 && chosen < tensor.shape[0] ? chosen : loudest(/** @type {any} */ (tensor));
}

/** The cell of a layer in which the chosen pixel lies. @param {Record<string, any>} address @param {Read} read @param {Layer} layer */
export const cellIn = (address, read, layer) => cellOf(layer, pixelAt(address, read), inputSize(read.net.graph));

/** In hundredths. @param {Record<string, any>} address */
export const coverOf = ({ level }) => Math.max(0, Math.min(100, level ?? COVER));

/** The one class that is shown alone, −1 for all. @param {Record<string, any>} address @param {Read} read */
export const aloneOf = (address, { net }) => net.card.classes.indexOf(address.class ?? "");

/** The class to compare masks by: the chosen one, or that which is looked for; else −1. @param {Record<string, any>} address @param {Read} read */
export function comparedBy(address, read) {
  const alone = aloneOf(address, read);
  return alone >= 0 ? alone : wanted(read.net.card.classes);
}

/** How many regions the class has that is looked for; null where there is no such class. @param {Read} read @returns {number | null} */
export function countOf(read) {
  const k = wanted(read.net.card.classes);
  const { width, height } = inputSize(read.net.graph);
  return k < 0 ? null : regions(maskOf(read), width, height, k).length;
}

/** "9 regions of nucleus". @param {Read} read */
export function countSays(read) {
  const n = countOf(read);
  return n === null ? "" : `${plural(n, "connected region")} of ${read.net.card.classes[wanted(read.net.card.classes)]}`;
}

/** The classes that cover most. @param {Read} read */
export function answerSays({ found }) {
  const order = found.classes.map((name, k) => ({ name, share: found.share[k] })).sort((a, b) => b.share - a.share);
  return order.filter(({ share }) => share > 0).slice(0, 3).map(({ name, share }) => `${name} ${percent(share)}`).join(", ");
}

/** What the switches did to the mask. @param {Record<string, any>} address @param {Read} read @returns {{kept: number, iou: number | null, label: string}} */
export function changeOf(address, read) {
  const mask = maskOf(read);
  const k = comparedBy(address, read);
  return { kept: alike(mask, read.plain.data), iou: k < 0 ? null : overlap(mask, read.plain.data, k), label: read.net.card.classes[k] ?? "" };
}

/** @param {Record<string, any>} address @param {Read} read */
export function changeSays(address, read) {
  const { kept, iou, label } = changeOf(address, read);
  const by = iou === null ? "" : ` IoU of ${label} against the mask before: ${number(iou, 2)}.`;
  return `${read.off.join(" and ")} off: ${percent(kept)} of the pixels keep their class.${by}`;
}
