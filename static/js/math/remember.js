/**
 * How far a cell can remember: recall or loss of cells trained for one distance each, against it.
 *
 *     task {cells [{cell, points}]} --linesOf(measure)--> [{kind, points [{x distance, y, low, high}]}]
 *     --placeOf(box)--> px: distance on a log scale, recall 0…100 %, loss from 0
 */
import { number } from "gridtime/math/format.js";

/** @typedef {"rnn" | "gru" | "lstm"} Kind */
/** @typedef {{length: number, distance: number, loss: number, chance: number, recall: number, recalls: number[], losses: number[], n: number, updates: number, learnt: boolean, seconds: number}} Point */
/** @typedef {{cell: Kind, hidden: number, parameters: number, rate: number, points: Point[]}} Cell */
/** @typedef {{task: string, title: string, about: string, source: string, loss: string, chance: string, recall: string, recall_chance: number, updates: number, batch: number, cells: Cell[]}} Task */
/** @typedef {{command: string, seed: number, trainings: number, torch: string, seconds: number, tasks: Task[]}} Remembered */
/** @typedef {"recall" | "loss"} Measure */
/** @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Box */

/** @param {string | undefined} asked @returns {Measure} */
export const measureOf = (asked) => (asked === "loss" ? "loss" : "recall");

/** The chance line: what has no memory gets. @param {Task} task @param {Measure} measure */
export const chanceOf = (task, measure) =>
  task.cells[0].points.map((point) => ({ x: point.distance, y: measure === "loss" ? point.chance : task.recall_chance }));

/** @param {Task} task @param {Measure} measure */
export const linesOf = (task, measure) =>
  task.cells.map((cell) => ({ kind: cell.cell, points: cell.points.map((point) => ({ x: point.distance, y: point[measure], ...spanOf(point, measure), point })) }));

/** From the smallest to the largest of all trainings of a point. @param {Point} point @param {Measure} measure */
export function spanOf(point, measure) {
  const all = measure === "loss" ? point.losses : point.recalls;
  return { low: Math.min(...all), high: Math.max(...all) };
}

/** End of the y axis: 1 for a share; for a loss a little over the largest. @param {Task} task @param {Measure} measure */
export function mostOf(task, measure) {
  if (measure === "recall") return 1;
  const all = task.cells.flatMap(({ points }) => points.flatMap(({ losses, chance }) => [...losses, chance]));
  return Math.max(...all) * 1.1;
}

/**
 * From a distance and a value to px.
 * @param {Task} task @param {Measure} measure @param {Box} box
 */
export function placeOf(task, measure, box) {
  const distances = task.cells.flatMap(({ points }) => points.map(({ distance }) => distance));
  const [low, high] = [Math.log(Math.min(...distances)), Math.log(Math.max(...distances))];
  const most = mostOf(task, measure);
  const wide = box.width - box.left - box.right;
  return {
    x: (/** @type {number} */ distance) => box.left + (high > low ? ((Math.log(distance) - low) / (high - low)) * wide : wide / 2),
    y: (/** @type {number} */ value) => box.height - box.bottom - (value / most) * (box.height - box.top - box.bottom),
    most,
  };
}

/** Above this much of what lies between chance and all, a cell is said to remember. */
const HALF = 0.5;

/** @param {Task} task @param {Point} point */
const remembers = (task, { recall }) => recall - task.recall_chance > HALF * (1 - task.recall_chance);

/** The distances at which a cell remembers. @param {Task} task @param {Cell} cell */
export const heldOf = (task, { points }) => points.filter((point) => remembers(task, point)).map(({ distance }) => distance);

/** Cells by at how many distances they remember, most first; equals keep their order. @param {Task} task */
export const ranked = (task) =>
  task.cells.map((cell) => ({ kind: cell.cell, held: heldOf(task, cell) })).sort((a, b) => b.held.length - a.held.length);

/**
 * "at every distance tried", "up to 15 steps", "at 15 and 20 steps", "at no distance tried".
 * @param {Task} task @param {number[]} held
 */
export function heldSays(task, held) {
  const all = task.cells[0].points.map(({ distance }) => distance);
  const steps = held.map((distance) => number(distance, distance % 1 ? 1 : 0));
  const last = steps[steps.length - 1];
  if (!held.length) return "at no distance tried";
  if (held.length === all.length) return "at every distance tried";
  if (held[held.length - 1] === all[held.length - 1]) return `up to ${last} steps`;
  return `at ${steps.length > 1 ? `${steps.slice(0, -1).join(", ")} and ` : ""}${last} steps`;
}
