/**
 * One input in its order and in another, read by every network of its kind.
 *
 *   wantText {sample | text, change, seed, pair} -> words -> math/order -> words in another order
 *                                                -> both predicted by all -> sentence
 *   wantPicture {sample | picture | drawing, change, seed} -> the API's option `order` -> picture
 *   wantHeld() -> the figures of the study, once
 *
 * An input is read in its order once, however often its order is changed.
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { PICTURE_CHANGES, inOrder, optionOf, reorder } from "gridtime/math/order.js";
import { nameOf } from "gridtime/math/tworeaders.js";
import { isRecurrent } from "gridtime/math/waiting.js";
import { readsWindows } from "gridtime/math/windows.js";
import { recall } from "gridtime/stores/pictures.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/stores/tworeaders.js").Net} Net */
/** @typedef {import("gridtime/math/held.js").Ordered} Ordered */
/** @typedef {{net: Net, before: Record<string, number>, after: Record<string, number> | null, judged: client.Familiarity | null}} Read class -> share; after: none where nothing could be changed; judged: how usual what was read last is */
/**
 * @typedef {object} OrderedText
 * @property {string} key
 * @property {string} text
 * @property {string[]} words
 * @property {boolean[]} known
 * @property {client.Answer} answer of the first network to the sentence in its order
 * @property {number[] | null} places where each word came from
 * @property {string} why a change could not be made
 * @property {string[]} classes
 * @property {Read[]} reads
 */
/**
 * @typedef {object} OrderedPicture
 * @property {string} key
 * @property {string | undefined} sample
 * @property {number} size
 * @property {[client.Tensor, client.Tensor]} seen before and after, [C, H, W] as the network saw it
 * @property {Record<string, any>} preprocessing
 * @property {string} done what was done, said
 * @property {string[]} classes
 * @property {Read[]} reads
 */
/** @typedef {{sample?: string, text?: string, change: string, seed: number, pair?: [number, number]}} WantText */
/** @typedef {{sample?: string, picture?: string, drawing?: Blob, change: string, seed: number}} WantPicture */
/** @typedef {ReturnType<typeof createOrdering>} Ordering */

/** After the one that reads at once. */
const FIRST = ["cnn", "lstm", "gru", "rnn"];
const ELSEWHERE = "This link's picture stayed in another browser. Pick it again, or a sample.";

/** A reader that goes both ways is called so. @param {client.ModelRow} row @param {client.Model["graph"]} graph */
const calledOf = ({ kind }, graph) => `${nameOf(kind)}${graph.some(({ attributes }) => attributes.bidirectional) ? ", both ways" : ""}`;

