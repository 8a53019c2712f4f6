/**
 * The picture as it is, and with its rows, columns or pixels elsewhere: as the networks see both.
 */
import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";

/** @typedef {import("gridtime/stores/ordering.js").OrderedPicture} OrderedPicture */

/** What the network saw as brightness, three planes of 0..255. @param {import("gridtime/api/client.js").Tensor} tensor @param {Record<string, any>} preprocessing */
function brightness({ data }, { mean, std }) {
  const plane = data.length / mean.length;
  return Array.from({ length: 3 * plane }, (_, i) => {
    const c = Math.min(mean.length - 1, Math.floor(i / plane));
    return Math.round(255 * Math.max(0, Math.min(1, data[c * plane + (i % plane)] * std[c] + mean[c])));
  });
}

/** @param {{found: OrderedPicture, edge: number}} props edge: px at root 16 */
export function Pictures({ found, edge }) {
  const [before, after] = found.seen.map((tensor) => brightness(tensor, found.preprocessing));
  const one = { width: found.size, height: found.size, kind: "rgb", size: edge };
  return html`<div class="order-pictures">
    <figure><${CanvasMap} ...${one} values=${before} label="The picture as it is" /><figcaption>as it is</figcaption></figure>
    <span aria-hidden="true">→</span>
    <figure><${CanvasMap} ...${one} values=${after} label="The picture in its new order" /><figcaption>in its new order</figcaption></figure>
  </div>`;
}
