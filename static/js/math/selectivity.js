/**
 * What was measured about channels over the held-out pictures, in counts and words.
 *
 *     studies.channels[layer][c] {p99, most, dead, best: [{class, auroc}]}
 *       -> prefers(c)      its best AUROC reaches the rule
 *       -> "One cell sees 46 px; 9 of 64 channels prefer one class."
 *
 * The rule is a convention, so every view that counts by it says it.
 */

import { fieldBox } from "./fields.js";

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {import("./groups.js").Group} Group */
/** @typedef {{class: string, auroc: number}} Preference */
/** @typedef {{p99: number, most: number, dead: number, best: Preference[]}} Channel */
/** @typedef {{image: string, tile: number, columns: number, value: number[], above: boolean[], field: [number, number]}} Look */
/** @typedef {{kind: string, degrees: number|null, index: number, grey: number}} Kernel */
/** @typedef {{low: number, high: number, n: number, confidence: number, accuracy: number}} Bin */
/** @typedef {{accuracy: number, interval: [number, number], ece: number, bins: Bin[], confusion: number[][], classes: string[]}} Trust */
/**
 * @typedef {object} Studies models/<id>/studies.json; any part may be absent
 * @property {string} weights @property {string} split @property {number} n
 * @property {string} command
 * @property {Trust} [trust] @property {Record<string, Channel[]>} [channels]
 * @property {Record<string, Look>} [looks]
 * @property {{layer: string, measure: string, channels: Kernel[]}} [edges]
 * @property {{step: number, accuracy: number, n: number}[]} [moments]
 */

/** From this AUROC on, a channel prefers a class. */
export const PREFERS = 0.9;

export const RULE = `A channel prefers a class where its largest value tells it from the rest with an AUROC of ${PREFERS} or more; 0.5 is chance.`;

/** @param {Channel|undefined} channel @returns {string} the class it prefers, or "" */
export function preferred(channel) {
  const first = channel?.best[0];
  return first && first.auroc >= PREFERS ? first.class : "";
}

/** @param {Channel[]} channels @returns {number} how many prefer one class */
export const preferring = (channels) => channels.filter((c) => preferred(c) !== "").length;

/** The classes that a layer's channels prefer, the commonest first.
 *  @param {Channel[]} channels @returns {{label: string, count: number}[]} */
export function preferredClasses(channels) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const channel of channels) {
    const label = preferred(channel);
    if (label) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

/** The stage of a group that was measured: the last one shown that has figures.
 *  @param {Group} group @param {Record<string, unknown>|undefined} table by layer name
 *  @param {Layer} [shown] looked at first @returns {Layer|undefined} */
export function measuredStage(group, table, shown) {
  if (!table) return undefined;
  if (shown && Object.hasOwn(table, shown.name)) return shown;
  return [...group.stages].reverse().find((stage) => Object.hasOwn(table, stage.name));
}

/** Side of the field in words: "46 px", or that it is more than there is.
 *  @param {Layer} layer @param {{width: number, height: number}} input @returns {string} */
export function sideSays(layer, input) {
  const { width, height } = fieldBox(layer, 0, 0, input);
  if (width === input.width && height === input.height) return "the whole picture";
  if (width > input.width && height > input.height) return `${width} px (the picture has ${input.width})`;
  return width === height ? `${width} px` : `${width} × ${height} px`;
}

/** Out of measured figures, never of what textbooks expect.
 *  @param {Layer} layer @param {{width: number, height: number}} input
 *  @param {Channel[]|undefined} channels @returns {string} */
export function depthTitle(layer, input, channels) {
  const sees = `One cell sees ${sideSays(layer, input)}`;
  if (!channels?.length) return `${sees}; its channels were not measured.`;
  const n = preferring(channels);
  return `${sees}; ${n} of ${channels.length} channels prefer${n === 1 ? "s" : ""} one class.`;
}

/** What may be named here, and what may not.
 *  @param {Channel[]|undefined} channels @param {Kernel[]|undefined} kernels where these are the
 *  first layer's @returns {string} */
export function shapeSays(channels, kernels) {
  if (kernels?.length) {
    const edges = kernels.filter((k) => k.kind === "edge").length;
    return `${edges} of ${kernels.length} kernels are edge filters by measure.`;
  }
  if (!channels?.length) return "Nothing is named here: it was not measured.";
  const [first, second] = preferredClasses(channels);
  if (!first) return "No shape appears here that could be named: no channel prefers a class.";
  const next = second ? `, then ${second.label} (${second.count})` : "";
  return `Most often preferred: ${first.label} (${first.count})${next}.`;
}

/** @param {Channel} channel @returns {string} "dead on 12 % of pictures" */
export function deadSays({ dead }) {
  if (dead === 0) return "Above 0 somewhere in every picture.";
  if (dead === 1) return "Dead on every picture.";
  const share = dead * 100;
  return `Dead on ${share < 1 ? "less than 1" : share > 99 ? "more than 99" : Math.round(share)} % of pictures: 0 everywhere.`;
}
