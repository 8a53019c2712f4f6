/**
 * What is chosen: the fragment's words checked against the network on screen.
 *
 *     {tab, layer, channel, cell} of the URL + run -> {tab, layer, channel, cell, …} that exist
 *
 * A link may name another network's layer or a cell outside; it then falls to the nearest thing
 * that is there, never to an empty view.
 */

import { byName, everyLayer, extent, groupOf, groups, kind } from "./groups.js";
import { ranges, networkRange } from "./scales.js";
import { strongestCell, strongestMap } from "./maps.js";

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {import("./groups.js").Extent} Extent */
/** @typedef {import("./scales.js").Tensor} Tensor */
/** @typedef {import("./scales.js").LayerRange} LayerRange */
/** @typedef {import("./scales.js").Range} Range */
/** @typedef {{label: string, probability: number, logit: number, value?: number, unit?: string}} Prediction
 *    of a class; a network that gives one number has `value` and `unit` alone */
/**
 * @typedef {object} Run one pass of one picture through one network
 * @property {string} model @property {Layer[]} graph
 * @property {Map<string, Tensor>} tensors @property {Map<string, LayerRange>} ranges
 * @property {Range} network @property {Prediction[]} predictions
 * @property {{score: number, threshold: number, share: number, familiar: boolean}|undefined} familiarity
 * @property {Record<string, any>} input what was done to the picture
 * @property {string} [sha256] of the weights, where the answer names it
 * @property {boolean} exact false: drawn from 8-bit values, float32 follows
 */
/**
 * @typedef {{tab: string, layer: Layer|undefined, channel: number, cell: [number, number],
 *   size: Extent, opened: boolean}} Choice
 */

export const TABS = {
  overview: "Overview", convolution: "Convolution", pooling: "Pooling", answer: "Answer",
};

/** Under More, where a network has what they need; views/cnn/more.js loads each.
 *  @type {Record<string, string>} */
export const MORE = {
  looks: "What a channel looks for", hierarchy: "From edges to classes", why: "Why this answer",
  shift: "Shift test", kernel: "Your own kernel", lab: "Convolution lab", whatif: "What if",
  compare: "Compare two", training: "Training, seen", trust: "How far to trust it",
  cortex: "The visual cortex", save: "Save and script",
};

/**
 * @param {Omit<Run, "ranges"|"network">} parts @returns {Run} with the ranges of every layer
 */
export function makeRun(parts) {
  /** @type {Map<string, LayerRange>} */
  const found = new Map();
  const shown = [];
  for (const layer of parts.graph) {
    const tensor = parts.tensors.get(layer.name);
    if (!tensor || ["input", "reshape", "softmax"].includes(kind(layer))) continue;
    const range = ranges(tensor);
    found.set(layer.name, range);
    if (!groupOf(parts.graph, layer.name)?.answer) shown.push(range);
  }
  return { ...parts, ranges: found, network: networkRange(shown) };
}

/** @param {Layer} layer @returns {string} the tab that takes its cells apart */
export function tabOf(layer) {
  const what = kind(layer);
  if (what === "pool") return "pooling";
  return what === "linear" || what === "softmax" || layer.output_shape.length < 3
    ? "answer" : "convolution";
}

/** The tabs this network has. @param {Layer[]} graph @returns {{id: string, title: string}[]} */
export function tabsOf(graph) {
  const there = new Set(["overview", ...graph.filter(hasMap).map(tabOf)]);
  const rooms = Object.entries(TABS).filter(([id]) => there.has(id));
  return [...rooms, ...Object.entries(MORE)].map(([id, title]) => ({ id, title }));
}

/** @param {Choice} choice @returns {boolean} the map has cells to walk over */
export const isSpatial = (choice) => choice.size.height * choice.size.width > 1;

/** @param {Layer} layer @returns {boolean} it has maps or units to look at */
export function hasMap(layer) {
  return !["input", "reshape", "softmax"].includes(kind(layer));
}

/**
 * The layer a tab opens with: of the group of the layer chosen before, else the first (the last
 * for the answer).
 * @param {Layer[]} graph @param {string} tab @param {string|undefined} before
 * @returns {Layer|undefined}
 */
export function layerFor(graph, tab, before) {
  const fit = graph.filter((layer) => hasMap(layer) && tabOf(layer) === tab);
  if (tab === "answer") return fit.find((l) => l.name === before) ?? fit[fit.length - 1];
  const group = before ? groupOf(graph, before) : undefined;
  return fit.find((layer) => layer.name === before)
    ?? group?.stages.find((stage) => fit.includes(stage))
    ?? fit[0];
}

/**
 * @param {Run} run
 * @param {{tab?: string, layer?: string, channel?: number, cell?: [number, number], open?: string,
 *   class?: string}} state
 * @param {Run} [own] the run without changes: what is chosen where the link names nothing comes from
 *   it, so that no change of the network chooses another map
 * @returns {Choice}
 */
export function choice(run, state, own = run) {
  const tab = tabsOf(run.graph).find((t) => t.id === state.tab)?.id ?? "overview";
  const named = byName(run.graph).get(state.layer ?? "");
  const layer = tab === "overview" || tab in MORE
    ? (named && hasMap(named) ? named : undefined)
    : layerFor(run.graph, tab, state.layer);
  const size = layer ? extent(layer) : { channels: 0, height: 0, width: 0 };
  const channel = channelOf(own, state, layer, size);
  return {
    tab, layer, channel, size, opened: state.open === "cell",
    cell: cellOf(own, state, layer, channel, size),
  };
}

/**
 * @param {Run} run @param {{channel?: number, class?: string}} state
 * @param {Layer|undefined} layer @param {Extent} size @returns {number}
 */
function channelOf(run, state, layer, size) {
  if (!layer) return -1;
  if (state.channel !== undefined) return Math.max(0, Math.min(size.channels - 1, state.channel));
  const range = run.ranges.get(layer.name);
  return range ? strongestMap(range) : 0;
}

/**
 * @param {Run} run @param {{cell?: [number, number]}} state @param {Layer|undefined} layer
 * @param {number} channel @param {Extent} size @returns {[number, number]}
 */
function cellOf(run, state, layer, channel, size) {
  if (!layer) return [0, 0];
  const tensor = run.tensors.get(layer.name);
  const wanted = state.cell ?? (tensor ? strongestCell(tensor, channel) : [0, 0]);
  return [
    Math.max(0, Math.min(size.height - 1, wanted[0])),
    Math.max(0, Math.min(size.width - 1, wanted[1])),
  ];
}

/**
 * The stage a column shows: the one its switch names, else the last that was traced.
 * @param {import("./groups.js").Group} group @param {string|undefined} show names, by commas
 * @param {Map<string, Tensor>} tensors @returns {Layer}
 */
export function shownStage(group, show, tensors) {
  const names = (show ?? "").split(",");
  const maps = group.stages.filter(hasMap);
  const traced = maps.filter((stage) => tensors.has(stage.name));
  return maps.find((s) => names.includes(s.name)) ?? traced[traced.length - 1] ?? group.head;
}

/**
 * The columns with walls of maps: groups, or with "Every layer" one a layer; the answer has its own.
 * @param {Layer[]} graph @param {boolean} every @returns {import("./groups.js").Group[]}
 */
export function columnsOf(graph, every) {
  return (every ? everyLayer(graph) : groups(graph)).filter((group) => !group.answer);
}
