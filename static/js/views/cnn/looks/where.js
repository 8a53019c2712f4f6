/**
 * Which layer and channel these views are about, and what was measured of them.
 *
 *     choice (perhaps nothing chosen) + studies -> a layer that has maps, one of its channels
 */

import { columnsOf, shownStage } from "gridtime/math/choice.js";
import { extent, groupOf, kind } from "gridtime/math/groups.js";
import { strongestMap } from "gridtime/math/maps.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("gridtime/math/selectivity.js").Studies} Studies */

/** What was measured about this network: null while it loads, undefined where nothing was, or
 *  where it was measured with other weights than the card's. @param {Room} room
 *  @returns {Studies|null|undefined} */
export function measured(room) {
  const found = room.studies.value;
  const own = room.net.value?.card.weights?.sha256;
  return found && own && found.weights !== own ? undefined : found;
}

/** The run without what-if changes: held-out figures are of the network as it is.
 *  @param {Room} room @param {Run} run @returns {Run} */
export const plainRun = (room, run) => room.plain.value ?? run;

/** @param {Layer} layer @returns {boolean} maps of more than one cell, or one of several cells before */
const hasMaps = (layer) => layer.output_shape.length === 3 && kind(layer) !== "input";

/** The layers to look through: the first of every group that has made pictures (its later stages
 *  share them), else the last stage of every group.
 *  @param {Run} run @param {Studies|null|undefined} studies @returns {Layer[]} */
export function layersOf(run, studies) {
  const looks = studies?.looks ?? {};
  const made = columnsOf(run.graph, false)
    .flatMap((group) => group.stages.find((layer) => hasMaps(layer) && Object.hasOwn(looks, layer.name)) ?? []);
  if (made.length) return made;
  return columnsOf(run.graph, false).map((group) => shownStage(group, undefined, run.tensors)).filter(hasMaps);
}

/** The chosen layer, else one of its group, else the deepest.
 *  @param {Run} run @param {Layer[]} layers @param {Layer|undefined} chosen
 *  @returns {Layer|undefined} */
export function layerOf(run, layers, chosen) {
  const group = chosen && groupOf(run.graph, chosen.name);
  return layers.find((layer) => layer === chosen)
    ?? layers.find((layer) => group?.stages.includes(layer))
    ?? layers[layers.length - 1];
}

/** @param {Run} run @param {Layer} layer @param {Choice} choice @returns {number} the chosen channel,
 *  else the one that this picture raises most */
export function channelOf(run, layer, choice) {
  const last = extent(layer).channels - 1;
  if (choice.layer && choice.channel >= 0 && groupOf(run.graph, choice.layer.name)?.stages.includes(layer)) {
    return Math.min(last, choice.channel);
  }
  const range = run.ranges.get(layer.name);
  return range ? strongestMap({ limits: range.highs }) : 0;
}

/** All of it at once. @param {Room} room @param {Run} run @param {Choice} choice */
export function placeOf(room, run, choice) {
  const studies = measured(room);
  const layers = layersOf(run, studies);
  const layer = layerOf(run, layers, choice.layer);
  const channel = layer ? channelOf(run, layer, choice) : 0;
  return {
    studies, layers, layer, channel,
    channels: layer ? studies?.channels?.[layer.name] : undefined,
    look: layer ? studies?.looks?.[layer.name] : undefined,
  };
}
