/**
 * The five maps that a chosen map draws most from.
 *
 *     conv    share of input channel c = mean over all places of |its sum|
 *     linear  share of channel c       = |its products added up|
 *     else    the same channel of the layer before (activation, pooling)
 *
 * `trail` walks from a stage back to the conv or linear that heads its group, so that a pooled map
 * has the sources of the convolution that made it.
 */

import { byName, extent, groupOf, kind, source } from "./groups.js";
import { channelShares, channelsOf, geometry } from "./conv.js";
import { strongest, vote } from "./votes.js";

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {import("./scales.js").Tensor} Tensor */
/** @typedef {{layer: string, channel: number, share: number}} Source `share`: −1 where it is the only one */

/**
 * @param {Layer[]} graph @param {Map<string, Tensor>} tensors @param {Map<string, Tensor>} weights
 * @param {Layer} layer @param {number} channel @param {number} [count] @returns {Source[]}
 */
export function sources(graph, tensors, weights, layer, channel, count = 5) {
  const layers = byName(graph);
  const before = source(layers, layer);
  if (!before) return [];
  const what = kind(layer);
  if (what !== "conv" && what !== "linear") {
    return [{ layer: before.name, channel, share: -1 }];
  }
  const input = tensors.get(before.name);
  const weight = weights.get(weightName(layer, "weight"));
  if (!input || !weight) return [];
  const shares = what === "conv"
    ? convShares(layer, before, input, weight, channel)
    : { first: 0, values: voteShares(before, input, weight, channel) };
  return strongest(shares.values, count)
    .filter((term) => term.value !== 0)
    .map((t) => ({ layer: before.name, channel: shares.first + t.index, share: Math.abs(t.value) }));
}

/**
 * @param {Layer} layer @param {Layer} before @param {Tensor} input @param {Tensor} weight
 * @param {number} channel @returns {{first: number, values: Float32Array}}
 */
function convShares(layer, before, input, weight, channel) {
  const g = geometry(layer);
  const size = extent(before);
  return {
    first: channelsOf(g, channel).first,
    values: channelShares(g, input.data, size, weight.data, extent(layer), channel),
  };
}

/**
 * @param {Layer} before @param {Tensor} input @param {Tensor} weight
 * @param {number} channel @returns {Float32Array}
 */
function voteShares(before, input, weight, channel) {
  const size = extent(before);
  return vote(input.data, weight.data, undefined, channel, size.height * size.width).channels;
}

/**
 * The state_dict name of a layer's weight or bias; `attributes.weights` lists what it has.
 * @param {Layer} layer @param {string} part @returns {string}
 */
export function weightName(layer, part) {
  /** @type {string[]} */
  const names = layer.attributes.weights ?? [];
  return names.find((name) => name.endsWith(`.${part}`)) ?? "";
}

/**
 * The layer of a group whose sources are worth a line: its head, for a stage further down.
 * @param {Layer[]} graph @param {Layer} layer @param {boolean} every "Every layer" is open
 * @returns {Layer}
 */
export function linedLayer(graph, layer, every) {
  if (every) return layer;
  return groupOf(graph, layer.name)?.head ?? layer;
}
