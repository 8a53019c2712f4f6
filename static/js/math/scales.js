/**
 * The limits of a colour scale: symmetric about zero, fixed for an input.
 *
 *     scope "map"      every map its own largest size
 *     scope "layer"    one limit for all maps of a layer   (the default)
 *     scope "network"  one limit for all layers
 *
 * A legend says which, and begins at 0 where nothing is negative.
 */

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {"map"|"layer"|"network"} Scope */
/** @typedef {{least: number, most: number, limit: number}} Range `limit` = largest size */
/** @typedef {{shape: number[], data: Float32Array|Uint8Array}} Tensor */
/**
 * @typedef {{limits: Float32Array, lows: Float32Array, highs: Float32Array, range: Range}} LayerRange
 *   the ranges of one layer: per channel and over all
 */

export const SCOPES = /** @type {Scope[]} */ (["layer", "map", "network"]);

/** @param {Scope} scope @returns {string} its words in a legend */
export function scopeName(scope) {
  return { map: "each map its own", layer: "this layer", network: "whole network" }[scope];
}

/** @param {Scope} scope @returns {Scope} what S chooses next */
export function nextScope(scope) {
  return SCOPES[(SCOPES.indexOf(scope) + 1) % SCOPES.length] ?? "layer";
}

/** @param {Tensor} tensor [C, H, W] or [n] @returns {LayerRange} */
export function ranges(tensor) {
  const channels = tensor.shape[0] ?? 0;
  const area = tensor.data.length / Math.max(1, channels);
  const lows = new Float32Array(channels);
  const highs = new Float32Array(channels);
  const limits = new Float32Array(channels);
  for (let c = 0; c < channels; c++) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = c * area; i < (c + 1) * area; i++) {
      const value = tensor.data[i] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    lows[c] = low;
    highs[c] = high;
    limits[c] = Math.max(Math.abs(low), Math.abs(high));
  }
  return { limits, lows, highs, range: merge(lows, highs) };
}

/** @param {Float32Array} lows @param {Float32Array} highs @returns {Range} */
function merge(lows, highs) {
  let least = Infinity;
  let most = -Infinity;
  for (const value of lows) if (value < least) least = value;
  for (const value of highs) if (value > most) most = value;
  return { least, most, limit: Math.max(Math.abs(least), Math.abs(most)) };
}

/** @param {Iterable<LayerRange>} all @returns {Range} over the whole network */
export function networkRange(all) {
  let least = 0;
  let most = 0;
  for (const one of all) {
    least = Math.min(least, one.range.least);
    most = Math.max(most, one.range.most);
  }
  return { least, most, limit: Math.max(-least, most) };
}

/**
 * The range a legend shows for one map under a scope.
 * @param {Scope} scope @param {LayerRange} layer @param {number} channel @param {Range} network
 * @returns {Range}
 */
export function rangeFor(scope, layer, channel, network) {
  if (scope === "network") return network;
  if (scope === "layer") return layer.range;
  return {
    least: layer.lows[channel] ?? 0,
    most: layer.highs[channel] ?? 0,
    limit: layer.limits[channel] ?? 0,
  };
}

/** @param {LayerRange} layer @param {number} channel @returns {boolean} 0 everywhere */
export function isDead(layer, channel) {
  return layer.limits[channel] === 0;
}
