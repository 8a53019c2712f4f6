/**
 * The graph of an encoder and a decoder -> the U that a page draws.
 *
 *     graph --where the size changes--> stages, in order     the smallest is the bottom of the U
 *     join_maps <- identity <- encoder --> bridges            a tensor that can be switched off
 *
 * Nothing here knows a layer's name, count or size: only ops, inputs and shapes.
 */

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {{layers: Layer[], top: Layer, side: "down" | "bottom" | "up", channels: number, height: number, width: number}} Stage top: the last layer, what the stage hands on */
/** @typedef {{name: string, layer: Layer, from: number, to: number}} Bridge  name: its tensor; from, to: places of stages */
/** @typedef {{stages: Stage[], bridges: Bridge[]}} U */

/** What stands after the scores, or before the first layer. */
const OUTSIDE = ["input", "logits", "probabilities", "mask"];

/** @param {Layer[]} graph @returns {U} */
export function uOf(graph) {
  /** @type {Layer[][]} */
  const runs = [];
  let size = "";
  for (const layer of graph) {
    const [, height, width] = layer.output_shape;
    if (OUTSIDE.includes(layer.name) || width === undefined) continue;
    const now = `${height} ${width}`;
    if (now !== size) runs.push([]);
    size = now;
    runs[runs.length - 1].push(layer);
  }
  const widths = runs.map(([first]) => first.output_shape[2]);
  const bottom = widths.indexOf(Math.min(...widths));
  const stages = runs.map((layers, at) => stageOf(layers, at < bottom ? "down" : at > bottom ? "up" : "bottom"));
  /** @param {string} name */
  const place = (name) => stages.findIndex(({ layers }) => layers.some((layer) => layer.name === name));
  const identities = new Map(graph.filter(({ op }) => op === "identity").map((layer) => [layer.name, layer]));
  const bridges = graph
    .filter(({ op }) => op === "join_maps")
    .flatMap((join) => join.inputs.map((name) => ({ join, layer: identities.get(name) })))
    .flatMap(({ join, layer }) => (layer ? [{ name: layer.name, layer, from: place(layer.inputs[0]), to: place(join.name) }] : []));
  return { stages, bridges: bridges.sort((a, b) => a.from - b.from) };
}

/** @param {Layer[]} layers @param {Stage["side"]} side @returns {Stage} */
function stageOf(layers, side) {
  const top = layers[layers.length - 1];
  const [channels, height, width] = top.output_shape;
  return { layers, top, side, channels, height, width };
}

/** The layers whose tensors the U shows before any is chosen. @param {U} u */
export const topsOf = ({ stages }) => stages.map(({ top }) => top.name);

/**
 * Rows of the U from the top: a stage of the encoder, one of the decoder of the same size, the
 * bridge between them; the bottom is alone.
 * @param {U} u @returns {{down: Stage, up: Stage | null, bridge: Bridge | null}[]}
 */
export function rowsOf({ stages, bridges }) {
  return stages
    .filter(({ side }) => side !== "up")
    .map((down) => {
      const bridge = bridges.find(({ from }) => stages[from] === down) ?? null;
      const same = stages.find(({ side, width }) => side === "up" && width === down.width);
      return { down, up: bridge ? stages[bridge.to] : (same ?? null), bridge };
    });
}

/** The cell of a layer in which a pixel of the input lies. @param {Layer} layer @param {[number, number]} pixel @param {{width: number, height: number}} input @returns {[number, number]} */
export function cellOf({ output_shape: [, height, width] }, [y, x], input) {
  return [Math.floor((y * height) / input.height), Math.floor((x * width) / input.width)];
}

/** The pixel in the middle of a layer's cell. @param {Layer} layer @param {[number, number]} cell @param {{width: number, height: number}} input @returns {[number, number]} */
export function pixelOf({ output_shape: [, height, width] }, [y, x], input) {
  return [Math.floor(((y + 0.5) * input.height) / height), Math.floor(((x + 0.5) * input.width) / width)];
}

/** @typedef {{op: "scale", tensor: string, channel: null, factor: 0}} Off */

/** Edits that put zeros in the place of bridges. @param {string[]} names @returns {Off[]} */
export const edits = (names) => names.map((tensor) => ({ op: "scale", tensor, channel: null, factor: 0 }));

/** Which bridges a list of edits switches off. @param {{op: string, tensor?: string, channel?: number | null, factor?: number}[]} list @param {Bridge[]} bridges @returns {string[]} */
export const offOf = (list, bridges) =>
  bridges
    .map(({ name }) => name)
    .filter((name) => list.some((edit) => edit.op === "scale" && edit.tensor === name && edit.factor === 0 && (edit.channel ?? null) === null));

/** The channel with the largest mean size. @param {{shape: number[], data: ArrayLike<number>}} tensor */
export function loudest({ shape: [channels], data }) {
  const area = data.length / channels;
  let best = 0;
  let most = -1;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let i = c * area; i < (c + 1) * area; i++) sum += Math.abs(data[i]);
    if (sum > most) [best, most] = [c, sum];
  }
  return best;
}
