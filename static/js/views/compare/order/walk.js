/**
 * The walk: vote on this input, what each network makes of it, the same over the held-out split.
 */
import { liveSays, noticedSays, tiesSay } from "gridtime/math/held.js";
import { changeOf, foundOf, heldOf, isPicture, labelOf, liveRows } from "gridtime/views/compare/order/scene.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {{input?: boolean, live?: boolean, held?: boolean}} Shown */

/** What a stop shows. @type {Record<string, Shown>} */
export const PARTS = {
  all: { input: true, live: true, held: true },
  vote: { input: true },
  this: { input: true, live: true },
  held: { held: true },
};

/** @param {Room} room */
export function caption(room) {
  const found = foundOf(room);
  if (!found) return "One input in its order, and in another.";
  const label = labelOf(room.address, found);
  return liveSays(liveRows(found.reads, label), label) || ("why" in found ? found.why : "");
}

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const found = foundOf(room);
  if (!found) return [];
  const { rows, about } = heldOf(room);
  const what = isPicture(room.address) ? "picture" : "sentence";
  const measured = rows.length ? `${about?.title}. ${noticedSays(rows) || tiesSay(rows)}` : "This change was not measured over the held-out split.";
  return [
    { id: "vote", caption: `${changeOf(room.address).done}. Whose answer will move? Vote, then press on.` },
    { id: "this", caption: () => caption(room), notes: `One ${what} shows what can happen, not what usually does.` },
    { id: "held", caption: measured, notes: "All were trained on inputs in their order. No twin trained on shuffled ones was measured." },
  ]; // prettier-ignore
}
