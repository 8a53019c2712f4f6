/** The arithmetic of the explanatory views: selectivity, strongest patches, patterns, trust, moments. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { accuracySays, momentAt, momentsOf, stepSays } from "gridtime/math/moments.js";
import { byKind, lineAt, orientations, pattern } from "gridtime/math/patterns.js";
import { atlasPlace, patchOf, peaks, strongestOf } from "gridtime/math/peaks.js";
import {
  deadSays, depthTitle, measuredStage, preferred, preferredClasses, preferring, shapeSays, sideSays,
} from "gridtime/math/selectivity.js";
import {
  binOf, calibrationSays, confusionSays, familiarityFigure, mistakes, nothing, tenths, worthSays,
} from "gridtime/math/trust.js";

/** @param {string} label @param {number} auroc @param {number} [dead] */
const channel = (label, auroc, dead = 0) => ({ p99: 2, most: 3, dead, best: [{ class: label, auroc }] });

/** @param {number} size @param {number[]} [shape] */
const layer = (size, shape = [2, 4, 4]) => ({
  name: "a", op: "conv2d", inputs: ["input"], output_shape: shape,
  attributes: { receptive_field: { size: [size, size], stride: [2, 2], offset: [-1, -1] } },
});

test("a channel prefers a class from the rule on, and classes are counted", () => {
  const channels = [channel("cat", 0.9), channel("dog", 0.8999), channel("cat", 0.97), channel("bus", 0.93)];
  assert.deepEqual(channels.map(preferred), ["cat", "", "cat", "bus"]);
  assert.equal(preferring(channels), 3);
  assert.deepEqual(preferredClasses(channels), [{ label: "cat", count: 2 }, { label: "bus", count: 1 }]);
  assert.equal(preferred(undefined), "");
});

test("titles are written from measured field and selectivity", () => {
  const input = { width: 8, height: 8 };
  assert.equal(depthTitle(layer(5), input, [channel("cat", 0.95), channel("dog", 0.6)]),
    "One cell sees 5 px; 1 of 2 channels prefers one class.");
  assert.equal(depthTitle(layer(5), input, undefined), "One cell sees 5 px; its channels were not measured.");
  assert.equal(sideSays(layer(8), input), "the whole picture");
  assert.equal(sideSays(layer(11), input), "11 px (the picture has 8)");
  assert.equal(sideSays(layer(3, [20]), input), "the whole picture", "a vector has no field");
});

test("where no shape appears, it is said", () => {
  assert.match(shapeSays([channel("cat", 0.6)], undefined), /^No shape appears/);
  assert.equal(shapeSays([channel("cat", 0.95), channel("dog", 0.92)], undefined), "Most often preferred: cat (1), then dog (1).");
  const kernels = [{ kind: "edge", degrees: 0, index: 0.9, grey: 1 }, { kind: "colour", degrees: null, index: 0.1, grey: 0 }];
  assert.equal(shapeSays([channel("cat", 0.6)], kernels), "1 of 2 kernels are edge filters by measure.");
  assert.match(shapeSays(undefined, undefined), /not measured/);
});

test("dead shares never round to all or nothing", () => {
  assert.equal(deadSays(channel("", 0, 0)), "Above 0 somewhere in every picture.");
  assert.equal(deadSays(channel("", 0, 1)), "Dead on every picture.");
  assert.match(deadSays(channel("", 0, 0.003)), /less than 1 %/);
  assert.match(deadSays(channel("", 0, 0.997)), /more than 99 %/);
  assert.match(deadSays(channel("", 0, 0.128)), /13 %/);
});

test("the stage that was measured: the one shown, else the last that has figures", () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => ({ ...layer(3), name }));
  const group = { id: "a", head: a, stages: [a, b, c], answer: false };
  assert.equal(measuredStage(group, { a: 1, b: 1 }, c), b);
  assert.equal(measuredStage(group, { a: 1, c: 1 }, c), c);
  assert.equal(measuredStage(group, undefined, c), undefined);
});

test("peaks are the largest values, not the largest sizes", () => {
  const data = Float32Array.from([1, -9, 3, 0, -4, -2, -8, -1]);
  const found = peaks({ shape: [2, 2, 2], data });
  assert.deepEqual([...found.values], [3, -1]);
  assert.deepEqual([...found.places], [2, 3]);
  const vector = peaks({ shape: [3], data: Float32Array.from([1, 2, 3]) });
  assert.deepEqual([...vector.values], [1, 2, 3]);
});

test("the strongest of several pictures, none where nothing is above 0", () => {
  /** @param {number} v @param {number} place */
  const one = (v, place) => ({ values: Float32Array.of(v), places: Int32Array.of(place), width: 4 });
  const found = strongestOf([one(1, 5), undefined, one(3, 2), one(0, 0)], 0, 8);
  assert.deepEqual(found.map(({ picture, cell }) => [picture, cell]), [[2, [0, 2]], [0, [1, 1]]]);
  assert.equal(strongestOf([one(1, 5), one(3, 2)], 0, 1).length, 1);
});

test("a patch beyond the edge of the picture is clear there", () => {
  const data = Uint8ClampedArray.from({ length: 16 }, (_, i) => i + 1);
  const patch = patchOf({ width: 2, height: 2, data }, { x: -1, y: 0, width: 2, height: 2 });
  assert.deepEqual([...patch.data], [0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 9, 10, 11, 12]);
});

