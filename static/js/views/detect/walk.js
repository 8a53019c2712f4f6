/**
 * The walk: the picture, its grid, a score a cell, one cell, all boxes, the threshold, suppression,
 * what is left, the maps behind a box, how good it is.
 *
 *     stop -> PARTS: what is on screen      stop.apply -> which boxes are drawn, which cell is chosen
 */
import { figure } from "gridtime/components/modelcard.js";
import { count, number, percent, plural } from "gridtime/math/format.js";
import { crowded, shared } from "gridtime/math/boxes.js";
import { boxSays, foundSays, sceneOf, whereSays } from "gridtime/views/detect/scene.js";

/** @typedef {import("gridtime/views/detect/scene.js").Room} Room */
/** @typedef {{board?: boolean, grid?: boolean, mark?: boolean, slide?: boolean, panel?: string}} Shown mark: the chosen cell; slide: the thresholds; panel: beside the board */

/** @type {Record<string, Shown>} */
export const PARTS = {
  all: { board: true, panel: "chosen" },
  picture: { board: true, grid: false, mark: false },
  grid: { board: true, grid: true, mark: false },
  scores: { board: true, grid: true, mark: false },
  cell: { board: true, grid: true, panel: "cell" },
  boxes: { board: true, grid: false, mark: false },
  threshold: { board: true, grid: false, mark: false, slide: true },
  pair: { board: true, grid: false, panel: "pair" },
  left: { board: true, grid: false, mark: false, slide: true },
  maps: { board: true, grid: true, panel: "maps" },
  good: { panel: "figures" },
};

/** Figures that the last caption names; of more only the first, their mean. */
const MOST = 3;

/** "AP50, person: 81.7 % (plain way 2.3 %)". @param {import("gridtime/components/modelcard.js").Metric} metric */
const figureSays = ({ name, value, unit, baseline }) => `${name}: ${figure(value, unit)} (plain way ${figure(baseline, unit)})`;

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ store, patch, address }) {
  const seen = store.seen.value;
  if (!seen) return [];
  const { rows, columns, stride, size } = seen;
  const scene = () => sceneOf(address, seen);
  const { found } = scene();
  const crowd = found[crowded(found)];
  /** @param {string} show @param {Record<string, any>} more */
  const at = (show, more = {}) => () => patch({ show, cell: crowd ? [crowd.row, crowd.column] : undefined, against: undefined, signal: undefined, layer: undefined, ...more });
  const pairSays = () => {
    const now = scene();
    if (now.other < 0) return "Nothing overlaps this box.";
    const [a, b] = [now.found[now.place], now.found[now.other]];
    const { iou } = shared(a.box, b.box);
    return `Two cells, one thing? The boxes overlap by ${number(iou, 2)} of what they cover together. ${iou > now.overlap ? `More than ${number(now.overlap, 2)}: the lower score falls.` : "Not enough to fall."}`;
  };
  const { metrics } = seen.net.card;
  const stated = metrics.length > MOST ? metrics.slice(0, 1) : metrics;
  return [
    { id: "picture", caption: "What is in this picture, and where? A class alone would not say where.", apply: at("picture") },
    { id: "grid", caption: `The network divides it into ${rows} × ${columns} cells, one every ${number(stride, 0)} of ${size} px. All cells answer at once.`, apply: at("cells", { show: "picture" }), notes: "No cell waits for another: it is one convolution over the whole grid." },
    { id: "scores", caption: "Every cell says how sure it is that something is here, times how sure it is which: its score.", apply: at("cells") },
    { id: "cell", caption: () => `One cell, ${whereSays(scene().chosen)}: is something here, which, and how far is it to each side?`, apply: at("cells") },
    { id: "boxes", caption: `Every cell proposes a box: ${count(seen.cells.length)} of them.`, apply: at("all") },
    { id: "threshold", caption: () => `${plural(scene().found.length, "box", "boxes")} score ${percent(scene().score)} or more. Several cells see the same thing.`, apply: at("above") },
    ...(crowd ? [{ id: "pair", caption: pairSays, apply: at("above") }] : []),
    { id: "left", caption: () => foundSays(scene()), apply: at("kept"), notes: "Move the thresholds: too low, and things are found that are not there; too high, and things are missed." },
    ...(crowd ? [{ id: "maps", caption: () => `Behind ${boxSays(scene(), scene().chosen)}: the maps that are strong at its cell, and what of the picture that cell sees.`, apply: at("kept") }] : []),
    { id: "good", caption: `${stated.map(figureSays).join("; ")}.`, apply: at("kept") },
  ]; // prettier-ignore
}
