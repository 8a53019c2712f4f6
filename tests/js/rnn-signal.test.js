/** Error signals on their way back: shares, places on a log plot, the lab's address, what is said. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, cut, limitsOf, powers, scaleOf } from "gridtime/math/logplot.js";
import {
  FIRST, FLOOR, STATED, askOf, endSays, formatLab, freshSeries, held, labSays, leftSays, leftShort,
  logAt, parseLab, powerOfTen, tenBack, tickSays, trainedSeries, verdicts,
} from "gridtime/math/signal.js"; // prettier-ignore

const row = { id: "a", kind: /** @type {const} */ ("lstm") };
const answer = /** @type {any} */ ({
  steps: [
    { t: 3, loss_h: 0.02, loss_c: 0.3, answer_x: 0 },
    { t: 4, loss_h: 0.1, loss_c: 0.4, answer_x: 2 },
    { t: 5, loss_h: 0.2, loss_c: 0.5, answer_x: 4 },
  ],
  factor: { loss_h: { value: 0.316, from: 0, to: 2 }, loss_c: null, answer_x: null },
});

test("a line starts at 1 at the last word; a norm of 0 is nothing at all", () => {
  const line = trainedSeries(row, answer, "error");
  assert.deepEqual(line.points.map(({ x }) => x), [3, 4, 5]);
  assert.ok(Math.abs(line.points[0].log + 1) < 1e-12);
  assert.equal(line.points[2].log, 0);
  assert.deepEqual(line.raw, [0.02, 0.1, 0.2]);
  assert.equal(endSays(line), "LSTM, × 0.32 a step");
  assert.deepEqual(trainedSeries(row, answer, "memory").raw, [0.3, 0.4, 0.5]);
  assert.equal(trainedSeries(row, answer, "reach").points[0].log, -Infinity);
  assert.equal(endSays(trainedSeries(row, answer, "reach")), "LSTM");
});

test("a cell without c shows h as its memory", () => {
  const steps = answer.steps.map((/** @type {any} */ step) => ({ ...step, loss_c: null }));
  const line = trainedSeries({ id: "b", kind: "gru" }, { ...answer, steps }, "memory");
  assert.deepEqual(line.raw, [0.02, 0.1, 0.2]);
  assert.equal(line.factor?.value, 0.316);
});

const lab = /** @type {any} */ ({
  settings: { length: 200 }, factor: { value: 0.5, from: 20, to: 100 },
  curve: [{ n: 1, log10: -0.3 }, { n: 10, log10: -3 }, { n: 180, log10: -54 }],
}); // prettier-ignore

test("fresh cells run to the last step; between two measured points the line is straight", () => {
  const line = freshSeries("rnn", lab);
  assert.deepEqual(line.points.map(({ x }) => x), [20, 190, 199, 200]);
  assert.equal(logAt(line, 200), 0);
  assert.ok(Math.abs((logAt(line, 194.5) ?? 0) + 1.65) < 1e-9);
  assert.equal(logAt(line, 5), null);
  assert.equal(tenBack(line)?.text, "Ten steps back, 0.1 % is left.");
});

test("ten steps back, or as many as there are", () => {
  const line = trainedSeries(row, answer, "error");
  assert.equal(tenBack(line)?.text, "Two steps back, 10 % is left.");
  assert.equal(tenBack({ ...line, points: line.points.slice(2) }), null);
  assert.equal(tenBack(trainedSeries(row, answer, "reach"))?.text, "Two steps back, nothing is left to learn from.");
});

test("what is left, and the axis", () => {
  assert.deepEqual([0, -0.5, -2, -3.5, -6.5, -13, 0.4, 2.5, 7].map(leftSays), [
    "100 %", "32 %", "1 %", "0.03 %", "3 × 10⁻⁷ of it", "nothing to learn from",
    "2.5 times as much", "316 times as much", "10⁷ times as much",
  ]); // prettier-ignore
  assert.deepEqual([-6.5, -13, 0.4].map(leftShort), ["3 × 10⁻⁷", "< 10⁻¹²", "× 2.5"]);
  assert.deepEqual([2, 0, -1, -3, -4].map(tickSays), ["100", "1", "1/10", "1/1,000", "10⁻⁴"]);
  assert.equal(powerOfTen(-12), "10⁻¹²");
});

