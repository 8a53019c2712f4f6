/**
 * The walk: vote at half of the picture, see who knew it, the maps, the states, and noise.
 *
 *     stop -> PARTS: what is on screen      stop.apply -> rows shown, changes
 */
import { soFarSays } from "gridtime/math/tworeaders.js";
import { restarts } from "gridtime/views/compare/picture/answers.js";
import { UNCHANGED } from "gridtime/views/compare/picture/controls.js";
import { labelOf, linesOf, saysOf } from "gridtime/views/compare/picture/scene.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/**
 * What a stop shows; `vote` hides the answers and what comes after. "head": no maps, no states.
 * @typedef {{picture?: boolean, maps?: boolean | "head", states?: boolean | "head", answers?: boolean, plot?: boolean, says?: boolean, vote?: boolean}} Shown
 */

/** @type {Record<string, Shown>} */
export const PARTS = {
  all: { picture: true, maps: true, states: true, answers: true, plot: true, says: true },
  one: { picture: true },
  guess: { picture: true, maps: "head", states: "head", answers: true, vote: true },
  half: { picture: true, maps: "head", states: "head", answers: true },
  maps: { picture: true, maps: true, answers: true },
  states: { picture: true, states: true, answers: true },
  belief: { plot: true },
  noise: { picture: true, plot: true, says: true },
};

/** Strong enough that something may change, in hundredths of full brightness. */
const NOISE = /** @type {[number, number]} */ ([40, 1]);

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const pair = room.stores.readers.pair.value;
  if (!pair) return [];
  const half = Math.round(pair.size / 2);
  const lines = linesOf(pair);
  const label = labelOf(room.address, pair);
  /** @param {number | undefined} rows @param {Record<string, any>} [change] */
  const show = (rows, change = {}) => () => room.patch({ ...UNCHANGED, rows, ...change });
  return [
    { id: "one", caption: `One picture, two networks: the ${lines[0].name} reads it at once, the ${lines[1].name} row by row.`, apply: show(undefined) },
    { id: "guess", caption: `${half} of ${pair.size} rows are shown. What will each say? Vote, then press on.`, apply: show(half) },
    { id: "half", caption: () => soFarSays(lines, pair.classes, label, half), apply: show(half), notes: "Neither has seen the lower half. The one that reads at once takes it for empty." },
    { id: "maps", caption: restarts(pair), apply: show(half) },
    { id: "states", caption: `Each row of states comes from the row beside it and the row of states above it.`, apply: show(half) },
    { id: "belief", caption: () => saysOf(pair, label), apply: show(undefined), notes: "Ask: which of them needed the whole picture?" },
    { id: "noise", caption: `Noise on every pixel, the same for both.`, apply: show(undefined, { noise: NOISE }) },
  ]; // prettier-ignore
}
