/**
 * The saved moments of a training, from untrained to final.
 *
 *     card.snapshots.steps [0, 50, 203, …] + studies.moments [{step, accuracy, n}]
 *       -> rows [{step, accuracy?}], the one that a link names, what is said of it
 */

import { count } from "./format.js";
import { tenths } from "./trust.js";

/** @typedef {{step: number, accuracy?: number, n?: number}} Moment */

/**
 * @param {number[]|undefined} steps @param {{step: number, accuracy: number, n: number}[]} [measured]
 * @returns {Moment[]} in order
 */
export function momentsOf(steps, measured = []) {
  const known = new Map(measured.map((row) => [row.step, row]));
  return [...(steps ?? [])].sort((a, b) => a - b).map((step) => known.get(step) ?? { step });
}

/** The moment a link names: itself, else the nearest; without one the last, the trained network.
 *  @param {Moment[]} moments @param {number|undefined} step @returns {number} −1 where there are none */
export function momentAt(moments, step) {
  if (step === undefined) return moments.length - 1;
  let best = -1;
  moments.forEach((moment, i) => {
    if (best < 0 || Math.abs(moment.step - step) < Math.abs((moments[best]?.step ?? 0) - step)) best = i;
  });
  return best;
}

/** @param {Moment} moment @returns {string} */
export const stepSays = ({ step }) => (step === 0 ? "Untrained" : `After ${count(step)} steps`);

/** @param {Moment} moment @returns {string} */
export function accuracySays({ accuracy, n }) {
  return accuracy === undefined ? "held-out accuracy not measured"
    : `${tenths(accuracy)} of ${count(n ?? 0)} held-out pictures right`;
}