test("limits hold every line down to the floor; ticks are whole powers with 1 among them", () => {
  const limits = limitsOf([freshSeries("rnn", lab)]);
  assert.deepEqual(limits, { low: FLOOR, high: 0 });
  assert.deepEqual(limitsOf([trainedSeries(row, answer, "error")]), { low: -2, high: 0 });
  const above = { ...trainedSeries(row, answer, "error"), points: [{ x: 0, log: 0.2 }, { x: 1, log: -2.2 }] };
  assert.deepEqual(limitsOf([above]), { low: -2.5, high: 0.5 });
  assert.deepEqual(powers({ low: -2.5, high: 0.5 }, 9), [0, -1, -2]);
  assert.deepEqual(powers({ low: -12, high: 0 }, 7), [0, -2, -4, -6, -8, -10, -12]);
  assert.ok(powers({ low: -3, high: 2 }, 4).includes(0));
});

test("a line is cut where it crosses the floor", () => {
  const { drawn, out } = cut(freshSeries("rnn", lab).points, -12, 0);
  assert.ok(out);
  assert.equal(drawn[0].log, -12);
  assert.ok(Math.abs(drawn[0].x - 160) < 1e-9);
  assert.deepEqual(cut([{ x: 0, log: -Infinity }, { x: 1, log: 0 }], -12, 0).drawn, [{ x: 0, log: -12 }, { x: 1, log: 0 }]);
  const scale = scaleOf({ low: -2, high: 0 }, [0, 10], { width: 120, height: 120, left: 10, right: 10, top: 10, bottom: 10 }, 0);
  assert.deepEqual([scale.x(0), scale.x(10), scale.y(0), scale.y(-2), scale.y(-9)], [10, 110, 10, 110, 110]);
});

test("names stay apart and inside", () => {
  const places = apart([{ id: "a", at: 50 }, { id: "b", at: 52 }, { id: "c", at: 99 }], 20, 0, 100);
  assert.deepEqual([places.get("a"), places.get("b"), places.get("c")], [50, 70, 99]);
  const low = apart([{ id: "a", at: 98 }, { id: "b", at: 99 }], 20, 0, 100);
  assert.deepEqual([low.get("a"), low.get("b")], [80, 100]);
});

test("the lab lives in the address, within bounds", () => {
  assert.equal(formatLab(FIRST), undefined);
  assert.equal(parseLab(undefined), FIRST);
  const changed = { ...FIRST, length: 100, forget: 1.25, init: /** @type {const} */ ("orthogonal"), clip: 1, at: 33 };
  assert.deepEqual(parseLab(formatLab(changed)), changed);
  assert.deepEqual(parseLab("9999,1,x,y,-3,8,7,500"), { ...FIRST, length: 400, hidden: 4, scale: 0.5, forget: 3, at: 380 });
  assert.deepEqual(parseLab("<script>"), FIRST);
  assert.equal(held("scale", 1.07), 1.05);
});

test("an RNN is asked for without a forget bias, and the stated rows are all different questions", () => {
  assert.deepEqual(askOf({ ...FIRST, forget: 2, clip: 1 }, "rnn", 2), { cell: "rnn", length: 200, hidden: 64, init: "torch", inputs: "normal", scale: 1, clip: 1, seeds: 2 });
  assert.equal(askOf({ ...FIRST, forget: 2 }, "gru").forget_bias, 2);
  const asked = STATED.map(({ cell, change }) => JSON.stringify(askOf({ ...FIRST, ...change }, cell)));
  assert.equal(new Set(asked).size, STATED.length);
});

test("words follow from the numbers", () => {
  const line = freshSeries("rnn", lab);
  assert.equal(labSays([line]), "RNN × 0.50 a step: each step back loses some of it: it vanishes.");
  const grown = { ...line, factor: { value: 1.2, from: 20, to: 100 } };
  assert.match(labSays([grown]), /explodes/);
  assert.equal(labSays([line, grown]), "RNN × 0.50, RNN × 1.20 a step.");
  assert.equal(verdicts({ rnn: 0.51, gru: 0.63, lstm: 0.63 }, 1, 3).length, 2);
  assert.deepEqual(verdicts({ rnn: 0.51, gru: 1, lstm: 1 }, 1, 3), []);
  assert.deepEqual(verdicts({ rnn: 0.51, gru: 0.63, lstm: 0.63 }, undefined, 3).length, 1);
  assert.deepEqual(verdicts({}, 1, 3), []);
});
