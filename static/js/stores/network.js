/**
 * The picture room's data as signals.
 *
 *   want {model, sample | blob, crop, moment, edits, shift}
 *     -> models -> samples ─> atlas  (8-bit, shipped samples only) -> run {exact: false}
 *               └> card    ├> trace  (float32)                     -> run {exact: true}
 *                          └> trace without edits and shift        -> plain, asked for once
 *                                                                  -> weights (once a network)
 *
 * `run` keeps the last answer until the new one is whole; a newer wish overtakes an older one.
 * `run` is the network as it was changed, `plain` the same one unchanged: with nothing changed they
 * are one object.
 */
import { batch, computed, signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { editedWeights } from "gridtime/math/edits.js";
import {
  drawn, fitting, inputFor, originalOf, pick, runOfAtlas, runOfTrace, sameAsk, weightsOf,
} from "gridtime/stores/asking.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/choice.js").Run} Run */
/** @typedef {import("gridtime/math/groups.js").Layer} Layer */
/** @typedef {import("gridtime/api/client.js").Sample} Sample */
/** @typedef {import("gridtime/api/client.js").Tensor} Tensor */
/** @typedef {import("gridtime/math/edits.js").Edit} Edit */
/**
 * @typedef {{id: string, card: Record<string, any>, samples: Sample[], graph: Layer[]}} Net
 *   `graph` is the network's own, whatever was changed in the run on show
 */
/** @typedef {{bitmap: ImageBitmap|null, width: number, height: number, title: string, credit: string,
 *   drawing: boolean}} Original */
/**
 * @typedef {{model?: string, sample?: string, blob?: Blob, crop?: [number, number, number],
 *   moment?: number, edits?: Edit[], shift?: [number, number]}} Want
 */
/** @typedef {import("gridtime/api/client.js").Input} Input */
/** @typedef {{id: string, input: Input, options: Record<string, any>}} Asked of the plain run */
/** @typedef {{model?: string, input?: Input, signal?: AbortSignal}} Which */
/** @typedef {ReturnType<typeof createNetwork>} Network */

