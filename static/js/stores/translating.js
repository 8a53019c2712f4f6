/**
 * One English sentence and every network that translates it: one looks back, another does not.
 *
 *     want {sample | text, beam} -> networks (once) -> a trace of each -> told (whole or not at all)
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { drawnNodes, looksBack } from "gridtime/math/translating.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/translating.js").Candidate} Candidate */
/** @typedef {import("gridtime/math/translating.js").Sentence} Sentence */
/** @typedef {{row: client.ModelRow, card: Record<string, any>, graph: client.Node[], attends: boolean}} Net */
/** @typedef {{sample?: string, text?: string, beam?: number}} Want */
/**
 * @typedef {object} Side what one network made of the sentence
 * @property {Net} net
 * @property {Sentence[]} sentences best first
 * @property {Candidate[][]} search the candidates of every step
 * @property {client.Step[]} steps the likeliest next pieces at every step of the best
 * @property {Map<string, client.Tensor>} tensors
 */
/**
 * @typedef {object} Told
 * @property {string} key
 * @property {string} text
 * @property {number} beam
 * @property {client.Token[]} tokens pieces that are read, the end mark last
 * @property {Record<string, any>} input what was done to the text
 * @property {Side[]} sides the one that looks back first
 */
/** @typedef {ReturnType<typeof createTranslating>} Translating */

/** @param {client.ModelRow} row @returns {Promise<Net>} */
async function netOf(row) {
  const { card, graph } = await client.model(row.id);
  return { row, card, graph, attends: looksBack(graph) };
}

/** Every network that translates, the one that looks back first. */
async function networks() {
  const rows = (await client.models()).filter(({ task }) => task === "translation");
  if (!rows.length) throw new client.Problem(404, "No such network", "No network here translates.");
  const nets = await Promise.all(rows.map(netOf));
  return nets.sort((a, b) => Number(b.attends) - Number(a.attends));
}

/** @param {Net} net @param {string} text @param {number | undefined} beam @param {AbortSignal} stop @returns {Promise<{side: Side, answer: client.Answer}>} */
async function sideOf(net, text, beam, stop) {
  const layers = drawnNodes(net.graph).map(({ name }) => name);
  const { answer, tensors } = await client.trace(net.row.id, { text }, beam === undefined ? {} : { beam }, { signal: stop, layers });
  const told = /** @type {any} */ (answer);
  return { side: { net, sentences: told.predictions, search: told.search, steps: told.steps, tensors }, answer };
}

export function createTranslating() {
  const told = signal(/** @type {Told | null} */ (null));
  const samples = signal(/** @type {client.Sample[]} */ ([]));
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());

  /** @param {Want} want @param {AbortSignal} stop */
  async function read({ sample, text, beam }, stop) {
    const nets = await networks();
    samples.value = await client.samples(nets[0].row.id);
    const words = text ?? (samples.value.find(({ name }) => name === sample) ?? samples.value[0])?.text ?? "";
    const key = JSON.stringify([words, beam]);
    if (told.peek()?.key === key) return;
    const found = await Promise.all(nets.map((net) => sideOf(net, words, beam, stop)));
    stop.throwIfAborted();
    const { answer } = found[0];
    told.value = { key, text: words, beam: answer.options?.beam, tokens: answer.tokens ?? [], input: answer.input, sides: found.map(({ side }) => side) };
  }

  const want = latest((/** @type {Want} */ wish) =>
    request.run(async (stop) => {
      await read(wish, stop);
      return true;
    }),
  );

  return { told, samples, want, busy: request.busy, problem: request.problem, retry: request.retry };
}
