/**
 * The pictures that the network made for a layer's channels: one webp, tile by tile.
 *
 *     /looks/<layer> -> image (kept while the page lives) -> tiles of a wall, or one tile large
 */

import { html, useEffect, useLayoutEffect, useRef, useState } from "gridtime/lib/html.js";
import { looksUrl } from "gridtime/api/client.js";
import { atlasPlace } from "gridtime/math/peaks.js";
import { tilePlace } from "gridtime/math/wall.js";

/** @typedef {import("gridtime/math/selectivity.js").Look} Look */
/** @typedef {import("gridtime/math/wall.js").Wall} Wall */

/** @type {Map<string, HTMLImageElement>} the newest few */
const kept = new Map();
const MOST = 12;

/** @param {string} url @returns {Promise<HTMLImageElement>} */
async function load(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  kept.set(url, image);
  for (const old of [...kept.keys()].slice(0, -MOST)) kept.delete(old);
  return image;
}

/** @param {string} model @param {string} layer "": none @returns {HTMLImageElement|null} once it is here */
export function useAtlas(model, layer) {
  const url = layer ? looksUrl(model, layer) : "";
  const [, arrived] = useState("");
  useEffect(() => {
    if (url && !kept.has(url)) load(url).then(() => arrived(url), () => undefined);
  }, [url]);
  return kept.get(url) ?? null;
}

/**
 * @param {CanvasRenderingContext2D} context @param {HTMLImageElement} image @param {Look} look
 * @param {Wall} size @param {number} count @param {number} ratio @param {string} line
 */
export function drawTiles(context, image, look, size, count, ratio, line) {
  const edge = size.edge * ratio;
  const thin = Math.max(1, Math.round(ratio));
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.imageSmoothingQuality = "high";
  for (let c = 0; c < count; c++) {
    const at = tilePlace(size, c);
    const [x, y] = [Math.round(at.x * ratio), Math.round(at.y * ratio)];
    const inner = Math.round(edge) - thin;
    const from = atlasPlace(look, c);
    context.fillStyle = line;
    context.fillRect(x, y, inner + 2 * thin, inner + 2 * thin);
    context.drawImage(image, from.x, from.y, look.tile, look.tile, x + thin, y + thin, inner, inner);
  }
}

/** One made picture. @param {{image: HTMLImageElement, look: Look, channel: number, label: string}} props */
export function Made({ image, look, channel, label }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  useLayoutEffect(() => {
    const from = atlasPlace(look, channel);
    const context = canvas.current?.getContext("2d");
    context?.drawImage(image, from.x, from.y, look.tile, look.tile, 0, 0, look.tile, look.tile);
  }, [image, look, channel]);
  return html`<canvas ref=${canvas} class="made" width=${look.tile} height=${look.tile} role="img" aria-label=${label}></canvas>`;
}
