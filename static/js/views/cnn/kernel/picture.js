/**
 * The visitor's picture as one plane of numbers, as the network's input has it.
 *
 *     input [C, H, W], normalised --undo--> mean of the colours, 0 dark … 1 bright
 *     input [C, H, W]             --mean--> one plane, 0 = average brightness
 */

import { inputSize } from "gridtime/math/fields.js";

/** @typedef {import("../room.js").Run} Run */
/** @typedef {{values: Float32Array, height: number, width: number, channels: number}} Plane */

/** @param {Run} run @param {(value: number, channel: number) => number} read @returns {Plane} */
function mean(run, read) {
  const { width, height } = inputSize(run.graph);
  const input = run.tensors.get("input");
  const channels = input?.shape[0] ?? 1;
  const area = width * height;
  const values = new Float32Array(area);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < area; i++) values[i] = (values[i] ?? 0) + read(input?.data[c * area + i] ?? 0, c) / channels;
  }
  return { values, height, width, channels };
}

/** @param {Run} run @param {Record<string, any>|undefined} card @returns {Plane} 0..1 */
export function brightness(run, card) {
  const { mean: means = [], std = [] } = card?.preprocessing ?? {};
  const bytes = run.tensors.get("input")?.data instanceof Uint8Array;
  return mean(run, (v, c) => (bytes ? v / 255 : v * (std[c] ?? 1) + (means[c] ?? 0)));
}

/** The mean of the network's own input channels. @param {Run} run @returns {Plane} */
export const inputMean = (run) => mean(run, (v) => v);
