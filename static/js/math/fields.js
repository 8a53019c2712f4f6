/**
 * The receptive field of a cell, on the network's input and on the original picture.
 *
 *     cell (y, x) of a layer --stride, offset, size--> rows and columns of the input
 *                            --crop-----------------> rectangle on the original, in its pixels
 */

import { kind } from "./groups.js";

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/**
 * The box that one cell sees; it may reach beyond the picture. Without a field it sees everything.
 * @param {Layer} layer @param {number} y @param {number} x
 * @param {{width: number, height: number}} input @returns {Box}
 */
export function fieldBox(layer, y, x, input) {
  const field = layer.attributes.receptive_field;
  if (!field || layer.output_shape.length < 3) {
    return { x: 0, y: 0, width: input.width, height: input.height };
  }
  return {
    x: field.offset[1] + x * field.stride[1],
    y: field.offset[0] + y * field.stride[0],
    width: field.size[1],
    height: field.size[0],
  };
}

/** @param {Box} box @param {{width: number, height: number}} input @returns {Box} what lies inside */
export function clip(box, input) {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(input.width, box.x + box.width) - x),
    height: Math.max(0, Math.min(input.height, box.y + box.height) - y),
  };
}

/**
 * @param {Layer} layer @param {{width: number, height: number}} input
 * @returns {string} "One cell sees 22×22 px" or "One cell sees the whole picture"
 */
export function fieldSays(layer, input) {
  const { width, height } = fieldBox(layer, 0, 0, input);
  if (width >= input.width && height >= input.height) return "One cell sees the whole picture";
  return `One cell sees ${width}×${height} px`;
}

/**
 * A cell near the middle, whose field is drawn under a column.
 * @param {{height: number, width: number}} size @returns {{y: number, x: number}}
 */
export function middle(size) {
  return { y: Math.floor((size.height - 1) / 2), x: Math.floor((size.width - 1) / 2) };
}

/**
 * Keeps a square cut inside the original.
 * @param {{x: number, y: number, side: number}} crop @param {{width: number, height: number}} original
 */
export function keepInside(crop, original) {
  const side = Math.max(1, Math.min(Math.round(crop.side), original.width, original.height));
  return {
    x: Math.max(0, Math.min(Math.round(crop.x), original.width - side)),
    y: Math.max(0, Math.min(Math.round(crop.y), original.height - side)),
    side,
  };
}

/** @param {Layer[]} graph @returns {{width: number, height: number}} what the network sees */
export function inputSize(graph) {
  const input = graph.find((layer) => kind(layer) === "input");
  const [, height = 1, width = 1] = input?.output_shape ?? [];
  return { width, height };
}

/**
 * @param {Layer[]} graph @param {Layer} layer @param {[number, number]} cell
 * @returns {string} which rows and columns one cell sees
 */
export function fieldWords(graph, layer, [y, x]) {
  const input = inputSize(graph);
  const full = fieldBox(layer, y, x, input);
  const box = clip(full, input);
  const cut = box.width < full.width || box.height < full.height;
  return `This cell sees ${full.width}×${full.height} px: rows ${box.y} to ${box.y + box.height - 1}, `
    + `columns ${box.x} to ${box.x + box.width - 1}${cut ? "; the rest lies outside and counts as 0" : ""}.`;
}
