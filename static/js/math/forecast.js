/**
 * Forecasts as they are drawn and said: scales, labels of steps, how an answer came to be, errors.
 */
import { number, percent, plural } from "gridtime/math/format.js";

/** @typedef {{network: number, last_value: number, last_season: number, grown_season: number}} Errors */
/** @typedef {{last_value: number[], last_season: number[], grown_season: number[], growth: number}} Naive */
/** @typedef {{actual: number[], mae: Errors, mase: Errors | null, scale: number, inside: number}} Backtest */
/** @typedef {{origins: number, mae: Errors, inside: number}} Record */
/** @typedef {{values: number[], lower: number[], upper: number[]}} Forecast */
/** @typedef {{log: boolean, level: number, scale: number, growth: number}} Scaling */
/** @typedef {{name: string, title: string, unit: string, step: string, season: number, ahead: number, split: string, n: number, mae: Errors, scale: number, mase: number, inside: number, below: number, shipped: boolean}} Held */
/** @typedef {{weights: string, command: string, interval: number, series: Held[]}} Forecasts */

/** The forecasts, the network's first, as they are called. @type {[keyof Errors, string][]} */
export const NAMES = [
  ["network", "the network"],
  ["last_value", "last value"],
  ["grown_season", "last season × growth"],
  ["last_season", "last season"],
];
/** The two that a network has to beat. @type {(keyof Errors)[]} */
export const NAIVE = ["last_value", "grown_season"];

/** Round values between two ends, about `most` of them. @param {number} low @param {number} high @param {number} most */
export function ticks(low, high, most) {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((k) => k * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, k) => (first + k) * step);
}

/** Decimals that tell values apart over such a span. @param {number} span */
export const decimalsOf = (span) => (span > 0 ? Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(span)))) : 2);

/** Lowest and highest of finite values, with a little air. @param {number[]} values @returns {[number, number]} */
export function limitsOf(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - air, high + air];
}

/** What a place in the series is called; behind its end labels go on by their own rule. @param {string[]} labels @param {number} place */
export function labelAt(labels, place) {
  if (place < labels.length) return labels[place];
  const [last, by] = [labels.at(-1) ?? "", place - labels.length + 1];
  const month = /^(\d{4})-(\d{2})$/.exec(last);
  if (month) {
    const at = Number(month[1]) * 12 + Number(month[2]) - 1 + by;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  }
  if (/^\d{1,9}$/.test(last)) return String(Number(last) + by);
  return `${plural(by, "step")} on`;
}

/** How the median of one step came to be; every part in z but the last two. @param {{seasonAgo: number, said: number, scaling: Scaling}} parts */
export function workedOut({ seasonAgo, said, scaling }) {
  const z = seasonAgo + scaling.growth + said;
  const u = z * scaling.scale + scaling.level;
  return { z, u, value: scaling.log ? Math.exp(u) : u };
}

/** Of both naive forecasts, how many the network's error lies below. @param {Errors} mae */
export const below = (mae) => NAIVE.filter((name) => mae.network < mae[name]).length;

/** @param {number} count of NAIVE */
export const belowSays = (count) => (count === NAIVE.length ? "below both" : count ? "below one of two" : "below neither");

/** How far to trust it on this series. @param {Record | null} record @param {number} digits */
export function recordSays(record, digits) {
  if (!record) return "Too few values lie before this origin to try earlier ones: nothing tells how the network does on this series.";
  const { mae, origins, inside } = record;
  const how = `From ${plural(origins, "earlier origin")} of this series the network was off by ${number(mae.network, digits)} on average, the last value by ${number(mae.last_value, digits)}, the last season × growth by ${number(mae.grown_season, digits)}; its interval held ${percent(inside)} of what came.`;
  const better = NAIVE.filter((name) => mae[name] <= mae.network);
  if (!better.length) return how;
  const names = better.map((name) => NAMES.find(([id]) => id === name)?.[1]).join(" and ");
  return `${how} Here ${names} did no worse: trust the network no further.`;
}

/** How it went from this origin. @param {Backtest} backtest @param {number} digits */
export function cameSays({ mae, actual, inside }, digits) {
  const how = { 2: "below both naive forecasts", 1: "below one of the two naive forecasts", 0: "below neither naive forecast" }[below(mae)];
  const held = Math.round(inside * actual.length);
  return `The network was off by ${number(mae.network, digits)} on average: ${how}. ${held} of ${actual.length} values lay within its interval.`;
}

/** The line over the table of held-out series. @param {Forecasts} found */
export function heldSays({ series, interval }) {
  const won = series.filter((one) => one.below === NAIVE.length);
  const [low, high] = [Math.min(...series.map((one) => one.inside)), Math.max(...series.map((one) => one.inside))];
  return `On values it never saw, the network is below both naive forecasts on ${won.length} of ${series.length} series. Its ${percent(interval)} interval held from ${percent(low)} to ${percent(high)} of them.`;
}
