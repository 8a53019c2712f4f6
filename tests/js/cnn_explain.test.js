/** Explanations: where a map lies on the picture, how it is scaled, and how it comes band by band. */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  alpha, cellAt, coveredBox, lay, mapLayer, methodOf, nextBand, pointOf, scaleOf, strongest, toGrey, variants,
} from "gridtime/math/explain.js";
import { explain, keyOf, withBand } from "gridtime/views/cnn/why/ask.js";
import { weighted } from "gridtime/views/cnn/why/worked.js";

const INPUT = { width: 64, height: 64 };

test("a coarse map is stretched over the picture; an occlusion cell lies in the middle of its square", () => {
  const cam = lay("gradcam", {}, { width: 8, height: 8 }, INPUT);
  assert.deepEqual(cam, { x: 0, y: 0, width: 8, height: 8 });
  const settings = { window: 8, stride: 4 };
  const map = { width: 15, height: 15 };
  const at = lay("occlusion", settings, map, INPUT);
  assert.deepEqual(at, { x: 2, y: 2, width: 4, height: 4 });
  assert.deepEqual(coveredBox(settings, [14, 0]), { x: 0, y: 56, width: 8, height: 8 });
  assert.deepEqual(cellAt(at, map, [0, 63]), [0, 14]);
  assert.deepEqual(lay("occlusion", { window: [4, 8], stride: [2, 4] }, map, INPUT), { x: 2, y: 1, width: 4, height: 2 });
});

test("a cell's point falls into that cell, whatever the sizes", () => {
  for (const [cells, pixels] of [[1, 40], [3, 40], [7, 28], [15, 64], [40, 40]]) {
    const map = { width: cells, height: cells };
    const at = lay("gradcam", {}, map, { width: pixels, height: pixels });
    for (let i = 0; i < cells; i++) assert.deepEqual(cellAt(at, map, pointOf(at, [i, cells - 1 - i])), [i, cells - 1 - i]);
  }
});

test("gradients end at their 99th percentile and say how many lie beyond; others at the largest", () => {
  const values = Float32Array.from({ length: 200 }, (_, i) => (i === 7 ? -50 : i / 200));
  assert.deepEqual(scaleOf(values, "gradcam"), { limit: 50, most: 50, beyond: 0 });
  const { limit, most, beyond } = scaleOf(values, "gradient");
  assert.equal(most, 50);
  assert.ok(limit < 1 && beyond === 2);
  assert.equal(scaleOf([NaN, -3, 2], "occlusion").limit, 3);
  assert.equal(scaleOf(new Float32Array(9), "gradient").limit, 0);
});

test("what covers the picture: nothing at 0, all at 1, more where the value is larger", () => {
  assert.equal(alpha(0, 1), 0);
  assert.equal(alpha(1, 0), 1);
  assert.ok(alpha(0.4, 1) > alpha(0.4, 0.5) && alpha(0.4, 0.5) > alpha(0.4, 0));
});

test("the strongest cell passes over what is not computed yet", () => {
  assert.deepEqual(strongest([1, -4, NaN, 3], { width: 2, height: 2 }), [0, 1]);
  assert.deepEqual(strongest([NaN, NaN], { width: 2, height: 1 }), [0, 0]);
});

test("a picture without colours keeps its brightness", () => {
  const pixel = new Uint8ClampedArray([255, 0, 0, 255, 90, 90, 90, 255]);
  toGrey(pixel);
  assert.deepEqual([...pixel], [54, 54, 54, 255, 90, 90, 90, 255]);
});

test("variants: before ReLU, and every plane of a gradient with its sign", () => {
  const map = { shape: [1, 2], data: new Float32Array([0, 2]) };
  const ids = (/** @type {[string, any][]} */ more) => variants(new Map([["map", map], ...more])).map((v) => v.id);
  assert.deepEqual(ids([["signed", map]]), ["map", "signed"]);
  const gradient = { shape: [3, 1, 2], data: new Float32Array(6) };
  assert.deepEqual(ids([["gradient", gradient]]), ["map", "gradient.0", "gradient.1", "gradient.2"]);
});

