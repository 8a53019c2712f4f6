/**
 * One picture, two networks: one reads it at once, the other row by row.
 *
 *   want {model, sample | picture | drawing, changes, rows}
 *     -> networks: readers of rows, and the one of the same classes that reads at once   (once)
 *     -> pair: beliefs of both after every number of rows, with and without the changes,
 *              the reader's states, the maps of the whole picture      (whole or not at all)
 *     -> maps: those of the picture's first rows, for every place of the slider
 *
 * For the reader another number of rows asks nothing: its states of all rows are here.
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { curveOf, disturbedOf, nameOf, optionsOf } from "gridtime/math/tworeaders.js";
import { isRecurrent } from "gridtime/math/waiting.js";
import { recall } from "gridtime/stores/pictures.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/tworeaders.js").Curve} Curve */
/** @typedef {Map<string, client.Tensor>} Tensors */
/** @typedef {{row: client.ModelRow, name: string, card: Record<string, any>, graph: client.Model["graph"], samples: client.Sample[]}} Net */
/** @typedef {{lines: Net[], atOnce: Net}} Networks */
/** @typedef {{key: string, rows: number, tensors: Tensors}} Maps */
/**
 * @typedef {object} Pair
 * @property {string} key what was read
 * @property {Net} line the reader of rows
 * @property {Net} atOnce
 * @property {number} size rows of the picture
 * @property {string[]} classes
 * @property {Record<"line" | "atOnce", Curve>} now
 * @property {Record<"line" | "atOnce", Curve>} plain the picture without changes
 * @property {Tensors} states of the reader, [rows, units]
 * @property {Maps} whole the maps of all rows
 * @property {string[]} done what was done to the picture, said
 * @property {string | undefined} sample
 * @property {boolean} changed whether the picture was
 * @property {Record<"line" | "atOnce", client.Familiarity | null | undefined>} judged how usual such a picture is, as it was read
 */
/** @typedef {{model?: string, sample?: string, picture?: string, drawing?: Blob, changes: Record<string, any>, rows?: number}} Want changes: the address's; rows: none is all */
/** @typedef {ReturnType<typeof createTwoReaders>} TwoReaders */

/** What a visitor meets first. */
const ORDER = ["lstm", "gru", "rnn"];

const ELSEWHERE = "This link's picture stayed in another browser. Pick it again, or a sample.";

