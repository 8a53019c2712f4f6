/**
 * What a change does to the answer: every class before and after.
 *
 *     plain.predictions, run.predictions -> rows [{label, before, after, change}], sorted
 *                                        -> one sentence that follows from the numbers
 */

import { percent, signed } from "./format.js";

/** @typedef {{label: string, probability: number, logit: number}} Prediction */
/** @typedef {{label: string, before: number, after: number, change: number}} Row */
/** @typedef {"share"|"change"} Sort */

/**
 * @param {Prediction[]} plain @param {Prediction[]} now @param {Sort} [sort]
 * @returns {Row[]} by what the network itself gives, so that no row jumps while a slider moves; or
 *   the largest change first
 */
export function effectRows(plain, now, sort = "share") {
  const after = new Map(now.map((p) => [p.label, p.probability]));
  const rows = plain.map(({ label, probability }) => {
    const value = after.get(label) ?? 0;
    return { label, before: probability, after: value, change: value - probability };
  });
  const size = (/** @type {Row} */ row) => (sort === "change" ? Math.abs(row.change) : row.before);
  return rows.sort((a, b) => size(b) - size(a));
}

/**
 * The rows that are shown, and all others as one; the class that now comes first is never hidden.
 * @param {Row[]} rows @param {number} count @returns {{shown: Row[], rest: Row|null}}
 */
export function shownRows(rows, count) {
  if (rows.length <= count) return { shown: rows, rest: null };
  const top = rows.reduce((best, row) => (row.after > best.after ? row : best));
  const first = rows.slice(0, count);
  const shown = first.includes(top) ? first : [...first.slice(0, -1), top];
  const others = rows.filter((row) => !shown.includes(row));
  const sum = (/** @type {"before"|"after"|"change"} */ key) => others.reduce((total, row) => total + row[key], 0);
  return {
    shown,
    rest: { label: `${others.length} others`, before: sum("before"), after: sum("after"), change: sum("change") },
  };
}

/** A change of shares in points: "+12.3", "−0.4", "0.0". @param {number} change */
export const points = (change) => signed(change * 100, 1);

/**
 * @param {Row[]} rows @param {(label: string) => string} [named] @returns {string}
 */
export function effectSays(rows, named = (label) => label) {
  if (!rows.length) return "";
  const before = rows.reduce((best, row) => (row.before > best.before ? row : best));
  const after = rows.reduce((best, row) => (row.after > best.after ? row : best));
  const most = rows.reduce((best, row) => (Math.abs(row.change) > Math.abs(best.change) ? row : best));
  if (Math.abs(most.change) < 5e-4) return "No share moved by as much as 0.1 points.";
  const [from, to] = shares(after.before, after.after);
  if (before.label !== after.label) {
    return `The answer changes: ${named(before.label)} goes from ${percent(before.before)} to ${percent(before.after)}; it now gives ${named(after.label)} ${percent(after.after)}.`;
  }
  return `Still ${named(after.label)}: from ${from} to ${to}.`;
}

/** A share in tenths of a percent, as a table of small ones needs. @param {number} p */
export function tenths(p) {
  if (p > 0 && p < 5e-4) return "< 0.1 %";
  if (p < 1 && p > 0.9995) return "> 99.9 %";
  return `${(p * 100).toFixed(1)} %`;
}

/** Two shares in whole percent, or in tenths where those would look alike.
 *  @param {number} a @param {number} b @returns {[string, string]} */
export const shares = (a, b) =>
  percent(a) !== percent(b) || a === b ? [percent(a), percent(b)] : [tenths(a), tenths(b)];
