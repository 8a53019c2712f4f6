/**
 * The walk: vote, the readers' decay, the answer of windows, the wall of one cell.
 */
import { atOnce } from "gridtime/math/reach.js";
import { chosenOf, isPicture, linesOf, saysOf, unitOf } from "gridtime/views/compare/reach/scene.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/math/reach.js").Series} Series */

/** Which lines a stop shows. @type {Record<string, (one: Series) => boolean>} */
export const SHOWN = { all: () => true, vote: () => false, line: (one) => !atOnce(one), windows: atOnce, wall: () => true };

/** @param {Room} room */
export function caption(room) {
  const found = room.stores.reach.found.value;
  if (!found) return "How far does an answer move with each word?";
  const all = linesOf(found);
  const chosen = chosenOf(all, room.address.model);
  const other = all.find((one) => atOnce(one) !== atOnce(chosen));
  return [chosen, other].flatMap((one) => (one ? [saysOf(one, found)] : [])).join(" ");
}

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const found = room.stores.reach.found.value;
  if (!found) return [];
  /** @param {(one: Series) => boolean} which */
  const say = (which) => () => {
    const now = room.stores.reach.found.value;
    return now && linesOf(now).filter(which).map((one) => saysOf(one, now)).join(" ");
  };
  /** @param {string | undefined} method @param {boolean} first the network that reads at once is the thick line */
  const show = (method, first) => () => room.patch({ method, model: first ? found.rows[0].net.row.id : found.rows[1]?.net.row.id });
  const answer = [
    { id: "vote", caption: `Change one ${unitOf(found)} a little: how far does the answer at the end move? Vote, then press on.`, apply: show(undefined, false) },
    { id: "line", caption: say((one) => !atOnce(one)), apply: show(undefined, false), notes: "On its way back through the steps the influence is multiplied at every step." },
    { id: "windows", caption: say(atOnce), apply: show(undefined, true), notes: "Only the largest value over time of each kernel reaches the answer." },
  ]; // prettier-ignore
  if (isPicture(room.address)) return answer;
  return [...answer, { id: "wall", caption: say(atOnce), apply: show("cell", true), notes: "Outside its window a cell has no connection at all, however it is trained." }];
}
