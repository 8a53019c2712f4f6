/**
 * One series and the network that forecasts it.
 *
 *     want {model, sample | text, channel, origin, season} -> network, figures on all series (once)
 *       -> the sample's file | the pasted text -> parsed here -> numbers
 *       -> trace from the origin, and effects (once a series) -> seen (whole or not at all)
 *
 * A sample is first forecast from one horizon before its end, so that what came can be drawn.
 */
import { batch, signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { parseSeries } from "gridtime/math/csv.js";
import { nameOf } from "gridtime/math/tworeaders.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/csv.js").Series} Series */
/** @typedef {import("gridtime/math/forecast.js").Forecasts} Forecasts */
/** @typedef {import("gridtime/stores/tworeaders.js").Net} Net */
/** @typedef {{model?: string, sample?: string, text?: string, channel?: number, origin?: number, season?: number}} Want channel: which column of a pasted text */
/**
 * @typedef {object} Seen
 * @property {string} key of all that was asked for
 * @property {Net} net
 * @property {import("gridtime/api/client.js").Sample | undefined} sample undefined for the visitor's own
 * @property {Series} series
 * @property {import("gridtime/math/forecast.js").Forecast} forecast
 * @property {import("gridtime/math/forecast.js").Naive} naive
 * @property {import("gridtime/math/forecast.js").Backtest | null} backtest
 * @property {import("gridtime/math/forecast.js").Record | null} record
 * @property {Record<string, any>} input what was done to the series
 * @property {number} total steps of the network: those it reads and those ahead
 * @property {Map<string, client.Tensor>} tensors
 * @property {number[] | null} effects of each unit on the median of the last step
 */
/** @typedef {ReturnType<typeof createForecasting>} Forecasting */

const NOTHING = "There are no numbers in this text. Paste a column of a table, oldest value first, or pick a series.";

/** The networks that forecast, the one that is asked for first. @param {string | undefined} model @returns {Promise<Net>} */
async function pick(model) {
  const rows = (await client.models()).filter(({ task }) => task === "forecast");
  const row = model === undefined ? rows[0] : rows.find(({ id }) => id === model);
  if (!row) throw new client.Problem(404, "No such network", "No network of that name forecasts here. Open the page without it.");
  const [{ card, graph }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
  return { row, name: nameOf(row.kind), card, graph, samples };
}

export function createForecasting() {
  const seen = signal(/** @type {Seen | null} */ (null));
  const figures = signal(/** @type {Forecasts | null} */ (null));
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  /** Effects are those at the end of a series: units keep their order while the origin moves. @type {Map<string, Promise<number[] | null>>} */
  const effects = new Map();

  /** @param {Want} want @param {Net} net */
  async function seriesOf({ sample, text, channel }, net) {
    if (text !== undefined) {
      const series = parseSeries(text, channel);
      if (!series.values.length) throw new client.Problem(422, "Nothing to read", NOTHING);
      return { series, sample: undefined };
    }
    const found = net.samples.find(({ name }) => name === sample) ?? net.samples[0];
    if (!found) throw new client.Problem(422, "Nothing to read", NOTHING);
    const file = await client.sampleBlob(net.row.id, found.name);
    return { series: parseSeries(await file.text()), sample: found };
  }

  /** @param {string} key @param {Net} net @param {client.Input} input */
  function effectsOf(key, net, input) {
    const known = effects.get(key);
    if (known) return known;
    const fresh = client.effects(net.row.id, input).then((answer) => answer.effects, () => null); // the order falls back on their number
    effects.clear(); // one series at a time is looked at
    effects.set(key, fresh);
    return fresh;
  }

  /** @param {Want} want @param {AbortSignal} stop */
  async function read(want, stop) {
    const key = JSON.stringify(want);
    if (seen.peek()?.key === key) return;
    const net = await pick(want.model);
    const { series, sample } = await seriesOf(want, net);
    const season = want.season ?? sample?.season;
    const early = sample && season ? series.values.length - Math.min(season, net.card.preprocessing.horizon) : undefined;
    const origin = want.origin === undefined ? early : Math.min(want.origin, series.values.length);
    const input = sample ? { sample: sample.name } : { series: series.values };
    const options = { ...(origin === undefined ? {} : { origin }), ...(want.season === undefined ? {} : { season: want.season }) };
    const how = { signal: stop };
    const [{ answer, tensors }, order, held] = await Promise.all([
      client.trace(net.row.id, input, options, how),
      effectsOf(JSON.stringify([net.row.id, sample?.name, want.text, want.channel]), net, input),
      client.forecasts(net.row.id).catch(() => undefined), // the view says itself that it has none
    ]);
    stop.throwIfAborted();
    const { predictions, naive, backtest = null, record = null, input: done } = /** @type {any} */ (answer);
    batch(() => {
      figures.value = held ?? null;
      seen.value = { key, net, sample, series, forecast: predictions[0], naive, backtest, record, input: done, total: done.window.total, tensors, effects: order };
    });
  }

  const want = latest((/** @type {Want} */ wish) =>
    request.run(async (stop) => {
      await read(wish, stop);
      return true;
    }),
  );

  return { seen, figures, want, busy: request.busy, problem: request.problem, retry: request.retry };
}
