/** What pooling saves, counted by hand on a small chain; and pooling that keeps the first value. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { costOf, savesSay, short, stepsSay, unshrunk } from "gridtime/math/cost.js";
import { poolCell } from "gridtime/math/pool.js";

/** @param {string} name @param {string} op @param {string} from @param {number[]} shape @param {Record<string, any>} [attributes] */
const node = (name, op, from, shape, attributes = {}) => ({ name, op, inputs: from ? [from] : [], output_shape: shape, attributes });
const conv = (/** @type {number} */ inputs, /** @type {number} */ outputs, /** @type {number} */ macs) =>
  ({ kernel_size: [3, 3], stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 1, in_channels: inputs, out_channels: outputs, macs });
const window = { kernel_size: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1], ceil_mode: false, macs: 0 };
const graph = [
  node("input", "input", "", [1, 8, 8]),
  node("a", "conv2d", "input", [2, 8, 8], conv(1, 2, 2 * 64 * 9)),
  node("p", "max_pool2d", "a", [2, 4, 4], window),
  node("b", "conv2d", "p", [3, 4, 4], conv(2, 3, 3 * 16 * 2 * 9)),
  node("q", "avg_pool2d", "b", [3, 2, 2], window),
  node("flat", "flatten", "q", [12]),
  node("logits", "linear", "flat", [5], { macs: 60 }),
  node("probabilities", "softmax", "logits", [5]),
];

test("multiply–adds of a layer, of those after it, and of all", () => {
  assert.deepEqual(costOf(graph, "p"), { own: 0, after: 864 + 60, whole: 1152 + 864 + 60 });
});

test("without shrinking the layers after it work on larger maps, and the linear one on more values", () => {
  assert.equal(unshrunk(graph, "p"), 3 * 64 * 2 * 9 + 3 * 4 * 4 * 5);
  assert.equal(unshrunk(graph, "q"), 3 * 4 * 4 * 5);
  assert.equal(savesSay(graph, /** @type {any} */ (graph[2])),
    "The layers after p need 924 multiply–adds; if it did not shrink, they would need 3,696: 4.0 times as many.");
});

test("global pooling after it hides the size from the linear layer", () => {
  const small = [...graph.slice(0, 4), node("g", "adaptive_avg_pool2d", "b", [3, 1, 1]), node("flat", "flatten", "g", [3]),
    node("logits", "linear", "flat", [5], { macs: 15 })];
  assert.equal(unshrunk(small, "p"), 3 * 64 * 2 * 9 + 15);
});

test("counts in words", () => {
  assert.deepEqual([short(924), short(12_345), short(64_290_000), short(2.5e9)], ["924", "12 thousand", "64.3 million", "2.5 billion"]);
  const pool = /** @type {any} */ (graph[2]);
  assert.equal(stepsSay(pool, "maxpool", 4), "96 comparisons");
  assert.equal(stepsSay(pool, "avgpool", 4), "96 additions");
  assert.equal(stepsSay(pool, "skip", 4), "nothing to compute");
});

test("skipping keeps the first value inside the picture", () => {
  const input = Float32Array.from({ length: 16 }, (_, i) => i);
  const skip = node("s", "skip_pool2d", "a", [1, 2, 2], window);
  const [from, to] = [{ channels: 1, height: 4, width: 4 }, { channels: 1, height: 2, width: 2 }];
  const cell = poolCell(skip, input, from, to, 0, 1, 1);
  assert.deepEqual([cell.winner, cell.total, cell.skip, cell.average], [0, 10, true, false]);
  const padded = node("s", "skip_pool2d", "a", [1, 3, 3], { ...window, padding: [1, 1] });
  const corner = poolCell(padded, input, from, { channels: 1, height: 3, width: 3 }, 0, 0, 1);
  assert.deepEqual([corner.winner, corner.total], [2, 1]);
});
