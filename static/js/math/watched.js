/**
 * What a unit watches, in words and numbers: from units.json to sentences on the page.
 */

import { number } from "gridtime/math/format.js";

/** @typedef {[number, number, number]} Place sentence, word in it, value */
/** @typedef {{property: string, sign: 1 | -1, auroc: number, n: number, of: number}} Follows */
/** @typedef {{mean: number, spread: number, least: number, most: number, up: Place[], down: Place[], rise: Place[], fall: Place[], follows?: Follows, nearest?: Follows, answer?: number}} Unit */
/** @typedef {{weights: string, corpus: string, sentences: number, words: number, measure: string, bar: number, properties: {id: string, says: string, n: number}[], units: Unit[], plane: {mean: number[], axes: [number[], number[]], share: [number, number]}}} Watched */
/** @typedef {import("gridtime/math/lines.js").States} States */

/** The end of a unit's colour scale: a tenth above what it reaches anywhere in the corpus, at most 1. @param {{least: number, most: number}} unit */
export function limitOfUnit({ least, most }) {
  const far = Math.max(Math.abs(least), Math.abs(most), 0.05);
  return Math.min(1, Math.ceil(far * 10) / 10);
}

/**
 * "Its value is higher where … (AUROC 0.95 over 1,889 words, 70 of them such)."
 * @param {Unit} unit @param {Watched} watched
 * @returns {{found: boolean, text: string, figure: string}}
 */
export function propertySays({ follows, nearest }, { properties, bar }) {
  const best = follows ?? nearest;
  if (!best) return { found: false, text: "No simple property found.", figure: "" };
  const says = properties.find(({ id }) => id === best.property)?.says ?? best.property;
  const way = best.sign > 0 ? "higher" : "lower";
  const figure = `So in ${number(100 * best.auroc, 0)} % of all pairs of such a word and another (AUROC ${number(best.auroc, 2)}; ${best.n.toLocaleString("en")} of ${best.of.toLocaleString("en")} words are such)`;
  if (follows) return { found: true, text: `Its value is ${way} where ${says}`, figure };
  return { found: false, text: `No simple property found (bar ${number(bar, 2)}). Nearest: ${way} where ${says}`, figure };
}

/** What it has to do with the answer. @param {Unit} unit @param {string} positive the class of the larger score */
export function answerSays({ answer }, positive) {
  if (answer === undefined || Math.abs(answer) < 0.3) return "";
  return `Goes ${answer > 0 ? "with" : "against"} the score for ${positive} (correlation ${number(answer, 2)}).`;
}

/** The rows of a place's sentence, and of its word. @param {States} corpus @param {Place} place */
export function placeIn(corpus, [sentence, word]) {
  const line = corpus.lines.find((one) => one.sentence === sentence);
  return line ? { start: line.start, end: line.end, at: line.start + word } : null;
}

/** One unit's value after every word. @param {States} states @param {number} column @returns {Float32Array} [T] */
export function seriesOf({ h, hidden }, column) {
  const values = new Float32Array(h.length / hidden);
  for (let t = 0; t < values.length; t += 1) values[t] = h[t * hidden + column];
  return values;
}

/** Words that are drawn at once. */
export const PAGE = 1000;

/** The page of a long text that holds a word. @param {number} step @param {number} total @param {number} [size] */
export function pageOf(step, total, size = PAGE) {
  const start = Math.floor(step / size) * size;
  return { start, end: Math.min(total, start + size) };
}
