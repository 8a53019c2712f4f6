/**
 * What of the address and of the forecast every part of the view asks for.
 */
import { decimalsOf, labelAt, limitsOf } from "gridtime/math/forecast.js";

/** @typedef {import("gridtime/stores/forecasting.js").Seen} Seen */
/** @typedef {{theme: "light" | "dark", hatch: boolean, present: boolean, narrow: boolean, still: boolean}} Look */
/** @typedef {"wide" | "narrow" | "present"} Size */
/**
 * What a view is given; it imports no page and no store.
 * @typedef {object} Room
 * @property {Record<string, any>} address
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {Look} look
 * @property {import("gridtime/stores/forecasting.js").Forecasting} store
 */

/** In px at root 16; rows share left and right, so that a step stands over itself. @type {Record<Size, {width: number, height: number, left: number, right: number, top: number, bottom: number, letter: number, ticks: number}>} */
export const BOX = {
  wide: { width: 860, height: 300, left: 64, right: 176, top: 20, bottom: 26, letter: 14, ticks: 7 },
  narrow: { width: 358, height: 260, left: 46, right: 12, top: 20, bottom: 24, letter: 13, ticks: 4 },
  present: { width: 1170, height: 430, left: 86, right: 232, top: 26, bottom: 34, letter: 18, ticks: 6 },
};

/** @param {Look} look @returns {Size} */
export const sizeOf = ({ present, narrow }) => (present ? "present" : narrow ? "narrow" : "wide");

/** The step looked at: the address's, else the first that is not known. @param {Record<string, any>} address @param {Seen} seen */
export const stepOf = ({ step }, { total, forecast }) => Math.max(0, Math.min(total - 1, step ?? total - forecast.values.length));

/** The place in the series of a step. @param {Seen} seen @param {number} step */
export const placeOf = ({ input }, step) => input.reads.start + step;

/** What a step is called: "1960-03". @param {Seen} seen @param {number} step */
export const nameAt = (seen, step) => labelAt(seen.series.labels, placeOf(seen, step));

/** How many steps are read; the others are ahead. @param {Seen} seen */
export const readOf = ({ total, forecast }) => total - forecast.values.length;

/** The values that are drawn, in one frame that no stop of the walk moves. @param {Seen} seen @returns {[number, number]} */
export function rangeOf({ series, input, forecast, naive, backtest }) {
  const known = series.values.slice(input.reads.start, input.reads.end);
  return limitsOf([...known, ...forecast.lower, ...forecast.upper, ...naive.last_value, ...naive.grown_season, ...(backtest?.actual ?? [])]);
}

/** Decimals for values and for errors of this series. @param {Seen} seen */
export const digitsOf = (seen) => decimalsOf(rangeOf(seen)[1] - rangeOf(seen)[0]);

/** Decimals for errors of about this size. @param {{network: number}} mae */
export const errorDigits = (mae) => decimalsOf(mae.network);

/** What the series is called. @param {Seen} seen */
export const titleOf = ({ sample, series }) => sample?.title ?? (series.name === "value" ? "Your series" : series.name);

/** The earliest and the latest origin. @param {Seen} seen @returns {[number, number]} */
export const originsOf = ({ input, series }) => [3 * input.season.steps, series.values.length];
