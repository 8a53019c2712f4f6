/** Groups, fields, walls, scales and sources of a network that no view was written for. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { clip, fieldBox, fieldSays, keepInside } from "gridtime/math/fields.js";
import { byName, everyLayer, groupOf, groups, place, source } from "gridtime/math/groups.js";
import { fromBytes, seenPicture, strongestCell } from "gridtime/math/maps.js";
import { isDead, networkRange, nextScope, rangeFor, ranges } from "gridtime/math/scales.js";
import { sources } from "gridtime/math/sources.js";
import { best, others, softmax, strongest } from "gridtime/math/votes.js";
import { layout, stepTile, tileAt, tilePlace } from "gridtime/math/wall.js";

/** @param {string} name @param {string} op @param {string} from @param {number[]} shape
 *  @param {Record<string, unknown>} [attributes] */
const node = (name, op, from, shape, attributes = {}) => ({
  name, op, inputs: from ? [from] : [], output_shape: shape, attributes,
});

const graph = [
  node("input", "input", "", [1, 8, 8]),
  node("a", "conv2d", "input", [2, 4, 4], {
    in_channels: 1, out_channels: 2, kernel_size: [5, 5], stride: [2, 2], padding: [2, 2],
    dilation: [1, 1], groups: 1, weights: ["a.weight", "a.bias"],
    receptive_field: { size: [5, 5], stride: [2, 2], offset: [-2, -2] },
  }),
  node("b", "tanh", "a", [2, 4, 4]),
  node("c", "adaptive_avg_pool2d", "b", [2, 2, 1], { output_size: [2, 1] }),
  node("d", "flatten", "c", [4]),
  node("e", "linear", "d", [3], { weights: ["e.weight", "e.bias"] }),
  node("f", "relu", "e", [3]),
  node("logits", "linear", "f", [2], { weights: ["g.weight", "g.bias"] }),
  node("probabilities", "softmax", "logits", [2]),
];

test("a group runs from a conv or linear to the next; flatten is no stage", () => {
  assert.deepEqual(groups(graph).map((g) => [g.id, g.stages.map((s) => s.name), g.answer]), [
    ["a", ["a", "b", "c"], false],
    ["e", ["e", "f"], false],
    ["logits", ["logits", "probabilities"], true],
  ]);
  assert.deepEqual(everyLayer(graph).map((g) => g.id), ["a", "b", "c", "e", "f", "logits"]);
  assert.equal(groupOf(graph, "c")?.id, "a");
});

test("sources look through flatten; entries of the vector know their place", () => {
  const layers = byName(graph);
  assert.equal(source(layers, /** @type {any} */ (layers.get("e")))?.name, "c");
  assert.deepEqual(place({ channels: 2, height: 2, width: 1 }, 3), { channel: 1, y: 1, x: 0 });
});

test("fields: where a cell looks, beyond the edge too", () => {
  const conv = /** @type {any} */ (graph[1]);
  const size = { width: 8, height: 8 };
  assert.deepEqual(fieldBox(conv, 0, 3, size), { x: 4, y: -2, width: 5, height: 5 });
  assert.deepEqual(clip(fieldBox(conv, 0, 3, size), size), { x: 4, y: 0, width: 4, height: 3 });
  assert.equal(fieldSays(conv, size), "One cell sees 5×5 px");
  assert.equal(fieldSays(/** @type {any} */ (graph[5]), size), "One cell sees the whole picture");
  assert.deepEqual(keepInside({ x: 90, y: -4, side: 50 }, { width: 100, height: 60 }),
    { x: 50, y: 0, side: 50 });
});

