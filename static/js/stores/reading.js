/**
 * The text room's data as signals.
 *
 *     want {model, sample | text}
 *        -> models -> card, graph, samples            (once a network)
 *        -> trace of the first rows + effects         -> reading (whole or not at all)
 *        -> weights                                   (once a network, after the first drawing)
 *     fetch(window)  -> trace of other rows           -> reading with another pane
 *     fill()         -> answers of all words, 512 at a time, for the overview -> known
 *
 * `reading` keeps the last answer until the new one is whole; a newer wish overtakes an older one.
 */
import { batch, signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { headOf, readers } from "gridtime/math/readers.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/scene.js").Reading} Reading */
/** @typedef {import("gridtime/math/window.js").Window} Window */
/** @typedef {{id: string, title: string, card: Record<string, any>, samples: client.Sample[]}} Net */
/** @typedef {{model?: string, sample?: string, text?: string}} Want */
/** @typedef {{net: Net, input: client.Input, text: string, sample: string | null, answer: client.Answer}} About */
/** @typedef {ReturnType<typeof createReading>} Store */

/** Rows of the first request: most sentences whole. */
const FIRST = 64;
/** Rows kept on each side of a window, so that the next one is there before it is asked for. */
const MARGIN = 48;
/** Panes that are not fetched again. */
const KEPT = 8;
/** How long a drawing waits for the order of its units, in ms. */
const PATIENCE = 400;
/** The most rows that the server gives at once. */
const MOST = 512;

/** @param {number} ms @returns {Promise<null>} */
const pause = (ms) => new Promise((done) => setTimeout(done, ms, null));

/** @param {client.ModelRow} row */
const readsText = (row) => row.input === "text" && ["rnn", "gru", "lstm"].includes(row.kind);

/**
 * A traced window laid over what is known of the whole text.
 * @param {Reading} reading
 * @param {client.Traced} traced
 */
function lay({ tokens, shares, classes }, { answer, tensors }) {
  const { start } = answer.input.window;
  answer.tokens?.forEach((token, k) => (tokens[start + k] = token));
  const rows = answer.steps ? tensors.get("probabilities") : undefined;
  if (rows) shares?.set(/** @type {Float32Array} */ (rows.data), start * classes.length);
}

/** @param {client.Traced} traced @returns {import("gridtime/math/rows.js").Pane} */
function paneOf({ answer, tensors }) {
  const { start, end, total } = answer.input.window;
  return { tensors, start, end, total };
}

/**
 * Whose effects they are, and over how many words.
 * @param {import("gridtime/math/readers.js").Reader[]} all
 * @param {client.Effects | null} effects
 * @param {number} total
 */
function effectsIn(all, effects, total) {
  const of = all.findLast(
    (r) => r.last && r.node === effects?.layer && r.reverse === (effects.direction === "reverse"),
  );
  const over = effects?.window ? effects.window.end - effects.window.start : total;
  return { effects: effects?.effects ?? null, effectsOf: of?.id ?? "", effectsOver: over };
}

/**
 * @param {Net} net
 * @param {client.Traced} traced
 * @param {client.Effects | null} effects
 * @param {string} key
 * @returns {Reading}
 */
function readingOf(net, traced, effects, key) {
  const { graph, input, steps } = traced.answer;
  const total = input.window.total;
  const classes = /** @type {string[]} */ (net.card.classes);
  const all = readers(graph);
  /** @type {Reading} */
  const reading = {
    key, classes, ...effectsIn(all, effects, total),
    final: classes.map((label) => traced.answer.predictions.find((p) => p.label === label)?.probability ?? 0),
    tokens: Array.from({ length: total }, () => ({ text: "", known: true })),
    shares: steps ? new Float32Array(total * classes.length).fill(NaN) : null,
    readers: all, weights: null, head: headOf(graph), pane: paneOf(traced),
  }; // prettier-ignore
  lay(reading, traced);
  return reading;
}

/**
 * @param {Want} want
 * @param {import("@preact/signals-core").Signal<client.ModelRow[]>} models
 * @returns {Promise<Net>}
 */
