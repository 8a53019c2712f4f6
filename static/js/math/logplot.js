/**
 * Where things stand on a plot whose height is a power of ten.
 *
 *     lines [{points: {x, log}}] -> limits, ticks -> px      ends of lines -> places of their names
 */
import { FLOOR } from "gridtime/math/signal.js";

/** @typedef {import("gridtime/math/signal.js").Series} Series */
/** @typedef {import("gridtime/math/signal.js").Point} Point */
/** @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Box */
/** `band`: px from the plot's foot to where lines that fell below the floor have their names. @typedef {{low: number, high: number, x: (x: number) => number, y: (log: number) => number, foot: number}} Scale */

const CEILING = 12;

/** Half a power of ten around every line at most, no lower than the floor; at least two powers. @param {Series[]} all */
export function limitsOf(all) {
  const logs = all.flatMap(({ points }) => points.map(({ log }) => Math.max(FLOOR, Math.min(CEILING, log))));
  const high = Math.max(0, Math.ceil(2 * Math.max(0, ...logs) - 1e-9) / 2);
  const low = Math.min(-2, Math.floor(2 * Math.min(0, ...logs) + 1e-9) / 2);
  return { low: Math.max(FLOOR, low), high };
}

/** Does any line end below the floor? @param {Series[]} all */
export const falls = (all) => all.some(({ points }) => points[0].log < FLOOR);

/** @param {{low: number, high: number}} limits @param {[number, number]} span first and last x @param {Box} box @param {number} band @returns {Scale} */
export function scaleOf({ low, high }, [first, last], box, band) {
  const foot = box.height - box.bottom - band;
  const [left, right] = [box.left, box.width - box.right];
  return {
    low, high, foot,
    x: (x) => (last === first ? right : left + ((x - first) / (last - first)) * (right - left)),
    y: (log) => foot - ((Math.max(low, Math.min(high, log)) - low) / (high - low)) * (foot - box.top),
  }; // prettier-ignore
}

/** Powers to write at the axis: all, or every second, third … so that at most `most` stand there. @param {{low: number, high: number}} limits @param {number} most */
export function powers({ low, high }, most) {
  const every = Math.max(1, Math.ceil((high - low + 1) / most));
  const found = [];
  const top = Math.floor(high);
  for (let power = top - (top % every); power >= low; power -= every) found.push(power === 0 ? 0 : power);
  return found;
}

/**
 * A line from the end backwards, cut where it crosses the floor or the ceiling.
 * @param {Point[]} points @param {number} low @param {number} high @returns {{drawn: Point[], out: boolean}}
 */
export function cut(points, low, high) {
  const drawn = [];
  for (let k = points.length - 1; k >= 0; k -= 1) {
    const { x, log } = points[k];
    if (log >= low - 1e-9 && log <= high + 1e-9) {
      drawn.unshift(points[k]);
      continue;
    }
    const edge = log < low ? low : high;
    const next = points[k + 1];
    if (next && Number.isFinite(log)) drawn.unshift({ x: next.x - ((next.x - x) * (next.log - edge)) / (next.log - log), log: edge });
    else if (next) drawn.unshift({ x, log: edge });
    return { drawn, out: true };
  }
  return { drawn, out: false };
}

/** Places of names, kept apart by `gap` and within [top, foot]. @param {{id: string, at: number}[]} wanted @param {number} gap @param {number} top @param {number} foot */
export function apart(wanted, gap, top, foot) {
  const places = wanted.map((one) => ({ ...one })).sort((a, b) => a.at - b.at);
  places.forEach((place, k) => (place.at = Math.max(place.at, k ? places[k - 1].at + gap : top)));
  for (let k = places.length - 1; k >= 0; k -= 1) places[k].at = Math.min(places[k].at, k === places.length - 1 ? foot : places[k + 1].at - gap);
  return new Map(places.map(({ id, at }) => [id, at]));
}

/** @param {Point[]} points @param {Scale} scale */
export const pathOf = (points, { x, y }) =>
  points.map((point, k) => `${k ? "L" : "M"}${x(point.x).toFixed(1)} ${y(point.log).toFixed(1)}`).join("");
