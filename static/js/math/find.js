/**
 * The same again: which units are on through a range of words, and where else they are on together.
 *
 *     h [T, H], range, level -> on: unit -> sign (+ above the level, − below minus the level)
 *     on, another text's h -> for every word how many of them have been on long enough
 *        -> the best place of each line, most units first, fewest others among equals
 *
 * After LSTMVis (Strobelt et al. 2018). One pass over typed arrays: T × units additions.
 */

/** @typedef {import("gridtime/math/lines.js").States} States */
/** @typedef {[number, number]} Range first and last word, from 0 */
/** @typedef {{unit: number, sign: 1 | -1, least: number}} On `least`: the value nearest to the level */
/** @typedef {{start: number, end: number, line: number, shared: number, others: number}} Place rows start…end */
/** @typedef {{level: number, length: number, cut: boolean}} Wish `cut`: off again just before and after */

/**
 * The units that are on from the first word of the range to the last.
 * @param {Float32Array} h @param {number} hidden @param {Range} range @param {number} level
 * @param {{positive?: boolean, cut?: boolean}} [how] positive: above zero only
 * @returns {On[]} largest first
 */
export function unitsOn(h, hidden, [first, last], level, { positive = false, cut = false } = {}) {
  /** @type {On[]} */
  const found = [];
  const total = h.length / hidden;
  for (let u = 0; u < hidden; u += 1) {
    const sign = h[first * hidden + u] < 0 ? -1 : 1;
    if (positive && sign < 0) continue;
    let least = Infinity;
    for (let t = first; t <= last; t += 1) least = Math.min(least, sign * h[t * hidden + u]);
    if (least < level) continue;
    const before = first > 0 && sign * h[(first - 1) * hidden + u] >= level;
    const after = last < total - 1 && sign * h[(last + 1) * hidden + u] >= level;
    if (!cut || !(before || after)) found.push({ unit: u, sign, least: sign * least });
  }
  return found.sort((a, b) => Math.abs(b.least) - Math.abs(a.least) || a.unit - b.unit);
}

/**
 * For every word: how many of the units have been on for `length` words up to it.
 * @param {States} states @param {On[]} on @param {Wish} wish
 * @returns {Uint16Array} [T]
 */
export function shared({ h, hidden, fresh }, on, { level, length, cut }) {
  const total = fresh.length;
  const units = Int32Array.from(on, ({ unit }) => unit);
  const signs = Float32Array.from(on, ({ sign }) => sign);
  const runs = new Int32Array(on.length);
  const counts = new Uint16Array(total);
  for (let t = 0; t < total; t += 1) {
    if (fresh[t]) runs.fill(0);
    const row = t * hidden;
    const more = t + 1 < total && !fresh[t + 1];
    let count = 0;
    for (let k = 0; k < units.length; k += 1) {
      const run = signs[k] * h[row + units[k]] >= level ? runs[k] + 1 : 0;
      runs[k] = run;
      if (run < length) continue;
      if (!cut) count += 1;
      else if (run === length && !(more && signs[k] * h[row + hidden + units[k]] >= level)) count += 1;
    }
    counts[t] = count;
  }
  return counts;
}

/** The best word of each line. @param {States} states @param {Uint16Array} counts @returns {number[]} −1: nothing there */
function bestOf({ lines }, counts) {
  return lines.map(({ start, end }) => {
    let best = -1;
    for (let t = start; t < end; t += 1) if (counts[t] > (best < 0 ? 0 : counts[best])) best = t;
    return best;
  });
}

/** @param {States} states @param {number} t @param {number} u @param {number} sign @param {number} level */
const isOn = ({ h, hidden }, t, u, sign, level) => sign * h[t * hidden + u] >= level;