async function pick(want, models) {
  if (!models.peek().length) models.value = (await client.models()).filter(readsText);
  const rows = models.peek();
  const row = want.model ? rows.find((r) => r.id === want.model) : rows[0];
  if (!row)
    throw new client.Problem(
      404,
      "No such network",
      `No network called “${want.model ?? ""}” reads sentences here. Choose one above.`,
    );
  const [{ card }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
  return { id: row.id, title: row.title, card, samples };
}

/**
 * What a wish names: a shipped sample, or a text of the visitor's own.
 * @param {Want} want
 * @param {Net} net
 */
function inputOf(want, net) {
  if (want.text !== undefined) return { input: { text: want.text }, text: want.text, sample: null };
  const sample = net.samples.find((s) => s.name === want.sample) ?? net.samples[0];
  if (!sample)
    throw new client.Problem(422, "Nothing to read", "Nothing to read yet. Type a sentence or pick one.");
  return { input: { sample: sample.name }, text: sample.text ?? "", sample: sample.name };
}

export function createReading() {
  const models = signal(/** @type {client.ModelRow[]} */ ([]));
  const reading = signal(/** @type {Reading | null} */ (null));
  const about = signal(/** @type {About | null} */ (null));
  /** Words whose answer has come. */
  const known = signal(0);
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const more = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const filling = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const weights = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  /** @type {Map<string, Promise<client.Traced>>} */
  let panes = new Map();

  /** @param {Want} want @param {AbortSignal} signal */
  async function load(want, signal) {
    const net = await pick(want, models);
    const named = inputOf(want, net);
    const effects = client.effects(net.id, named.input, { signal }).catch(() => null); // the order of units falls back on size
    const traced = await client.trace(net.id, named.input, {}, { signal, steps: [0, FIRST] });
    const early = await Promise.race([effects, pause(PATIENCE)]);
    const fresh = readingOf(net, traced, early, `${net.id}\n${named.text}`);
    signal.throwIfAborted();
    const kept = about.peek()?.net.id === net.id ? (reading.peek()?.weights ?? null) : null;
    panes = new Map();
    batch(() => {
      reading.value = { ...fresh, weights: kept };
      about.value = { ...named, net, answer: traced.answer };
      known.value = fresh.pane.end;
    });
    if (!early) effects.then((late) => addEffects(fresh.key, late));
  }

  /**
   * Effects of a long text come after its first drawing.
   * @param {string} key
   * @param {client.Effects | null} effects
   */
  function addEffects(key, effects) {
    const now = reading.peek();
    if (effects && now?.key === key)
      reading.value = { ...now, ...effectsIn(now.readers, effects, now.tokens.length) };
  }

  /** The weights, once the drawing stands. @param {string} id */
  const loadWeights = (id) =>
    weights.run(async () => {
      const table = await client.weights(id);
      const now = reading.peek();
      if (now && about.peek()?.net.id === id) reading.value = { ...now, weights: table };
      return true;
    });

  /** Answers of all words, a part at a time; a newer text stops it. */
  const fill = () =>
    filling.run(async (signal) => {
      const [now, said] = [reading.peek(), about.peek()];
      if (!now || !said) return true;
      for (let start = now.pane.end; start < now.tokens.length; start += MOST) {
        const steps = /** @type {[number, number]} */ ([start, Math.min(start + MOST, now.tokens.length)]);
        lay(
          now,
          await client.trace(said.net.id, said.input, {}, { signal, layers: ["probabilities"], steps }),
        );
        known.value = steps[1];
      }
      return true;
    });

  /** @param {Want} want */
  async function read(want) {
    const done = await request.run(async (signal) => {
      await load(want, signal);
      return true;
    });
    const now = reading.peek();
    if (!done || !now) return;
    if (!now.weights) loadWeights(/** @type {About} */ (about.peek()).net.id);
    if (now.pane.end < now.tokens.length) fill();
  }

  /** The rows of a window and some on each side become the pane. @param {Window} window */
  const fetchRows = (window) =>
    more.run(async (signal) => {
      const [now, said] = [reading.peek(), about.peek()];
      if (!now || !said) return true;
      const steps = /** @type {[number, number]} */ ([
        Math.max(0, window.start - MARGIN),
        Math.min(now.tokens.length, window.end + MARGIN),
      ]);
      const name = steps.join(":");
      const asked = panes.get(name) ?? client.trace(said.net.id, said.input, {}, { signal, steps });
      if (panes.size > KEPT) panes.clear();
      panes.set(name, asked);
      asked.catch(() => panes.delete(name));
      const traced = await asked;
      const latest = reading.peek();
      if (!latest || latest.key !== now.key) return true;
      lay(latest, traced);
      reading.value = { ...latest, pane: paneOf(traced) };
      return true;
    });

  /** Nothing to read: the field is empty. */
  const clear = () => batch(() => ((reading.value = null), (about.value = null)));

  return { models, reading, about, known, busy: request.busy, problem: request.problem, retry: request.retry,
    moreBusy: more.busy, moreProblem: more.problem, weightsProblem: weights.problem, read, fetchRows, clear,
    retryMore: more.retry, retryWeights: weights.retry }; // prettier-ignore
}

/** Is the window far enough inside the rows that are here? @param {Reading} reading @param {Window} window */
export function wellInside({ pane }, window) {
  const half = MARGIN / 4;
  const before = pane.start === 0 || window.start - pane.start >= half;
  return before && (pane.end === pane.total || pane.end - window.end >= half);
}