test("tiles of an atlas run row by row", () => {
  assert.deepEqual(atlasPlace({ tile: 64, columns: 8 }, 11), { x: 192, y: 64 });
});

test("a kernel of three maps is a colour, of any other number its mean; 0 is grey", () => {
  const colour = pattern({ shape: [1, 3, 1, 1], data: Float32Array.of(2, 0, -2) }, 0);
  assert.deepEqual([...colour.data], [255, 128, 1, 255]);
  const mean = pattern({ shape: [2, 2, 1, 2], data: Float32Array.of(9, 9, 9, 9, 4, -2, 2, 0) }, 1);
  assert.deepEqual([...mean.data.slice(0, 3)], [255, 255, 255]);
  assert.equal(mean.data[4], 128 - Math.round(127 / 3));
  const none = pattern({ shape: [1, 1, 1, 1], data: Float32Array.of(0) }, 0);
  assert.equal(none.data[0], 128);
});

test("kinds are ordered, edges by angle", () => {
  const kernels = [
    { kind: "colour", degrees: null, index: 0.2, grey: 0 }, { kind: "edge", degrees: 90, index: 0.9, grey: 1 },
    { kind: "edge", degrees: 10, index: 0.6, grey: 1 }, { kind: "colour", degrees: null, index: 0.4, grey: 0 },
  ];
  assert.deepEqual(byKind(kernels), [{ kind: "edge", channels: [2, 1] }, { kind: "colour", channels: [3, 0] }]);
  assert.deepEqual(orientations(kernels, 4), [1, 0, 1, 0]);
});

test("0 degrees lies, 90 stands, 45 rises to the right", () => {
  const lying = lineAt(0);
  assert.ok(Math.abs(lying.y1 - lying.y2) < 1e-12 && lying.x2 > lying.x1);
  assert.ok(Math.abs(lineAt(90).x1 - lineAt(90).x2) < 1e-12);
  const rising = lineAt(45);
  assert.ok(rising.x2 > rising.x1 && rising.y2 < rising.y1);
});

const trust = {
  accuracy: 0.75, interval: /** @type {[number, number]} */ ([0.6, 0.9]), ece: 0.123, classes: ["cat", "dog"],
  confusion: [[43, 7], [2, 48]],
  bins: [
    { low: 0, high: 0.5, n: 0, confidence: 0, accuracy: 0 },
    { low: 0.5, high: 1, n: 100, confidence: 0.8, accuracy: 0.91 },
  ],
};

test("a cell of the confusion matrix is a sentence", () => {
  assert.equal(confusionSays(trust, 0, 1), "cat taken for dog: 7 of 50");
  assert.equal(confusionSays(trust, 1, 1), "dog named dog: 48 of 50");
  assert.deepEqual(mistakes(trust, 5), [{ actual: 0, said: 1, n: 7 }, { actual: 1, said: 0, n: 2 }]);
});

test("calibration says which way it errs", () => {
  assert.match(calibrationSays(trust), /12\.3 points .* too low/);
  const over = { ...trust, bins: [{ low: 0, high: 1, n: 9, confidence: 0.9, accuracy: 0.5 }] };
  assert.match(calibrationSays(over), /too high/);
  assert.equal(binOf(trust.bins, 1), 1);
  assert.equal(binOf(trust.bins, 0.5), 1);
  assert.equal(worthSays(trust.bins, 0.9), "Of the 100 held-out answers between 50 % and 100 %, 91 % were right.");
  assert.equal(worthSays(trust.bins, 0.2), "", "nothing is said of an empty bin");
  assert.equal(tenths(0.79269), "79.3 %");
});

test("pictures of nothing: the same noise every time, flat colours flat", () => {
  assert.deepEqual(nothing("noise", 8).data, nothing("noise", 8).data);
  assert.ok(new Set(nothing("noise", 16).data).size > 200);
  assert.deepEqual([...nothing([1, 2, 3], 1).data], [1, 2, 3, 255]);
});

test("the card's familiarity figure is found by its name", () => {
  const metrics = [{ name: "accuracy", value: 1, n: 1, split: "a" }, { name: "familiarity AUROC", value: 0.8, n: 2, split: "b" }];
  assert.equal(familiarityFigure({ metrics })?.value, 0.8);
  assert.equal(familiarityFigure({}), undefined);
});

test("moments: in order, with their accuracy, the nearest to a link's", () => {
  const moments = momentsOf([50, 0, 203], [{ step: 50, accuracy: 0.27, n: 1100 }]);
  assert.deepEqual(moments.map(({ step }) => step), [0, 50, 203]);
  assert.equal(momentAt(moments, undefined), 2);
  assert.equal(momentAt(moments, 60), 1);
  assert.equal(momentAt([], 5), -1);
  assert.equal(stepSays({ step: 0 }), "Untrained");
  assert.equal(stepSays({ step: 11_977 }), "After 11,977 steps");
  assert.equal(accuracySays(moments[1] ?? { step: 0 }), "27.0 % of 1,100 held-out pictures right");
  assert.equal(accuracySays({ step: 0 }), "held-out accuracy not measured");
});
