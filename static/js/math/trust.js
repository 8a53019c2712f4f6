/**
 * How far an answer may be trusted: figures of the held-out split as sentences and places.
 *
 *     trust.confusion [true][answer] counts -> "dog taken for cat: 7 of 50"
 *     trust.bins                             -> points of a reliability diagram
 *     seed                                   -> noise as RGBA: the same noise every time
 */

import { percent, rounded } from "./format.js";

/** @typedef {import("./selectivity.js").Trust} Trust */
/** @typedef {import("./peaks.js").Pixels} Pixels */

/** @param {number} share @returns {string} one decimal: held-out figures differ by tenths */
export const tenths = (share) => `${(share * 100).toFixed(1)} %`;

/** @param {number[]} row @returns {number} */
export const total = (row) => row.reduce((sum, n) => sum + n, 0);

/** @param {Trust} trust @param {number} actual @param {number} said @returns {string} */
export function confusionSays({ confusion, classes }, actual, said) {
  const row = confusion[actual] ?? [];
  const [is, as] = [classes[actual] ?? "", classes[said] ?? ""];
  const of = `${row[said] ?? 0} of ${total(row)}`;
  return actual === said ? `${is} named ${as}: ${of}` : `${is} taken for ${as}: ${of}`;
}

/** @param {Trust} trust @param {number} count @returns {{actual: number, said: number, n: number}[]}
 *  the commonest mistakes, the most frequent first */
export function mistakes({ confusion }, count) {
  return confusion
    .flatMap((row, actual) => row.map((n, said) => ({ actual, said, n })))
    .filter(({ actual, said, n }) => actual !== said && n > 0)
    .sort((a, b) => b.n - a.n)
    .slice(0, count);
}

/** The bin that a share falls into. @param {Trust["bins"]} bins @param {number} share
 *  @returns {number} −1 for none */
export const binOf = (bins, share) =>
  bins.findIndex((bin, i) => share >= bin.low && (share < bin.high || i === bins.length - 1));

/** What a share was worth on held-out pictures. @param {Trust["bins"]} bins @param {number} share
 *  @returns {string} "" where none was so sure */
export function worthSays(bins, share) {
  const bin = bins[binOf(bins, share)];
  if (!bin || bin.n === 0) return "";
  return `Of the ${bin.n} held-out answers between ${percent(bin.low)} and ${percent(bin.high)}, ${percent(bin.accuracy)} were right.`;
}

/** Which way the shares err. @param {Trust} trust @returns {string} */
export function calibrationSays({ bins, ece }) {
  const n = total(bins.map((bin) => bin.n));
  const gap = bins.reduce((sum, bin) => sum + bin.n * (bin.accuracy - bin.confidence), 0) / Math.max(1, n);
  const off = rounded(ece * 100, 1).toFixed(1);
  if (Math.abs(gap) < 0.005) return `The shares are off by ${off} points on average, as often too high as too low.`;
  return `The shares are off by ${off} points on average, mostly too ${gap > 0 ? "low: it is right more often than it says" : "high: it is right less often than it says"}.`;
}

/** @param {{metrics?: {name: string, value: number, n: number, split: string}[]}} card
 *  @returns {{value: number, n: number, split: string}|undefined} AUROC of the familiarity */
export const familiarityFigure = (card) => card.metrics?.find(({ name }) => /familiarity/i.test(name));

/**
 * A picture of nothing: every colour of every pixel by chance, or one flat colour.
 * @param {"noise"|[number, number, number]} what @param {number} side @returns {Pixels}
 */
export function nothing(what, side) {
  const data = new Uint8ClampedArray(side * side * 4);
  let seed = 1;
  const chance = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed >>> 24;
  };
  for (let i = 0; i < data.length; i += 4) {
    const colour = what === "noise" ? [chance(), chance(), chance()] : what;
    data.set([...colour, 255], i);
  }
  return { width: side, height: side, data };
}
