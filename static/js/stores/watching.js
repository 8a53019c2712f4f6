/**
 * One clip and the network that reads it, in order and with its frames in another one.
 *
 *     want {model, sample | picture, order, seed} -> network, figures on the order (once)
 *       -> sample | clip kept in this browser
 *       -> trace of what is drawn and effects; with a changed order also the answer in order
 *       -> seen (whole or not at all)
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { STRIP } from "gridtime/lib/strip.js";
import { orderOf } from "gridtime/math/clip.js";
import { drawnLayers } from "gridtime/math/looking.js";
import { curveOf, nameOf } from "gridtime/math/tworeaders.js";
import { recall } from "gridtime/stores/pictures.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/tworeaders.js").Curve} Curve */
/** @typedef {import("gridtime/stores/tworeaders.js").Net} Net */
/** @typedef {import("gridtime/math/clip.js").Frames} Frames */
/** @typedef {import("gridtime/math/clip.js").How} How */
/** @typedef {{model?: string, sample?: string, picture?: string, order?: string, seed?: number}} Want picture: key of a clip in this browser */
/**
 * @typedef {object} Seen
 * @property {string} key
 * @property {Net} net
 * @property {string | undefined} sample
 * @property {string[]} classes
 * @property {number} total frames
 * @property {How} how  the order that was read
 * @property {number} seed
 * @property {Curve} curve row t: the belief after frame t + 1
 * @property {Curve} plain the same with the frames in order
 * @property {client.Answer} answer
 * @property {Map<string, client.Tensor>} tensors
 * @property {number[] | null} effects of each unit on the answer
 */
/** @typedef {ReturnType<typeof createWatching>} Watching */

const GONE = "This link's clip stayed in another browser. Here is one of ours instead.";

/** The networks that read clips. @returns {Promise<client.ModelRow[]>} */
async function readers() {
  return (await client.models()).filter(({ input, task }) => input === "video" && task === "classification");
}

/** The one that is asked for, else the one with most samples. @param {client.ModelRow[]} rows @param {string | undefined} model @returns {Promise<Net>} */
async function pick(rows, model) {
  const all = await Promise.all(rows.map(async (row) => ({ row, samples: await client.samples(row.id) })));
  const found = model === undefined ? all.sort((a, b) => b.samples.length - a.samples.length)[0] : all.find(({ row }) => row.id === model);
  if (!found) throw new client.Problem(404, "No such network", "No network of that name reads clips here. Open the page without it.");
  const { card, graph } = await client.model(found.row.id);
  return { row: found.row, name: nameOf(found.row.kind), card, graph, samples: found.samples };
}

/** @param {client.Answer} answer @param {string[]} classes */
const beliefs = ({ steps = [] }, classes) => curveOf(classes, steps.map(({ predictions }) => predictions));

export function createWatching() {
  const seen = signal(/** @type {Seen | null} */ (null));
  const network = signal(/** @type {Net | null} */ (null));
  const networks = signal(/** @type {client.ModelRow[]} */ ([]));
  const figures = signal(/** @type {Frames | null} */ (null));
  const notice = signal("");
  const request = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());

  /** What is read. @param {Want} want @param {Net} net @returns {Promise<{input: client.Input, options: Record<string, any>, sample?: string}>} */
  async function inputOf({ sample, picture }, net) {
    const kept = picture ? await recall(picture) : null;
    notice.value = picture && !kept ? GONE : "";
    if (kept) return { input: { blob: kept, name: "clip" }, options: kept.type === STRIP ? { frames: net.card.preprocessing.frames } : {} };
    const found = net.samples.find(({ name }) => name === sample) ?? net.samples[0];
    if (!found) throw new client.Problem(422, "Nothing to read", "Nothing to read yet: no clip of this network's films may be shipped. Open “A clip of your own”.");
    return { input: { sample: found.name }, options: {}, sample: found.name };
  }

  /** @param {Want} want @param {AbortSignal} stop */
  async function read(want, stop) {
    networks.value = await readers();
    const net = await pick(networks.value, want.model);
    network.value = net; // what it reads can be chosen before anything was read
    const key = JSON.stringify([net.row.id, want.sample, want.picture, want.order, want.seed]);
    if (seen.peek()?.key === key) return;
    const { input, options, sample } = await inputOf(want, net);
    const order = orderOf(want, net.card.preprocessing.frames);
    const how = { signal: stop };
    const [traced, effects, before, measured] = await Promise.all([
      client.trace(net.row.id, input, { ...options, ...order.options }, { ...how, layers: drawnLayers(net.graph) }),
      Object.keys(options).length ? null : client.effects(net.row.id, input, how).catch(() => null), // the order of units falls back on their number
      order.how === "plain" ? null : client.predict(net.row.id, input, options, how),
      client.frames(net.row.id).catch(() => undefined), // the view says itself that it has none
    ]);
    stop.throwIfAborted();
    const { classes } = net.card;
    const { answer, tensors } = traced;
    const curve = beliefs(answer, classes);
    figures.value = measured ?? null; // first: a link may lead to the stop that shows them
    seen.value = { key, net, sample, classes, answer, tensors, curve, how: order.how, seed: order.seed, total: curve.rows + 1,
      plain: before ? beliefs(before, classes) : curve, effects: effects?.effects ?? null }; // prettier-ignore
  }

  const want = latest((/** @type {Want} */ wish) =>
    request.run(async (stop) => {
      await read(wish, stop);
      return true;
    }),
  );

  return { seen, network, networks, figures, notice, want, busy: request.busy, problem: request.problem, retry: request.retry };
}
