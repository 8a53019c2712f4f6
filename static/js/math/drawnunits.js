/**
 * Which units of a reader are drawn under its input, and their values.
 *
 *     graph, tensors -> the layer whose h the head reads, one of its signals [T, H]
 *     effects [H] -> the SHOWN strongest -> the one looked at
 */
import { readers, signalOf, tensorName } from "gridtime/math/readers.js";

/** @typedef {import("gridtime/math/waiting.js").Node} Node */
/** @typedef {{net: {graph: Node[]}, tensors: Map<string, import("gridtime/lib/safetensors.js").Tensor>}} Traced */

/** Units that are drawn: those that move the answer most. */
const SHOWN = 12;

/** The layer whose h the head reads, and a signal of it. @param {Traced} traced @param {string} [wanted] */
export function statesOf({ net, tensors }, wanted = "h") {
  const reader = readers(net.graph).find(({ last }) => last);
  if (!reader) return null;
  const signal = signalOf(reader, wanted);
  const tensor = tensors.get(tensorName(reader, signal.id));
  return tensor ? { reader, signal, data: /** @type {Float32Array} */ (tensor.data) } : null;
}

/** The units drawn, strongest effect first; without effects the first ones. @param {{effects: number[] | null}} traced @param {number} hidden */
export function unitsOf({ effects }, hidden) {
  const all = Array.from({ length: hidden }, (_, u) => u);
  if (effects) all.sort((a, b) => effects[b] - effects[a]);
  return all.slice(0, SHOWN);
}

/** The unit looked at: the address's if it is drawn, else the first. @param {Record<string, any>} address @param {number[]} units */
export const unitOf = ({ unit }, units) => (units.includes(unit) ? unit : units[0]);
