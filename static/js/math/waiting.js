/**
 * The waiting line: how many layers, or words, must wait for one another.
 *
 *   graph -> layers with weights on its longest chain, whatever the picture's size
 *   graph + words -> words x recurrent layers
 *
 * One layer with weights counts together with the activation and pooling after it, as one word
 * counts together with all gates of its step.
 */

/** @typedef {{name: string, op: string, inputs: string[], output_shape: (number | string)[], attributes: Record<string, any>}} Node */

/**
 * Layers that must be computed one after another.
 * @param {Node[]} graph in order, each after its inputs
 */
export function layersInLine(graph) {
  /** @type {Map<string, number>} */
  const depth = new Map();
  for (const node of graph) {
    const before = Math.max(0, ...node.inputs.map((name) => depth.get(name) ?? 0));
    depth.set(node.name, before + (opens(node) ? 1 : 0));
  }
  return Math.max(0, ...depth.values());
}

/** @param {Node} node */
export const isRecurrent = (node) => ["rnn", "gru", "lstm"].includes(node.op);

/**
 * Words that must be read one after another.
 * @param {Node[]} graph
 * @param {number} words
 */
export function stepsInLine(graph, words) {
  const stacked = graph.filter(isRecurrent).reduce((n, node) => n + (node.attributes.num_layers ?? 1), 0);
  return words * Math.max(stacked, 1);
}

/**
 * @param {Node[]} graph
 * @returns {Node[][]} a conv or linear up to the next; the input and a recurrent layer open one too
 */
export function groups(graph) {
  /** @type {Node[][]} */
  const all = [];
  for (const node of graph) {
    if (node.op === "input") continue;
    if (all.length === 0 || opens(node)) all.push([]);
    all[all.length - 1].push(node);
  }
  return all;
}

/** @param {Node} node */
const opens = (node) => /^(word_)?conv|^linear$/.test(node.op) || node.name === "logits" || isRecurrent(node);

/**
 * What must wait, of any network: words where it reads them one after another, else layers.
 * @param {Node[]} graph
 * @param {number} words
 */
export const inLine = (graph, words) => (graph.some(isRecurrent) ? stepsInLine(graph, words) : layersInLine(graph));
