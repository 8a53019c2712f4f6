/**
 * One sentence, two networks: one reads windows of words at once, the other word by word.
 *
 *   want {model, sample | text} -> networks (once) -> both traces -> pair (whole or not at all)
 *                               -> the last layer's weights, once a network -> pair.head
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { curveOf, nameOf } from "gridtime/math/tworeaders.js";
import { headOf } from "gridtime/math/readers.js";
import { isRecurrent } from "gridtime/math/waiting.js";
import { readsWindows } from "gridtime/math/windows.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/tworeaders.js").Curve} Curve */
/** @typedef {import("gridtime/stores/tworeaders.js").Net} Net */
/** @typedef {{weight: ArrayLike<number>, bias: ArrayLike<number>}} Head */
/**
 * @typedef {object} SentencePair
 * @property {string} key
 * @property {string} text
 * @property {Net} line  reads word by word
 * @property {Net} atOnce  reads windows
 * @property {string[]} classes
 * @property {client.Token[]} tokens of what is shown
 * @property {number} total words of the text
 * @property {Record<"line" | "atOnce", Curve>} now row t: the belief after the first t + 1 words
 * @property {Map<string, client.Tensor>} tensors of the one that reads windows
 * @property {Head | null} head its last layer, once it is here
 * @property {client.Answer} answer of the one that reads windows: what was done to the text
 * @property {Record<"line" | "atOnce", client.Familiarity | null | undefined>} judged how usual such a text is
 */
/** @typedef {{model?: string, sample?: string, text?: string}} Want */
/** @typedef {ReturnType<typeof createTwoSentences>} TwoSentences */

/** What a visitor meets first. */
const FIRST = ["lstm", "gru", "rnn"];

/** @param {client.ModelRow} row @returns {Promise<Net>} */
async function netOf(row) {
  const [{ card, graph }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
  return { row, name: nameOf(row.kind), card, graph, samples };
}

/** The network that reads windows, and readers of the same classes that answer after every word. */
async function networks() {
  const rows = (await client.models()).filter(({ input, task }) => input === "text" && task === "classification");
  const all = await Promise.all(rows.map(netOf));
  const atOnce = all.find(({ graph }) => readsWindows(graph));
  const lines = all.filter(({ graph, card }) => card.causal && graph.some(isRecurrent) && String(card.classes) === String(atOnce?.card.classes));
  if (!atOnce || !lines.length) throw new client.Problem(404, "No pair", "No two networks here read the same sentences, one by windows and one word by word.");
  return { atOnce, lines: lines.sort((a, b) => FIRST.indexOf(a.row.kind) - FIRST.indexOf(b.row.kind)) };
}

/** @param {client.Answer} answer @param {string[]} classes */
const beliefs = ({ steps = [] }, classes) => curveOf(classes, steps.map(({ predictions }) => predictions));

export function createTwoSentences() {
  const nets = signal(/** @type {{lines: Net[], atOnce: Net} | null} */ (null));
  const pair = signal(/** @type {SentencePair | null} */ (null));
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const weights = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());

  /** @param {Net} net */
  const loadHead = (net) =>
    weights.run(async () => {
      const table = await client.weights(net.row.id);
      const names = headOf(net.graph);
      const now = pair.peek();
      if (now && names) pair.value = { ...now, head: { weight: table.get(names.weight)?.data ?? [], bias: table.get(names.bias)?.data ?? [] } };
      return true;
    });

  /** @param {Want} want @param {AbortSignal} stop */
  async function read({ model, sample, text }, stop) {
    nets.value ??= await networks();
    const { lines, atOnce } = nets.value;
    const line = lines.find(({ row }) => row.id === model) ?? lines[0];
    const words = text ?? (atOnce.samples.find(({ name }) => name === sample) ?? atOnce.samples[0])?.text ?? "";
    const key = `${line.row.id} ${words}`;
    if (!words.trim() || pair.peek()?.key === key) return;
    const how = { signal: stop };
    const [lined, grid] = await Promise.all([
      client.trace(line.row.id, { text: words }, {}, { ...how, layers: ["probabilities"] }),
      client.trace(atOnce.row.id, { text: words }, {}, how),
    ]);
    stop.throwIfAborted();
    const { classes } = atOnce.card;
    pair.value = {
      key, text: words, line, atOnce, classes, tokens: grid.answer.tokens ?? [], total: grid.answer.input.window.total,
      now: { line: beliefs(lined.answer, classes), atOnce: beliefs(grid.answer, classes) },
      tensors: grid.tensors, head: pair.peek()?.head ?? null, answer: grid.answer,
      judged: { line: lined.answer.familiarity, atOnce: grid.answer.familiarity },
    }; // prettier-ignore
  }

  const want = latest(async (/** @type {Want} */ wish) => {
    const done = await request.run(async (stop) => {
      await read(wish, stop);
      return true;
    });
    const now = pair.peek();
    if (done && now && !now.head) loadHead(now.atOnce);
  });

  return { nets, pair, want, busy: request.busy, problem: request.problem, retry: request.retry, headProblem: weights.problem, retryHead: weights.retry };
}
