/**
 * Of a network that looks at every frame and then reads over them: which tensors are drawn.
 *
 *     graph -> mapsOf: what each convolution hands on, [T, C, h, w]
 *           -> featuresOf: what the recurrent layer reads of a frame, [T, F]
 *           -> drawnLayers: these, the input, states and the answer: what a trace is asked for
 */
import { readers } from "./readers.js";

/** @typedef {import("gridtime/math/waiting.js").Node} Node */
/** @typedef {{name: string, from: string, channels: number, height: number, width: number}} Maps from: the convolution's name */

/** The last layer with maps before the next convolution, or before they are flattened. @param {Node[]} graph @returns {Maps[]} */
export function mapsOf(graph) {
  /** @type {Maps[]} */
  const found = [];
  let from = "";
  graph.forEach((node, k) => {
    if (node.op === "conv2d") from = node.name;
    const next = graph[k + 1];
    const ends = from && next && node.output_shape.length === 4 && (next.op === "conv2d" || next.output_shape.length !== 4);
    if (!ends) return;
    const [, channels, height, width] = /** @type {number[]} */ (node.output_shape);
    found.push({ name: node.name, from, channels, height, width });
  });
  return found;
}

/** @param {Node[]} graph @returns {{name: string, size: number} | null} */
export function featuresOf(graph) {
  const reader = readers(graph)[0];
  const node = reader && graph.find(({ name }) => name === reader.sources[0]);
  return node ? { name: node.name, size: /** @type {number} */ (node.output_shape[1]) } : null;
}

/** @param {Node[]} graph */
export function drawnLayers(graph) {
  const features = featuresOf(graph);
  return ["input", ...mapsOf(graph).map(({ name }) => name), ...(features ? [features.name] : []), ...new Set(readers(graph).map(({ node }) => node)), "logits", "probabilities"];
}