/** @param {client.ModelRow} row @returns {Promise<Net>} */
async function netOf(row) {
  const [{ card, graph }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
  return { row, name: calledOf(row, graph), card, graph, samples };
}

/** Every network of one input whose classes are those of the one that `leads`, that one first.
 *  @param {"text" | "image"} input @param {(net: Net, all: Net[]) => boolean} leads @returns {Promise<Net[]>} */
export async function alike(input, leads) {
  const rows = (await client.models()).filter((row) => row.input === input && row.task === "classification");
  const all = await Promise.all(rows.map(netOf));
  const lead = all.find((net) => leads(net, all));
  if (!lead) throw new client.Problem(404, "No networks", "No networks here read the same input, one at once and one in line.");
  const place = (/** @type {Net} */ net) => (net === lead ? -1 : FIRST.indexOf(net.row.kind) + (net.name.includes(",") ? FIRST.length : 0));
  return all.filter(({ card }) => String(card.classes) === String(lead.card.classes)).sort((a, b) => place(a) - place(b));
}

/** @param {Net} net */
const inLine = ({ graph }) => graph.some(isRecurrent);
/** The readers of sentences. */
export const textNets = () => alike("text", ({ graph }) => readsWindows(graph));
/** The readers of digits: one at once, of classes that readers of rows have, too. */
export const pictureNets = () =>
  alike("image", (net, all) => !inLine(net) && all.some((other) => inLine(other) && String(other.card.classes) === String(net.card.classes)));

/** @param {client.Answer} answer @returns {Record<string, number>} */
const sharesOf = ({ predictions }) => Object.fromEntries(predictions.map(({ label, probability }) => [label, probability]));

/** @param {Net[]} nets @param {client.Input} input @param {Record<string, any>} options @param {AbortSignal} stop */
const asked = (nets, input, options, stop) => Promise.all(nets.map(({ row }) => client.predict(row.id, input, options, { signal: stop })));

export function createOrdering() {
  const texts = signal(/** @type {Net[] | null} */ (null));
  const pictures = signal(/** @type {Net[] | null} */ (null));
  const sentence = signal(/** @type {OrderedText | null} */ (null));
  const picture = signal(/** @type {OrderedPicture | null} */ (null));
  const notice = signal("");
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const figures = /** @type {import("gridtime/stores/request.js").Request<Ordered>} */ (createRequest());
  /** The last input as it was. @type {{key: string, answers: client.Answer[]} | null} */
  let plain = null;
  /** @type {WeakMap<Blob, number>} each drawing's number */
  const drawn = new WeakMap();
  let count = 0;

  /** In its order: not asked twice. @param {string} key @param {Net[]} nets @param {client.Input} input @param {AbortSignal} stop */
  async function before(key, nets, input, stop) {
    if (plain?.key !== key) plain = { key, answers: await asked(nets, input, {}, stop) };
    return plain.answers;
  }

  /** @param {WantText} want @param {AbortSignal} stop */
  async function readText({ sample, text, change, seed, pair }, stop) {
    texts.value ??= await textNets();
    const nets = texts.value;
    const whole = text ?? (nets[0].samples.find(({ name }) => name === sample) ?? nets[0].samples[0])?.text ?? "";
    const key = JSON.stringify([whole, change, seed, pair]);
    if (!whole.trim() || sentence.peek()?.key === key) return;
    const answers = await before(`text ${whole}`, nets, { text: whole }, stop);
    const tokens = answers[0].tokens ?? [];
    const words = tokens.map((token) => token.text);
    const { places, why = "" } = reorder(words, change, { seed, pair });
    const after = places && (await asked(nets, { text: inOrder(words, places).join(" ") }, {}, stop));
    stop.throwIfAborted();
    sentence.value = {
      key, text: whole, words, known: tokens.map(({ known }) => known), answer: answers[0], places, why, classes: nets[0].card.classes,
      reads: nets.map((net, k) => ({ net, before: sharesOf(answers[k]), after: after && sharesOf(after[k]), judged: (after ?? answers)[k].familiarity })),
    }; // prettier-ignore
  }

  /** @param {WantPicture} want @param {Net} net @returns {Promise<{input: client.Input, name: string, sample?: string}>} */
  async function inputOf({ drawing, picture: kept, sample }, net) {
    const blob = drawing ?? (kept ? await recall(kept) : null);
    notice.value = kept && !blob ? ELSEWHERE : "";
    if (drawing && !drawn.has(drawing)) drawn.set(drawing, (count += 1));
    if (blob) return { input: { blob }, name: drawing ? `drawing ${drawn.get(drawing)}` : `picture ${kept}` };
    const found = net.samples.find(({ name }) => name === sample) ?? net.samples[0];
    if (!found) throw new client.Problem(422, "Nothing to read", "Nothing to read yet. Draw a digit or upload a picture.");
    return { input: { sample: found.name }, name: `sample ${found.name}`, sample: found.name };
  }

  /** @param {WantPicture} want @param {AbortSignal} stop */
  async function readPicture(want, stop) {
    pictures.value ??= await pictureNets();
    const nets = pictures.value;
    const { input, name, sample } = await inputOf(want, nets[0]);
    const key = JSON.stringify([name, want.change, want.seed]);
    if (picture.peek()?.key === key) return;
    const options = optionOf(PICTURE_CHANGES.find(({ id }) => id === want.change) ?? PICTURE_CHANGES[0], want.seed);
    const answers = await before(name, nets, input, stop);
    const seen = (/** @type {Record<string, any>} */ chosen) => client.trace(nets[0].row.id, input, chosen, { layers: ["input"], signal: stop });
    const [after, was, is] = await Promise.all([asked(nets, input, options, stop), seen({}), seen(options)]);
    stop.throwIfAborted();
    const [first, second] = [was, is].map(({ tensors }) => /** @type {client.Tensor} */ (tensors.get("input")));
    picture.value = {
      key, sample, size: first.shape[first.shape.length - 1], seen: [first, second], classes: nets[0].card.classes,
      preprocessing: nets[0].card.preprocessing, done: is.answer.input.steps.at(-1)?.text ?? "",
      reads: nets.map((net, k) => ({ net, before: sharesOf(answers[k]), after: sharesOf(after[k]), judged: after[k].familiarity })),
    }; // prettier-ignore
  }

  /** The newest wish each time. @template W @param {(want: W, stop: AbortSignal) => Promise<void>} read */
  const wanting = (read) => latest((/** @type {W} */ wish) => request.run(async (stop) => (await read(wish, stop), /** @type {const} */ (true))));
  const wantHeld = () => void (figures.value.peek() || figures.run(() => client.ordered()));

  return {
    texts, pictures, sentence, picture, notice, wantText: wanting(readText), wantPicture: wanting(readPicture), wantHeld,
    held: figures.value, heldProblem: figures.problem, retryHeld: figures.retry, busy: request.busy, problem: request.problem, retry: request.retry,
  }; // prettier-ignore
}
