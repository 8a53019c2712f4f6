/**
 * What of the address and of what was heard every part of the view asks for.
 */
import { percent, number } from "gridtime/math/format.js";
import { heardAt } from "gridtime/math/sound.js";
import { answerAt, beliefAt, settled } from "gridtime/math/tworeaders.js";

/** @typedef {import("gridtime/stores/hearing.js").Heard} Heard */
/** @typedef {{theme: "light" | "dark", hatch: boolean, present: boolean, narrow: boolean, still: boolean}} Look */
/**
 * What a view is given; it imports no page and no store.
 * @typedef {object} Room
 * @property {Record<string, any>} address
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {Look} look
 * @property {import("gridtime/stores/hearing.js").Hearing} store
 * @property {(blob: Blob) => Promise<string>} keep  a recording in this browser; gives its key
 */

/** The frame looked at: the address's, else the last. @param {Record<string, any>} address @param {Heard} heard */
export const stepOf = ({ step }, { total }) => Math.max(0, Math.min(total - 1, step ?? total - 1));

/** The class looked at: the address's, else the answer. @param {Record<string, any>} address @param {Heard} heard */
export function labelOf(address, { classes, curve }) {
  const named = classes.indexOf(address.class ?? "");
  return named >= 0 ? named : answerAt(curve, curve.rows);
}

/** "0.26 s". @param {Heard} heard @param {number} t */
export const momentSays = ({ answer }, t) => `${number(heardAt(t, answer.input.frame), 2)} s`;

/** What it would answer after a frame. @param {Heard} heard @param {number} t */
export function soFar(heard, t) {
  const best = answerAt(heard.curve, t);
  return `If the word ended after ${momentSays(heard, t)}: ${heard.classes[best]} ${percent(beliefAt(heard.curve, t, best))}.`;
}

/** From when on the answer stays. @param {Heard} heard */
export function settledSays(heard) {
  const from = settled(heard.curve);
  const name = heard.classes[answerAt(heard.curve, heard.curve.rows)];
  const since = from ? `after ${momentSays(heard, from)} of ${momentSays(heard, heard.total - 1)}` : "from the first frame on";
  return `It answers ${name} ${since}, and stays with it.`;
}

/** What is not shown is said. @param {Heard} heard */
export function cutSays({ answer, total }) {
  const all = answer.input.window.total;
  return all > total ? `Only the first ${total} of ${all} frames are shown; the answer is of all.` : "";
}
