/** What a visitor changes: lists of edits, the way back, the weights that an edited kernel has. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";

import {
  drop, editedWeights, factorOn, fit, format, keyOf, ownWay, parse, put, replace, says, scale, shiftSays, ways,
} from "gridtime/math/edits.js";
import { createChanges } from "gridtime/stores/changes.js";

/** @typedef {import("gridtime/math/edits.js").Edit} Edit */
/** @typedef {import("gridtime/stores/url.js").State} State */

/** @param {string} name @param {string} op @param {number[]} shape @param {Record<string, any>} [attributes] */
const node = (name, op, shape, attributes = {}) => ({ name, op, inputs: [], output_shape: shape, attributes });
const graph = [
  node("input", "input", [1, 8, 8]),
  node("a", "conv2d", [4, 8, 8], { kernel_size: [3, 3], in_channels: 2, out_channels: 4, groups: 1, weights: ["a.weight", "a.bias"] }),
  node("b", "relu", [4, 8, 8]), node("p", "max_pool2d", [4, 4, 4], { kernel_size: [2, 2], stride: [2, 2] }),
  node("leak", "leaky_relu", [4, 4, 4]), node("mean", "adaptive_avg_pool2d", [4, 1, 1]),
  node("logits", "linear", [3]), node("probabilities", "softmax", [3]),
];
const [, conv, relu, pool] = graph;
const values = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];

test("what does not fit the network is dropped and counted", () => {
  const list = /** @type {any[]} */ ([
    { op: "scale", tensor: "a", channel: 3, factor: 0 }, { op: "scale", tensor: "a", channel: 4, factor: 0 },
    { op: "scale", tensor: "a", channel: null, factor: 2 }, { op: "scale", tensor: "a", channel: 0, factor: 1e9 },
    { op: "keep", tensor: "none", channel: 0 }, { op: "keep", tensor: "logits", channel: 2 },
    { op: "replace", layer: "p", with: "avgpool" }, { op: "replace", layer: "p", with: "tanh" },
    { op: "replace", layer: "a", with: "tanh" }, { op: "kernel", layer: "a", out: 1, in: 1, values },
    { op: "kernel", layer: "a", out: 1, in: 2, values }, { op: "kernel", layer: "a", out: 1, in: 0, values: [[1]] },
    { op: "scale", tensor: "probabilities", channel: 0, factor: 0 }, null, 5,
  ]);
  const { edits, dropped } = fit(graph, list);
  assert.deepEqual(edits.map(keyOf), ["scale a 3", "scale a all", "keep logits", "replace p", "kernel a 1 1"]);
  assert.equal(dropped, 10);
  assert.equal(fit(graph, Array.from({ length: 99 }, (_, i) => ({ op: "scale", tensor: "a", channel: i % 4, factor: 0 }))).edits.length, 4);
});

test("an edit replaces an older one of the same thing; the network's own leaves the list", () => {
  let list = scale(scale([], "a", 1, 0), "a", 1, 0.5);
  assert.deepEqual(list, [{ op: "scale", tensor: "a", channel: 1, factor: 0.5 }]);
  list = put(list, { op: "keep", tensor: "a", channel: 1 });
  assert.equal(factorOn(list, "a", 1), 0.5);
  assert.equal(factorOn(list, "a", 0), 0);
  assert.equal(factorOn(list, "b", 0), 1);
  assert.deepEqual(scale(drop(list, "keep a"), "a", 1, 1), []);
  list = replace([], /** @type {any} */ (pool), "skip");
  assert.equal(keyOf(/** @type {Edit} */ (list[0])), "replace p");
  assert.deepEqual(replace(list, /** @type {any} */ (pool), "maxpool"), []);
  assert.equal(ownWay(/** @type {any} */ (relu)), "relu");
  assert.equal(ownWay(node("l", "leaky_relu", [1])), "");
  assert.equal(ownWay(node("s", "max_pool2d", [1, 2, 2], { kernel_size: [1, 1], stride: [2, 2] })), "skip");
  assert.deepEqual(ways(/** @type {any} */ (conv)), []);
});

test("the URL's text and the list are one; a broken text is no list", () => {
  const list = scale([], "a", null, -2);
  assert.deepEqual(parse(format(list)), list);
  assert.deepEqual([parse("[{"), parse("{}"), parse(undefined)], [[], [], []]);
  assert.equal(format([]), undefined);
});

test("changes in words", () => {
  assert.equal(says({ op: "scale", tensor: "a", channel: 3, factor: 0 }), "a, channel 3 switched off");
  assert.equal(says({ op: "scale", tensor: "a", channel: null, factor: -2 }), "all of a × −2");
  assert.equal(says({ op: "replace", layer: "p", with: "avgpool" }), "p: average");
  assert.equal(shiftSays([3, -1]), "picture moved 3 px right, 1 px up");
});

test("an edited kernel's weights; all sheets alike read the mean of the input maps", () => {
  const own = new Map([
    ["a.weight", { shape: [4, 2, 3, 3], data: new Float32Array(72).fill(7) }],
    ["a.bias", { shape: [4], data: Float32Array.of(1, 2, 3, 4) }],
  ]);
  const edits = /** @type {Edit[]} */ ([
    { op: "kernel", layer: "a", out: 1, in: 1, values, bias: null }, { op: "kernel", layer: "a", out: 3, in: null, values, bias: 0.5 },
  ]);
  const found = editedWeights(own, graph, edits);
  const weight = found.get("a.weight");
  assert.deepEqual([...weight?.data.slice(18, 36) ?? []], [...Array(9).fill(7), 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual([...weight?.data.slice(54, 57) ?? []], [0.5, 1, 1.5]);
  assert.deepEqual([...found.get("a.bias")?.data ?? []], [1, 2, 3, 0.5]);
  assert.ok(own.get("a.weight")?.data.every((v) => v === 7), "the learned ones stay");
  assert.equal(editedWeights(own, graph, []), own);
});

/** @param {State} [first] */
function changesOf(first = {}) {
  const state = signal(first);
  return { state, changes: createChanges(state, (change) => (state.value = { ...state.peek(), ...change })) };
}

test("undo and redo go through every change; a drag is one step", () => {
  const { state, changes } = changesOf();
  changes.scale("a", 1, 0);
  for (const factor of [0.1, 0.2, 0.3]) changes.scale("a", 2, factor, { along: "a 2" });
  changes.move([3, 0]);
  assert.equal(changes.changes.value, 3);
  changes.undo();
  assert.deepEqual(changes.shift.value, [0, 0]);
  changes.undo();
  assert.deepEqual(changes.edits.value.map(keyOf), ["scale a 1"]);
  changes.redo();
  assert.equal(factorOn(changes.edits.value, "a", 2), 0.3);
  changes.redo();
  assert.deepEqual(state.value.shift, [3, 0]);
  changes.clear();
  assert.equal(Number(changes.changes.value), 0);
  assert.equal(changes.clear(), false);
  changes.undo();
  assert.equal(changes.changes.value, 3);
  changes.undo();
  changes.scale("a", 0, 2);
  assert.equal(changes.canRedo.value, false);
});

test("a link's changes can be taken back too; a shift keeps within what the server moves", () => {
  const { changes } = changesOf({ edits: format(scale(scale([], "a", 0, 0), "a", 1, 0)), shift: [99, -99] });
  assert.deepEqual(changes.shift.value, [32, -32]);
  assert.ok(changes.undo() && changes.undo() && changes.edits.value.length === 0);
  assert.ok(changes.undo() && !changes.undo());
  assert.deepEqual(changes.shift.value, [0, 0]);
});
