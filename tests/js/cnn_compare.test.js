/** Two runs side by side: what stands beside what. And what a camera may refuse. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { frameSize, obstacle, refusal } from "gridtime/components/camera.js";
import {
  againstOf, changedBy, difference, formatAgainst, matchCell, matchLayer, offers, parseAgainst, sameExtent, shares, startLayer,
} from "gridtime/math/compare.js";

/** @param {string} name @param {string} op @param {number[]} shape */
const node = (name, op, shape) => ({ name, op, inputs: [], output_shape: shape, attributes: {} });
const A = [
  node("input", "input", [3, 32, 32]), node("conv1", "conv2d", [8, 32, 32]), node("pool1", "max_pool2d", [8, 16, 16]),
  node("conv2", "conv2d", [8, 16, 16]), node("tiny", "max_pool2d", [8, 4, 4]), node("logits", "linear", [3]),
];
const B = [
  node("input", "input", [1, 28, 28]), node("conv1", "conv2d", [4, 28, 28]), node("mean", "avg_pool2d", [4, 14, 14]),
  node("logits", "linear", [10]),
];

test("what stands beside it is in the address, and falls to what is offered", () => {
  assert.deepEqual(parseAgainst("model:photos-skip"), { kind: "model", id: "photos-skip" });
  assert.equal(parseAgainst("nonsense"), null);
  assert.equal(formatAgainst({ kind: "sample", id: "a:b" }), "sample:a:b");
  assert.deepEqual(parseAgainst("sample:a:b"), { kind: "sample", id: "a:b" });
  const there = offers({ models: [{ id: "m", input: "image", title: "M" }, { id: "n", input: "image", title: "N" }],
    samples: [{ name: "s", title: "S" }, { name: "t", title: "T" }], model: "m", sample: "s" });
  assert.deepEqual(againstOf(undefined, there), { kind: "sample", id: "t" });
  assert.deepEqual(againstOf("model:n", there), { kind: "model", id: "n" });
  assert.deepEqual(againstOf("model:m", there), { kind: "sample", id: "t" });
  assert.equal(againstOf("sample:t", { models: [], samples: [] }), null);
});

test("layers by name, else by place, else not at all", () => {
  assert.deepEqual(matchLayer(A, B, A[1]), { layer: B[1], by: "name" });
  assert.deepEqual(matchLayer(A, B, A[2]), { layer: B[2], by: "place" });
  assert.deepEqual(matchLayer(A, B, A[4]), { layer: undefined, by: "none" });
  assert.equal(startLayer(A, undefined)?.name, "conv2");
  assert.equal(startLayer(A, "tiny")?.name, "tiny");
});

test("the same place in maps of another size, never outside", () => {
  const [wide, small] = [{ channels: 1, height: 32, width: 32 }, { channels: 1, height: 14, width: 14 }];
  assert.deepEqual(matchCell([31, 0], wide, small), [13, 0]);
  assert.deepEqual(matchCell([5, 9], wide, wide), [5, 9]);
  assert.equal(sameExtent(A[2], A[3]), true);
  assert.equal(sameExtent(A[1], B[1]), false);
});

test("differences in numbers", () => {
  assert.deepEqual([...difference([1, 2], [4, 1])], [3, -1]);
  assert.equal(changedBy([3, 4], [3, 4]), 0);
  assert.equal(changedBy([3, 4], [0, 0]), 1);
  assert.ok(Number.isNaN(changedBy([0, 0], [1, 0])));
});

test("answers: best in either first; a class that one network lacks has no share", () => {
  const p = (/** @type {string} */ label, /** @type {number} */ probability) => ({ label, probability, logit: 0 });
  const rows = shares([p("cat", 0.6), p("dog", 0.4)], [p("dog", 0.9), p("7", 0.1)], 3);
  assert.deepEqual(rows.map((row) => row.label), ["dog", "cat", "7"]);
  assert.deepEqual([rows[1].b, rows[2].a], [undefined, undefined]);
});

test("a camera: what stands in its way, in words a visitor can act on", () => {
  assert.match(obstacle({ isSecureContext: false, navigator: {} }), /HTTPS or localhost/);
  assert.match(obstacle({ isSecureContext: true, navigator: {} }), /no camera/);
  assert.equal(obstacle({ isSecureContext: true, navigator: { mediaDevices: {} } }), "");
  assert.match(refusal({ name: "NotAllowedError" }), /Allow it/);
  assert.match(refusal({ name: "NotFoundError" }), /No camera/);
  assert.match(refusal({ name: "Odd" }), /Try again/);
  assert.deepEqual(frameSize(1280, 720), [640, 360]);
  assert.deepEqual(frameSize(200, 100), [200, 100]);
});

test("the first layer on show is one that both have", () => {
  assert.equal(startLayer(A, undefined, B)?.name, "pool1");
  assert.equal(startLayer(A, "tiny", B)?.name, "tiny");
});
