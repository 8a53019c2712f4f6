/**
 * A beginning and what a network writes after it.
 *
 *     want {model, sample | text, heat, seed, length, signal}
 *       -> network (once); a blank text: nothing
 *       -> predict: the letters, and the number that drew each
 *       -> trace of the beginning and all that was written: logits and states of every step
 *       -> effects of the units (once a beginning)   -> made (whole or not at all)
 *     want another signal -> its tensor alone        -> made, with it
 *     wantHeats()         -> predict at three temperatures -> heats
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { readers, tensorName } from "gridtime/math/readers.js";
import { nameOf } from "gridtime/math/tworeaders.js";
import { MOST } from "gridtime/stores/readings.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/stores/tworeaders.js").Net} Net */
/** @typedef {{model?: string, sample?: string, text?: string, heat: number, seed: number, length: number, signal: string}} Want heat in hundredths */
/** @typedef {{text: string, id: number, probability: number, draw: number | null}} Letter draw: the random number; null where none was drawn */
/**
 * @typedef {object} Made
 * @property {string} key
 * @property {string} base        of model and beginning
 * @property {Net} net
 * @property {string} text        the beginning, as it was sent
 * @property {string | null} sample
 * @property {number} lead        letters of the beginning
 * @property {client.Token[]} tokens of the rows that are here
 * @property {Letter[]} letters   what was written
 * @property {number} heat        temperature
 * @property {number} seed
 * @property {number} start       place of the first row in the whole text
 * @property {client.Answer} answer to the beginning alone
 * @property {Map<string, client.Tensor>} tensors rows from `start` on
 * @property {number[] | null} effects of each unit, over the beginning
 */
/** @typedef {{heat: number, letters: Letter[], score: number}} Version */
/** @typedef {{key: string, versions: Version[]}} Heats */
/** @typedef {ReturnType<typeof createWriting>} Writing */

/** The temperatures that are laid side by side. */
export const HEATS = [0.3, 0.7, 1.2];

/** The networks that write, the one that is asked for first. @param {string | undefined} model @returns {Promise<Net>} */
async function pick(model) {
  const rows = (await client.models()).filter(({ input, task }) => input === "text" && task === "generation");
  const row = model === undefined ? rows[0] : rows.find(({ id }) => id === model);
  if (!row) throw new client.Problem(404, "No such network", "No network of that name writes here. Open the page without it.");
  const [{ card, graph }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
  return { row, name: nameOf(row.kind), card, graph, samples };
}

/** @param {Want} want @param {Net} net @returns {{input: client.Input, text: string, sample: string | null}} */
function inputOf({ sample, text }, net) {
  if (text !== undefined) return { input: { text }, text, sample: null };
  const found = net.samples.find(({ name }) => name === sample) ?? net.samples[0];
  if (!found) throw new client.Problem(422, "Nothing to read", "Nothing to read yet. Type a beginning or pick one.");
  return { input: { sample: found.name }, text: found.text ?? "", sample: found.name };
}

/** The tensor that holds a signal of the layer whose h the head reads. @param {Net} net @param {string} id */
function nameIn(net, id) {
  const reader = readers(net.graph).find(({ last }) => last);
  return reader && tensorName(reader, id);
}

/** What a continuation says. @param {client.Answer} answer */
const written = ({ predictions }) => /** @type {{text: string, tokens: Letter[], score: number}} */ (/** @type {unknown} */ (predictions[0]));

export function createWriting() {
  const made = signal(/** @type {Made | null} */ (null));
  /** The network, as soon as it is known. */
  const net = signal(/** @type {Net | null} */ (null));
  const heats = signal(/** @type {Heats | null} */ (null));
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const comparing = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());

  /** Logits and one signal of the last rows. @param {Net} net @param {string} text @param {number} total @param {string[]} layers @param {AbortSignal} stop */
  const traced = (net, text, total, layers, stop) =>
    client.trace(net.row.id, { text }, { generate: { length: 1 } }, { signal: stop, layers, steps: [Math.max(0, total - MOST), total] });

  /** The signal that is asked for, where only it is not here yet. @param {Made} now @param {string} id @param {AbortSignal} stop */
  async function addSignal(now, id, stop) {
    const name = nameIn(now.net, id);
    if (!name || now.tensors.has(name)) return;
    const total = now.lead + now.letters.length;
    const more = await traced(now.net, now.text + now.letters.map(({ text }) => text).join(""), total, [name], stop);
    made.value = { ...now, tensors: new Map([...now.tensors, ...more.tensors]) };
  }

  /** @param {Want} want @param {AbortSignal} stop */
  async function read(want, stop) {
    const chosen = await pick(want.model);
    net.value = chosen;
    if (want.text !== undefined && !want.text.trim()) return void (made.value = null); // the field says so itself
    const { input, text, sample } = inputOf(want, chosen);
    const base = JSON.stringify([chosen.row.id, text]);
    const key = JSON.stringify([base, want.heat, want.seed, want.length]);
    const now = made.peek();
    if (now?.key === key) return addSignal(now, want.signal, stop);
    const generate = { length: want.length, temperature: want.heat / 100, seed: want.seed };
    const asked = now?.base === base ? Promise.resolve(now.effects) : client.effects(chosen.row.id, input, { signal: stop }).then(({ effects }) => effects, () => null); // without them the order of units falls back on their size
    const answer = await client.predict(chosen.row.id, input, { generate }, { signal: stop });
    const { text: rest, tokens: letters } = written(answer);
    const lead = /** @type {number} */ (answer.input.total_tokens);
    const layers = ["logits", nameIn(chosen, "h"), nameIn(chosen, want.signal)].filter((name) => name !== undefined);
    const found = await traced(chosen, text + rest, lead + letters.length, [...new Set(layers)], stop);
    const effects = await asked;
    stop.throwIfAborted();
    made.value = { key, base, net: chosen, text, sample, lead, letters, heat: want.heat / 100, seed: want.seed, answer, effects,
      tokens: found.answer.tokens ?? [], start: found.answer.input.window.start, tensors: found.tensors }; // prettier-ignore
  }

  const want = latest((/** @type {Want} */ wish) =>
    request.run(async (stop) => {
      await read(wish, stop);
      return true;
    }),
  );

  /** The same beginning, seed and length at every temperature of HEATS. */
  const wantHeats = () =>
    comparing.run(async (stop) => {
      const now = made.peek();
      if (!now || heats.peek()?.key === heatsKey(now)) return true;
      const asked = HEATS.map((temperature) => client.predict(now.net.row.id, { text: now.text }, { generate: { length: now.letters.length, temperature, seed: now.seed } }, { signal: stop }));
      const answers = await Promise.all(asked);
      heats.value = { key: heatsKey(now), versions: answers.map(written).map(({ tokens, score }, k) => ({ heat: HEATS[k], letters: tokens, score })) };
      return true;
    });

  return { made, net, heats, want, wantHeats, busy: request.busy, comparing: comparing.busy, problem: request.problem, trouble: comparing.problem, retry: request.retry };
}

/** Of which beginning, seed and length. @param {Made} made */
export const heatsKey = ({ base, seed, letters }) => JSON.stringify([base, seed, letters.length]);
