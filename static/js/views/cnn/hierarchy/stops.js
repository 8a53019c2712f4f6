/**
 * One picture, layer by layer: what is shown at each stop, and the words measured for it.
 *
 *     run + studies -> one stop a group: its last maps, the strongest channel and cell,
 *                      "One cell sees 46 px; 9 of 64 channels prefer one class."
 */

import { columnsOf, shownStage } from "gridtime/math/choice.js";
import { inputSize } from "gridtime/math/fields.js";
import { groupOf } from "gridtime/math/groups.js";
import { peaks } from "gridtime/math/peaks.js";
import { depthTitle, measuredStage, preferring, shapeSays } from "gridtime/math/selectivity.js";

/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("gridtime/math/selectivity.js").Studies} Studies */
/** @typedef {import("gridtime/math/selectivity.js").Channel} Channel */
/** @typedef {import("gridtime/math/selectivity.js").Look} Look */
/**
 * @typedef {object} HierarchyStop
 * @property {string} id of the walk @property {string} name of the group, "conv1 to pool1"
 * @property {Layer} layer whose maps are shown @property {number} channel
 * @property {[number, number]} cell @property {number} value of that cell
 * @property {string} title @property {string} names what may be named
 * @property {Channel[]|undefined} channels measured @property {number} preferring
 * @property {Layer|undefined} made the stage that has made pictures @property {Look|undefined} look
 */

/** @param {Run} run @param {Studies|null|undefined} studies @param {Choice} choice @returns {HierarchyStop[]} */
export function stopsOf(run, studies, choice) {
  const input = inputSize(run.graph);
  return columnsOf(run.graph, false).flatMap((group, i) => {
    const layer = shownStage(group, undefined, run.tensors);
    const tensor = run.tensors.get(layer.name);
    if (!tensor) return [];
    const best = peaks(tensor);
    const chosen = choice.layer && groupOf(run.graph, choice.layer.name)?.id === group.id ? choice.channel : -1;
    const channel = chosen >= 0 ? Math.min(chosen, best.values.length - 1) : best.values.indexOf(Math.max(...best.values));
    const place = best.places[channel] ?? 0;
    const stage = measuredStage(group, studies?.channels, layer);
    const channels = stage && studies?.channels?.[stage.name];
    const kernels = i === 0 && studies?.edges && group.stages.some((s) => s.name === studies.edges?.layer)
      ? studies.edges.channels : undefined;
    const made = measuredStage(group, studies?.looks);
    return [{
      id: `at-${group.id}`, layer, channel, value: best.values[channel] ?? 0,
      name: layer === group.head ? layer.name : `${group.head.name} to ${layer.name}`,
      cell: /** @type {[number, number]} */ ([Math.floor(place / best.width), place % best.width]),
      title: depthTitle(layer, input, channels), names: shapeSays(channels, kernels),
      channels, preferring: channels ? preferring(channels) : 0,
      made, look: made && studies?.looks?.[made.name],
    }];
  });
}
