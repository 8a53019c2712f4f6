/**
 * How a network does on a voice that it never heard: one training for every voice, in words.
 */
import { count, percent } from "gridtime/math/format.js";

/** @typedef {{n: number, hits: number, value: number, interval: [number, number]}} Rate */
/** @typedef {{speaker: string, taught: number, accuracy: Rate, baseline: Rate, by_class: Rate[], chosen_on: boolean}} Voice */
/** @typedef {{command: string, split: string, baseline_name: string, minutes: number, voices: Voice[], all: Rate, baseline: Rate}} Voices */

/** "84 % (81 % to 87 %)". @param {Rate} rate */
export const rateSays = ({ value, interval: [low, high] }) => `${percent(value)} (${percent(low)} to ${percent(high)})`;

/** @param {Voices} voices */
export function voicesSay({ voices, all }) {
  const order = [...voices].sort((a, b) => a.accuracy.value - b.accuracy.value);
  const [worst, best] = [order[0], order[order.length - 1]];
  return `On a voice it never heard it names ${percent(all.value)} of ${count(all.n)} recordings: from ${percent(worst.accuracy.value)} of ${worst.speaker}'s to ${percent(best.accuracy.value)} of ${best.speaker}'s.`;
}
