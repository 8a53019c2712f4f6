/**
 * Inputs to try the network on, and what it says of each: nothing on the page changes for it.
 *
 *     {name, title, sample | pixels} -> PNG -> predict -> its best class and its familiarity
 *     keepPixels -> a key, so that the picture can be had in the room
 */
import { useEffect, useState } from "gridtime/lib/html.js";
import * as client from "gridtime/api/client.js";
import { keep } from "gridtime/stores/pictures.js";

/** @typedef {import("gridtime/math/peaks.js").Pixels} Pixels */
/** @typedef {{name: string, title: string, sample?: string, pixels?: Pixels}} Try */
/** @typedef {{predictions: client.Prediction[], familiarity: client.Familiarity}} Said */

/** @param {Pixels} pixels @returns {Promise<Blob>} PNG */
export function pngOf({ width, height, data }) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG"))), "image/png"));
}

/** @param {Pixels} pixels @returns {Promise<string>} its key in this browser */
export const keepPixels = async (pixels) => keep(await pngOf(pixels));

/** @param {Try} one @returns {Promise<client.Input>} */
const inputOf = async ({ sample, pixels }) => (pixels ? { blob: await pngOf(pixels) } : { sample: sample ?? "" });

/**
 * @param {string} model @param {Try[]} tries
 * @returns {Record<string, Said>} by name, as they come
 */
export function useTried(model, tries) {
  const of = `${model}\n${tries.map(({ name }) => name).join()}`;
  const [state, setState] = useState({ of: "", said: /** @type {Record<string, Said>} */ ({}) });
  useEffect(() => {
    const stop = new AbortController();
    const run = async () => {
      /** @type {Record<string, Said>} */
      const said = {};
      for (const one of tries) {
        said[one.name] = await client.predict(model, await inputOf(one), {}, { signal: stop.signal });
        if (stop.signal.aborted) return;
        setState({ of, said: { ...said } });
      }
    };
    run().catch(() => undefined);
    return () => stop.abort();
  }, [of]);
  return state.of === of ? state.said : {};
}