/** Units beside the shown ones that are on through the same words. @param {States} states @param {Set<number>} mine @param {number} start @param {number} end @param {number} level */
function othersOn(states, mine, start, end, level) {
  let count = 0;
  for (let u = 0; u < states.hidden; u += 1) {
    if (mine.has(u)) continue;
    const sign = states.h[start * states.hidden + u] < 0 ? -1 : 1;
    let t = start;
    while (t < end && isOn(states, t, u, sign, level)) t += 1;
    if (t === end) count += 1;
  }
  return count;
}

/**
 * As far as the same units stay on, within the line.
 * @param {States} states @param {On[]} on @param {number} line @param {number} last @param {Wish} wish
 * @returns {[number, number]} rows start…end
 */
function grown(states, on, line, last, { level, length, cut }) {
  const bounds = states.lines[line];
  let [start, end] = [last - length + 1, last + 1];
  if (cut) return [start, end];
  const mine = on.filter(({ unit, sign }) => {
    for (let t = start; t < end; t += 1) if (!isOn(states, t, unit, sign, level)) return false;
    return true;
  });
  /** @param {number} t */
  const all = (t) => mine.every(({ unit, sign }) => isOn(states, t, unit, sign, level));
  while (start > bounds.start && !states.fresh[start] && all(start - 1)) start -= 1;
  while (end < bounds.end && all(end)) end += 1;
  return [start, end];
}

/** Lines that are compared by their other units too: more than are ever listed. */
const COMPARED = 300;

/**
 * @param {States} states where to look @param {On[]} on @param {Wish} wish
 * @param {(line: number) => boolean} [leave] lines that are not wanted
 * @returns {{places: Place[], half: number, counts: Uint16Array}} half: lines with at least half of the units
 */
export function search(states, on, wish, leave = () => false) {
  const counts = shared(states, on, wish);
  const best = bestOf(states, counts);
  const found = best.flatMap((t, line) => (t < 0 || leave(line) ? [] : [{ t, line, n: counts[t] }]));
  const half = found.filter(({ n }) => 2 * n >= on.length).length;
  found.sort((a, b) => b.n - a.n || a.line - b.line);
  const mine = new Set(on.map(({ unit }) => unit));
  const places = found.slice(0, COMPARED).map(({ t, line, n }) => {
    const [start, end] = grown(states, on, line, t, wish);
    const first = Math.max(states.lines[line].start, t - wish.length + 1);
    return { start: Math.max(start, states.lines[line].start), end, line, shared: n, others: othersOn(states, mine, first, t + 1, wish.level) };
  });
  return { places: places.sort((a, b) => b.shared - a.shared || a.others - b.others || a.line - b.line), half, counts };
}

/** How many of the units are on at one word, whatever came before. @param {States} states @param {On[]} on @param {number} t @param {number} level */
export const onAt = (states, on, t, level) => on.reduce((n, { unit, sign }) => n + Number(isOn(states, t, unit, sign, level)), 0);

/**
 * A range to begin with: of all stretches of `length` words the one with most units on.
 * @param {Float32Array} h @param {number} hidden @param {number} level @param {number} [length]
 * @param {(t: number) => boolean} [fits] words that it may hold
 * @returns {Range}
 */
export function firstRange(h, hidden, level, length = 2, fits = () => true) {
  const total = h.length / hidden;
  const size = Math.min(length, total);
  let [best, most] = [0, -1];
  for (let t = 0; t + size <= total; t += 1) {
    if (!Array.from({ length: size }, (_, k) => t + k).every(fits)) continue;
    const n = unitsOn(h, hidden, [t, t + size - 1], level).length;
    if (n > most) [best, most] = [t, n];
  }
  return [best, best + size - 1];
}

/** A range that lies within the text. @param {Range | undefined} range @param {number} total @returns {Range | undefined} */
export function within(range, total) {
  if (!range || range[0] < 0 || range[0] >= total) return undefined;
  const [first, last] = range;
  return [Math.min(first, last), Math.min(total - 1, Math.max(first, last))];
}
