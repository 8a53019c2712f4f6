import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "gridtime/math/step.js";
import { objection } from "gridtime/components/inputpicker.js";
import { exact } from "gridtime/components/num.js";
import { figure, headline } from "gridtime/components/modelcard.js";
import { placeOf, stepTo } from "gridtime/components/walk.js";
import { waterfall } from "gridtime/components/waterfall.js";

test("a bar of the waterfall starts where the last one ended and the last ends at the total", () => {
  const terms = [0.2504, -0.1004, 0.3004].map((value, i) => ({ label: `t${i}`, value }));
  const total = 0.4504;
  const bars = waterfall(terms, total, 3);
  for (let i = 1; i < bars.length - 1; i++) assert.equal(bars[i].from, bars[i - 1].to);
  assert.equal(bars[0].from, 0);
  const last = bars[bars.length - 1];
  assert.deepEqual([last.from, last.to, last.sum], [0, total, true]);
  assert.deepEqual(bars.map((bar) => bar.computed), [true, true, true, true]);
});

test("a rounding bar appears where shown terms miss the shown total", () => {
  const terms = [0.0004, 0.0004].map((value, i) => ({ label: `t${i}`, value }));
  const bars = waterfall(terms, 0.0008, 3);
  assert.deepEqual(bars.map((bar) => bar.label), ["t0", "t1", "rounding", "total"]);
  assert.equal(bars[2].computed, false);
});

test("arrows move a cell, Shift by eight, and never off the map", () => {
  /** @type {(key: string, shiftKey?: boolean) => [number, number] | null} */
  const from = (key, shiftKey = false) => moved({ key, shiftKey }, [2, 3], 16, 10);
  assert.deepEqual(from("ArrowDown"), [3, 3]);
  assert.deepEqual(from("ArrowRight", true), [2, 11]);
  assert.deepEqual(from("ArrowUp", true), [0, 3]);
  assert.deepEqual(from("End"), [9, 15]);
  assert.deepEqual(from("Home"), [0, 0]);
  assert.equal(from("a"), null);
});

test("files are refused in the words a visitor can act on", () => {
  assert.equal(objection({ type: "image/png", size: 1000 }), "");
  assert.equal(objection({ type: "", size: 1000 }), "");
  assert.equal(objection({ type: "image/svg+xml", size: 10 }), "Not a picture we can read. Try JPEG, PNG or WebP.");
  assert.equal(objection({ type: "image/jpeg", size: 23e6 }), "This file is 23 MB; the limit is 15. Save it smaller.");
});

test("a walk holds at both ends and starts at its first stop", () => {
  assert.equal(stepTo(-1, 1, 9), 0);
  assert.equal(stepTo(8, 1, 9), 8);
  assert.equal(stepTo(0, -1, 9), 0);
  assert.equal(stepTo(3, 1, 9), 4);
  assert.equal(placeOf([{ id: "a", caption: "" }, { id: "b", caption: "" }], "b"), 1);
  assert.equal(placeOf([], undefined), -1);
});

test("data-value is the exact float32", () => {
  assert.equal(Number(exact(0.1)), Math.fround(0.1));
});

test("a card's first figure stands beside its baseline", () => {
  const row = { name: "accuracy", value: 0.912, unit: "share", split: "val", n: 500, baseline: 0.1, baseline_name: "guessing", command: "" };
  assert.equal(figure(0.912, "share"), "91.2 %");
  assert.equal(headline(/** @type {any} */ ({ metrics: [row] })), "accuracy: 91.2 % of 500 held out; guessing: 10 %");
});
