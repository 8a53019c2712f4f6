/**
 * What of the address and of what was read every part of the view asks for.
 */
import { percent } from "gridtime/math/format.js";
import { ORDERS } from "gridtime/math/clip.js";
import { mapsOf } from "gridtime/math/looking.js";
import { SIGNALS, readers } from "gridtime/math/readers.js";
import { answerAt, beliefAt, settled } from "gridtime/math/tworeaders.js";

/** @typedef {import("gridtime/stores/watching.js").Seen} Seen */
/** @typedef {{theme: "light" | "dark", hatch: boolean, present: boolean, narrow: boolean, still: boolean}} Look */
/**
 * What a view is given; it imports no page and no store.
 * @typedef {object} Room
 * @property {Record<string, any>} address
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {Look} look
 * @property {import("gridtime/stores/watching.js").Watching} store
 * @property {(blob: Blob) => Promise<string>} keep  a clip in this browser; gives its key
 */

/** The frame looked at: the address's, else the last. @param {Record<string, any>} address @param {Seen} seen */
export const stepOf = ({ step }, { total }) => Math.max(0, Math.min(total - 1, step ?? total - 1));

/** The class looked at: the address's, else the answer in order. @param {Record<string, any>} address @param {Seen} seen */
export function labelOf(address, { classes, plain }) {
  const named = classes.indexOf(address.class ?? "");
  return named >= 0 ? named : answerAt(plain, plain.rows);
}

/** The maps looked at: the address's layer, else the last; and the channel. @param {Record<string, any>} address @param {Seen} seen */
export function mapsAt({ layer, channel }, { net, tensors }) {
  const all = mapsOf(net.graph);
  const maps = all.find(({ name }) => name === layer) ?? all[all.length - 1];
  const tensor = maps && tensors.get(maps.name);
  if (!maps || !tensor) return null;
  const data = /** @type {Float32Array} */ (tensor.data);
  return { all, maps, data, area: maps.height * maps.width, channel: Math.max(0, Math.min(maps.channels - 1, channel ?? strongest(data, maps))) };
}

/** The channel that answers most strongly anywhere. @param {Float32Array} data @param {{channels: number, height: number, width: number}} maps */
function strongest(data, { channels, height, width }) {
  let [best, most] = [0, -Infinity];
  data.forEach((v, i) => {
    if (v > most) [best, most] = [Math.floor(i / (height * width)) % channels, v];
  });
  return best;
}

/** The signals of the last recurrent layer that can be drawn. @param {Seen} seen */
export function signalsOf({ net }) {
  const reader = readers(net.graph).find(({ last }) => last);
  return reader ? SIGNALS[reader.kind] : [];
}

/** "frame 7 of 16" @param {Seen} seen @param {number} t */
export const frameSays = ({ total }, t) => `frame ${t + 1} of ${total}`;

/** How the frames stand. @param {Seen} seen */
export const orderWord = ({ how }) => ORDERS.find(({ id }) => id === how)?.says ?? "";

/** "clockwise 98 %" @param {Seen} seen @param {import("gridtime/math/tworeaders.js").Curve} curve @param {number} t */
export function bestSays({ classes }, curve, t) {
  const best = answerAt(curve, t);
  return `${classes[best]} ${percent(beliefAt(curve, t, best))}`;
}

/** What it would answer after a frame. @param {Seen} seen @param {number} t */
export const soFar = (seen, t) => `If the clip ended after ${frameSays(seen, t)}: ${bestSays(seen, seen.curve, t)}.`;

/** From when on the answer stays. @param {Seen} seen */
export function settledSays(seen) {
  const from = settled(seen.curve);
  const name = seen.classes[answerAt(seen.curve, seen.curve.rows)];
  const since = from ? `from ${frameSays(seen, from)} on` : "from the first frame on";
  return `${seen.how === "plain" ? "It" : `With the frames ${orderWord(seen)} it`} answers ${name} ${since}, and stays with it.`;
}

/** The answer in order and the one that was read. @param {Seen} seen */
export const changedSays = (seen) => `In order: ${bestSays(seen, seen.plain, seen.plain.rows)}. ${orderWord(seen).replace(/^./, (c) => c.toUpperCase())}: ${bestSays(seen, seen.curve, seen.curve.rows)}.`;
