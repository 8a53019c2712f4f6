/**
 * The walk: the clip, one frame of it, what one frame can tell, maps, states, belief, other orders.
 *
 *     stop -> PARTS: what is on screen      stop.apply -> frame and order
 */
import { statesOf } from "gridtime/math/drawnunits.js";
import { plural } from "gridtime/math/format.js";
import { orderSays, tenth } from "gridtime/math/clip.js";
import { changedSays, mapsAt, settledSays } from "gridtime/views/video/scene.js";

/** @typedef {import("gridtime/views/video/scene.js").Room} Room */
/** @typedef {{strip?: boolean, one?: boolean, wall?: boolean, channel?: boolean, features?: boolean, states?: boolean, belief?: boolean, answer?: boolean, orders?: boolean, without?: boolean, vote?: boolean}} Shown one: one frame, large; without: networks without a memory alone; vote: the answer is hidden */

/** @type {Record<string, Shown>} */
export const PARTS = {
  all: { strip: true, one: true, wall: true, channel: true, features: true, states: true, belief: true, answer: true, orders: true },
  one: { one: true },
  single: { one: true, without: true },
  clip: { strip: true },
  maps: { one: true, wall: true },
  states: { strip: true, channel: true, states: true },
  belief: { strip: true, belief: true },
  guess: { strip: true, answer: true, vote: true },
  shuffled: { strip: true, answer: true },
  reversed: { strip: true, answer: true },
  orders: { orders: true },
};

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ store, patch, address }) {
  const seen = store.seen.value;
  if (!seen) return [];
  const figures = store.figures.value;
  const middle = Math.floor(seen.total / 2);
  const maps = mapsAt(address, seen);
  const units = statesOf(seen)?.reader.hidden ?? 0;
  /** @param {number | undefined} step @param {string} [order] */
  const at = (step, order) => () => patch({ step, order, seed: undefined });
  const single = figures?.baselines[0];
  return [
    { id: "one", caption: "One frame of a clip. Where does it go? Vote, then press on.", apply: at(middle) },
    { id: "clip", caption: `The clip: ${seen.total} frames, the first on the left.`, apply: at(undefined), notes: "Read along with the finger. Where did it go?" },
    ...(figures && single ? [{ id: "single", caption: `One frame cannot tell: the same CNN, trained to see one frame, names ${tenth(single.accuracy.value)} right. Guessing gives ${tenth(figures.chance)}.`, apply: at(middle) }] : []),
    { id: "maps", caption: `A CNN looks at each frame alone${maps ? `: ${plural(maps.maps.channels, "map")} of it` : ""}. It has no memory: it could read the frames in any order, or all at once.`, apply: at(middle) },
    { id: "states", caption: `An LSTM reads what the CNN found, frame after frame: each column comes from the frame over it and the column before it. ${plural(units, "unit")}; those are drawn that move the answer most.`, apply: at(undefined) },
    { id: "belief", caption: () => settledSays(seen), apply: at(undefined), notes: "At the first frame every movement is still possible." },
    { id: "guess", caption: "The same frames, shuffled. What will it say? Vote, then press on.", apply: at(undefined, "shuffled") },
    { id: "shuffled", caption: () => `${changedSays(seen)} ${orderSays(figures, "shuffled")}`, apply: at(undefined, "shuffled") },
    { id: "reversed", caption: () => `${changedSays(seen)} ${orderSays(figures, "reversed")}`, apply: at(undefined, "reversed") },
    ...(figures ? [{ id: "orders", caption: "The frames are the same, only their order changed: in a movement, the order is the meaning.", apply: at(undefined) }] : []),
  ]; // prettier-ignore
}
