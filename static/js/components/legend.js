/**
 * A colour scale with its limits and what they hold for; only for what is on screen.
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { activation, probability, weight } from "gridtime/math/colour.js";
import { number } from "gridtime/math/format.js";
import { theme } from "gridtime/stores/ui.js";

/** @typedef {"activation" | "weight" | "probability"} ScaleKind */

/** The table of a kind in a theme. */
export const tables = { activation, weight, probability };

/** @type {Record<string, string>} */
const SCOPES = { map: "this map", layer: "this layer", network: "the whole network" };

/**
 * @param {{kind?: ScaleKind, limit: number, scope?: string, from?: number, label?: string}} props
 *   from: 0 after a ReLU, where nothing is negative
 */
export function Legend({ kind = "activation", limit, scope = "layer", from, label }) {
  const bar = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const lowest = from ?? (kind === "probability" ? 0 : -limit);
  const colours = tables[kind](theme.value);
  useEffect(() => {
    const context = bar.current?.getContext("2d");
    if (!context) return;
    const half = kind !== "probability" && lowest === 0;
    const [start, length] = kind === "probability" ? [0, 256] : half ? [128, 128] : [1, 255];
    const image = context.createImageData(256, 1);
    for (let x = 0; x < 256; x++) {
      const i = start + Math.min(Math.floor((x / 255) * length), length - 1);
      image.data.set([colours[i * 3], colours[i * 3 + 1], colours[i * 3 + 2], 255], x * 4);
    }
    context.putImageData(image, 0, 0);
  }, [colours, lowest, kind]);
  const digits = limit >= 100 ? 0 : limit >= 10 ? 1 : 2;
  const says = SCOPES[scope] ?? scope;
  return html`<figure class="legend">
    <figcaption>${label ?? kind}, ${says}</figcaption>
    <div class="legend-scale">
      <span>${kind === "probability" ? "0 %" : number(lowest, lowest === 0 ? 0 : digits)}</span>
      <canvas ref=${bar} width="256" height="1" class="legend-bar" aria-hidden="true"></canvas>
      <span>${kind === "probability" ? "100 %" : number(limit, digits)}</span>
    </div>
  </figure>`;
}
