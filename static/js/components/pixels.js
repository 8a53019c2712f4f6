/**
 * Pixels as they are: one canvas pixel each, enlarged by CSS without smoothing.
 */
import { html, useLayoutEffect, useRef } from "gridtime/lib/html.js";

/** @typedef {import("gridtime/math/peaks.js").Pixels} Picture */

/** @param {{picture: Picture, label: string, class?: string}} props label "": said elsewhere */
export function Pixels({ picture, label, class: name = "" }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const { width, height, data } = picture;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    context?.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  }, [data, width, height]);
  return html`<canvas ref=${canvas} class="pixels ${name}" width=${width} height=${height}
    role=${label ? "img" : undefined} aria-label=${label || undefined} aria-hidden=${label ? undefined : "true"}></canvas>`;
}
