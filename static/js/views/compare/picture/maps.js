/**
 * The network that reads at once: every map of every layer, of the picture so far.
 *
 *     graph -> groups -> the last stage of each: [C, H, W] a wall of maps, [n] a row of units
 */
import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { extent, groups } from "gridtime/math/groups.js";
import { shape } from "gridtime/math/format.js";
import { ranges } from "gridtime/math/scales.js";

/** @typedef {import("gridtime/math/groups.js").Layer} Layer */
/** @typedef {import("gridtime/math/scales.js").Tensor} Tensor */
/** @typedef {import("gridtime/stores/tworeaders.js").Pair} Pair */
/** @typedef {import("gridtime/stores/tworeaders.js").Maps} Maps */

/** Groups between the picture and the answer, each by its last stage. @param {Pair} pair */
export const shownLayers = ({ atOnce }) =>
  groups(/** @type {Layer[]} */ (atOnce.graph)).filter(({ answer }) => !answer).map(({ stages }) => stages[stages.length - 1]);

/** The largest size of a layer's values, of the whole picture: fixed while the rows change. @param {Pair} pair @param {string} name */
export const limitOf = ({ whole }, name) => {
  const tensor = whole.tensors.get(name);
  return tensor ? ranges(/** @type {Tensor} */ (tensor)).range.limit || 1 : 1;
};

/** Is nothing of it negative, as after a ReLU? @param {Pair} pair @param {string} name */
export const positive = ({ whole }, name) => {
  const tensor = whole.tensors.get(name);
  return Boolean(tensor && ranges(/** @type {Tensor} */ (tensor)).range.least >= 0);
};

/** Edges of a map on a projector, and room for the name above a wall; px at root 16. */
const EDGES = [96, 84, 72, 64, 56, 48];
const LEAST = 44;
const [GAP, NAME] = [3, 24];

/** Maps in a row. @param {number} width @param {number} edge */
const fitting = (width, edge) => Math.max(1, Math.floor((width + GAP) / (edge + GAP)));

/** The largest edge at which all walls fit into a box. @param {Pair} pair @param {number} width @param {number} height */
export function edgeIn(pair, width, height) {
  const counts = shownLayers(pair).filter(({ output_shape: { length } }) => length === 3).map((layer) => extent(layer).channels);
  const tall = (/** @type {number} */ edge) => counts.reduce((sum, n) => sum + NAME + Math.ceil(n / fitting(width, edge)) * (edge + GAP), 0);
  return EDGES.find((edge) => tall(edge) <= height) ?? LEAST;
}

/** Maps side by side, as many in each row. @param {{layer: Layer, tensor: Tensor, limit: number, edge: number, room: number}} props room: px across */
function Wall({ layer, tensor, limit, edge, room }) {
  const { channels, height, width } = extent(layer);
  const across = Math.ceil(channels / Math.ceil(channels / fitting(room, edge)));
  return html`<div class="at-once-wall" style=${{ maxWidth: `${(across * (edge + GAP)) / 16}rem` }}>${Array.from({ length: channels }, (_, c) => html`<${CanvasMap} key=${c} values=${tensor.data} offset=${c * height * width} width=${width} height=${height} limit=${limit} size=${edge} label="${layer.name}, map ${c}" />`)}</div>`;
}

/** @param {{layer: Layer, tensor: Tensor, limit: number, width: number, bare: boolean}} props */
function Units({ layer, tensor, limit, width, bare }) {
  const count = tensor.data.length;
  return html`<${CanvasMap} values=${tensor.data} width=${count} height=${1} limit=${limit} box=${[width, 16]} label="${layer.name}: ${count} units" readout=${false} table=${!bare} />`;
}

/** @param {{pair: Pair, maps: Maps, edge: number, width: number, bare: boolean}} props edge: of a map, px; bare: without tables, on a projector */
export function AtOnce({ pair, maps, edge, width, bare }) {
  return html`<div class="at-once" data-rows=${maps.rows}>
    ${shownLayers(pair).map((layer) => {
      const tensor = /** @type {Tensor | undefined} */ (maps.tensors.get(layer.name));
      if (!tensor) return null;
      const limit = limitOf(pair, layer.name);
      const spatial = layer.output_shape.length === 3;
      return html`<figure key=${layer.name}>
        <figcaption><b>${layer.name}</b> ${shape(layer.output_shape)}</figcaption>
        ${spatial ? html`<${Wall} layer=${layer} tensor=${tensor} limit=${limit} edge=${edge} room=${width} />` : html`<${Units} layer=${layer} tensor=${tensor} limit=${limit} width=${width} bare=${bare} />`}
      </figure>`;
    })}
  </div>`;
}
