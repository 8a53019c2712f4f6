/**
 * The walk: the series, the window, the states, a vote, the forecast, its interval, the naive
 * forecasts, what came, every held-out series.
 *
 *     stop -> PARTS: what is on screen
 */
import { statesOf } from "gridtime/math/drawnunits.js";
import { plural, percent } from "gridtime/math/format.js";
import { cameSays, heldSays } from "gridtime/math/forecast.js";
import { errorDigits, readOf, titleOf } from "gridtime/views/forecast/scene.js";

/** @typedef {import("gridtime/views/forecast/scene.js").Room} Room */
/** @typedef {import("gridtime/views/forecast/plot.js").Lines} Lines */
/** @typedef {{all?: boolean, whole?: boolean, lines?: Lines, input?: boolean, states?: boolean, step?: boolean, errors?: boolean, held?: boolean, cut?: boolean, high?: number}} Shown whole: the series without a window; cut: what is ahead is hidden; high: of the plot, px at root 16, where it shares the stage */

/** @type {Record<string, Shown>} */
export const PARTS = {
  all: { all: true, lines: { median: true, interval: true, naive: true, came: true }, input: true, states: true, step: true, errors: true, held: true },
  series: { all: true, whole: true },
  window: { all: true, lines: {}, input: true, cut: true, high: 320 },
  states: { input: true, states: true, cut: true },
  guess: { lines: {}, cut: true },
  forecast: { lines: { median: true }, states: true, high: 270 },
  interval: { lines: { median: true, interval: true } },
  naive: { lines: { median: true, interval: true, naive: true } },
  came: { lines: { median: true, interval: true, naive: true, came: true }, errors: true, high: 340 },
  held: { held: true },
};

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ store, patch }) {
  const seen = store.seen.value;
  if (!seen) return [];
  const { input, series, forecast, backtest } = seen;
  const [read, ahead, m] = [readOf(seen), forecast.values.length, input.season.steps];
  const units = statesOf(seen)?.reader.hidden ?? 0;
  const figures = store.figures.value;
  const at = () => patch({ step: undefined });
  return [
    { id: "series", caption: `${titleOf(seen)}: ${plural(series.values.length, "value")}, a season of ${plural(m, "step")}.`, apply: at },
    { id: "window", caption: `Of them the network reads ${read}, one after another, each beside the value ${plural(m, "step")} earlier.`, apply: at, notes: "Upper row: the value. Middle row: the value a season earlier. Lower row: whether the value is known." },
    { id: "states", caption: `Each column of states comes from the numbers over it and the column before it: ${plural(units, "unit")}, of which those are drawn that move the forecast most.`, apply: at },
    { id: "guess", caption: `What comes in the next ${plural(ahead, "step")}? Draw it in the air, then press on.`, apply: at },
    { id: "forecast", caption: `From the line on it sees no value, only the last season; its state runs on, and at each step it says what the value will be.`, apply: at },
    { id: "interval", caption: `It says how sure it is, too: ${percent(input.interval.to - input.interval.from)} of what comes should lie in this band.`, apply: at, notes: "How many did, on held-out values, is the last stop." },
    { id: "naive", caption: "Two forecasts that need no network: the last value stays, or the last season comes again with its growth. It must beat both.", apply: at },
    ...(backtest ? [{ id: "came", caption: () => cameSays(backtest, errorDigits(backtest.mae)), apply: at }] : []),
    ...(figures ? [{ id: "held", caption: heldSays(figures), apply: at }] : []),
  ]; // prettier-ignore
}
