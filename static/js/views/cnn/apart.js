/**
 * A convolution's cell as the lens and the legends need it: the numbers, without their drawing.
 *
 *     run, choice, weights -> window, kernel, products, sums -> terms of the waterfall
 */

import { convCell, geometry } from "gridtime/math/conv.js";
import { byName, extent, kind, source } from "gridtime/math/groups.js";
import { cell as cellOf } from "gridtime/math/maps.js";
import { weightName } from "gridtime/math/sources.js";
import { others, strongest } from "gridtime/math/votes.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {import("gridtime/math/conv.js").ConvCell} ConvCell */

const NAMED = 5;

/**
 * The cell and what it needs; null while its weights or numbers are on the way.
 * @param {Room} room @param {Run} run @param {Choice} choice @param {Layer} layer
 */
export function takeApart(room, run, choice, layer) {
  const before = source(byName(run.graph), layer);
  const input = before && run.tensors.get(before.name);
  const output = run.tensors.get(layer.name);
  const weights = room.weights.value;
  const weight = weights?.get(weightName(layer, "weight"));
  if (!before || !input || !output || !weight || !run.exact) return null;
  const bias = weights?.get(weightName(layer, "bias"));
  const g = geometry(layer);
  const size = extent(before);
  const [y, x] = choice.cell;
  const cell = convCell(g, input.data, size, weight.data, bias?.data, choice.channel, y, x);
  return { before, g, size, input, cell, value: cellOf(output, choice.channel, y, x) };
}

/** Terms of the sum: the largest channels by name, the rest as one, the bias.
 *  @param {ConvCell} cell @param {(channel: number) => string} [named]
 *  @returns {{label: string, value: number}[]} */
export function channelTerms(cell, named = (channel) => `channel ${channel}`) {
  const shown = strongest(cell.sums, NAMED);
  const rest = others(cell.sums, shown);
  return [
    ...shown.map((t) => ({ label: named(cell.first + t.index), value: t.value })),
    ...(rest.count ? [{ label: rest.count === 1 ? "1 other" : `${rest.count} others`, value: rest.value }] : []),
    { label: "bias", value: cell.bias },
  ];
}

/** Input channel on show: the one asked for, else the one that adds most.
 *  @param {ConvCell} cell @param {number|undefined} wanted @returns {number} */
export function shownInput(cell, wanted) {
  const inside = wanted !== undefined && wanted >= cell.first && wanted < cell.first + cell.sums.length;
  return inside ? wanted : cell.first + (strongest(cell.sums, 1)[0]?.index ?? 0);
}

/** The channel of the layer before that a cell's lens shows.
 *  @param {Room} room @param {Run} run @param {Choice} choice @param {Layer} layer */
export function inputOf(room, run, choice, layer) {
  const found = kind(layer) === "conv" ? takeApart(room, run, choice, layer) : null;
  return found ? shownInput(found.cell, room.state.value.unit) : choice.channel;
}
