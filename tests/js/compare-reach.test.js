/** Shares of the largest, exact zeros, and the words that follow from them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellSays, decaySays, limitsOf, pointAt, seriesOf, windowsSay, zeros } from "gridtime/math/reach.js";

/** @param {string} kind @param {number[]} norms @param {"answer" | "cell"} [of] */
const line = (kind, norms, of = "answer") =>
  seriesOf({ id: kind, kind, name: kind.toUpperCase() }, /** @type {any} */ ({ of: { kind: of }, steps: norms.map((norm, t) => ({ t: t + 2, norm })) }));

test("a norm is a share of the largest; an exact zero has no logarithm", () => {
  const one = line("cnn", [0, 0.5, 5, 0.05]);
  assert.deepEqual(one.points.map(({ log }) => log), [-Infinity, -1, 0, -2]);
  assert.equal(zeros(one), 1);
  assert.equal(pointAt(one, 3)?.norm, 0.5);
  assert.equal(pointAt(one, 0), undefined);
});

test("the axis goes down to the smallest share that is not 0, two powers at least", () => {
  assert.deepEqual(limitsOf([line("gru", [1, 0.5])]), { low: -2, high: 0 });
  assert.deepEqual(limitsOf([line("gru", [0.0004, 1]), line("cnn", [0, 1])]), { low: -4, high: 0 });
  assert.equal(limitsOf([line("rnn", [1e-30, 1])]).low, -12);
  assert.deepEqual(limitsOf([line("cnn", [0, 0], "cell")]), { low: -2, high: 0 });
});

test("the wall of a cell is counted, not assumed", () => {
  assert.equal(cellSays(line("cnn", [0, 0, 1, 2, 3], "cell"), "relu3", "end"), "One cell of relu3 at “end”: 3 words move it; the other 2 words: exactly 0.");
  assert.equal(cellSays(line("cnn", [1, 2], "cell"), "relu3", "end"), "One cell of relu3 at “end”: 2 words move it; there is no other.");
  assert.equal(cellSays(line("cnn", [0, 0], "cell"), "relu3", "end"), "This cell of relu3 is off (0) at “end”: no word moves it. Choose another word.");
});

test("windows that did not win leave exact zeros, or there are none", () => {
  assert.match(windowsSay(line("cnn", [0, 1, 2]), "word"), /^CNN: 1 of 3 words lies in no window that won: exactly 0\.$/);
  assert.match(windowsSay(line("cnn", [1, 1, 2]), "word"), /each of the 3 words lies in a window that won/);
  assert.equal(windowsSay(line("cnn", [1, 1, 2]), "row"), "CNN: none of the 3 rows is 0.");
});

test("a reader's first step against its last", () => {
  assert.equal(decaySays(line("gru", [0.1, 0.2, 1]), "word"), "GRU: 2 words back, 10 % of the last word's influence.");
  assert.equal(decaySays(line("gru", [3, 1]), "row"), "GRU: 1 row back, 3.0 times as much as at the last row.");
  assert.match(decaySays(line("gru", [0, 1]), "word"), /nothing is left/);
  assert.match(decaySays(line("gru", [1]), "word"), /no distance/);
});
