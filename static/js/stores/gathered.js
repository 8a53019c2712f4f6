/**
 * The samples and this browser's own pictures, each with where a layer's channels answer most.
 *
 *     samples + kept pictures -> trace of one layer each, one after another -> peaks, seen picture
 *
 * Of a trace only the largest value of every channel and the picture the network saw are kept.
 */
import * as client from "gridtime/api/client.js";
import { seenPicture } from "gridtime/math/maps.js";
import { peaks } from "gridtime/math/peaks.js";
import { kept } from "gridtime/stores/pictures.js";

/** @typedef {import("gridtime/math/peaks.js").Peaks} Peaks */
/** @typedef {import("gridtime/math/peaks.js").Pixels} Pixels */
/** @typedef {{key: string, title: string, own: boolean, pixels: Pixels, peaks: Peaks}} Gathered */
/** @typedef {{key: string, title: string, own: boolean, input: client.Input}} Source */

/** One network's; another takes its place. @type {{model: string, pixels: Map<string, Pixels>, peaks: Map<string, Peaks>}} */
let held = { model: "", pixels: new Map(), peaks: new Map() };

/** @param {string} model @returns {Promise<Source[]>} the visitor's own first */
async function sources(model) {
  const own = (await kept()).map(({ key, blob }, i) => ({
    key, title: `your picture ${i + 1}`, own: true, input: { blob },
  }));
  const shipped = (await client.samples(model)).map(({ name, title, drawing }) => ({
    key: name, title: drawing ? `${title} (drawing)` : title, own: false, input: { sample: name },
  }));
  return [...own, ...shipped];
}

/** @param {client.Tensor} input @param {Record<string, any>} preprocessing @returns {Pixels} */
export function seenPixels(input, preprocessing) {
  const [, height = 1, width = 1] = input.shape;
  const data = new Uint8ClampedArray(width * height * 4);
  seenPicture(input, preprocessing, data);
  return { width, height, data };
}

/**
 * @param {string} model @param {string} layer @param {Record<string, any>} preprocessing
 * @param {AbortSignal} signal @param {(found: Gathered[], of: number) => void} tell after every
 *   picture: those that are here, and how many there are in all
 */
export async function gather(model, layer, preprocessing, signal, tell) {
  if (held.model !== model) held = { model, pixels: new Map(), peaks: new Map() };
  const mine = held;
  const all = await sources(model);
  /** @type {Gathered[]} */
  const found = [];
  for (const { input, ...source } of all) {
    if (signal.aborted) return;
    const at = `${layer}\n${source.key}`;
    if (!mine.peaks.has(at)) {
      const layers = ["input", layer];
      const traced = await client.trace(model, input, {}, { signal, layers }).catch(() => null);
      const [seen, tensor] = layers.map((name) => traced?.tensors.get(name));
      if (!seen || !tensor) continue; // a picture that this network cannot read is left out
      mine.pixels.set(source.key, seenPixels(seen, preprocessing));
      mine.peaks.set(at, peaks(tensor));
    }
    const pixels = mine.pixels.get(source.key);
    const best = mine.peaks.get(at);
    if (pixels && best) found.push({ ...source, pixels, peaks: best });
    if (!signal.aborted) tell([...found], all.length);
  }
}
