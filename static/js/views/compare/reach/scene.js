/**
 * What of the address and the store every part of the Reach view asks for.
 *
 *     address.cell = [at, read]: the word whose answer it is, the word of the readout
 */
import { atOnce, cellSays, decaySays, seriesOf, windowsSay } from "gridtime/math/reach.js";
import { branches } from "gridtime/math/windows.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/math/reach.js").Series} Series */
/** @typedef {import("gridtime/stores/reaching.js").Reached} Reached */

/** @param {Record<string, any>} address */
export const isPicture = (address) => address.show === "picture";
/** One cell of a map, in place of the answer? @param {Record<string, any>} address */
export const isCell = (address) => !isPicture(address) && address.method === "cell";

/** The maps that a window of words can be chosen from: the last before the largest over time. @param {Room} room */
export const mapsOf = ({ stores }) => branches(stores.reach.texts.value?.[0].graph ?? []);

/** The layer whose cell is looked at; the widest windows unless the address says otherwise. @param {Room} room */
export function layerOf(room) {
  const all = mapsOf(room);
  return all.find(({ maps }) => maps === room.address.layer) ?? all[all.length - 1];
}

/** @param {Reached} found @returns {Series[]} */
export const linesOf = ({ rows }) =>
  rows.map(({ net, answer }) => seriesOf({ id: net.row.id, kind: net.row.kind, name: answer.of.kind === "cell" ? `${net.name} cell` : net.name }, answer));

/** The words drawn: of a long text the last that all were followed through. @param {Reached} found @returns {[number, number]} */
export const spanOf = ({ rows, words }) => [Math.max(...rows.map(({ answer }) => answer.steps[0].t)), words.length - 1];

/** The word of the readout. @param {Record<string, any>} address @param {Reached} found */
export function readOf({ cell }, found) {
  const [first, last] = spanOf(found);
  return Math.max(first, Math.min(last, cell?.[1] ?? found.at));
}

/** @param {Reached} found */
export const unitOf = ({ picture }) => (picture ? "row" : "word");

/** @param {Series[]} all @param {string | undefined} model */
export const chosenOf = (all, model) => all.find(({ id }) => id === model) ?? all[0];

/** What follows from the numbers for one network. @param {Series} one @param {Reached} found */
export function saysOf(one, found) {
  if (one.of === "cell") return cellSays(one, found.layer ?? "", found.words[found.at]);
  return atOnce(one) ? windowsSay(one, unitOf(found)) : decaySays(one, unitOf(found));
}
