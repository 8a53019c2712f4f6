/** The shift test's arithmetic, on maps small enough to move by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { change, changesOf, movedBack, overlap, relative, shiftSays, studyRows, twinOf } from "gridtime/math/shift.js";

/** @param {number} h @param {number} w @param {(y: number, x: number) => number} at */
const map = (h, w, at) => ({ shape: [1, h, w], data: Float32Array.from({ length: h * w }, (_, i) => at(Math.floor(i / w), i % w)) });
const wave = (/** @type {number} */ y, /** @type {number} */ x) => Math.sin(y * 1.7) + x * x * 0.1 + 1;
const a = map(6, 8, wave);

test("relative change is the length of the difference over the length of the original", () => {
  assert.ok(Math.abs(relative([3, 4], [3, 9]) - 1) < 1e-12);
  assert.equal(relative([1, 2], [1, 2]), 0);
  assert.equal(relative([0, 0], [1, 0]), Infinity);
});

test("a map that moved by whole cells is the same after moving it back", () => {
  for (const [down, right] of [[0, 3], [0, -3], [2, 0], [-2, 0], [1, -2]]) {
    const b = map(6, 8, (y, x) => wave(y - (down ?? 0), x - (right ?? 0)));
    assert.ok((movedBack(a, b, down ?? 0, right ?? 0) ?? 1) < 1e-6, `${down}, ${right}`);
    assert.ok(relative(a.data, b.data) > 0.01);
  }
});

test("half cells are read between two; what is straight stays exact", () => {
  const flat = (/** @type {number} */ y, /** @type {number} */ x) => 2 + 0.5 * y - 0.25 * x;
  const still = map(6, 8, flat);
  for (const [down, right] of [[0, 1.5], [0.5, 0], [-1.5, 0.25], [-0.5, -2.5]]) {
    const b = map(6, 8, (y, x) => flat(y - (down ?? 0), x - (right ?? 0)));
    assert.ok((movedBack(still, b, down ?? 0, right ?? 0) ?? 1) < 1e-6, `${down}, ${right}`);
  }
  assert.deepEqual(overlap(1.5, 8), { from: 0, to: 6, whole: 1, part: 0.5 });
  assert.deepEqual(overlap(-1.5, 8), { from: 2, to: 8, whole: -1, part: -0.5 });
});

test("nothing left to compare is no number", () => assert.equal(movedBack(a, a, 7, 0), null));

test("every layer's change, by the stride of its maps; units have no map to move back", () => {
  const node = (/** @type {string} */ name, /** @type {string} */ op, /** @type {number[]} */ shape, /** @type {number} */ stride) =>
    ({ name, op, inputs: [], output_shape: shape, attributes: { receptive_field: { stride: [stride, stride] } } });
  const graph = [node("input", "input", [1, 6, 8], 1), node("c", "conv2d", [1, 6, 8], 1), node("p", "max_pool2d", [1, 3, 4], 2), node("f", "flatten", [12], 0), node("logits", "linear", [2], 0)];
  const of = (/** @type {number} */ dx) => ({ graph, tensors: new Map(Object.entries({
    input: map(6, 8, (y, x) => wave(y, x - dx)), c: map(6, 8, (y, x) => wave(y, x - dx)),
    p: map(3, 4, (y, x) => wave(y * 2, x * 2 - dx)), logits: { shape: [2], data: Float32Array.of(1, dx) } })) });
  const rows = changesOf(of(0), of(2), [2, 0]);
  assert.deepEqual(rows.map((row) => row.name), ["input", "c", "p", "logits"]);
  assert.ok(rows.slice(0, 3).every((row) => (row.back ?? 1) < 1e-6 && row.asIs > 0.01));
  assert.equal(rows[3]?.back, null);
  assert.equal(rows[3]?.asIs, 2);
});

test("the sentence follows from the numbers, whichever way they fall", () => {
  const rows = (/** @type {number} */ v) => [{ name: "pool1", kind: "pool", asIs: v, back: v / 2 }];
  assert.equal(shiftSays(3, rows(0.12), rows(0.31), "asIs", false), "After 3 px the pooled map changed by 12 %, the twin's without pooling by 31 %.");
  assert.equal(shiftSays(3, rows(0.31), rows(0.12), "asIs", true), "After 3 px the pooled map changed by 12 %, the twin's without pooling by 31 %.");
  assert.match(shiftSays(3, rows(0.4), rows(0.31), "back", false), /moved back, changed by 20 %.*Here pooling did not help\.$/);
  assert.match(shiftSays(3, rows(0.31), rows(0.315), "asIs", false), /alike/);
  assert.equal(shiftSays(2, rows(1.4), null, "asIs", false), "After 2 px the map of pool1 changed by 140 %.");
  assert.equal(change(0.002), "< 1 %");
});

test("the held-out measurement as rows; a twin is known by its name", () => {
  const graph = [{ name: "p", op: "max_pool2d", inputs: [], output_shape: [1, 2, 2], attributes: {} }];
  const study = { pixels: [0, 1], layers: { p: { as_is: [0, 0.5], moved_back: [0, 0.25] } }, logits: [0, 0.1] };
  assert.deepEqual(studyRows(study, graph, 1), [
    { name: "p", kind: "pool", asIs: 0.5, back: 0.25 }, { name: "logits", kind: "linear", asIs: 0.1, back: null }]);
  const models = [{ id: "photos" }, { id: "photos-skip" }, { id: "digits-cnn" }];
  assert.equal(twinOf(models, "photos")?.twin, "photos-skip");
  assert.equal(twinOf(models, "photos-skip")?.twin, "photos");
  assert.equal(twinOf(models, "digits-cnn"), null);
});
