/**
 * The walk: the picture, the encoder shrinks, the decoder grows, a bridge off, one pixel, the mask.
 *
 *     stop -> PARTS: what is on screen      stop.apply -> what is switched
 */
import { plural } from "gridtime/math/format.js";
import { inputSize } from "gridtime/math/fields.js";
import { edits } from "gridtime/math/unet.js";
import { answerSays, changeSays, countSays, pixelAt } from "gridtime/views/segment/scene.js";
import { pixelSays } from "gridtime/views/segment/picture.js";

/** @typedef {import("gridtime/views/segment/scene.js").Room} Room */
/** @typedef {{picture?: boolean, cover?: number, u?: "down" | "both", masks?: boolean, scores?: boolean, shares?: boolean}} Shown masks: before the switch and after */

/** @type {Record<string, Shown>} */
export const PARTS = {
  picture: { picture: true, cover: 0 },
  encoder: { u: "down" },
  decoder: { u: "both" },
  bridge: { u: "both", masks: true },
  pixel: { picture: true, cover: 0, scores: true },
  mask: { picture: true, shares: true },
};

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ store, patch, address }) {
  const read = store.read.value;
  if (!read) return [];
  const { stages, bridges } = read.net.u;
  const { width, height } = inputSize(read.net.graph);
  const bottom = stages.find(({ side }) => side === "bottom") ?? stages[0];
  const last = stages[stages.length - 1];
  const on = () => patch({ edits: undefined });
  const n = countSays(read);
  // The topmost bridge carries what was lost on the way down: edges.
  const off = () => patch({ edits: JSON.stringify(edits([bridges[0].name])) });
  return [
    { id: "picture", caption: `The network reads ${width} × ${height} pixels. It shall say of each what it belongs to.`, apply: on },
    { id: "encoder", caption: `The encoder shrinks: from ${width} × ${height} to ${bottom.width} × ${bottom.height} cells, while the maps become ${bottom.channels}.`, apply: on, notes: "Each cell sees more of the picture and knows less exactly where." },
    { id: "decoder", caption: `The decoder grows back to ${last.width} × ${last.height}. ${bridges.length ? `${plural(bridges.length, "skip connection")} ${bridges.length === 1 ? "carries" : "carry"} the encoder's maps straight across.` : "Nothing leads straight across."}`, apply: on, notes: "Ask: what would be missing without the skip connections?" },
    ...(bridges.length ? [{ id: "bridge", caption: () => (read.off.length ? changeSays(address, read) : "One skip connection is switched off…"), apply: off, notes: "Zeros stand in its place. The network learned with it: this is not a network trained without." }] : []),
    { id: "pixel", caption: () => `A score for every class at every pixel. At ${pixelSays(read, pixelAt(address, read))}.`, apply: on },
    { id: "mask", caption: () => `The largest score at every pixel makes the mask: ${answerSays(read)}.${n ? ` ${n}.` : ""}`, apply: on },
  ]; // prettier-ignore
}

/** What the bar under the page says outside the walk. @param {Record<string, any>} address @param {import("gridtime/views/segment/scene.js").Read} read */
export const summary = (address, read) =>
  read.off.length ? changeSays(address, read) : `${answerSays(read)} of the pixels.${countSays(read) ? ` ${countSays(read)}.` : ""}`;
