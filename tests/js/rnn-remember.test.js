// How far a cell remembers, out of what was measured: reach, order, chance line, axes.
import assert from "node:assert/strict";
import test from "node:test";
import { chanceOf, heldOf, heldSays, linesOf, measureOf, mostOf, placeOf, ranked } from "gridtime/math/remember.js";

const cell = (/** @type {string} */ kind, /** @type {number[]} */ recalls) => ({
  cell: kind, hidden: 4, parameters: 9, rate: 0.01,
  points: recalls.map((recall, k) => ({ length: 10 * 2 ** k, distance: 10 * 2 ** k, loss: 0.2 - 0.1 * recall, chance: 0.16 / (k + 1), recall, recalls: [recall / 2, recall, 1], losses: [0.2 - 0.1 * recall], n: 5, updates: 3, learnt: false, seconds: 1 })),
}); // prettier-ignore
const task = /** @type {any} */ ({ recall_chance: 0.2, cells: [cell("rnn", [0.5, 0.3, 0.9]), cell("lstm", [1, 0.9, 0.7]), cell("gru", [0.7, 0.65, 0.2])] });

test("a cell remembers where it is more than halfway from chance to all", () => {
  const held = task.cells.map((/** @type {any} */ one) => heldOf(task, one));
  assert.deepEqual(held, [[40], [10, 20, 40], [10, 20]]);
  assert.deepEqual([...held, [], [10, 40]].map((one) => heldSays(task, one)), ["at 40 steps", "at every distance tried", "up to 20 steps", "at no distance tried", "at 10 and 40 steps"]);
  assert.deepEqual(ranked(task).map(({ kind }) => kind), ["lstm", "gru", "rnn"]);
});

test("recall runs to 100 %, a loss a little beyond the largest", () => {
  assert.equal(measureOf(undefined), "recall");
  assert.equal(measureOf("loss"), "loss");
  assert.equal(mostOf(task, "recall"), 1);
  assert.ok(mostOf(task, "loss") > 0.2 - 0.1 * 0.2 - 1e-9);
  assert.deepEqual(chanceOf(task, "recall").map(({ y }) => y), [0.2, 0.2, 0.2]);
  assert.equal(chanceOf(task, "loss")[1].y, 0.08);
  assert.equal(linesOf(task, "loss")[1].points[0].y, 0.1);
  assert.deepEqual([linesOf(task, "recall")[0].points[1]].map(({ low, y, high }) => [low, y, high]), [[0.15, 0.3, 1]]);
});

test("distances stand on a log scale, from the left edge to the right one", () => {
  const box = { width: 120, height: 60, left: 10, right: 10, top: 5, bottom: 5 };
  const { x, y } = placeOf(task, "recall", box);
  assert.deepEqual([10, 20, 40].map((d) => Math.round(x(d))), [10, 60, 110]);
  assert.equal(y(0), 55);
  assert.equal(y(1), 5);
});
