/**
 * One picture and the network that gives each of its pixels a class.
 *
 *     want {model, sample | picture | drawing, crop, edits, layer} -> network (once)
 *       -> trace of what the U shows; with bridges off also the mask of the network as it is
 *       -> read (whole or not at all); another layer's maps when they are asked for
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { parse } from "gridtime/math/edits.js";
import { edits, offOf, topsOf, uOf } from "gridtime/math/unet.js";
import { originalOf } from "gridtime/stores/asking.js";
import { recall } from "gridtime/stores/pictures.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/unet.js").U} U */
/** @typedef {{row: client.ModelRow, card: Record<string, any>, graph: import("gridtime/math/groups.js").Layer[], samples: client.Sample[], u: U}} Net */
/** @typedef {{model?: string, sample?: string, picture?: string, drawing?: Blob, crop?: [number, number, number], edits?: string, layer?: string}} Want */
/** @typedef {{mask: string, classes: string[], share: number[]}} Segments */
/**
 * @typedef {object} Read
 * @property {string} key
 * @property {Net} net
 * @property {string | undefined} sample
 * @property {string[]} off names of the bridges that are switched off
 * @property {client.Answer} answer
 * @property {Segments} found
 * @property {Map<string, client.Tensor>} tensors
 * @property {client.Tensor} plain the mask of the network as it is
 * @property {import("gridtime/stores/network.js").Original | null} original
 */
/** @typedef {ReturnType<typeof createMasks>} Masks */

const GONE = "This link's picture stayed in another browser. Here is a sample instead.";
const ANSWER = ["logits", "probabilities", "mask"];

/** @returns {Promise<Net[]>} networks that give each pixel a class; that with fewest classes first */
async function load() {
  const rows = (await client.models()).filter(({ task }) => task === "segmentation");
  const nets = await Promise.all(
    rows.map(async (row) => {
      const [{ card, graph }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
      const layers = /** @type {any[]} */ (graph);
      return { row, card, graph: layers, samples, u: uOf(layers) };
    }),
  );
  if (!nets.length) throw new client.Problem(404, "No such network", "No network here gives each pixel a class.");
  return nets.sort((a, b) => a.card.classes.length - b.card.classes.length);
}

/** @param {client.Answer} answer */
const foundIn = ({ predictions }) => /** @type {Segments} */ (/** @type {unknown} */ (predictions[0]));

export function createMasks() {
  const nets = signal(/** @type {Net[]} */ ([]));
  const read = signal(/** @type {Read | null} */ (null));
  const notice = signal("");
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  /** @type {{of: string, mask: client.Tensor} | null} the last answer without switches */
  let plain = null;
  /** @type {{name: string, original: Read["original"]} | null} */
  let shown = null;
  /** @type {WeakMap<Blob, number>} each drawing's number */
  const drawn = new WeakMap();
  let count = 0;

  /** @param {Want} want @param {Net} net @returns {Promise<{input: client.Input, name: string, sample?: client.Sample, blob?: Blob}>} */
  async function inputOf({ drawing, picture, sample }, net) {
    const blob = drawing ?? (picture ? await recall(picture) : null) ?? undefined;
    notice.value = picture && !blob ? GONE : "";
    if (drawing && !drawn.has(drawing)) drawn.set(drawing, (count += 1));
    if (blob) return { input: { blob }, name: drawing ? `drawing ${drawn.get(drawing)}` : `picture ${picture}`, blob };
    const found = net.samples.find(({ name }) => name === sample) ?? net.samples[0];
    if (!found) throw new client.Problem(422, "Nothing to read", "Nothing to read yet. Upload a picture.");
    return { input: { sample: found.name }, name: `${net.row.id} ${found.name}`, sample: found };
  }

  /** @param {Want} want @param {AbortSignal} stop @returns {Promise<void>} */
  async function ask(want, stop) {
    if (!nets.peek().length) nets.value = await load();
    const all = nets.peek();
    const net = want.model ? all.find(({ row }) => row.id === want.model) : all[0];
    if (!net) throw new client.Problem(404, "No such network", `No network called “${want.model}” gives pixels a class here. Choose one above.`);
    const { input, name, sample, blob } = await inputOf(want, net);
    const off = offOf(/** @type {any} */ (parse(want.edits)), net.u.bridges);
    const of = JSON.stringify([net.row.id, name, want.crop]);
    const key = JSON.stringify([of, off]);
    const crop = want.crop ? { crop: want.crop } : {};
    const options = off.length ? { ...crop, edits: edits(off) } : crop;
    const how = { signal: stop };
    if (read.peek()?.key !== key) {
      const layers = ["input", ...topsOf(net.u), ...ANSWER];
      const before = plain?.of === of ? plain.mask : null;
      const [traced, unswitched, original] = await Promise.all([
        client.trace(net.row.id, input, options, { ...how, layers }),
        off.length && !before ? client.trace(net.row.id, input, crop, { ...how, layers: ["mask"] }) : null,
        shown?.name === name ? shown.original : originalOf(net.row.id, sample, blob),
      ]);
      stop.throwIfAborted();
      const mask = unswitched?.tensors.get("mask") ?? (off.length ? before : null) ?? traced.tensors.get("mask");
      plain = { of, mask: /** @type {client.Tensor} */ (mask) };
      shown = { name, original };
      read.value = { key, net, sample: sample?.name, off, answer: traced.answer, found: foundIn(traced.answer), tensors: traced.tensors, plain: plain.mask, original };
    }
    const now = /** @type {Read} */ (read.peek());
    const layer = net.graph.find((one) => one.name === want.layer && one.output_shape.length === 3);
    if (!layer || now.tensors.has(layer.name)) return;
    const more = await client.trace(net.row.id, input, options, { ...how, layers: [layer.name] });
    stop.throwIfAborted();
    read.value = { ...now, tensors: new Map([...now.tensors, ...more.tensors]) };
  }

  /** A moving pen or cut: its newest place each time. */
  const want = latest((/** @type {Want} */ wish) =>
    request.run(async (stop) => {
      await ask(wish, stop);
      return true;
    }),
  );

  return { nets, read, notice, want, busy: request.busy, problem: request.problem, retry: request.retry };
}
