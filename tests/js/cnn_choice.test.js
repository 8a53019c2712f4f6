/** What a link chooses in a network it may not fit. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { MORE, choice, columnsOf, layerFor, makeRun, shownStage, tabsOf } from "gridtime/math/choice.js";
import { answerLayer } from "gridtime/math/groups.js";

/** @param {string} name @param {string} op @param {string} from @param {number[]} shape */
const node = (name, op, from, shape) => ({
  name, op, inputs: from ? [from] : [], output_shape: shape, attributes: {},
});

const graph = [
  node("input", "input", "", [1, 4, 4]),
  node("a", "conv2d", "input", [2, 4, 4]),
  node("b", "relu", "a", [2, 4, 4]),
  node("p", "max_pool2d", "b", [2, 2, 2]),
  node("f", "flatten", "p", [8]),
  node("logits", "linear", "f", [3]),
  node("probabilities", "softmax", "logits", [3]),
];
const tensors = new Map(graph.map((layer) => {
  const data = new Float32Array(layer.output_shape.reduce((n, v) => n * v, 1));
  data[data.length - 2] = layer.name === "a" ? -7 : 5;
  return [layer.name, { shape: layer.output_shape, data }];
}));
const run = makeRun({
  model: "m", graph, tensors, predictions: [], familiarity: undefined, input: {}, exact: true,
});

test("tabs are those that the network has", () => {
  const rooms = (/** @type {typeof graph} */ g) => tabsOf(g).map((t) => t.id).filter((id) => !(id in MORE));
  assert.deepEqual(rooms(graph), ["overview", "convolution", "pooling", "answer"]);
  const unpooled = graph.filter((layer) => layer.name !== "p");
  assert.deepEqual(rooms(unpooled), ["overview", "convolution", "answer"]);
});

test("a link of another network falls to what is there", () => {
  assert.equal(choice(run, { layer: "gone", channel: 99 }).layer, undefined);
  const far = choice(run, { tab: "convolution", layer: "gone", channel: 99, cell: [9, -4] });
  assert.equal(far.layer?.name, "a");
  assert.equal(far.channel, 1);
  assert.deepEqual(far.cell, [3, 0]);
  assert.equal(choice(run, { tab: "nonsense" }).tab, "overview");
});

test("without a wish, the strongest map and its strongest cell", () => {
  const found = choice(run, { tab: "convolution" });
  assert.deepEqual([found.layer?.name, found.channel, found.cell], ["a", 1, [3, 2]]);
});

test("a tab keeps the group of the layer chosen before", () => {
  assert.equal(layerFor(graph, "pooling", "a")?.name, "p");
  assert.equal(layerFor(graph, "convolution", "p")?.name, "a");
  assert.equal(layerFor(graph, "answer", "a")?.name, "logits");
  assert.equal(answerLayer(graph)?.name, "logits");
});

test("a column shows its last traced stage, or the one that the link names", () => {
  const [group] = columnsOf(graph, false);
  assert.ok(group);
  assert.equal(shownStage(group, undefined, tensors).name, "p");
  assert.equal(shownStage(group, "b,x", tensors).name, "b");
  const atlas = new Map([...tensors].filter(([name]) => name !== "p"));
  assert.equal(shownStage(group, undefined, atlas).name, "b");
  assert.deepEqual(columnsOf(graph, true).map((g) => g.id), ["a", "b", "p"]);
});

test("the whole network's range leaves the answer out; a legend begins at 0 after ReLU", () => {
  assert.deepEqual(run.network, { least: -7, most: 5, limit: 7 });
  assert.equal(run.ranges.get("p")?.range.least, 0);
});
