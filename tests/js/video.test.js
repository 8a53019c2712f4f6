// A clip: tiles of frames, paths, frames picked in time, orders, what is drawn, what is said.
import assert from "node:assert/strict";
import test from "node:test";
import { objection } from "gridtime/components/filmer.js";
import { frameSize } from "gridtime/lib/strip.js";
import { PATHS, mosaic, orderOf, orderSays, picked, poseAt, rateSays, stands } from "gridtime/math/clip.js";
import { drawnLayers, featuresOf, mapsOf } from "gridtime/math/looking.js";
import { statesOf, unitOf, unitsOf } from "gridtime/math/drawnunits.js";
import { changedSays, labelOf, mapsAt, settledSays, soFar, stepOf } from "gridtime/views/video/scene.js";
import { PARTS, walk } from "gridtime/views/video/walk.js";

/** @param {string} name @param {string} op @param {(number | string)[]} output_shape @param {string[]} inputs @param {Record<string, any>} [attributes] */
const node = (name, op, output_shape, inputs, attributes = {}) => ({ name, op, output_shape, inputs, attributes });

const GRAPH = [
  node("input", "input", ["T", 1, 4, 4], []),
  node("eye", "conv2d", ["T", 2, 4, 4], ["input"]),
  node("on", "relu", ["T", 2, 4, 4], ["eye"]),
  node("eye2", "conv2d", ["T", 3, 4, 4], ["on"]),
  node("less", "max_pool2d", ["T", 3, 2, 2], ["eye2"]),
  node("flat", "flatten", ["T", 12], ["less"]),
  node("found", "linear", ["T", 5], ["flat"]),
  node("memory", "lstm", ["T", 4], ["found"], { hidden_size: 4, num_layers: 1 }),
  node("logits", "linear", ["T", 2], ["memory"]),
];

const RATE = (/** @type {number} */ value) => ({ n: 2000, hits: 2000 * value, value, interval: [value - 0.01, value + 0.01] });
const FIGURES = /** @type {any} */ ({
  n: 2000, chance: 0.5, split: "clips", command: "c", minutes: 1, after: [],
  ways: [
    { how: "plain", accuracy: RATE(0.98), opposite: RATE(0.01) },
    { how: "reversed", accuracy: RATE(0.02), opposite: RATE(0.97) },
  ],
  baselines: [{ name: "one frame", sees: "one frame", steps: 5, accuracy: RATE(0.513) }],
}); // prettier-ignore

/** Three frames, two classes; the second is believed from the last frame on. */
const seen = /** @type {any} */ ({
  key: "k", classes: ["left", "right"], total: 3, how: "plain", seed: 0, effects: [0.1, 0.9, 0.4, 0.2],
  curve: { classes: 2, rows: 2, shares: Float32Array.from([0.5, 0.5, 0.6, 0.4, 0.1, 0.9]) },
  plain: { classes: 2, rows: 2, shares: Float32Array.from([0.5, 0.5, 0.6, 0.4, 0.1, 0.9]) },
  net: { graph: GRAPH, card: { preprocessing: { frames: 3 } }, samples: [] },
  tensors: new Map([["less", { shape: [3, 3, 2, 2], data: Float32Array.from({ length: 36 }, (_, i) => (i === 21 ? 5 : 0)) }], ["memory.l0.h", { shape: [3, 4], data: new Float32Array(12) }]]),
}); // prettier-ignore

test("tiles lie row by row, each whole", () => {
  const found = mosaic([1, 2, 3, 4, 5, 6], [0, 2, 4], 1, 2, 2);
  assert.deepEqual([...found], [1, 2, 3, 4, 5, 6, 0, 0]);
});

test("each path goes its way and stays on the sheet", () => {
  const way = (/** @type {string} */ path) => [poseAt(path, 0), poseAt(path, 1)];
  const [a, b] = way("left");
  assert.ok(b.x < a.x && b.y === a.y);
  assert.ok(way("down")[1].y > way("down")[0].y);
  assert.ok(way("growing")[1].size > 2 * way("growing")[0].size);
  assert.ok(way("shrinking")[1].size < way("shrinking")[0].size / 2);
  const turn = (/** @type {string} */ path) => [0, 1, 2].map((k) => poseAt(path, k / 60)).map(({ x, y }) => [x - 0.5, y - 0.5]);
  const cross = (/** @type {number[][]} */ [[x, y], [u, v]]) => x * v - y * u;
  assert.ok(cross(turn("clockwise")) > 0 && cross(turn("anticlockwise")) < 0);
  for (const path of PATHS) for (const u of [0, 0.3, 1]) assert.ok(poseAt(path, u).x > 0.1 && poseAt(path, u).x < 0.9);
});

