// The loop laid out: what travels between the copies, and which weights are a unit's own.
import assert from "node:assert/strict";
import test from "node:test";
import { carried, hears, loopOf, loops, selfAndOthers, travellers } from "gridtime/math/unroll.js";

const reader = (/** @type {any} */ more) => ({ id: "m.l0", node: "m", kind: "lstm", hidden: 2, reverse: false, ...more });
const pane = {
  start: 0, end: 2, total: 2,
  tensors: new Map([
    ["m.l0.h", { shape: [2, 2], data: Float32Array.of(0.1, 0.2, 0.3, 0.4) }],
    ["m.l0.c", { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
  ]),
}; // prettier-ignore

test("a step is handed what the step before it left, and zeros at the start", () => {
  const at = (/** @type {number} */ t, more = {}) => carried(/** @type {any} */ (pane), /** @type {any} */ (reader(more)), t, 1).map(({ value }) => value);
  assert.deepEqual(at(0), [0, 0]);
  assert.deepEqual(at(1), [Math.fround(0.2), 2]);
  assert.deepEqual(at(0, { reverse: true }), [Math.fround(0.4), 4]);
  assert.deepEqual(at(1, { reverse: true }), [0, 0]);
  assert.deepEqual(travellers(/** @type {any} */ (reader({ kind: "gru" }))), ["h"]);
});

test("every block of the recurrent matrix is a gate's own", () => {
  const wh = { shape: [8, 2], data: Float32Array.from({ length: 16 }, (_, k) => k) };
  const gates = loops(/** @type {any} */ (reader({})));
  assert.deepEqual(gates.map(({ id }) => id), ["i", "f", "g", "o"]);
  assert.deepEqual([...loopOf(wh, /** @type {any} */ (reader({})), gates[1])], [4, 5, 6, 7]);
  assert.deepEqual(loops(/** @type {any} */ (reader({ kind: "gru" }))).map(({ id }) => id), ["r", "z", "n"]);
  const plain = /** @type {any} */ (reader({ kind: "rnn" }));
  assert.deepEqual([...loopOf({ shape: [2, 2], data: Float32Array.of(5, 6, 7, 8) }, plain, loops(plain)[0])], [5, 6, 7, 8]);
});

test("the diagonal is a unit to itself, the rest the layer to itself", () => {
  const loop = Float32Array.of(1, -2, 3, 4, -5, 6, 7, 8, 9);
  assert.deepEqual(selfAndOthers(loop, 3), { self: 5, others: 5 });
  assert.deepEqual(hears(loop, 3, 0), { self: 1, other: 2, weight: 3 });
  assert.deepEqual(hears(Float32Array.of(2), 1, 0), { self: 2, other: -1, weight: 0 });
});