test("walls share one edge, as large as fits and never under the floor", () => {
  const bounds = { least: 24, most: 112, narrowest: 60, gutter: 16 };
  const four = layout([64, 64, 64, 64], { width: 968, height: 560 }, bounds);
  assert.ok(four.edge >= 40 && four.width <= 968, `edge ${four.edge}`);
  const few = layout([16, 16, 16, 16], { width: 968, height: 560 }, bounds);
  assert.ok(few.edge >= 70);
  const many = layout([512, 512, 512], { width: 900, height: 400 }, bounds);
  assert.equal(many.edge, 24);
  const [wall] = four.walls;
  assert.ok(wall);
  const at = tilePlace(wall, 17);
  assert.equal(tileAt(wall, 64, at.x + 3, at.y + 3), 17);
  assert.equal(tileAt(wall, 64, -1, 0), -1);
  assert.equal(stepTile(wall, 64, 0, -1, 0), 0);
  assert.equal(stepTile(wall, 64, 0, 0, 1), wall.columns);
});

test("scales: per map, per layer, whole network; a dead map is known", () => {
  const one = ranges({ shape: [2, 1, 2], data: Float32Array.of(0, 0, -3, 1) });
  const two = ranges({ shape: [1, 1, 2], data: Float32Array.of(0, 5) });
  const all = networkRange([one, two]);
  assert.deepEqual(all, { least: -3, most: 5, limit: 5 });
  assert.equal(rangeFor("map", one, 1, all).most, 1);
  assert.equal(rangeFor("layer", one, 0, all).limit, 3);
  assert.equal(rangeFor("network", one, 0, all).limit, 5);
  assert.ok(isDead(one, 0) && !isDead(one, 1));
  assert.equal(nextScope(nextScope(nextScope("layer"))), "layer");
});

test("the five strongest sources, by mean size of what each adds", () => {
  const layers = byName(graph);
  /** @type {Map<string, {shape: number[], data: Float32Array}>} */
  const tensors = new Map([
    ["c", { shape: [2, 2, 1], data: Float32Array.of(1, 1, 2, -2) }],
    ["f", { shape: [3], data: Float32Array.of(1, 0, 2) }],
  ]);
  const weights = new Map([
    ["e.weight", { shape: [3, 4], data: Float32Array.of(0, 0, 0, 0, 1, 1, 3, 1, 0, 0, 0, 0) }],
    ["g.weight", { shape: [2, 3], data: Float32Array.of(1, 1, -4, 0, 0, 0) }],
  ]);
  const e = /** @type {any} */ (layers.get("e"));
  assert.deepEqual(sources(graph, tensors, weights, e, 1),
    [{ layer: "c", channel: 1, share: 4 }, { layer: "c", channel: 0, share: 2 }]);
  const logits = /** @type {any} */ (layers.get("logits"));
  assert.deepEqual(sources(graph, tensors, weights, logits, 0).map((s) => s.channel), [2, 0]);
  assert.deepEqual(sources(graph, tensors, weights, /** @type {any} */ (layers.get("c")), 1),
    [{ layer: "b", channel: 1, share: -1 }]);
});

test("shares, the strongest terms and the rest", () => {
  const shown = strongest([1, -5, 0.5, 3], 2);
  assert.deepEqual(shown.map((t) => t.index), [1, 3]);
  assert.deepEqual(others([1, -5, 0.5, 3], shown), { count: 2, value: 1.5 });
  assert.ok(Math.abs((softmax([1, 1]).shares[0] ?? 0) - 0.5) < 1e-12);
  const labels = ["a", "b", "c"].map((label, i) => ({ label, probability: [0.7, 0.2, 0.1][i] ?? 0, logit: 0 }));
  const split = best(labels, 2);
  assert.equal(split.rest, 1);
  assert.ok(Math.abs(split.share - 0.1) < 1e-12);
});

test("the seen picture undoes the normalisation; bytes come back as values", () => {
  const out = new Uint8ClampedArray(8);
  const data = Float32Array.of(1, -1);
  seenPicture({ shape: [1, 1, 2], data }, { mean: [0.5], std: [0.25] }, out);
  assert.deepEqual([...out], [191, 191, 191, 255, 64, 64, 64, 255]);
  assert.deepEqual([...fromBytes(Uint8Array.of(0, 255), [-1, 3])], [-1, 3]);
  const maps = { shape: [1, 2, 2], data: Float32Array.of(0, 1, -4, 2) };
  assert.deepEqual(strongestCell(maps, 0), [1, 0]);
});
