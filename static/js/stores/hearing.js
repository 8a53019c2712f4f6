/**
 * One spoken word and the network that hears it.
 *
 *     want {model, sample | picture} -> network, figures on voices (once)
 *       -> sample's file | recording kept in this browser -> decoded here, to be drawn and played
 *       -> trace (of every value) and effects -> heard (whole or not at all)
 *
 * What no server reads (what browsers record) is decoded here and sent as WAV.
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { mixed, wavOf } from "gridtime/math/sound.js";
import { curveOf, nameOf } from "gridtime/math/tworeaders.js";
import { recall } from "gridtime/stores/pictures.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/tworeaders.js").Curve} Curve */
/** @typedef {import("gridtime/stores/tworeaders.js").Net} Net */
/** @typedef {import("gridtime/math/voices.js").Voices} Voices */
/** @typedef {{model?: string, sample?: string, picture?: string}} Want picture: key of a recording in this browser */
/** @typedef {{wave: Float32Array, rate: number}} Sound wave: in −1..1, what is read of it alone */
/**
 * @typedef {object} Heard
 * @property {string} key
 * @property {Net} net
 * @property {string | undefined} sample
 * @property {string[]} classes
 * @property {number} total frames
 * @property {Curve} curve row t: the belief after frame t
 * @property {client.Answer} answer
 * @property {Map<string, client.Tensor>} tensors
 * @property {number[] | null} effects of each unit on the answer
 * @property {Sound} sound
 */
/** @typedef {ReturnType<typeof createHearing>} Hearing */

const GONE = "This link's recording stayed in another browser. Here is a word of ours instead.";
const UNREAD = "This browser cannot read that sound. Save it as WAV, or record it here.";
/** Hz that browsers are asked for; they resample. */
const RATE = 16_000;

/** The networks that hear, the one that is asked for first. @param {string | undefined} model @returns {Promise<Net>} */
async function pick(model) {
  const rows = (await client.models()).filter(({ input, task }) => input === "audio" && task === "classification");
  const row = model === undefined ? rows[0] : rows.find(({ id }) => id === model);
  if (!row) throw new client.Problem(404, "No such network", "No network of that name hears speech here. Open the page without it.");
  const [{ card, graph }, samples] = await Promise.all([client.model(row.id), client.samples(row.id)]);
  return { row, name: nameOf(row.kind), card, graph, samples };
}

/** What a browser can play -> one channel at RATE. @param {Blob} blob @returns {Promise<Sound>} */
async function decoded(blob) {
  try {
    const context = new OfflineAudioContext(1, 1, RATE);
    const sound = await context.decodeAudioData(await blob.arrayBuffer());
    return { wave: mixed(Array.from({ length: sound.numberOfChannels }, (_, c) => sound.getChannelData(c))), rate: sound.sampleRate };
  } catch {
    throw new client.Problem(415, "Unsupported type", UNREAD);
  }
}

/** Of a sound the part that is read. @param {Sound} sound @param {{start: number, end: number}} spoken in seconds */
const part = ({ wave, rate }, { start, end }) => ({ wave: wave.slice(Math.round(start * rate), Math.round(end * rate)), rate });

/** @param {client.Answer} answer @param {string[]} classes */
const beliefs = ({ steps = [] }, classes) => curveOf(classes, steps.map(({ predictions }) => predictions));

export function createHearing() {
  const heard = signal(/** @type {Heard | null} */ (null));
  const voices = signal(/** @type {Voices | null} */ (null));
  const notice = signal("");
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());

  /** What is read: a sample by its name, a recording as WAV. @param {Want} want @param {Net} net @returns {Promise<{input: client.Input, sound: Sound, sample?: string}>} */
  async function inputOf({ sample, picture }, net) {
    const kept = picture ? await recall(picture) : null;
    notice.value = picture && !kept ? GONE : "";
    if (kept) {
      const sound = await decoded(kept);
      return { input: { blob: new Blob([wavOf(sound.wave, sound.rate)], { type: "audio/wav" }), name: "recording.wav" }, sound };
    }
    const found = net.samples.find(({ name }) => name === sample) ?? net.samples[0];
    if (!found) throw new client.Problem(422, "Nothing to hear", "Nothing to hear yet. Record a word or open a file.");
    return { input: { sample: found.name }, sound: await decoded(await client.sampleBlob(net.row.id, found.name)), sample: found.name };
  }

  /** @param {Want} want @param {AbortSignal} stop */
  async function read(want, stop) {
    const net = await pick(want.model);
    const key = JSON.stringify([net.row.id, want.sample, want.picture]);
    if (heard.peek()?.key === key) return;
    const { input, sound, sample } = await inputOf(want, net);
    const how = { signal: stop };
    const [traced, effects, figures] = await Promise.all([
      client.trace(net.row.id, input, {}, how),
      client.effects(net.row.id, input, how).catch(() => null), // the order of units falls back on their number
      client.voices(net.row.id).catch(() => undefined), // the view says itself that it has none
    ]);
    stop.throwIfAborted();
    const { classes } = net.card;
    const { answer, tensors } = traced;
    const curve = beliefs(answer, classes);
    voices.value = figures ?? null; // first: a link may lead to the stop that shows them
    heard.value = { key, net, sample, classes, answer, tensors, curve, total: curve.rows + 1,
      effects: effects?.effects ?? null, sound: part(sound, answer.input.spoken) }; // prettier-ignore
  }

  const want = latest((/** @type {Want} */ wish) =>
    request.run(async (stop) => {
      await read(wish, stop);
      return true;
    }),
  );

  return { heard, voices, notice, want, busy: request.busy, problem: request.problem, retry: request.retry };
}