/** @param {client.ModelRow} row @returns {Promise<Net>} */
async function netOf(row) {
  const [{ card, graph }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
  return { row, name: nameOf(row.kind), card, graph, samples };
}

/** Readers of rows, and the first network of their classes that reads a picture at once. @returns {Promise<Networks>} */
async function networks() {
  const rows = (await client.models()).filter(({ input, task }) => input === "image" && task === "classification");
  const all = await Promise.all(rows.map(netOf));
  const found = all.filter(({ graph }) => graph.some(isRecurrent));
  const atOnce = all.find(({ graph, card }) => !graph.some(isRecurrent) && String(card.classes) === String(found[0]?.card.classes));
  if (!atOnce) throw new client.Problem(404, "No pair", "No two networks here read the same pictures, one at once and one row by row.");
  const lines = found.filter(({ card }) => String(card.classes) === String(atOnce.card.classes));
  return { lines: lines.sort((a, b) => ORDER.indexOf(a.row.kind) - ORDER.indexOf(b.row.kind)), atOnce };
}

/** What a reader believes before any row: its state held at zero. @param {Net} net @param {client.Input} input @param {AbortSignal} stop */
async function nothingRead({ row, graph }, input, stop) {
  const layer = graph.findLast(isRecurrent);
  const edits = [{ op: "clamp", tensor: `${layer?.name}.l${(layer?.attributes.num_layers ?? 1) - 1}.h`, step: null, unit: null, value: 0 }];
  const { predictions } = await client.predict(row.id, input, { edits, show: { rows: 1 } }, { signal: stop });
  return predictions;
}

/** @param {client.Answer} answer */
const predictionsOf = ({ steps = [] }) => steps.map(({ predictions }) => predictions);

/** @param {client.Input} input @param {Record<string, any>} options @param {Net} net @param {client.Prediction[]} start @param {AbortSignal} stop */
async function inLine(input, options, net, start, stop) {
  const { answer, tensors } = await client.trace(net.row.id, input, options, { signal: stop });
  return { answer, tensors, curve: curveOf(net.card.classes, [start, ...predictionsOf(answer)]) };
}

/** The same picture with each number of rows. @param {client.Input} input @param {Record<string, any>} options @param {Net} net @param {AbortSignal} stop */
async function atOnce(input, options, net, stop) {
  const { answer, tensors } = await client.trace(net.row.id, input, { ...options, show: { ...options.show, each: true } }, { signal: stop });
  return { answer, tensors, curve: curveOf(net.card.classes, predictionsOf(answer)) };
}

/** What of the address fits the picture, as options. @param {Want} want @param {Net} net */
const changesOf = ({ changes }, { card }) => optionsOf(disturbedOf(changes, card.preprocessing.size));

export function createTwoReaders() {
  const nets = signal(/** @type {Networks | null} */ (null));
  const pair = signal(/** @type {Pair | null} */ (null));
  const maps = signal(/** @type {Maps | null} */ (null));
  const notice = signal("");
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  /** What a reader believes with nothing read; no picture changes it. @type {Map<string, client.Prediction[]>} */
  const starts = new Map();
  /** The last picture read without changes. @type {{key: string, curves: Pair["plain"]} | null} */
  let plain = null;
  /** @type {client.Input} */
  let asked = { sample: "" };

  /** @param {Want} want @param {Net} net @returns {Promise<{input: client.Input, name: string, sample?: string}>} */
  async function inputOf({ drawing, picture, sample }, net) {
    const blob = drawing ?? (picture ? await recall(picture) : null);
    notice.value = picture && !blob ? ELSEWHERE : "";
    if (blob) return { input: { blob }, name: drawing ? `drawing ${sheets(drawing)}` : `picture ${picture}` };
    const found = net.samples.find(({ name }) => name === sample) ?? net.samples[0];
    if (!found) throw new client.Problem(422, "Nothing to read", "Nothing to read yet. Draw a digit or upload a picture.");
    return { input: { sample: found.name }, name: `sample ${found.name}`, sample: found.name };
  }

  /** @type {WeakMap<Blob, number>} each drawing's number */
  const drawn = new WeakMap();
  let count = 0;
  /** @param {Blob} blob */
  const sheets = (blob) => (drawn.has(blob) || drawn.set(blob, (count += 1)), drawn.get(blob));

  /** @param {Want} want @param {AbortSignal} stop */
  async function read(want, stop) {
    nets.value ??= await networks();
    const { lines, atOnce: grid } = nets.value;
    const line = lines.find(({ row }) => row.id === want.model) ?? lines[0];
    const options = changesOf(want, grid);
    const { input, name, sample } = await inputOf(want, grid);
    const of = `${line.row.id} ${name}`;
    const key = `${of} ${JSON.stringify(options)}`;
    if (pair.peek()?.key === key) return;
    const changed = Object.keys(options).length > 0;
    const start = starts.get(line.row.id) ?? (await nothingRead(line, input, stop));
    starts.set(line.row.id, start);
    const both = (/** @type {Record<string, any>} */ chosen) => Promise.all([inLine(input, chosen, line, start, stop), atOnce(input, chosen, grid, stop)]);
    const before = plain?.key === of ? plain.curves : null;
    const [[lined, gridded], unchanged] = await Promise.all([both(options), changed && !before ? both({}) : null]);
    const now = { line: lined.curve, atOnce: gridded.curve };
    const curves = unchanged ? { line: unchanged[0].curve, atOnce: unchanged[1].curve } : changed && before ? before : now;
    stop.throwIfAborted();
    plain = { key: of, curves };
    asked = input;
    pair.value = {
      key, line, atOnce: grid, size: now.atOnce.rows, classes: grid.card.classes, now, plain: curves, sample, changed,
      states: lined.tensors, whole: { key, rows: now.atOnce.rows, tensors: gridded.tensors },
      judged: { line: lined.answer.familiarity, atOnce: gridded.answer.familiarity },
      done: gridded.answer.input.steps.map((/** @type {{text: string}} */ { text }) => text),
    }; // prettier-ignore
  }

  /** The maps of the first rows. @param {Want} want @param {AbortSignal} stop */
  async function readMaps(want, stop) {
    const { rows } = want;
    const now = /** @type {Pair} */ (pair.peek());
    const shown = Math.max(0, Math.min(now.size, rows ?? now.size));
    if (shown === now.size) return void (maps.value = now.whole);
    if (maps.peek()?.key === now.key && maps.peek()?.rows === shown) return;
    const { show, ...options } = changesOf(want, now.atOnce);
    const { tensors } = await client.trace(now.atOnce.row.id, asked, { ...options, show: { ...show, rows: shown } }, { signal: stop });
    maps.value = { key: now.key, rows: shown, tensors };
  }

  /** A moving slider or pen: its newest place each time. */
  const want = latest((/** @type {Want} */ wish) =>
    request.run(async (stop) => {
      await read(wish, stop);
      await readMaps(wish, stop);
      return true;
    }),
  );

  return { nets, pair, maps, notice, want, busy: request.busy, problem: request.problem, retry: request.retry };
}
