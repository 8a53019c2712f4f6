import assert from "node:assert/strict";
import { test } from "node:test";
import { dequantise, fitTiles } from "gridtime/math/tiles.js";
import { groups, layersInLine, stepsInLine } from "gridtime/math/waiting.js";
import { fitting, pictureOf, sentenceOf } from "gridtime/views/home/load.js";

/** @typedef {import("gridtime/math/waiting.js").Node} Node */

/**
 * @param {string} name
 * @param {string} op
 * @param {string[]} inputs
 * @param {Record<string, any>} [attributes]
 * @returns {Node}
 */
const node = (name, op, inputs, attributes = {}) => ({ name, op, inputs, output_shape: [], attributes });

const CNN = [
  node("input", "input", []),
  node("conv1", "conv2d", ["input"]),
  node("relu1", "relu", ["conv1"]),
  node("pool1", "max_pool2d", ["relu1"]),
  node("conv2", "conv2d", ["pool1"]),
  node("flatten", "flatten", ["conv2"]),
  node("logits", "linear", ["flatten"]),
  node("probabilities", "softmax", ["logits"]),
];
const LSTM = [
  node("input", "input", []),
  node("embedding", "embedding", ["input"]),
  node("lstm", "lstm", ["embedding"], { num_layers: 2 }),
  node("logits", "linear", ["lstm"]),
];

test("the waiting line: layers with weights, however large; words times layers", () => {
  assert.equal(layersInLine(CNN), 3);
  assert.equal(layersInLine([]), 0);
  assert.equal(stepsInLine(LSTM, 6), 12);
  assert.equal(layersInLine([...CNN, node("side", "conv2d", ["input"])]), 3); // beside, not behind
});

test("a group is a conv or linear up to the next", () => {
  assert.deepEqual(groups(CNN).map((group) => group.map(({ name }) => name)), [
    ["conv1", "relu1", "pool1"],
    ["conv2", "flatten"],
    ["logits", "probabilities"],
  ]);
});

test("tiles are as large as fits and all fit", () => {
  for (const n of [1, 6, 16, 32, 48, 96, 257]) {
    const { side, rows, columns } = fitTiles(n, 60, 256);
    assert.ok(rows * columns >= n && columns * side <= 60 + 1e-9 && rows * side <= 256 + 1e-9);
    assert.ok((rows - 1) * columns < n);
  }
  assert.equal(fitTiles(4, 100, 100).side, 50);
  assert.equal(fitTiles(1, 100, 100, 40).side, 40);
});

test("8-bit codes become values again", () => {
  assert.deepEqual([...dequantise(new Uint8Array([0, 255]), [-2, 3])], [-2, 3]);
});

test("walls come from the graph: the last maps of each group, no vector", () => {
  const shapes = { pool1: [2, 2, 2], conv2: [1, 1, 1], logits: [3] };
  const tensors = new Map(Object.entries(shapes).map(([name, shape]) => [name, { shape, data: new Uint8Array(8) }]));
  const limits = Object.fromEntries(Object.keys(shapes).map((name) => [name, [0, 1]]));
  const head = /** @type {any} */ ({ graph: CNN, limits, predictions: [] });
  const sample = { name: "a", title: "A", kind: /** @type {"image"} */ ("image"), url: "/a", drawing: true, credit: "" };
  const picture = pictureOf({ head, tensors }, sample);
  assert.deepEqual(picture.walls.map(({ name }) => name), ["pool1", "conv2"]);
  assert.equal(picture.title, "A (drawing)");
});

test("the belief is that of the second class at every word", () => {
  const steps = [0.3, 0.8].map((p, t) => ({
    t,
    predictions: [{ label: "positive", probability: p, logit: 0 }, { label: "negative", probability: 1 - p, logit: 0 }],
  }));
  const tensors = new Map([["lstm", { shape: [2, 3], data: new Float32Array(6) }]]);
  const answer = /** @type {any} */ ({ graph: LSTM, steps, tokens: [{ text: "a" }, { text: "b" }] });
  const sentence = sentenceOf({ answer, tensors }, ["negative", "positive"]);
  assert.deepEqual(sentence.belief, [0.3, 0.8]);
  assert.equal(sentence.units, 3);
  assert.throws(() => sentenceOf({ answer, tensors: new Map() }, ["a", "b"]), /no hidden states/);
});

test("the home sentence fits its panel where one does", () => {
  /** @param {string} text */
  const sample = (text) => ({ name: text, title: "", kind: /** @type {"text"} */ ("text"), text, drawing: false, credit: "" });
  const long = sample("a ".repeat(30).trim());
  assert.equal(fitting([long, sample("not bad at all")]).text, "not bad at all");
  assert.equal(fitting([long]), long);
});
