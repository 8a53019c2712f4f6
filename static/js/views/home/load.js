/**
 * Answers of the API -> what the two panels draw.
 *
 *   atlas (8 bit) -> Picture        trace (float32) -> Sentence
 */
import { dequantise } from "gridtime/math/tiles.js";
import { groups, isRecurrent } from "gridtime/math/waiting.js";

/** @typedef {import("gridtime/api/client.js").Atlas} Atlas */
/** @typedef {import("gridtime/api/client.js").Sample} Sample */
/** @typedef {import("gridtime/api/client.js").Traced} Traced */
/** @typedef {import("gridtime/views/home/picturepanel.js").Picture} Picture */
/** @typedef {import("gridtime/views/home/sentencepanel.js").Sentence} Sentence */

/**
 * @param {Atlas} atlas
 * @param {Sample} sample
 * @returns {Picture}
 */
export function pictureOf({ head, tensors }, sample) {
  const walls = groups(head.graph).flatMap((group) => {
    // The last layer of a group that still has maps; the vector before the answer is no wall.
    const node = [...group].reverse().find(({ name }) => tensors.get(name)?.shape.length === 3);
    const tensor = node && tensors.get(node.name);
    if (!node || !tensor) return [];
    const values = dequantise(tensor.data, head.limits[node.name]);
    return [{ name: node.name, shape: tensor.shape, values }];
  });
  const title = sample.drawing ? `${sample.title} (drawing)` : sample.title;
  const seen = tensors.get("input") ?? { shape: [1, 0, 0], data: new Uint8Array() };
  return { seen, title, graph: head.graph, walls, predictions: head.predictions };
}

/**
 * @param {Traced} traced
 * @param {string[]} classes two, the second is drawn as the level
 * @returns {Sentence}
 */
export function sentenceOf({ answer, tensors }, classes) {
  const node = answer.graph.find(isRecurrent);
  const states = node && tensors.get(node.name);
  if (!node || !states) throw new Error("The answer holds no hidden states.");
  const label = classes[classes.length - 1];
  const belief = (answer.steps ?? []).map(
    ({ predictions }) => predictions.find((row) => row.label === label)?.probability ?? 0,
  );
  return {
    graph: answer.graph,
    kind: node.op.toUpperCase(),
    label,
    tokens: answer.tokens ?? [],
    belief,
    states: /** @type {Float32Array} */ (states.data),
    units: states.shape[1],
  };
}

/** At most this many words fit the panel. */
const WORDS = 9;
const CHARACTERS = 42;

/**
 * The first sample sentence that fits the panel.
 * @param {Sample[]} samples
 */
export function fitting(samples) {
  const texts = samples.filter((sample) => sample.text);
  return texts.find(({ text = "" }) => text.split(/\s+/).length <= WORDS && text.length <= CHARACTERS) ?? texts[0];
}
