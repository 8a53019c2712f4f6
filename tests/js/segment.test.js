// Segmentation: the U out of a graph, masks counted and compared, what the address means, the walk.
import assert from "node:assert/strict";
import test from "node:test";
import { alike, colourOfClass, overlap, paintMask, regions, valuesAt, wanted } from "gridtime/math/masks.js";
import { cellOf, edits, loudest, offOf, pixelOf, rowsOf, topsOf, uOf } from "gridtime/math/unet.js";
import { answerSays, cellIn, changeSays, channelOf, countSays, coverOf, layerOf, pixelAt } from "gridtime/views/segment/scene.js";
import { PARTS, walk } from "gridtime/views/segment/walk.js";

/** @param {string} name @param {string} op @param {string[]} inputs @param {number[]} output_shape */
const node = (name, op, inputs, output_shape) => ({ name, op, inputs, output_shape, attributes: {} });

/** Two levels; names that no view knows. */
const GRAPH = [
  node("input", "input", [], [3, 4, 4]),
  node("a", "conv2d", ["input"], [2, 4, 4]),
  node("b", "relu", ["a"], [2, 4, 4]),
  node("c", "max_pool2d", ["b"], [2, 2, 2]),
  node("d", "conv2d", ["c"], [5, 2, 2]),
  node("e", "upsample", ["d"], [5, 4, 4]),
  node("over", "identity", ["b"], [2, 4, 4]),
  node("g", "join_maps", ["e", "over"], [7, 4, 4]),
  node("h", "conv2d", ["g"], [3, 4, 4]),
  node("logits", "conv2d", ["h"], [2, 4, 4]),
  node("probabilities", "softmax", ["logits"], [2, 4, 4]),
  node("mask", "argmax", ["probabilities"], [4, 4]),
];
const MASK = Float32Array.from([0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1]);
const CLASSES = ["background", "cell"];

/** @param {Record<string, any>} [more] */
const reading = (more = {}) => /** @type {any} */ ({
  net: { graph: GRAPH, u: uOf(GRAPH), card: { classes: CLASSES }, row: { id: "n" } }, off: [], found: { mask: "mask", classes: CLASSES, share: [0.5, 0.5] },
  tensors: new Map(Object.entries({
    mask: { shape: [4, 4], data: MASK }, d: { shape: [2, 1, 2], data: Float32Array.from([0, 1, -3, 0]) },
    probabilities: { shape: [2, 4, 4], data: Float32Array.from({ length: 32 }, (_, i) => (i < 16 ? 0.25 : 0.75)) },
  })), plain: { shape: [4, 4], data: MASK }, ...more,
}); // prettier-ignore

test("stages begin where the size changes; the smallest is the bottom", () => {
  const u = uOf(GRAPH);
  assert.deepEqual(u.stages.map(({ side, top, layers }) => [side, top.name, layers.length]), [["down", "b", 2], ["bottom", "d", 2], ["up", "h", 4]]);
  assert.deepEqual(topsOf(u), ["b", "d", "h"]);
  assert.deepEqual(u.bridges.map(({ name, from, to }) => [name, from, to]), [["over", 0, 2]]);
  const rows = rowsOf(u);
  assert.deepEqual(rows.map(({ down, up, bridge }) => [down.top.name, up?.top.name, bridge?.name]), [["b", "h", "over"], ["d", undefined, undefined]]);
});

test("cells and pixels lead to each other", () => {
  const input = { width: 4, height: 4 };
  assert.deepEqual(cellOf(GRAPH[3], [3, 1], input), [1, 0]);
  assert.deepEqual(pixelOf(GRAPH[3], [1, 0], input), [3, 1]);
  for (const at of [[0, 0], [1, 1]]) assert.deepEqual(cellOf(GRAPH[3], pixelOf(GRAPH[3], /** @type {any} */ (at), input), input), at);
});

test("a bridge is off where an edit makes all of it zero", () => {
  const { bridges } = uOf(GRAPH);
  assert.deepEqual(offOf(edits(["over"]), bridges), ["over"]);
  assert.deepEqual(offOf([{ op: "scale", tensor: "over", factor: 0.5 }], bridges), []);
  assert.deepEqual(offOf([{ op: "scale", tensor: "over", channel: 1, factor: 0 }], bridges), []);
  assert.deepEqual(offOf([{ op: "scale", tensor: "b", factor: 0 }, { op: "keep", tensor: "over" }], bridges), []);
});

test("regions touch edge to edge, not corner to corner", () => {
  assert.deepEqual(regions(MASK, 4, 4, 1), [3, 2, 3]);
  assert.deepEqual(regions([1, 0, 0, 1], 2, 2, 1), [1, 1]);
  assert.deepEqual(regions([0, 0], 2, 1, 1), []);
});

