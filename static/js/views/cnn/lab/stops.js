/**
 * The walk through the lab: window, padding, a vote, stride, dilation; each sets the five numbers.
 */

import { FIRST, format, notes } from "gridtime/math/lab.js";
import { outputSize } from "gridtime/math/sizes.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("gridtime/math/lab.js").Lab} Lab */
/** @typedef {import("gridtime/components/walk.js").Stop} Stop */

/** @type {Record<string, Lab>} */
const LABS = {
  window: { ...FIRST, n: 7, p: 0 },
  padding: { ...FIRST, n: 7 },
  predict: { ...FIRST, s: 2 },
  stride: { ...FIRST, s: 2 },
  dilation: { ...FIRST, n: 9, p: 0, d: 2 },
};

/** @param {string} id @param {Lab} lab @returns {string} */
function says(id, lab) {
  const size = outputSize(lab);
  const sizes = `${lab.n} × ${lab.n} in, ${size} × ${size} out.`;
  if (id === "predict") return `Stride ${lab.s} on ${lab.n} × ${lab.n} cells: how large is the output? Vote, then press on.`;
  if (id === "window") return `A ${lab.k} × ${lab.k} window: ${sizes}`;
  const said = notes(lab).filter((note) => note.toLowerCase().startsWith(id) || note.startsWith("Unused"));
  return [...said, sizes].join(" ");
}

/** @param {Room} room @returns {Stop[]} */
export function labWalk(room) {
  return Object.entries(LABS).map(([id, lab]) => ({
    id, caption: says(id, lab),
    apply: () => room.patch({ lab: format(lab), cell: undefined, step: undefined }),
  }));
}
