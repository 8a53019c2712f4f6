/**
 * The picture room's data as signals.
 *
 *   want {model, sample | blob, crop}
 *     -> models -> samples ─> atlas  (8-bit, shipped samples only) -> run {exact: false}
 *               └> card    └> trace  (float32)                     -> run {exact: true}
 *                                                                  -> weights (once a network)
 *
 * `run` keeps the last answer until the new one is whole; a newer wish overtakes an older one.
 */
import { batch, signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { makeRun } from "gridtime/math/choice.js";
import { fromBytes } from "gridtime/math/maps.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/choice.js").Run} Run */
/** @typedef {import("gridtime/math/groups.js").Layer} Layer */
/** @typedef {import("gridtime/api/client.js").Sample} Sample */
/** @typedef {import("gridtime/api/client.js").Tensor} Tensor */
/** @typedef {{id: string, card: Record<string, any>, samples: Sample[]}} Net */
/** @typedef {{bitmap: ImageBitmap|null, width: number, height: number, title: string, credit: string,
 *   drawing: boolean}} Original */
/** @typedef {{model?: string, sample?: string, blob?: Blob, crop?: [number, number, number]}} Want */
/** @typedef {ReturnType<typeof createNetwork>} Network */

/**
 * The atlas as a run: bytes become values again, at 8-bit precision.
 * @param {import("gridtime/api/client.js").Atlas} atlas @returns {Run}
 */
function runOfAtlas({ head, tensors }) {
  /** @type {Map<string, Tensor>} */
  const values = new Map();
  for (const [name, tensor] of tensors) {
    const limits = head.limits[name];
    const bytes = tensor.data instanceof Uint8Array && limits && name !== "input";
    values.set(name, bytes
      ? { shape: tensor.shape, data: fromBytes(/** @type {Uint8Array} */ (tensor.data), limits) }
      : tensor);
  }
  const graph = /** @type {Layer[]} */ (head.graph);
  return makeRun({
    model: head.model, graph, tensors: values, predictions: head.predictions, input: head.input,
    familiarity: /** @type {any} */ (head).familiarity, exact: false, sha256: head.sha256,
  });
}

/** @param {import("gridtime/api/client.js").Traced} traced @returns {Run} */
function runOfTrace({ answer, tensors }) {
  return makeRun({
    model: answer.model, graph: /** @type {Layer[]} */ (answer.graph), tensors,
    predictions: answer.predictions, input: answer.input, familiarity: answer.familiarity,
    exact: true,
  });
}

/** After the next frame; a hidden tab has none. @returns {Promise<void>} */
function drawn() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
    setTimeout(resolve, 50);
  });
}

/**
 * The visitor's picture as the browser sees it; null where it cannot decode what the server can.
 * @param {Blob} blob
 */
async function bitmapOf(blob) {
  try {
    return await createImageBitmap(blob);
  } catch {
    return null;
  }
}

/** @returns {{models: import("@preact/signals-core").Signal<client.ModelRow[]>,
 *   net: import("@preact/signals-core").Signal<Net|null>,
 *   run: import("@preact/signals-core").Signal<Run|null>,
 *   weights: import("@preact/signals-core").Signal<Map<string, Tensor>|null>,
 *   original: import("@preact/signals-core").Signal<Original|null>,
 *   busy: import("@preact/signals-core").Signal<boolean>,
 *   problem: import("@preact/signals-core").Signal<Error|null>,
 *   retry: () => void, see: (want: Want) => Promise<void>}} */
export function createNetwork() {
  const models = signal(/** @type {client.ModelRow[]} */ ([]));
  const net = signal(/** @type {Net|null} */ (null));
  const run = signal(/** @type {Run|null} */ (null));
  const weights = signal(/** @type {Map<string, Tensor>|null} */ (null));
  const original = signal(/** @type {Original|null} */ (null));
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());

  /** @param {Run} next @param {Net} with_ */
  const show = (next, with_) => batch(() => {
    if (net.peek()?.id !== with_.id) weights.value = null;
    net.value = with_;
    run.value = next;
  });

  /** @param {Want} want @param {AbortSignal} signal */
  async function load(want, signal) {
    const { id, samples, sample, card } = await pick(want, models);
    const loaded = card.then((c) => ({ id, card: c, samples }));
    if (sample && !want.crop && run.peek()?.model !== id) {
      const atlas = await client.atlas(id, sample.name);
      signal.throwIfAborted();
      show(runOfAtlas(atlas), { id, card: {}, samples });
      await drawn(); // what follows must not hold up the first maps
    }
    showOriginal(id, sample, want.blob, original, signal);
    const input = want.blob ? { blob: want.blob } : { sample: sample?.name ?? "" };
    const traced = await client.trace(id, input, want.crop ? { crop: want.crop } : {}, { signal });
    show(runOfTrace(traced), await loaded);
    if (weights.peek()) return;
    const table = await client.weights(id);
    if (net.peek()?.id === id) weights.value = table;
  }

  /** @param {Want} want */
  const see = async (want) => {
    await request.run(async (signal) => {
      await load(want, signal);
      return true;
    });
  };
  return {
    models, net, run, weights, original, see, busy: request.busy, problem: request.problem,
    retry: request.retry,
  };
}

/**
 * Which network and which sample a wish means; the first of each where it names none.
 * @param {Want} want @param {import("@preact/signals-core").Signal<client.ModelRow[]>} models
 */
async function pick(want, models) {
  if (!models.peek().length) {
    models.value = (await client.models())
      .filter((row) => row.input === "image" && row.kind === "cnn")
      .sort((a, b) => b.parameters - a.parameters); // the network with most to see comes first
  }
  const rows = models.peek();
  const row = want.model ? rows.find((r) => r.id === want.model) : rows[0];
  if (!row) {
    throw new client.Problem(404, "No such network",
      `No network called “${want.model ?? ""}” reads pictures here. Choose one above.`);
  }
  const card = client.model(row.id).then((model) => model.card);
  card.catch(() => undefined); // awaited later; the trace fails first, and says why
  const samples = await client.samples(row.id);
  const sample = want.blob ? undefined : (samples.find((s) => s.name === want.sample) ?? samples[0]);
  return { id: row.id, samples, sample, card };
}

/**
 * @param {string} id @param {Sample|undefined} sample @param {Blob|undefined} blob
 * @param {import("@preact/signals-core").Signal<Original|null>} original @param {AbortSignal} signal
 */
async function showOriginal(id, sample, blob, original, signal) {
  try {
    const bytes = blob ?? (await (await fetch(client.sampleUrl(id, sample?.name ?? ""), { signal })).blob());
    const bitmap = await bitmapOf(bytes);
    if (signal.aborted) return bitmap?.close();
    original.peek()?.bitmap?.close();
    original.value = {
      bitmap, width: bitmap?.width ?? 0, height: bitmap?.height ?? 0,
      title: sample?.title ?? "Your picture", credit: sample?.credit ?? "",
      drawing: sample?.drawing ?? false,
    };
  } catch {
    // The trace itself reports trouble with the server; without it the picture is only missing.
  }
}
