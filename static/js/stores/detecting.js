/**
 * One picture and the network that finds things in it.
 *
 *     want {model, sample | picture | drawing} -> networks, samples -> trace of the layers that share
 *       the last one's grid -> seen (whole or not at all): every cell decoded here
 *
 * Thresholds change nothing of what the network computed: the view applies them itself.
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { cellsOf } from "gridtime/math/boxes.js";
import { recall } from "gridtime/stores/pictures.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {{row: client.ModelRow, card: Record<string, any>, graph: client.Node[], samples: client.Sample[]}} Net */
/** @typedef {{model?: string, sample?: string, picture?: string, drawing?: Blob}} Want picture: key of one in this browser */
/**
 * @typedef {object} Seen
 * @property {string} key
 * @property {Net} net
 * @property {string} [sample]
 * @property {client.Answer} answer
 * @property {Map<string, client.Tensor>} tensors
 * @property {ImageBitmap | null} bitmap the picture as it came; null where only the server reads it
 * @property {number} size px of the network's picture
 * @property {number} stride
 * @property {number} rows
 * @property {number} columns
 * @property {import("gridtime/math/boxes.js").Cell[]} cells
 * @property {Map<string, client.Tensor>} weights
 */
/** @typedef {ReturnType<typeof createDetecting>} Detecting */

const ELSEWHERE = "This link's picture stayed in another browser. Pick it again, or a sample.";

/** @param {client.ModelRow} row @returns {Promise<Net>} */
async function netOf(row) {
  const [{ card, graph }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
  return { row, card, graph, samples };
}

/** Layers whose maps have the last one's grid, without those that a next layer only bends (ReLU). @param {client.Node[]} graph */
export function gridLayers(graph) {
  const last = graph[graph.length - 1];
  const grid = String(last.output_shape.slice(1));
  const same = graph.filter(({ output_shape: shape }) => shape.length === 3 && String(shape.slice(1)) === grid);
  return same.filter(({ name, op }) => name === last.name || op !== "conv2d").map(({ name }) => name);
}

/** @param {Blob} blob */
const bitmapOf = (blob) => createImageBitmap(blob).catch(() => null);

export function createDetecting() {
  const rows = signal(/** @type {client.ModelRow[]} */ ([]));
  const seen = signal(/** @type {Seen | null} */ (null));
  const notice = signal("");
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  /** @type {WeakMap<Blob, number>} each drawing's number */
  const drawn = new WeakMap();
  let count = 0;

  /** @param {string | undefined} model */
  async function pick(model) {
    if (!rows.peek().length) rows.value = (await client.models()).filter(({ task }) => task === "detection").sort((a, b) => a.parameters - b.parameters);
    const row = model === undefined ? rows.peek()[0] : rows.peek().find(({ id }) => id === model);
    if (!row) throw new client.Problem(404, "No such network", "No network of that name finds things in pictures here. Open the page without it.");
    return netOf(row);
  }

  /** @param {Want} want @param {Net} net @returns {Promise<{input: client.Input, blob: Blob, name: string, sample?: string}>} */
  async function inputOf({ drawing, picture, sample }, net) {
    const blob = drawing ?? (picture ? await recall(picture) : null);
    notice.value = picture && !blob ? ELSEWHERE : "";
    if (blob) {
      if (drawing && !drawn.has(drawing)) drawn.set(drawing, (count += 1));
      return { input: { blob }, blob, name: drawing ? `drawing ${drawn.get(drawing)}` : `picture ${picture}` };
    }
    const found = net.samples.find(({ name }) => name === sample) ?? net.samples[0];
    if (!found) throw new client.Problem(422, "Nothing to see", "Nothing to see yet. Draw on the board or upload a picture.");
    return { input: { sample: found.name }, blob: await client.sampleBlob(net.row.id, found.name), name: `sample ${found.name}`, sample: found.name };
  }

  /** @param {Want} want @param {AbortSignal} stop */
  async function read(want, stop) {
    const net = await pick(want.model);
    const { input, blob, name, sample } = await inputOf(want, net);
    const key = `${net.row.id} ${name}`;
    if (seen.peek()?.key === key) return;
    const [{ answer, tensors }, bitmap, weights] = await Promise.all([
      client.trace(net.row.id, input, {}, { signal: stop, layers: ["input", ...gridLayers(net.graph)] }),
      bitmapOf(blob),
      client.weights(net.row.id),
    ]);
    stop.throwIfAborted();
    const maps = /** @type {client.Tensor} */ (tensors.get("logits"));
    const [, height, width] = maps.shape;
    const { size } = net.card.preprocessing;
    seen.peek()?.bitmap?.close();
    seen.value = { key, net, sample, answer, tensors, bitmap, size, stride: size / width, rows: height, columns: width, cells: cellsOf(maps, size), weights };
  }

  /** A pen or a camera: its newest picture each time. */
  const want = latest((/** @type {Want} */ wish) =>
    request.run(async (stop) => {
      await read(wish, stop);
      return true;
    }),
  );

  return { rows, seen, notice, want, busy: request.busy, problem: request.problem, retry: request.retry };
}
