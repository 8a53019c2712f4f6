/**
 * Which units to show, and in which order.
 *
 *     effects [H] ──┐
 *     states [T, H] ┴─ order() ─> unit numbers, best first ─> the first 12, "52 others"
 *
 * Units are numbered from 1 on the page and from 0 here.
 */

/** @typedef {"effect" | "size" | "number"} Sort */

/** The largest |value| of every unit. @param {ArrayLike<number>} data `[T, H]` @param {number} hidden */
export function sizes(data, hidden) {
  const largest = new Float32Array(hidden);
  for (let k = 0; k < data.length; k += 1) {
    const v = Math.abs(data[k]);
    if (v > largest[k % hidden]) largest[k % hidden] = v;
  }
  return largest;
}

/** Unit numbers, largest key first; equal keys keep their number's order. @param {ArrayLike<number>} keys */
function descending(keys) {
  return Array.from({ length: keys.length }, (_, u) => u).sort((a, b) => keys[b] - keys[a] || a - b);
}

/**
 * @param {Sort} sort @param {number} hidden
 * @param {ArrayLike<number> | null} effects |Δ logit| with the unit held at zero `[H]`; null where none were computed
 * @param {ArrayLike<number>} data the shown signal `[T, H]`
 */
export function order(sort, hidden, effects, data) {
  if (sort === "number") return Array.from({ length: hidden }, (_, u) => u);
  if (sort === "effect" && effects && effects.length === hidden) return descending(effects);
  return descending(sizes(data, hidden));
}

/** The place of a unit among the effects, from 1. @param {ArrayLike<number>} effects @param {number} unit */
export const rank = (effects, unit) => descending(effects).indexOf(unit) + 1;

/** 1 -> "", 2 -> "second", 12 -> "12th": "moves the answer … most". @param {number} place */
export function ordinal(place) {
  const words = ["", "", "second", "third", "fourth", "fifth"];
  if (place < words.length) return words[place];
  const tail = place % 100 > 10 && place % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][place % 10] ?? "th");
  return `${place}${tail}`;
}

/**
 * The rows that are drawn: the first `count`, and the chosen unit in the last place if it is not among them.
 * @param {number[]} ordered
 * @param {number} count
 * @param {number} chosen
 */
export function shownUnits(ordered, count, chosen) {
  const first = ordered.slice(0, count);
  if (first.includes(chosen) || chosen < 0) return first;
  return [...first.slice(0, -1), chosen];
}

/**
 * The largest |value| of a signal, never 0, so that a scale can be made of it.
 * @param {ArrayLike<number>} data
 */
export function limitOf(data) {
  let limit = 0;
  for (let k = 0; k < data.length; k += 1) limit = Math.max(limit, Math.abs(data[k]));
  return limit || 1;
}

/**
 * The next larger of 1, 2, 2.5, 5 × 10^n: an axis limit that does not move with every word.
 * @param {number} v
 */
export function niceLimit(v) {
  if (!(v > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(v));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((s) => s * power >= v * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(3)); // 3 × 0.1 is 0.30000000000000004
}
