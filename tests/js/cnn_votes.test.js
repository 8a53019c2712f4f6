/** Votes of the flattened vector: per channel, per place, one class rather than another; temperature. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { groups } from "gridtime/math/groups.js";
import { placeVotes, rather, softmax, vote } from "gridtime/math/votes.js";

const x = Float32Array.of(1, 2, 3, 4, 5, 6); // two channels of three places
const weight = Float32Array.of(1, 0, -1, 2, 0.5, 0, /* second class */ 0, 1, 1, -1, 0, 2);
const bias = Float32Array.of(0.5, -0.25);

test("votes per channel and per place add up to the same logit", () => {
  const found = vote(x, weight, bias, 0, 3);
  assert.deepEqual([...found.channels], [-2, 10.5]);
  assert.deepEqual([...placeVotes(found.products, 3)], [9, 2.5, -3]);
  assert.equal(found.total, 9);
});

test("one class rather than another votes with the difference of their weights", () => {
  const row = rather(weight, bias, 6, 0, 1);
  const found = vote(x, row.weight, row.bias, 0, 3);
  assert.equal(found.total, vote(x, weight, bias, 0, 3).total - vote(x, weight, bias, 1, 3).total);
  assert.equal(found.bias, 0.75);
});

test("temperature: the order stays, colder is sharper, 1 is the network's own", () => {
  const logits = [1, 3, 2];
  const best = (/** @type {number} */ t) => softmax(logits, t).shares[1] ?? 0;
  assert.ok(best(0.25) > best(1) && best(1) > best(4) && best(4) > 1 / 3);
  assert.deepEqual(softmax(logits).shares, softmax(logits, 1).shares);
  assert.ok(Math.abs(softmax(logits, 2).shares.reduce((a, b) => a + b, 0) - 1) < 1e-12);
});

test("a number head is the answer's group too, though no softmax follows", () => {
  const node = (/** @type {string} */ name, /** @type {string} */ op, /** @type {number[]} */ shape) => ({ name, op, inputs: [], output_shape: shape, attributes: {} });
  const found = groups([node("input", "input", [1, 4, 4]), node("c", "conv2d", [2, 4, 4]), node("f", "flatten", [32]), node("h", "linear", [5]), node("r", "relu", [5]), node("logits", "linear", [1])]);
  assert.deepEqual(found.map((group) => [group.id, group.answer]), [["c", false], ["h", false], ["logits", true]]);
});
