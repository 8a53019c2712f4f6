/**
 * The text room's data as signals.
 *
 *     want {model, sample | text, edits, against}
 *        -> models -> card, graph, samples            (once a network)
 *        -> trace of the first rows + effects         -> reading (whole or not at all), as changed
 *        -> the answers without changes               -> plain (once a text)
 *        -> weights                                   (once a network, after the first drawing)
 *     fetch(window)  -> trace of other rows           -> reading with another pane
 *     fill()         -> answers of all words, 512 at a time, for the overview -> known
 *
 * `reading` keeps the last answer until the new one is whole; a newer wish overtakes an older one.
 */
import { batch, signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { MOST, effectsIn, effectsOf, finalOf, lay, missing, paneOf, plainOf, readingOf } from "gridtime/stores/readings.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/scene.js").Reading} Reading */
/** @typedef {import("gridtime/math/window.js").Window} Window */
/** @typedef {{id: string, title: string, card: Record<string, any>, samples: client.Sample[]}} Net */
/** @typedef {import("gridtime/math/clamps.js").Edit} Edit */
/** @typedef {{model?: string, sample?: string, text?: string, edits?: Edit[], against?: string}} Want against: the text before words of it were changed */
/** @typedef {{net: Net, input: client.Input, text: string, sample: string | null, answer: client.Answer, options: Record<string, any>}} About */
/** @typedef {import("gridtime/stores/readings.js").Plain} Plain */
/** @typedef {ReturnType<typeof createReading>} Store */

/** Rows of the first request: most sentences whole. */
const FIRST = 64;
/** Rows kept on each side of a window, so that the next one is there before it is asked for. */
const MARGIN = 48;
/** Panes that are not fetched again. */
const KEPT = 8;
/** How long a drawing waits for the order of its units, in ms. */
const PATIENCE = 400;
/** What the room opens with, where the address names nothing. */
const OPENS = "sentiment-lstm";

/** @param {number} ms @returns {Promise<null>} */
const pause = (ms) => new Promise((done) => setTimeout(done, ms, null));

/** A translator reads too, but answers when it has read all: it has a room of its own. @param {client.ModelRow} row */
const readsText = (row) =>
  row.input === "text" && row.task !== "translation" && ["rnn", "gru", "lstm"].includes(row.kind);

/**
 * @param {Want} want
 * @param {import("@preact/signals-core").Signal<client.ModelRow[]>} models
 * @returns {Promise<Net>}
 */
async function pick(want, models) {
  if (!models.peek().length) models.value = (await client.models()).filter(readsText);
  const rows = models.peek();
  const row = want.model ? rows.find((r) => r.id === want.model) : (rows.find((r) => r.id === OPENS) ?? rows[0]);
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
  /** The answers without any change, to compare with. */
  const plain = signal(/** @type {Plain | null} */ (null));
  /** Why a link's changes were left out; "" where they fit. */
  const refused = signal("");
  const comparing = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const more = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const filling = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const weights = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  /** @type {Map<string, Promise<client.Traced>>} */
  let panes = new Map();

  /**
   * The trace as changed; where a link's changes do not fit this text or network, without them.
   * @param {Net} net @param {client.Input} input @param {Edit[]} edits @param {client.How} how
   * @returns {Promise<{options: {edits?: Edit[]}, traced: client.Traced}>}
   */
  async function traced(net, input, edits, how) {
    const options = edits.length ? { edits } : {};
    try {
      return { options, traced: await client.trace(net.id, input, options, how) };
    } catch (problem) {
      if (!edits.length || /** @type {client.Problem} */ (problem).status !== 422) throw problem;
      const found = { options: {}, traced: await client.trace(net.id, input, {}, how) };
      refused.value = /** @type {Error} */ (problem).message;
      return found;
    }
  }

  /** @param {Want} want @param {AbortSignal} signal */
  async function load(want, signal) {
    const net = await pick(want, models);
    const named = inputOf(want, net);
    const base = `${net.id}\n${named.text}`;
    const now = reading.peek();
    const same = now?.base === base ? now : null; // the same words, changed in another way
    const asked = same ? null : client.effects(net.id, named.input, { signal }).catch(() => null); // the order of units falls back on size
    const steps = /** @type {[number, number]} */ (same ? [same.pane.start, same.pane.end] : [0, FIRST]);
    const found = await traced(net, named.input, want.edits ?? [], { signal, steps });
    const early = asked && (await Promise.race([asked, pause(PATIENCE)]));
    const edits = found.options.edits ?? [];
    const name = { base, key: `${base}\n${JSON.stringify(edits)}`, edits };
    const fresh = readingOf(net, found.traced, same && effectsOf(same), name);
    if (early) Object.assign(fresh, effectsIn(fresh.readers, early, fresh.tokens.length));
    signal.throwIfAborted();
    const kept = about.peek()?.net.id === net.id ? (reading.peek()?.weights ?? null) : null;
    panes = new Map();
    batch(() => {
      reading.value = { ...fresh, weights: kept };
      about.value = { ...named, net, answer: found.traced.answer, options: found.options };
      known.value = fresh.pane.end - fresh.pane.start;
      if (!edits.length && (want.against ?? named.text) === named.text) plain.value = plainOf(fresh);
    });
    if (asked && !early) asked.then((late) => addEffects(base, late));
  }

  /**
   * The answers to compare with: of the text as it was, by the network as it is.
   * @param {Want} want
   */
  const loadPlain = (want) =>
    comparing.run(async (signal) => {
      const said = about.peek();
      if (!said) return true;
      const text = want.against ?? said.text;
      const key = `${said.net.id}\n${text}`;
      if (plain.peek()?.key === key) return true;
      const classes = /** @type {string[]} */ (said.net.card.classes);
      const input = text === said.text ? said.input : { text };
      /** @type {Plain | null} */
      let found = null;
      for (let start = 0, total = 1; start < total; start += MOST) {
        const part = await client.trace(said.net.id, input, {}, { signal, layers: ["probabilities"], steps: [start, start + MOST] });
        total = part.answer.input.window.total;
        found ??= {
          key, final: finalOf(classes, part.answer),
          tokens: Array.from({ length: total }, () => ({ text: "", known: true })),
          shares: part.answer.steps ? new Float32Array(total * classes.length).fill(NaN) : null,
        };
        lay({ ...found, classes }, part);
        plain.value = { ...found };
      }
      return true;
    });

  /**
   * Effects of a long text come after its first drawing.
   * @param {string} base
   * @param {client.Effects | null} effects
   */
  function addEffects(base, effects) {
    const now = reading.peek();
    if (effects && now?.base === base)
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
      for (const steps of missing(now.pane)) {
        const how = { signal, layers: ["probabilities"], steps };
        lay(now, await client.trace(said.net.id, said.input, said.options, how));
        known.value += steps[1] - steps[0];
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
    fill();
    loadPlain(want);
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
      const asked = panes.get(name) ?? client.trace(said.net.id, said.input, said.options, { signal, steps });
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

  return { models, reading, about, known, plain, refused, busy: request.busy, problem: request.problem, retry: request.retry,
    moreBusy: more.busy, moreProblem: more.problem, weightsProblem: weights.problem, read, fetchRows, clear,
    retryMore: more.retry, retryWeights: weights.retry }; // prettier-ignore
}

/** Is the window far enough inside the rows that are here? @param {Reading} reading @param {Window} window */
export function wellInside({ pane }, window) {
  const half = MARGIN / 4;
  const before = pane.start === 0 || window.start - pane.start >= half;
  return before && (pane.end === pane.total || pane.end - window.end >= half);
}
