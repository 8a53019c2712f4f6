/**
 * Readers of sentences with one budget: what each gets right, and what that costs.
 *
 *     duel, split --entriesOf--> one entry a reader {reader, accuracy, best, tie, microseconds, …}
 *     --placeOf(box)--> px: time of a sentence on a log scale, accuracy from below the lowest interval
 */
import { number } from "gridtime/math/format.js";
import { listed, shareSays } from "gridtime/math/rates.js";

/** @typedef {import("gridtime/math/rates.js").Rate} Rate */
/** @typedef {{split: string, accuracy: Rate, best: boolean, tie: boolean}} Split */
/** @typedef {{median: number, low: number, high: number, n: number, repeats: number}} Microseconds */
/** @typedef {{fixed: number, per_word: number, mean: number}} Serial */
/** @typedef {{reader: string, model: string | null, title: string, about: string, parameters: number, splits: Split[], microseconds: Microseconds, serial: Serial}} Reader */
/** @typedef {{command: string, seed: number, machine: {processor: string, cores: number, threads: number, torch: string}, words: number, note: string, readers: Reader[]}} Duel */
/** @typedef {Split & {of: Reader}} Entry */
/** @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Box */

/** @param {Duel} duel */
export const splitsOf = ({ readers }) => [...new Set(readers.flatMap(({ splits }) => splits.map(({ split }) => split)))];

/** @param {Duel} duel @param {string | undefined} asked */
export const splitOf = (duel, asked) => splitsOf(duel).find((split) => split === asked) ?? splitsOf(duel)[0];

/** @param {Duel} duel @param {string} split @returns {Entry[]} */
export const entriesOf = ({ readers }, split) =>
  readers.flatMap((of) => of.splits.filter((one) => one.split === split).map((one) => ({ ...one, of })));

/** A reader without any order: its answer is the same in whatever order the words stand. */
const UNORDERED = "bag";

/** At most so far behind the best is called nearly as good. */
const NEARLY = 0.03;

/** "GRU 87.3 % is best. A tie with RNN: the intervals overlap." @param {Entry[]} entries */
export function bestSays(entries) {
  const best = entries.find((one) => one.best);
  if (!best) return "";
  const equal = entries.filter((one) => one.accuracy.value === best.accuracy.value).map(({ of }) => of.title);
  const ties = entries.filter((one) => one.tie && !equal.includes(one.of.title)).map(({ of }) => of.title);
  const first = `${listed(equal)} ${equal.length > 1 ? "have" : "has"} most right: ${shareSays(best.accuracy.value)}.`;
  return ties.length ? `${first} A tie with ${listed(ties)}: the intervals overlap.` : `${first} No other interval overlaps.`;
}

/** What a reader without order is worth beside the best. @param {Entry[]} entries */
export function bagSays(entries) {
  const [bag, best] = [entries.find(({ of }) => of.reader === UNORDERED), entries.find((one) => one.best)];
  if (!bag || !best) return "";
  const shares = `${shareSays(bag.accuracy.value)} against ${shareSays(best.accuracy.value)}`;
  if (bag.best) return "The bag of words, without any order, is the best.";
  if (bag.tie) return `The bag of words, without any order, ties with the best: ${shares}, the intervals overlap.`;
  const behind = best.accuracy.value - bag.accuracy.value;
  if (behind <= NEARLY) return `The bag of words, without any order, is nearly as good: ${shares}.`;
  return `The bag of words, without any order, is ${number(100 * behind, 1)} points behind the best: ${shares}.`;
}

/** "at any length", or "1 a word". @param {Serial} serial */
export const serialSays = ({ fixed, per_word: each }) => (each ? `${fixed ? `${fixed} and ` : ""}${each} a word` : "at any length");

/** Splits whose name says nothing to a stranger. @type {Record<string, string>} */
const TITLES = { "sst dev": "film reviews (SST dev)" };

