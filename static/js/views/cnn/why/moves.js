/**
 * Keys, the walk and the foot's sentence of "Why this answer".
 *
 *     A class   J K layer   1–5 method   arrows cell (on the map)
 */

import { live } from "gridtime/components/live.js";
import { ALL, METHODS, mapLayers, methodOf } from "gridtime/math/explain.js";
import { percent } from "gridtime/math/format.js";
import { familiaritySays, isNumber, numberSays } from "gridtime/views/cnn/classes.js";
import { labelOf, layerOf, subject } from "./chosen.js";
import { chooseLayer, chooseMethod } from "./controls.js";
import { short } from "./words.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */

const ORDER = [...Object.keys(METHODS), ALL];

/** @param {number} v @param {number} count */
const within = (v, count) => Math.max(0, Math.min(count - 1, v));

/** A and Shift-A: best first. @param {Room} room @param {number} by */
export function stepClass(room, by) {
  const run = room.run.peek();
  if (!run) return;
  const labels = run.predictions.map((p) => p.label);
  const next = labels[within(labels.indexOf(labelOf(run, room.state.peek())) + by, labels.length)];
  room.patch({ class: next });
  const share = run.predictions.find((p) => p.label === next);
  if (share) live(`Explained: ${share.label}, ${percent(share.probability)}`);
}

/** J and K: the layer whose maps Grad-CAM adds up. @param {Room} room @param {number} by */
export function stepLayer(room, by) {
  const run = room.run.peek();
  if (!run) return;
  const all = mapLayers(run.graph);
  const at = all.findIndex((layer) => layer === layerOf(run, room.state.peek()));
  const next = all[within(at + by, all.length)];
  if (!next) return;
  chooseLayer(room, next.name);
  live(`Maps of ${next.name}`);
}

/** @param {Room} room */
export function keys(room) {
  /** @type {Record<string, (event: KeyboardEvent) => unknown>} */
  const bound = {
    a: () => stepClass(room, 1), "Shift+a": () => stepClass(room, -1),
    j: () => stepLayer(room, 1), k: () => stepLayer(room, -1),
    Enter: () => document.querySelector(/** @type {"div"} */ (".why .map-box"))?.focus(),
  };
  ORDER.forEach((method, i) => (bound[String(i + 1)] = () => chooseMethod(room, method)));
  const description = {
    a: "next class explained", "Shift+a": "previous class explained", j: "next layer", k: "previous layer",
    Enter: "to the map",
    ...Object.fromEntries(ORDER.map((_, i) => [String(i + 1), "method"])),
  };
  return { keys: bound, description };
}

/** @param {Room} room @param {Run} run */
export function walk(room, run) {
  const label = subject(labelOf(run, room.state.value));
  const share = run.predictions.find((p) => p.label === labelOf(run, room.state.value));
  const gives = isNumber(run) ? `It gives ${numberSays(run)}. ` : share ? `It gives ${label} ${percent(share.probability)}. ` : "";
  return [
    { id: "vote", caption: `${gives}Where would you look? Vote, then press on.`,
      notes: "Let some point with a hand; then compare with what the network leans on." },
    ...ORDER.map((method) => ({
      id: method, caption: short(method, label),
      apply: () => room.patch({ method, signal: undefined }),
    })),
  ];
}

/** @param {Room} room @param {Run} run */
export function caption(room, run) {
  const method = methodOf(room.state.value.method);
  const label = subject(labelOf(run, room.state.value));
  const warning = familiaritySays(run);
  return `${warning ? `${warning} ` : ""}${short(method, label)}`;
}
