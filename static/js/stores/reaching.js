/**
 * How far each network's answer moves with every word of a sentence, or row of a digit.
 *
 *   want {sample | text, at, layer, label} -> reach of all networks of this input -> found
 *     at: the answer after that word, as if the sentence ended there; layer: of the network that
 *     reads windows one cell at that word, in place of its answer
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { isRecurrent } from "gridtime/math/waiting.js";
import { readsWindows } from "gridtime/math/windows.js";
import { pictureNets, textNets } from "gridtime/stores/ordering.js";
import { recall } from "gridtime/stores/pictures.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/stores/tworeaders.js").Net} Net */
/**
 * @typedef {object} Reached
 * @property {string} key
 * @property {boolean} picture
 * @property {string} text
 * @property {string | undefined} sample
 * @property {string[]} words all of them; of a picture the rows' numbers
 * @property {number} at
 * @property {string} label
 * @property {string | undefined} layer whose cell it is, of the network that reads windows
 * @property {string[]} classes
 * @property {client.Answer} answer of the first network to the whole input
 * @property {{net: Net, answer: client.ReachAnswer}[]} rows
 */
/** @typedef {{picture: boolean, kept?: string, sample?: string, text?: string, at?: number, layer?: string, label?: string}} Want kept: the key of an uploaded picture */
/** @typedef {ReturnType<typeof createReaching>} Reaching */

/** Whether a network can be asked: it reads at once, or from first to last. @param {Net} net */
const oneWay = ({ graph }) => !graph.some(({ attributes }) => attributes.bidirectional);

export function createReaching() {
  const texts = signal(/** @type {Net[] | null} */ (null));
  const pictures = signal(/** @type {Net[] | null} */ (null));
  const found = signal(/** @type {Reached | null} */ (null));
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  /** What the first network says to the whole input. @type {{key: string, answer: client.Answer} | null} */
  let whole = null;

  /** @param {Want} want @returns {Promise<{nets: Net[], input: client.Input, name: string, text: string, sample?: string}>} */
  async function source({ picture, kept, sample, text }) {
    if (picture) {
      const nets = (pictures.value ??= await pictureNets());
      const blob = kept ? await recall(kept) : null;
      if (blob) return { nets, input: { blob }, name: `picture ${kept}`, text: "" };
      const one = nets[0].samples.find(({ name }) => name === sample) ?? nets[0].samples[0];
      return { nets, input: { sample: one.name }, name: `sample ${one.name}`, text: "", sample: one.name };
    }
    const nets = (texts.value ??= (await textNets()).filter(oneWay));
    const words = text ?? (nets[0].samples.find(({ name }) => name === sample) ?? nets[0].samples[0])?.text ?? "";
    return { nets, input: { text: words }, name: `text ${words}`, text: words };
  }

  /** @param {Net} net @param {client.Input} input @param {Reached} of @param {number} last @param {AbortSignal} stop */
  function asked({ row, graph }, input, { at, label, layer }, last, stop) {
    const how = { signal: stop };
    if (layer && readsWindows(graph)) return client.reach(row.id, input, { layer, at }, {}, how);
    const steps = graph.some(isRecurrent) || readsWindows(graph);
    // Of a picture that is read at once the rows so far are shown, and read anew.
    const options = !steps && at < last ? { show: { rows: at + 1 } } : {};
    return client.reach(row.id, input, { class: label, ...(steps ? { at } : {}) }, options, how);
  }

  /** @param {Want} want @param {AbortSignal} stop */
  async function read(want, stop) {
    const { nets, input, name, text, sample } = await source(want);
    if ("text" in input && !input.text.trim()) return;
    if (whole?.key !== name) whole = { key: name, answer: await client.predict(nets[0].row.id, input, {}, { signal: stop }) };
    const { predictions, tokens = [] } = whole.answer;
    const size = nets[0].card.preprocessing.size;
    const words = want.picture ? Array.from({ length: size }, (_, k) => String(k + 1)) : tokens.map((token) => token.text);
    const at = Math.max(0, Math.min(words.length - 1, want.at ?? words.length - 1));
    const label = nets[0].card.classes.includes(want.label) ? String(want.label) : predictions[0].label;
    const layer = want.picture ? undefined : want.layer;
    const key = JSON.stringify([name, at, label, layer]);
    if (found.peek()?.key === key) return;
    const next = { key, picture: want.picture, text, sample, words, at, label, layer, classes: nets[0].card.classes, answer: whole.answer, rows: [] };
    const answers = await Promise.all(nets.map((net) => asked(net, input, next, words.length - 1, stop)));
    stop.throwIfAborted();
    found.value = { ...next, rows: nets.map((net, k) => ({ net, answer: answers[k] })) };
  }

  const want = latest((/** @type {Want} */ wish) => request.run(async (stop) => (await read(wish, stop), /** @type {const} */ (true))));
  return { texts, pictures, found, want, busy: request.busy, problem: request.problem, retry: request.retry };
}
