/**
 * The orientations of the edge filters: a line each through the middle, as long as it is clear.
 *
 *     kernels {degrees, index} -> half a turn of angles -> lines; the chosen one marked
 */

import { html } from "gridtime/lib/html.js";
import { lineAt } from "gridtime/math/patterns.js";

/** @typedef {import("gridtime/math/selectivity.js").Kernel} Kernel */

/** Units of the drawing: its middle is 0, the circle of index 1 has this radius. */
const RADIUS = 100;

/** @param {{kernels: Kernel[], chosen: number, onPick: (channel: number) => void}} props */
export function Rose({ kernels, chosen, onPick }) {
  const edges = kernels.map((kernel, channel) => ({ ...kernel, channel }))
    .filter(({ kind, degrees }) => kind === "edge" && degrees !== null)
    .sort((a, b) => Number(a.channel === chosen) - Number(b.channel === chosen));
  /** @param {number} degrees @param {number} length */
  const ends = (degrees, length) => {
    const { x1, y1, x2, y2 } = lineAt(degrees, 0.5);
    const at = (/** @type {number} */ v) => (v - 0.5) * 2 * RADIUS * length;
    return { x1: at(x1), y1: at(y1), x2: at(x2), y2: at(y2) };
  };
  return html`<svg class="rose" viewBox="-135 -130 270 250" role="img" aria-label=${`Orientations of ${edges.length} edge filters`}>
    ${[0.5, 1].map((r) => html`<circle key=${r} class="rose-ring" r=${RADIUS * r} />`)}
    ${edges.map(({ channel, degrees, index }) => html`<g key=${channel} class="rose-line ${channel === chosen ? "is-chosen" : ""}" onClick=${() => onPick(channel)}>
      <line class="rose-reach" ...${ends(degrees ?? 0, index)} /><line class="rose-halo" ...${ends(degrees ?? 0, index)} /><line ...${ends(degrees ?? 0, index)} /></g>`)}
    <text class="plot-text" x="104" y="4">0°</text><text class="plot-text" x="0" y="-106" text-anchor="middle">90°</text>
  </svg>`;
}
