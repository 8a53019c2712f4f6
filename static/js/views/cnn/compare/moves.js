/**
 * Keys and the walk of "Compare two": what is chosen, is chosen in both.
 */

import { live } from "gridtime/components/live.js";
import { startLayer } from "gridtime/math/compare.js";
import { mapLayers } from "gridtime/math/explain.js";
import { extent } from "gridtime/math/groups.js";
import { strongestMap } from "gridtime/math/maps.js";
import { moved } from "gridtime/math/step.js";

/** @typedef {import("../room.js").Room} Room */

/** @param {number} v @param {number} count */
const within = (v, count) => Math.max(0, Math.min(count - 1, v));

/** @param {Room} room @param {number} by */
function stepLayer(room, by) {
  const run = room.run.peek();
  if (!run) return;
  const all = mapLayers(run.graph);
  const at = all.findIndex((layer) => layer === startLayer(run.graph, room.choice.peek()?.layer?.name));
  const next = all[within(at + by, all.length)];
  const range = next && run.ranges.get(next.name);
  if (!next || !range) return;
  room.patch({ layer: next.name, channel: strongestMap(range), cell: undefined });
  live(`${next.name} in both`);
}

/** @param {Room} room @param {number} by */
function stepChannel(room, by) {
  const choice = room.choice.peek();
  if (!choice?.layer) return stepLayer(room, 0);
  const channel = within(choice.channel + by, extent(choice.layer).channels);
  room.patch({ channel });
  live(`channel ${channel} in both`);
}

/** @param {Room} room @param {KeyboardEvent} event */
function stepCell(room, event) {
  if (room.present.peek() && /^Arrow(Left|Right)$/.test(event.key)) return false;
  const choice = room.choice.peek();
  if (!choice?.layer) return stepLayer(room, 0);
  const next = moved(event, choice.cell, choice.size.width, choice.size.height);
  if (next) room.patch({ cell: next });
  return undefined;
}

/** @param {Room} room */
export function keys(room) {
  const arrow = (/** @type {KeyboardEvent} */ event) => stepCell(room, event);
  /** @type {Record<string, (event: KeyboardEvent) => unknown>} */
  const bound = {
    j: () => stepLayer(room, 1), k: () => stepLayer(room, -1),
    c: () => stepChannel(room, 1), "Shift+c": () => stepChannel(room, -1),
    Home: arrow, End: arrow, Enter: () => true,
  };
  for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) bound[key] = bound[`Shift+${key}`] = arrow;
  return {
    keys: bound,
    description: { j: "next layer, in both", k: "previous layer, in both", c: "next channel, in both", "Shift+c": "previous channel, in both" },
  };
}

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const models = room.state.value.against?.startsWith("model:");
  return [
    { id: "predict", caption: models ? "One picture, two networks. Will they say the same? Vote, then press on."
      : "Two pictures, one network. Of which is it surer? Vote, then press on." },
    { id: "answers", caption: "Both answers, and how far they lie apart." },
    { id: "maps", caption: models ? "The same place in a map of each network." : "The same map of both pictures, and the second minus the first.",
      apply: () => !room.choice.peek()?.layer && stepLayer(room, 0) },
  ];
}
