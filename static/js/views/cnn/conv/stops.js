/**
 * The walk through a convolution: maps -> cells -> sums -> a vote -> any order.
 *
 *     layer, choice -> stops; each brings the window to where its sentence is true
 */

import { still } from "gridtime/views/cnn/conv/slide.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("gridtime/components/walk.js").Stop} Stop */

export const SAME = "Any order, same map: no place waits for another.";

/** @param {Room} room @param {Choice} choice @returns {Stop[]} */
export function convStops(room, choice) {
  const { layer, size, channel } = choice;
  const count = size.height * size.width;
  /** The window from its first place; where motion is reduced, the whole map.
   *  @param {"any"|undefined} order */
  const start = (order) => () => room.patch({ open: "cell", order, step: still() ? undefined : 0, cell: [0, 0] });
  /** Off the walk: the whole map, and the cell that answers most, unless a link names one. */
  const rest = () => {
    const moving = room.state.peek().step !== undefined;
    room.patch({ open: "cell", order: undefined, ...(moving ? { step: undefined, cell: undefined } : {}) });
  };
  return [
    { id: "maps", apply: start(undefined),
      caption: `One window slides over the input; each place gives one cell of ${layer?.name}, channel ${channel}.` },
    { id: "cells", apply: rest, caption: "Patch × kernel = products, for the input map that adds most." },
    { id: "sums", apply: rest, caption: "The sums of all input maps and the bias add up to the cell." },
    { id: "predict", apply: rest,
      caption: `Next, the ${count} places in random order. Will the map be the same? Vote, then press on.` },
    { id: "order", apply: start("any"), caption: SAME },
  ];
}
