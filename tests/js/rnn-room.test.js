/** Which layers there are, which units are shown, which words are on screen, what the head adds up. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { beliefBefore, beliefs, headRow, shownClass, softmax, vote } from "gridtime/math/answer.js";
import { headOf, headSteps, placeOf, readers, tensorName, weightNames } from "gridtime/math/readers.js";
import { niceLimit, order, ordinal, rank, shownUnits } from "gridtime/math/units.js";
import { rowsFor, turned, turnedStep, windowOf, wordSize } from "gridtime/math/window.js";
import { graphOf, random, tensor } from "./rnn-fixture.js";

test("one reader a layer and direction, named as the trace and the weights name them", () => {
  const all = readers(graphOf("gru", 5, 8, { num_layers: 2, bidirectional: true }));
  assert.deepEqual(
    all.map((r) => r.id),
    ["memory.l0", "memory.l0_reverse", "memory.l1", "memory.l1_reverse"],
  );
  assert.deepEqual(all[2].sources, ["memory.l0.h", "memory.l0_reverse.h"]);
  assert.deepEqual(
    all.map((r) => r.last),
    [false, false, true, true],
  );
  assert.deepEqual(
    all.map((r) => r.column),
    [0, 8, 0, 8],
  );
  assert.equal(weightNames(all[3]).wh, "memory.weight_hh_l1_reverse");
  assert.equal(tensorName(all[0], "z"), "memory.l0.gate.z");
  assert.deepEqual(headOf(graphOf("gru", 5, 8)), { weight: "linear.weight", bias: "linear.bias" });
});

test("two classes: one unit, the others and the bias make the difference of the logits", () => {
  const next = random(5);
  const [weight, bias, h] = [tensor([2, 6], next), tensor([2], next), tensor([6], next).data];
  const logits = [0, 1].map((k) => h.reduce((s, v, j) => s + v * weight.data[k * 6 + j], bias.data[k]));
  const v = vote(headRow(weight, bias, 1), h, 2);
  assert.equal(v.count, 5);
  assert.ok(Math.abs(v.total - (logits[1] - logits[0])) < 1e-6);
  assert.ok(Math.abs(1 / (1 + Math.exp(-v.total)) - softmax(logits)[1]) < 1e-6);
  assert.ok(Math.abs(beliefBefore(bias, 2, 1) - softmax(bias.data)[1]) < 1e-12);
});

test("more classes: the logit itself, of the class that wins", () => {
  const [weight, bias] = [tensor([3, 4], random(8)), tensor([3], random(9))];
  assert.equal(shownClass(["a", "b", "c"], [0.1, 0.7, 0.2]), 1);
  assert.equal(shownClass(["negative", "positive"], [0.9, 0.1]), 1);
  assert.equal(headRow(weight, bias, 2).w[1], weight.data[9]);
  assert.equal(beliefs({ shape: [3], data: [0, 0, 1] }, 0), null);
  assert.deepEqual(
    [...(beliefs({ shape: [2, 2], data: Float32Array.of(0.25, 0.75, 0.5, 0.5) }, 1) ?? [])],
    [0.75, 0.5],
  );
});

test("units by effect, by largest value where there is none, and the chosen one always shown", () => {
  const data = Float32Array.of(0.1, -0.9, 0.3, 0.2, 0.1, -0.4);
  assert.deepEqual(order("effect", 3, [1, 3, 2], data), [1, 2, 0]);
  assert.deepEqual(order("effect", 3, null, data), [1, 2, 0]);
  assert.deepEqual(order("number", 3, [1, 3, 2], data), [0, 1, 2]);
  assert.deepEqual(shownUnits([4, 3, 2, 1, 0], 3, 0), [4, 3, 0]);
  assert.deepEqual(shownUnits([4, 3, 2, 1, 0], 3, 3), [4, 3, 2]);
  assert.equal(rank([1, 3, 2], 2), 2);
  assert.deepEqual([1, 2, 6, 11, 22, 63].map(ordinal), ["", "second", "6th", "11th", "22nd", "63rd"]);
  assert.deepEqual([0, 0.93, 1, 1.2, 2.6, 7].map(niceLimit), [1, 1, 1, 1.5, 3, 8]);
});

test("every word of a long text is in some window, and the window stays while the word is in it", () => {
  let window = windowOf(0, 1000, 24);
  assert.deepEqual(window, { start: 0, end: 24 });
  for (let t = 0; t < 1000; t++) {
    window = windowOf(t, 1000, 24, window);
    assert.ok(t >= window.start && t < window.end && window.start >= 0 && window.end <= 1000);
    assert.equal(window.end - window.start, 24);
  }
  assert.equal(windowOf(30, 100, 24, { start: 20, end: 44 }).start, 20);
  assert.deepEqual(windowOf(5, 9, 24), { start: 0, end: 9 });
  for (const step of [24, 30, 47]) {
    const page = { start: 24, end: 48 };
    assert.deepEqual(windowOf(turnedStep(page, step, 1, 100), 100, 24, page), { start: 48, end: 72 });
    assert.deepEqual(windowOf(turnedStep(page, step, -1, 100), 100, 24, page), { start: 0, end: 24 });
  }
  assert.deepEqual(turned({ start: 90, end: 114 }, 1, 120), { start: 96, end: 120 });
  assert.deepEqual(rowsFor({ start: 24, end: 48 }, 1000), { start: 23, end: 49 });
  assert.deepEqual(rowsFor({ start: 0, end: 9 }, 9), { start: 0, end: 9 });
});

test("a word is as large as its column allows", () => {
  assert.equal(wordSize("film", 88, 20, 13), 20);
  assert.equal(wordSize("disappointing", 56, 20, 13), 13);
  assert.equal(wordSize("", 56, 20, 13), 20);
  assert.ok(wordSize("wonderful", 88, 20, 13) < 20);
});

test("a head reads every step, both ends, or the word that the answer names", () => {
  const chain = graphOf("lstm", 2, 3, { bidirectional: true });
  const withLayer = (/** @type {string} */ op) => [...chain, { ...chain[0], name: "read", op }];
  assert.equal(placeOf(chain, { word: { at: 2 } }), null);
  assert.deepEqual(headSteps(null, 5, 3), [3, 3]);
  assert.deepEqual(headSteps(placeOf(withLayer("ends"), {}), 5, 3), [4, 0]);
  assert.deepEqual(headSteps(placeOf(withLayer("at_word"), { word: { at: 2 } }), 5, 3), [2, 2]);
});