test("masks are compared by shares and by IoU", () => {
  assert.equal(alike([0, 1, 1, 2], [0, 1, 2, 2]), 0.75);
  assert.equal(overlap([0, 1, 1, 2], [1, 1, 1, 2], 1), 2 / 3);
  assert.equal(overlap([0, 0], [0, 0], 1), null);
});

test("what is background is not painted, and a class can stand alone", () => {
  assert.equal(colourOfClass(CLASSES, 0), null);
  assert.equal(wanted(CLASSES), 1);
  assert.equal(wanted(["sky", "road"]), -1);
  const out = new Uint8ClampedArray(8);
  paintMask([0, 1], CLASSES, -1, out);
  assert.deepEqual([out[3], out[7]], [0, 255]);
  const many = ["sky", "road", "car"];
  paintMask([0, 2], many, 2, out);
  assert.deepEqual([out[3], out[7]], [0, 255]);
  assert.notDeepEqual(colourOfClass(many, 0), colourOfClass(many, 1));
});

test("the values of all channels at a place, and the loudest channel", () => {
  assert.deepEqual(valuesAt({ shape: [2, 1, 2], data: [1, 2, 3, 4] }, [0, 1]), [2, 4]);
  assert.equal(loudest({ shape: [2, 2, 1], data: [1, 1, -4, 0] }), 1);
});

test("pixel, layer, channel and cover come from the address where they fit", () => {
  const read = reading();
  assert.deepEqual([pixelAt({}, read), pixelAt({ cell: [3, 1] }, read), pixelAt({ cell: [4, 1] }, read)], [[2, 2], [3, 1], [2, 2]]);
  assert.deepEqual([layerOf({}, read).name, layerOf({ layer: "h" }, read).name, layerOf({ layer: "mask" }, read).name], ["d", "h", "d"]);
  const d = layerOf({}, read);
  assert.deepEqual([channelOf({}, read, d), channelOf({ channel: 0 }, read, d), channelOf({ channel: 9 }, read, d)], [1, 0, 1]);
  assert.deepEqual(cellIn({ cell: [3, 0] }, read, d), [1, 0]);
  assert.deepEqual([coverOf({}), coverOf({ level: 0 }), coverOf({ level: 400 })], [60, 0, 100]);
});

test("what is said of mask and switches", () => {
  assert.equal(countSays(reading()), "3 connected regions of cell");
  assert.equal(answerSays(reading()), "background 50 %, cell 50 %");
  const off = reading({ off: ["over"], plain: { shape: [4, 4], data: MASK.map((v, i) => (i ? v : 1)) } });
  assert.equal(changeSays({}, off), "over off: 94 % of the pixels keep their class. IoU of cell against the mask before: 0.89.");
});

test("the walk goes down, up, switches a bridge off, and on again", () => {
  /** @type {Record<string, any>[]} */
  const patched = [];
  const room = /** @type {any} */ ({ store: { read: { value: reading() } }, address: {}, patch: (/** @type {any} */ change) => patched.push(change) });
  const stops = walk(room);
  assert.deepEqual(stops.map(({ id }) => id), Object.keys(PARTS));
  for (const { apply } of stops) apply?.();
  assert.deepEqual(patched.map(({ edits: text }) => text), [undefined, undefined, undefined, JSON.stringify(edits(["over"])), undefined, undefined]);
  const said = stops.map(({ caption }) => String(typeof caption === "function" ? caption() : caption));
  assert.match(said[1], /from 4 × 4 to 2 × 2 cells/);
  assert.match(said[2], /1 skip connection carries/);
  assert.match(said[4], /At row 2, column 2: background 25 %/);
  assert.deepEqual(walk(/** @type {any} */ ({ store: { read: { value: null } } })), []);
});

test("a U without bridges has rows of two maps, and no stop that switches one off", () => {
  const bare = GRAPH.filter(({ op }) => op !== "identity" && op !== "join_maps").map((layer) => (layer.name === "h" ? { ...layer, inputs: ["e"] } : layer));
  const u = uOf(bare);
  assert.deepEqual(u.bridges, []);
  assert.deepEqual(rowsOf(u).map(({ down, up }) => [down.top.name, up?.top.name]), [["b", "h"], ["d", undefined]]);
  const read = reading();
  const stops = walk(/** @type {any} */ ({ store: { read: { value: { ...read, net: { ...read.net, u } } } }, address: {}, patch: () => undefined }));
  assert.ok(!stops.some(({ id }) => id === "bridge"));
  assert.match(String(stops[2].caption), /Nothing leads straight across/);
});
