/**
 * M: the next way of pooling, on the pooling layer that is nearest to what is chosen.
 */
import { live } from "gridtime/components/live.js";
import { ownWay, replace, wayIn, ways } from "gridtime/math/edits.js";
import { groupOf, kind } from "gridtime/math/groups.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Layer} Layer */

/** The chosen layer, the pooling of its group, the next one after it, or the first.
 *  @param {Layer[]} graph @param {string|undefined} chosen @returns {Layer|undefined} */
export function poolingOf(graph, chosen) {
  const pools = graph.filter((layer) => kind(layer) === "pool");
  const at = graph.findIndex((layer) => layer.name === chosen);
  const group = chosen ? groupOf(graph, chosen) : undefined;
  return pools.find((layer) => layer.name === chosen) ?? pools.find((layer) => group?.stages.includes(layer))
    ?? pools.find((layer) => graph.indexOf(layer) > at) ?? pools[0];
}

/** @param {Room} room @returns {boolean} */
export function nextPooling(room) {
  const graph = room.net.peek()?.graph ?? [];
  const own = poolingOf(graph, room.choice.peek()?.layer?.name);
  if (!own) return false;
  const edit = room.edits.peek().find((one) => one.op === "replace" && one.layer === own.name);
  const list = ways(own);
  const now = edit && "with" in edit ? edit.with : ownWay(own);
  const next = list[(list.indexOf(now) + 1) % list.length] ?? now;
  room.edit(replace(room.edits.peek(), own, next));
  live(`${own.name}: ${wayIn(own, next)}`);
  return true;
}
