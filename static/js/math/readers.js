/**
 * Which recurrent layers a graph holds, and what their tensors and weights are called.
 *
 *     graph --readers()--> one Reader per layer and direction
 *                          └── signals: h, c, i, f, g, o   (what can be drawn, per cell kind)
 *                          └── weights: weight_ih_l0, …    (rows: one block of H per gate)
 *
 * Nothing here knows a layer's name, count or size: all of it is read from the graph.
 */

/** @typedef {"lstm" | "gru" | "rnn"} Kind */
/** @typedef {{name: string, op: string, inputs: string[], output_shape: (number|string)[], attributes: Record<string, any>}} Node */
/** @typedef {"state" | "gate" | "sum"} Form  state: signed, on the ±1 scale; gate: 0 to 1; sum: signed, no bound */
/** @typedef {{id: string, suffix: string, name: string, form: Form, block: number}} Signal  block: rows block·H… of the weights, −1 for a state */
/**
 * @typedef {object} Reader
 * @property {string} id       e.g. "lstm.l0_reverse": the prefix of its tensors
 * @property {string} node     the graph's name of its layer
 * @property {Kind} kind
 * @property {number} layer
 * @property {boolean} reverse  reads from the last word to the first
 * @property {number} hidden   H
 * @property {string[]} sources  tensors that, side by side, are its input x
 * @property {boolean} last    its h is what the head reads
 * @property {number} column   where its units start in the head's columns
 * @property {"tanh" | "relu"} squash  of a plain RNN
 */

/**
 * @param {string} id
 * @param {string} suffix
 * @param {string} name
 * @param {Form} form
 * @param {number} block
 * @returns {Signal}
 */
const signal = (id, suffix, name, form, block) => ({ id, suffix, name, form, block });

/** Per cell kind, in torch's order of gates. @type {Record<Kind, Signal[]>} */
export const SIGNALS = {
  lstm: [
    signal("h", "h", "hidden state", "state", -1),
    signal("c", "c", "cell state", "sum", -1),
    signal("i", "gate.i", "input gate", "gate", 0),
    signal("f", "gate.f", "forget gate", "gate", 1),
    signal("g", "gate.g", "candidate", "state", 2),
    signal("o", "gate.o", "output gate", "gate", 3),
  ],
  gru: [
    signal("h", "h", "hidden state", "state", -1),
    signal("r", "gate.r", "reset gate", "gate", 0),
    signal("z", "gate.z", "update gate", "gate", 1),
    signal("n", "gate.n", "candidate", "state", 2),
    signal("hn", "gate.hn", "recalled state", "sum", 2),
  ],
  rnn: [signal("h", "h", "hidden state", "state", -1)],
};

/** @param {string} op @returns {op is Kind} */
const recurrent = (op) => op in SIGNALS;

/** @param {Node} node @param {number} layer @param {string[]} suffixes */
function sourcesOf(node, layer, suffixes) {
  if (layer === 0) return [node.inputs[0]];
  return suffixes.map((s) => `${node.name}.l${layer - 1}${s}.h`);
}

/**
 * Every layer and direction of every recurrent node, in the order in which they run.
 * @param {Node[]} graph
 * @returns {Reader[]}
 */
export function readers(graph) {
  const nodes = graph.filter((node) => recurrent(node.op));
  return nodes.flatMap((node, place) => {
    const { num_layers: layers = 1, bidirectional = false, hidden_size: hidden } = node.attributes;
    const suffixes = bidirectional ? ["", "_reverse"] : [""];
    const top = place === nodes.length - 1;
    return Array.from({ length: layers }, (_, layer) =>
      suffixes.map((suffix, side) => ({
        id: `${node.name}.l${layer}${suffix}`,
        node: node.name,
        kind: /** @type {Kind} */ (node.op),
        layer,
        reverse: side === 1,
        hidden,
        sources: sourcesOf(node, layer, suffixes),
        last: top && layer === layers - 1,
        column: side * hidden,
        squash:
          node.attributes.nonlinearity === "relu"
            ? /** @type {const} */ ("relu")
            : /** @type {const} */ ("tanh"),
      })),
    ).flat();
  });
}

/** The tensor that holds a signal of a reader, `[T, H]`. @param {Reader} reader @param {string} id */
export function tensorName(reader, id) {
  const found = SIGNALS[reader.kind].find((s) => s.id === id);
  return `${reader.id}.${found ? found.suffix : id}`;
}

/** @param {Reader} reader @param {string} id @returns {Signal} */
export function signalOf(reader, id) {
  const signals = SIGNALS[reader.kind];
  return signals.find((s) => s.id === id) ?? signals[0];
}

/** Where the weights of a reader lie in the state_dict. @param {Reader} reader */
export function weightNames(reader) {
  const tail = `l${reader.layer}${reader.reverse ? "_reverse" : ""}`;
  return {
    wx: `${reader.node}.weight_ih_${tail}`,
    wh: `${reader.node}.weight_hh_${tail}`,
    bx: `${reader.node}.bias_ih_${tail}`,
    bh: `${reader.node}.bias_hh_${tail}`,
  };
}

/** The linear layer that reads h: the last one of the graph. @param {Node[]} graph */
export function headOf(graph) {
  const node = graph.findLast((n) => n.op === "linear");
  const module = node?.attributes.module ?? node?.name;
  return node ? { weight: `${module}.weight`, bias: `${module}.bias` } : null;
}

/** @typedef {{ends: boolean, at: number}} Place */

/**
 * The one place where the head reads, or null where it reads every step.
 * @param {Node[]} graph @param {{word?: {at: number}}} input what the answer says of the text
 * @returns {Place | null}
 */
export function placeOf(graph, { word }) {
  if (graph.some(({ op }) => op === "ends")) return { ends: true, at: 0 };
  return word && graph.some(({ op }) => op === "at_word") ? { ends: false, at: word.at } : null;
}

/**
 * The steps whose states the head reads for its answer at step t: [forward, reverse].
 * @param {Place | null} place @param {number} total @param {number} t
 */
export function headSteps(place, total, t) {
  if (!place) return [t, t];
  return place.ends ? [total - 1, 0] : [place.at, place.at];
}

/**
 * How many numbers the weights of one layer and direction hold.
 * @param {Reader} reader
 * @param {Map<string, {data: ArrayLike<number>}>} weights
 */
export function weightCount(reader, weights) {
  return Object.values(weightNames(reader)).reduce((n, name) => n + (weights.get(name)?.data.length ?? 0), 0);
}