/** @param {string} name @param {string} op @param {number[]} shape */
const node = (name, op, shape) => ({ name, op, inputs: [], output_shape: shape, attributes: {} });
const GRAPH = [
  node("input", "input", [3, 8, 8]), node("a", "conv2d", [4, 8, 8]), node("b", "relu", [4, 8, 8]),
  node("c", "adaptive_avg_pool2d", [4, 1, 1]), node("d", "flatten", [4]), node("logits", "linear", [2]),
];

test("the layer: the one asked for, else the last with an extent", () => {
  assert.equal(mapLayer(GRAPH, undefined)?.name, "b");
  assert.equal(mapLayer(GRAPH, "a")?.name, "a");
  assert.equal(mapLayer(GRAPH, "logits")?.name, "b");
  assert.equal(methodOf("nonsense"), "gradcam");
  assert.equal(methodOf("all"), "all");
  assert.equal(methodOf("toString"), "gradcam");
});

test("bands: one row to learn the size, then as many as fit the time", () => {
  assert.deepEqual(nextBand(0, NaN, Infinity), [0, 1]);
  assert.deepEqual(nextBand(1, 15, 30), [1, 6]);
  assert.deepEqual(nextBand(14, 15, 1), [14, 15]);
  assert.deepEqual(nextBand(3, 15, 9000), [3, 4]);
});

/** A server that computes rows of a 5 × 2 map: value = row · 10 + column. */
function server() {
  /** @type {string[]} */
  const asked = [];
  /** @param {any} query */
  const ask = async (query) => {
    asked.push(query.rows.join(":"));
    const [a, b] = query.rows;
    const data = Float32Array.from({ length: (b - a) * 2 }, (_, i) => (a + Math.floor(i / 2)) * 10 + (i % 2));
    return { answer: { ...query, settings: { window: 2, stride: 1, rows: [a, b, 5] } }, tensors: new Map([["map", { shape: [b - a, 2], data }]]) };
  };
  return { ask, asked };
}

test("occlusion comes band by band, in order, and what is missing is no number", async () => {
  const { ask, asked } = server();
  /** @type {number[]} */
  const done = [];
  /** @type {any} */
  let last;
  await explain(ask, { method: "occlusion", class: "cat" }, null, (f) => (done.push(f.done), (last = f)), new AbortController().signal);
  assert.equal(asked[0], "0:1");
  assert.equal(done[done.length - 1], 5);
  assert.deepEqual([...last.tensors.get("map").data], [0, 1, 10, 11, 20, 21, 30, 31, 40, 41]);
  const part = withBand(null, { method: "occlusion" }, await ask({ method: "occlusion", rows: [0, 2] }));
  assert.deepEqual([part.done, part.total], [2, 5]);
  assert.ok(Number.isNaN(part.tensors.get("map")?.data[4]));
  await explain(ask, { method: "occlusion" }, part, () => undefined, new AbortController().signal);
  assert.equal(asked.at(-1)?.split(":")[1], "5"); // went on where it had stopped
  assert.ok(asked.slice(-3).every((rows) => rows !== "0:1" || asked.length < 6));
});

test("a newer question overtakes: nothing more is drawn or asked", async () => {
  const { ask, asked } = server();
  const controller = new AbortController();
  /** @type {number[]} */
  const done = [];
  await explain(ask, { method: "occlusion" }, null, (f) => (done.push(f.done), controller.abort()), controller.signal);
  assert.deepEqual(done, [1]);
  assert.ok(asked.length <= 2);
  assert.notEqual(keyOf({ method: "a", class: "x" }), keyOf({ method: "a", class: "y" }));
});

test("Grad-CAM at a cell is weight × map, channel by channel", () => {
  const maps = { shape: [2, 2, 2], data: new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]) };
  assert.deepEqual([...weighted([10, -1], maps, [1, 0])], [30, -7]);
});
