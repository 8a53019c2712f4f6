/**
 * What the picture room asks the server for, and its answers as runs.
 *
 *     want --pick--> network, sample    want + graph --fitting--> options that fit, what was dropped
 *     atlas, trace -> Run               blob | sample -> the original as a bitmap
 */
import * as client from "gridtime/api/client.js";
import { makeRun } from "gridtime/math/choice.js";
import { fit } from "gridtime/math/edits.js";
import { fromBytes } from "gridtime/math/maps.js";

/** @typedef {import("gridtime/math/choice.js").Run} Run */
/** @typedef {import("gridtime/math/groups.js").Layer} Layer */
/** @typedef {import("gridtime/api/client.js").Sample} Sample */
/** @typedef {import("gridtime/api/client.js").Tensor} Tensor */
/** @typedef {import("gridtime/api/client.js").Input} Input */
/** @typedef {import("./network.js").Want} Want */
/** @typedef {import("./network.js").Asked} Asked */
/** @typedef {import("./network.js").Original} Original */

/**
 * The atlas as a run: bytes become values again, at 8-bit precision.
 * @param {import("gridtime/api/client.js").Atlas} atlas @returns {Run}
 */
export function runOfAtlas({ head, tensors }) {
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

/** An activation that was switched off is still a stage with maps. @param {Layer[]} graph
 *  @param {any[]} [edits] */
function marked(graph, edits = []) {
  const none = new Set(edits.filter((edit) => edit.with === "none").map((edit) => edit.layer));
  return graph.map((node) => none.has(node.name) && node.op === "identity"
    ? { ...node, attributes: { ...node.attributes, replaced: true } } : node);
}

/** @param {import("gridtime/api/client.js").Traced} traced @returns {Run} */
export function runOfTrace({ answer, tensors }) {
  return makeRun({
    model: answer.model, graph: marked(/** @type {Layer[]} */ (answer.graph), answer.options?.edits), tensors,
    predictions: answer.predictions, input: answer.input, familiarity: answer.familiarity,
    exact: true,
  });
}

/** After the next frame; a hidden tab has none. @returns {Promise<void>} */
export function drawn() {
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

/**
 * What of a wish fits the network; the rest is dropped, and said.
 * @param {Want} want @param {Layer[]} graph @param {Record<string, any>} card
 */
export function fitting({ edits = [], shift, moment }, graph, card) {
  const found = fit(graph, edits);
  const steps = /** @type {number[]} */ (card.snapshots?.steps ?? []);
  const known = moment === undefined || steps.includes(moment);
  const one = found.dropped === 1;
  const words = [
    found.dropped ? `${one ? "One" : found.dropped} of the changes ${one ? "does" : "do"} not fit this network and ${one ? "was" : "were"} left out.` : "",
    known ? "" : `There are no weights of training step ${moment} for this network; its final ones run.`,
  ].filter(Boolean).join(" ");
  const moved = shift && (shift[0] || shift[1]) ? { shift } : {};
  return {
    own: known && moment !== undefined ? { moment } : {},
    changed: { ...moved, ...(found.edits.length ? { edits: found.edits } : {}) },
    dropped: words ? { says: words, edits: found.edits, moment: known ? moment : undefined } : null,
  };
}

/** @param {any} a @param {any} b */
export const samePicture = (a, b) => (a.blob ?? a.sample) === (b.blob ?? b.sample);

/** @param {Asked|null} a @param {Asked} b @returns {boolean} the same picture through the same weights */
export function sameAsk(a, b) {
  return a !== null && a.id === b.id && samePicture(a.input, b.input)
    && JSON.stringify(a.options) === JSON.stringify(b.options);
}

/** A sample of one network is a picture like any other to the next. @param {Asked} asked @param {string} id
 *  @returns {Promise<Input>} */
export async function inputFor(asked, id) {
  if (id === asked.id || !("sample" in asked.input)) return asked.input;
  const response = await fetch(client.sampleUrl(asked.id, asked.input.sample));
  return { blob: await response.blob() };
}

/** The weights that ran: at a moment of the training, else the final ones.
 *  @param {string} id @param {number|undefined} moment @returns {Promise<Map<string, Tensor>|null>} */
export const weightsOf = async (id, moment) =>
  moment === undefined ? client.weights(id) : client.weightsAt(id, moment);

/** Tasks with one answer a picture; networks of others have rooms of their own. */
const ONE_ANSWER = ["classification", "regression"];

/**
 * Which network and which sample a wish means; the first of each where it names none.
 * @param {Want} want @param {import("@preact/signals-core").Signal<client.ModelRow[]>} models
 */
export async function pick(want, models) {
  if (!models.peek().length) {
    models.value = (await client.models())
      .filter((row) => row.input === "image" && row.kind === "cnn" && ONE_ANSWER.includes(row.task))
      .sort((a, b) => b.parameters - a.parameters); // the network with most to see comes first
  }
  const rows = models.peek();
  const row = want.model ? rows.find((r) => r.id === want.model) : rows[0];
  if (!row) {
    throw new client.Problem(404, "No such network",
      `No network called “${want.model ?? ""}” reads pictures here. Choose one above.`);
  }
  const model = client.model(row.id);
  model.catch(() => undefined); // awaited later; the trace fails first, and says why
  const samples = await client.samples(row.id);
  const sample = want.blob ? undefined : (samples.find((s) => s.name === want.sample) ?? samples[0]);
  return { id: row.id, samples, sample, model };
}

/**
 * The visitor's picture, or a sample, as it came; null where it could not be had.
 * @param {string} id @param {Sample|undefined} sample @param {Blob|undefined} blob
 * @returns {Promise<Original|null>}
 */
export async function originalOf(id, sample, blob) {
  try {
    const bytes = blob ?? (await (await fetch(client.sampleUrl(id, sample?.name ?? ""))).blob());
    const bitmap = await bitmapOf(bytes);
    return {
      bitmap, width: bitmap?.width ?? 0, height: bitmap?.height ?? 0,
      title: sample?.title ?? "Your picture", credit: sample?.credit ?? "",
      drawing: sample?.drawing ?? false,
    };
  } catch {
    return null; // the trace itself reports trouble with the server
  }
}