test("frames are picked evenly in time, between two moments linearly", () => {
  const moments = [{ t: 0, x: 0, y: 0, size: 1 }, { t: 10, x: 1, y: 0, size: 1 }, { t: 40, x: 1, y: 3, size: 2 }]; // prettier-ignore
  const found = picked(moments, 5);
  assert.deepEqual(found.map(({ x }) => x), [0, 1, 1, 1, 1]);
  assert.deepEqual(found.map(({ y }) => y), [0, 0, 1, 2, 3]);
  assert.equal(stands(found), false);
  assert.equal(stands(picked([moments[0], { ...moments[0], t: 9 }], 4)), true);
});

test("an order of the address becomes the API's option", () => {
  assert.deepEqual(orderOf({}, 16).options, {});
  assert.deepEqual(orderOf({ order: "nonsense" }, 16).options, {});
  assert.deepEqual(orderOf({ order: "shuffled", seed: 4 }, 16).options, { order: { of: "frames", how: "shuffled", seed: 4 } });
  assert.deepEqual(orderOf({ order: "reversed" }, 16).options, { order: { of: "frames", how: "reversed" } });
  assert.deepEqual(orderOf({ order: "held" }, 16).options, { order: { of: "frames", how: "held", at: 8 } });
  assert.deepEqual(orderOf({ order: "held", seed: 99 }, 16).options, { order: { of: "frames", how: "held", at: 15 } });
});

test("layers are found in the graph, by what they are", () => {
  assert.deepEqual(mapsOf(GRAPH).map(({ name, from, channels }) => [name, from, channels]), [["on", "eye", 2], ["less", "eye2", 3]]);
  assert.deepEqual(featuresOf(GRAPH), { name: "found", size: 5 });
  assert.deepEqual(drawnLayers(GRAPH), ["input", "on", "less", "found", "memory", "logits", "probabilities"]);
});

test("what is looked at comes from the address, within what is there", () => {
  assert.equal(stepOf({}, seen), 2);
  assert.equal(stepOf({ step: 99 }, seen), 2);
  assert.equal(labelOf({}, seen), 1);
  assert.equal(labelOf({ class: "left" }, seen), 0);
  assert.deepEqual([mapsAt({}, seen)?.maps.name, mapsAt({}, seen)?.channel], ["less", 2]);
  assert.equal(mapsAt({ channel: 99 }, seen)?.channel, 2);
  assert.equal(statesOf(seen)?.signal.id, "h");
  assert.deepEqual(unitsOf(seen, 4), [1, 2, 3, 0]);
  assert.equal(unitOf({ unit: 9 }, [1, 2]), 1);
});

test("sentences say what was answered, and what the order is worth", () => {
  assert.equal(settledSays(seen), "It answers right from frame 3 of 3 on, and stays with it.");
  assert.equal(soFar(seen, 1), "If the clip ended after frame 2 of 3: left 60 %.");
  assert.equal(changedSays({ ...seen, how: "reversed" }), "In order: right 90 %. Reversed: right 90 %.");
  assert.match(orderSays(FIGURES, "reversed"), /97\.0 % of 2,000 held-out clips are named as the opposite/);
  assert.equal(orderSays(FIGURES, "held"), "");
  assert.equal(orderSays(null, "plain"), "");
  assert.equal(rateSays(FIGURES.ways[0].accuracy), "98.0 % (97.0 to 99.0 %)");
});

test("the walk has its stops, and every stop its parts", () => {
  const made = (/** @type {any} */ figures) => walk(/** @type {any} */ ({ store: { seen: { value: seen }, figures: { value: figures } }, patch: () => undefined, address: {} }));
  for (const figures of [FIGURES, null]) for (const { id } of made(figures)) assert.ok(PARTS[id], id);
  assert.equal(made(FIGURES).length, made(null).length + 2);
  assert.deepEqual(walk(/** @type {any} */ ({ store: { seen: { value: null }, figures: { value: null } }, patch: () => undefined, address: {} })), []);
});

test("files that are no clip are refused, and frames are small", () => {
  assert.equal(objection({ type: "image/gif", size: 10 }), "");
  assert.equal(objection({ type: "video/mp4", size: 10e6 }), "");
  assert.match(objection({ type: "image/jpeg", size: 10 }), /Not a clip/);
  assert.match(objection({ type: "image/gif", size: 16e6 }), /limit is 15/);
  assert.deepEqual(frameSize(640, 480), [160, 120]);
  assert.deepEqual(frameSize(80, 60), [80, 60]);
});