/** The signals and what can be asked of them. */
export function createNetwork() {
  const models = signal(/** @type {client.ModelRow[]} */ ([]));
  const net = signal(/** @type {Net|null} */ (null));
  const run = signal(/** @type {Run|null} */ (null));
  const plain = signal(/** @type {Run|null} */ (null));
  const learned = signal(/** @type {Map<string, Tensor>|null} */ (null));
  const applied = signal(/** @type {Edit[]} */ ([]));
  const dropped = signal(/** @type {ReturnType<typeof fitting>["dropped"]} */ (null));
  const original = signal(/** @type {Original|null} */ (null));
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  /** @type {Asked|null} what `plain` answers */
  let asked = null;
  /** @type {Record<string, any>} edits and shift of the run on show */
  let changed = {};
  /** @type {unknown} the picture that `original` shows */
  let pictured;
  /** @type {string} whose weights `learned` holds */
  let held = "";

  const weights = computed(() => {
    const own = learned.value;
    return own && net.value ? editedWeights(own, net.value.graph, applied.value) : null;
  });

  /** @param {{run: Run, plain: Run, edits: Edit[]}} next @param {Net} with_ @param {string} [of] */
  const show = (next, with_, of = `${with_.id} `) => batch(() => {
    if (held !== of) learned.value = null;
    net.value = with_;
    applied.value = next.edits;
    plain.value = next.plain;
    run.value = next.run;
  });

  /** @param {Asked} ask @param {AbortSignal} signal @returns {Promise<Run>} */
  const plainRun = async (ask, signal) => {
    const known = plain.peek();
    if (known?.exact && sameAsk(asked, ask)) return known;
    return runOfTrace(await client.trace(ask.id, ask.input, ask.options, { signal }));
  };

  /** @param {string} id @param {Sample|undefined} sample @param {Blob|undefined} blob */
  const showOriginal = async (id, sample, blob) => {
    const key = blob ?? `${id} ${sample?.name}`;
    if (key === pictured) return;
    pictured = key;
    const found = await originalOf(id, sample, blob);
    if (pictured !== key) return found?.bitmap?.close(); // overtaken
    if (!found) return void (pictured = undefined);
    original.peek()?.bitmap?.close();
    original.value = found;
  };

  /** @param {Want} want @param {AbortSignal} signal */
  async function load(want, signal) {
    const { id, samples, sample, model } = await pick(want, models);
    const alone = !want.crop && !want.edits?.length && !want.shift && want.moment === undefined;
    if (sample && alone && run.peek()?.model !== id) {
      const atlas = await client.atlas(id, sample.name);
      signal.throwIfAborted();
      const first = runOfAtlas(atlas);
      show({ run: first, plain: first, edits: [] }, { id, card: {}, samples, graph: first.graph });
      await drawn(); // what follows must not hold up the first maps
    }
    const input = want.blob ? { blob: want.blob } : { sample: sample?.name ?? "" };
    showOriginal(id, sample, want.blob);
    // The card is waited for only where something is changed that must fit it.
    const fits = alone ? fitting({}, [], {}) : await model.then((m) => fitting(want, /** @type {Layer[]} */ (m.graph), m.card));
    const ask = { id, input, options: { ...(want.crop ? { crop: want.crop } : {}), ...fits.own } };
    const some = Object.keys(fits.changed).length > 0;
    const [own, edited, { card, graph }] = await Promise.all([
      plainRun(ask, signal),
      some ? client.trace(id, input, { ...ask.options, ...fits.changed }, { signal }).then(runOfTrace) : null,
      model,
    ]);
    signal.throwIfAborted();
    asked = ask;
    changed = fits.changed;
    dropped.value = fits.dropped;
    const of = `${id} ${fits.own.moment ?? ""}`;
    show({ run: edited ?? own, plain: own, edits: fits.changed.edits ?? [] },
      { id, card, samples, graph: /** @type {Layer[]} */ (graph) }, of);
    if (learned.peek() && held === of) return;
    const table = await weightsOf(id, fits.own.moment);
    if (asked === ask || (net.peek()?.id === id && asked?.options.moment === fits.own.moment)) {
      held = of;
      learned.value = table;
    }
  }

  /** @param {Want} want */
  const see = async (want) => {
    await request.run(async (signal) => {
      await load(want, signal);
      return true;
    });
  };

  /**
   * Another run of the same picture, for views that compare: without edits and shift unless
   * `options` has them.
   * @param {Record<string, any>} [options] @param {Which} [which] another network or picture
   * @returns {Promise<Run>}
   */
  const trace = async (options = {}, { model, input, signal } = {}) => {
    const base = asked;
    if (!base) throw new Error("Nothing was read yet.");
    const known = plain.peek();
    if (!model && !input && !Object.keys(options).length && known?.exact) return known;
    const id = model ?? base.id;
    const { moment, ...cut } = base.options;
    const own = { ...(input ? {} : cut), ...(moment !== undefined && id === base.id ? { moment } : {}) };
    const picture = input ?? (await inputFor(base, id));
    return runOfTrace(await client.trace(id, picture, { ...own, ...options }, { signal }));
  };

  /** Why the run on show answers as it does. @param {client.Why} query
   *  @param {{signal?: AbortSignal}} [how] */
  const explain = async (query, how = {}) => {
    const base = asked;
    if (!base) throw new Error("Nothing was read yet.");
    return client.explain(base.id, base.input, query, { ...base.options, ...changed }, how);
  };

  /** What the run on show answers, for a script that asks the same; null before the first answer.
   *  @returns {Asked|null} */
  const asking = () => asked && { ...asked, options: { ...asked.options, ...changed } };

  const studyOf = keptStudies();
  return {
    models, net, run, plain, applied, weights, learned, dropped, original, see, studyOf,
    studies: computed(() => (net.value ? studyOf(net.value.id) : null)), trace, explain, asking,
    busy: request.busy, problem: request.problem, retry: request.retry,
  };
}

/**
 * What was measured over the held-out split of each network, asked for when it is first read.
 * @returns {(id: string) => any} null on its way, undefined where none
 */
function keptStudies() {
  /** @type {Map<string, import("@preact/signals-core").Signal<any>>} */
  const found = new Map();
  return (id) => {
    const known = found.get(id);
    if (known) return known.value;
    const fresh = signal(/** @type {any} */ (null));
    found.set(id, fresh);
    client.studies(id).then((value) => (fresh.value = value), () => (fresh.value = undefined));
    return fresh.value;
  };
}
