/**
 * What keys and buttons do to the choice: next map, next layer, next cell, one level down or up.
 *
 *     choice + step -> patch of the URL's state
 *
 * Everything that can be done with a pointer can be done here.
 */

import { answerLayer, groupOf, kind } from "gridtime/math/groups.js";
import { MORE, columnsOf, hasMap, isSpatial, shownStage, tabOf } from "gridtime/math/choice.js";
import { strongestMap } from "gridtime/math/maps.js";
import { isNumber } from "gridtime/math/numberhead.js";
import { nextScope, scopeName } from "gridtime/math/scales.js";
import { moved } from "gridtime/math/step.js";
import { live } from "gridtime/components/live.js";
import { mapSays } from "gridtime/views/cnn/readout.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Layer} Layer */

/** The layers that J and K go through: as shown in the columns, then the answer.
 *  @param {Room} room @param {Run} run @returns {Layer[]} */
export function line(room, run) {
  const { every = false, show } = room.state.peek();
  const answer = answerLayer(run.graph);
  if (room.choice.peek()?.tab !== "overview") return run.graph.filter(hasMap);
  const shown = columnsOf(run.graph, every).map((group) => shownStage(group, show, run.tensors));
  return answer && !shown.includes(answer) ? [...shown, answer] : shown;
}

/** @param {Room} room @param {Layer} layer @param {number} channel */
function choose(room, layer, channel) {
  const run = room.run.peek();
  const choice = room.choice.peek();
  const lens = choice && choice.tab !== "overview" && !(choice.tab in MORE);
  room.patch({
    layer: layer.name, channel, cell: undefined, unit: undefined,
    ...(lens ? { tab: tabOf(layer) } : {}),
    ...(room.present.peek() ? {} : { stop: undefined }),
  });
  if (run) live(mapSays(run, layer.name, channel));
}

/** J and K. @param {Room} room @param {number} by */
export function stepLayer(room, by) {
  const run = room.run.peek();
  if (!run) return;
  const all = line(room, run);
  const at = all.findIndex((layer) => layer.name === room.choice.peek()?.layer?.name);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by))];
  const range = next && run.ranges.get(next.name);
  if (next && range) choose(room, next, strongestMap(range));
}

/** C and Shift-C, and arrows along a wall. @param {Room} room @param {number} by */
export function stepChannel(room, by) {
  const choice = room.choice.peek();
  if (!choice?.layer) return stepLayer(room, 1);
  const last = choice.size.channels - 1;
  choose(room, choice.layer, Math.max(0, Math.min(last, choice.channel + by)));
}

/** A and Shift-A: the class explained. @param {Room} room @param {number} by */
export function stepClass(room, by) {
  const run = room.run.peek();
  const layer = run && answerLayer(run.graph);
  if (!run || !layer) return;
  const order = isNumber(run) ? [0] : run.predictions.map((p) => room.classes.peek().indexOf(p.label));
  const choice = room.choice.peek();
  const at = choice?.layer === layer ? order.indexOf(choice.channel) : -1;
  const next = order[Math.max(0, Math.min(order.length - 1, at + by))];
  if (next !== undefined && next >= 0) choose(room, layer, next);
}

/**
 * Arrows, Home, End: along the wall in the overview, over the map in a lens.
 * @param {Room} room @param {KeyboardEvent} event @returns {boolean} false: not for us
 */
export function arrow(room, event) {
  const choice = room.choice.peek();
  if (!choice) return false;
  if (choice.tab !== "overview") return moveCell(room, event);
  if (!/^(Arrow|Home|End)/.test(event.key)) return false;
  if (!choice.layer) return stepLayer(room, 1), true;
  const columns = columnsOnScreen(choice.layer.name);
  const grid = [Math.ceil(choice.size.channels / columns), columns];
  const at = /** @type {[number, number]} */ ([Math.floor(choice.channel / columns), choice.channel % columns]);
  const next = moved(event, at, grid[1] ?? 1, grid[0] ?? 1);
  if (!next) return false;
  choose(room, choice.layer, Math.min(choice.size.channels - 1, next[0] * columns + next[1]));
  return true;
}

/** @param {Room} room @param {KeyboardEvent} event */
function moveCell(room, event) {
  const choice = room.choice.peek();
  if (!choice?.layer || !isSpatial(choice)) return false;
  const next = moved(event, choice.cell, choice.size.width, choice.size.height);
  if (!next) return false;
  room.patch({ cell: next });
  return true;
}

/** Tiles a row of the wall on screen. @param {string} layer */
function columnsOnScreen(layer) {
  const wall = document.querySelector(`canvas[data-layer="${CSS.escape(layer)}"]`);
  return Number(wall?.getAttribute("data-columns")) || 1;
}

/** Enter: one level down. @param {Room} room @returns {boolean} */
export function down(room) {
  const choice = room.choice.peek();
  if (choice && choice.tab in MORE) return false;
  if (!choice?.layer) return stepLayer(room, 1), true;
  const at = { layer: choice.layer.name, channel: choice.channel, cell: choice.cell, stop: undefined };
  if (choice.tab === "overview") room.patch({ ...at, tab: tabOf(choice.layer), open: undefined }, { push: true });
  else if (!choice.opened && isSpatial(choice)) room.patch({ ...at, open: "cell" }, { push: true });
  else return false;
  return true;
}

/** S: the next colour scope. @param {Room} room */
export function cycleScope(room) {
  const scope = nextScope(room.scope.peek());
  room.patch({ scope: scope === "layer" ? undefined : scope });
  live(`Colours: ${scopeName(scope)}`);
}

/** W: there with the chosen layer and channel, and back. @param {Room} room */
export function toWhatIf(room) {
  const now = room.state.peek().tab;
  if (now !== "whatif") before = now;
  room.patch({ tab: now === "whatif" ? before : "whatif", stop: undefined }, { push: true });
}

/** @type {string|undefined} the tab that W came from */
let before;

/** The convolution that a chosen layer came from: its tab opens with the window on its input.
 *  @param {Run} run @param {Layer|undefined} layer @returns {{layer?: string}} */
function convOf(run, layer) {
  const head = layer && groupOf(run.graph, layer.name)?.head;
  return head && kind(head) === "conv" ? { layer: head.name } : {};
}

/** What these tabs are about is one window, not the map. */
const OPENED = ["convolution", "pooling"];

/** A tab: the layer it opens with keeps its group. @param {Room} room @param {string} tab */
export function goTab(room, tab) {
  const choice = room.choice.peek();
  const run = room.run.peek();
  const keeps = tab in MORE || (choice?.layer && tabOf(choice.layer) === tab);
  const answer = run && tab === "answer" ? answerLayer(run.graph) : undefined;
  const first = answer && run ? room.classes.peek().indexOf(run.predictions[0]?.label ?? "") : -1;
  room.patch({
    tab: tab === "overview" ? undefined : tab, stop: undefined, unit: undefined, step: undefined,
    open: OPENED.includes(tab) ? "cell" : undefined, ...(tab === "convolution" && run ? convOf(run, choice?.layer) : {}),
    ...(keeps || tab === "overview" ? {} : { cell: undefined, channel: undefined }),
    ...(answer && !keeps ? { layer: answer.name, channel: Math.max(0, first) } : {}),
  }, { push: true });
}