/** A split's name, for reading. @param {string} split */
export const titleOf = (split) => TITLES[split.replaceAll("_", " ")] ?? split.replaceAll("_", " ");

/** "290 µs", "1.2 ms" @param {number} us */
export const timeSays = (us) => (us < 1000 ? `${number(us, us < 10 ? 1 : 0)} µs` : `${number(us / 1000, us < 10_000 ? 2 : 1)} ms`);

/** The quickest and the slowest, and what waits. @param {Duel} duel */
export function speedSays({ readers, words }) {
  const byTime = [...readers].sort((x, y) => x.microseconds.median - y.microseconds.median);
  const [quick, slow] = [byTime[0], byTime[byTime.length - 1]];
  if (quick === slow) return "";
  const times = number(slow.microseconds.median / quick.microseconds.median, 1);
  const waits = [...readers].sort((x, y) => x.serial.mean - y.serial.mean);
  const [few, many] = [waits[0], waits[waits.length - 1]];
  const line = few.serial.mean < many.serial.mean ? ` At ${number(words, 1)} words the ${few.title} waits for ${number(few.serial.mean, 0)} steps, the ${many.title} for ${number(many.serial.mean, 0)}.` : "";
  return `Quickest: ${quick.title}, ${timeSays(quick.microseconds.median)} a sentence. Slowest: ${slow.title}, ${timeSays(slow.microseconds.median)}, ${times} times as long.${line}`;
}

/** Ends of the axes: a little beyond every interval. @param {Entry[]} entries */
export function limitsOf(entries) {
  const shares = entries.flatMap(({ accuracy }) => accuracy.interval);
  const times = entries.flatMap(({ of }) => [of.microseconds.low, of.microseconds.high]);
  return {
    share: [Math.max(0, Math.floor(Math.min(...shares) * 50 - 0.25) / 50), Math.min(1, Math.ceil(Math.max(...shares) * 50 + 0.25) / 50)],
    time: [Math.min(...times) / 1.15, Math.max(...times) * 1.15],
  };
}

/** @param {Entry[]} entries @param {Box} box */
export function placeOf(entries, box) {
  const { share, time } = limitsOf(entries);
  const [wide, high] = [box.width - box.left - box.right, box.height - box.top - box.bottom];
  const [from, to] = time.map(Math.log);
  return {
    share, time,
    x: (/** @type {number} */ us) => box.left + ((Math.log(us) - from) / (to - from)) * wide,
    y: (/** @type {number} */ value) => box.top + ((share[1] - value) / (share[1] - share[0])) * high,
  }; // prettier-ignore
}

/** 1, 2, 5, 10, 20 … within the axis. @param {number[]} time from, to */
export function timeTicks([from, to]) {
  const found = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power += 1)
    for (const digit of [1, 2, 3, 5]) if (digit * 10 ** power >= from && digit * 10 ** power <= to) found.push(digit * 10 ** power);
  return found;
}

/** Every second, fifth or tenth percent. @param {number[]} share low, high */
export function shareTicks([low, high]) {
  const step = [0.02, 0.05, 0.1, 0.2].find((one) => (high - low) / one <= 6) ?? 0.25;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, k) => Math.round((first + k) * step * 100) / 100);
}

/** The next reader up or down in the plot, by accuracy, or left or right, by time. @param {Entry[]} entries @param {string} chosen @param {string} key */
export function next(entries, chosen, key) {
  const across = key === "ArrowLeft" || key === "ArrowRight";
  const value = (/** @type {Entry} */ one) => (across ? one.of.microseconds.median : one.accuracy.value);
  const sorted = [...entries].sort((x, y) => value(x) - value(y));
  const by = key === "ArrowRight" || key === "ArrowUp" ? 1 : -1;
  const at = sorted.findIndex(({ of }) => of.reader === chosen);
  return sorted[Math.max(0, Math.min(sorted.length - 1, at + by))].of.reader;
}
