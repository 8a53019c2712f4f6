/**
 * The layer graph of a sequential network -> what the room draws.
 *
 *     graph [{name, op, inputs, output_shape, attributes}, …]
 *       -> groups [{id, head, stages}]     a conv or linear up to the next one
 *       -> source(layer)                   where its numbers come from, looking through flatten
 *
 * Nothing here knows a layer's name, count or size: only its `op` and its shapes.
 */

/**
 * @typedef {{name: string, op: string, inputs: string[], output_shape: number[],
 *   attributes: Record<string, any>}} Layer   one node of the graph the API sends
 * @typedef {"input"|"conv"|"activation"|"pool"|"norm"|"linear"|"softmax"|"reshape"} Kind
 * @typedef {{id: string, head: Layer, stages: Layer[], answer: boolean}} Group
 *   `stages` in the order they run; `answer` marks the group that gives the answer
 * @typedef {{channels: number, height: number, width: number}} Extent
 *   a vector of n values counts as n channels of one cell
 */

const ACTIVATIONS = new Set([
  "relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "softplus",
]);
const POOLS = new Set([
  "max_pool2d", "avg_pool2d", "adaptive_avg_pool2d", "adaptive_max_pool2d",
  "skip_pool2d", "adaptive_skip_pool2d",
]);

/** @param {Layer} layer @returns {Kind} what its arithmetic is */
export function kind(layer) {
  if (layer.op === "input") return "input";
  if (layer.op === "conv2d") return "conv";
  if (layer.op === "linear") return "linear";
  if (layer.op === "softmax") return "softmax";
  if (layer.op === "batch_norm2d") return "norm";
  if (POOLS.has(layer.op)) return "pool";
  return ACTIVATIONS.has(layer.op) || layer.attributes.replaced ? "activation" : "reshape";
}

/** @param {Layer} layer @returns {Extent} */
export function extent(layer) {
  const [channels, height = 1, width = 1] = layer.output_shape;
  return { channels: channels ?? 0, height, width };
}

/** @param {Layer[]} graph @returns {Map<string, Layer>} */
export function byName(graph) {
  return new Map(graph.map((layer) => [layer.name, layer]));
}

/**
 * Columns of the overview: a conv or linear, and what follows up to the next.
 * Flatten and identity change no number, so they are no stage.
 * @param {Layer[]} graph @returns {Group[]}
 */
export function groups(graph) {
  /** @type {Group[]} */
  const found = [];
  for (const layer of graph) {
    const what = kind(layer);
    if (what === "input" || what === "reshape") continue;
    const last = found[found.length - 1];
    if (!last || what === "conv" || what === "linear") {
      found.push({ id: layer.name, head: layer, stages: [layer], answer: false });
    } else last.stages.push(layer);
  }
  const head = answerLayer(graph);
  for (const group of found) group.answer = group.head === head;
  return found;
}

/** Columns of "Every layer": each stage alone. @param {Layer[]} graph @returns {Group[]} */
export function everyLayer(graph) {
  return groups(graph).flatMap((group) =>
    group.answer
      ? [group]
      : group.stages.map((s) => ({ id: s.name, head: s, stages: [s], answer: false })),
  );
}

/** @param {Layer[]} graph @param {string} name @returns {Group|undefined} the group it is a stage of */
export function groupOf(graph, name) {
  return groups(graph).find((group) => group.stages.some((stage) => stage.name === name));
}

/**
 * The layer whose numbers this one reads, looking through flatten and identity.
 * @param {Map<string, Layer>} layers @param {Layer} layer @returns {Layer|undefined}
 */
export function source(layers, layer) {
  let before = layers.get(layer.inputs[0] ?? "");
  while (before && kind(before) === "reshape") before = layers.get(before.inputs[0] ?? "");
  return before;
}

/**
 * Where entry `index` of a flattened vector came from.
 * @param {Extent} from the maps before flattening
 * @param {number} index @returns {{channel: number, y: number, x: number}}
 */
export function place(from, index) {
  const area = from.height * from.width;
  const inside = index % area;
  return {
    channel: Math.floor(index / area),
    y: Math.floor(inside / from.width),
    x: inside % from.width,
  };
}

const SHORT = new Map([
  ["conv2d", "conv"], ["relu", "ReLU"], ["leaky_relu", "leaky"], ["elu", "ELU"], ["gelu", "GELU"],
  ["silu", "SiLU"], ["max_pool2d", "pool"], ["avg_pool2d", "pool"], ["adaptive_avg_pool2d", "pool"],
  ["adaptive_max_pool2d", "pool"], ["batch_norm2d", "norm"],
  ["skip_pool2d", "skip"], ["adaptive_skip_pool2d", "skip"],
]);

/** @param {Layer} layer @returns {string} the word on a switch: conv, ReLU, pool */
export function shortName(layer) {
  return SHORT.get(layer.op) ?? layer.op;
}

/** The layer whose values become the probabilities. @param {Layer[]} graph
 *  @returns {Layer|undefined} */
export function answerLayer(graph) {
  const linear = graph.filter((layer) => kind(layer) === "linear");
  const soft = graph.find((layer) => kind(layer) === "softmax");
  return linear.find((layer) => soft?.inputs.includes(layer.name)) ?? linear[linear.length - 1];
}
