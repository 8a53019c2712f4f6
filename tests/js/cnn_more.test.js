/** What the picture room says and saves: held-out shifts, cells outside a map, a second own picture. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { headline } from "gridtime/components/modelcard.js";
import { againstOf, formatAgainst, parseAgainst } from "gridtime/math/compare.js";
import { matrixSvg } from "gridtime/math/files.js";
import { outsideSays, poolCell } from "gridtime/math/pool.js";
import { interval, keptSays, shiftSays } from "gridtime/math/shift.js";

const row = (/** @type {string} */ name, /** @type {string} */ kind, /** @type {number} */ asIs, /** @type {number|null} */ back = asIs / 2) => ({ name, kind, asIs, back });

test("the shift's sentence is about the layer it stands beside, whichever way its numbers fall", () => {
  const own = [row("relu7", "activation", 0.85), row("pool4", "pool", 0.5), row("logits", "linear", 0.333, null)];
  const twin = [row("relu7", "activation", 0.73), row("pool4", "pool", 0.8), row("logits", "linear", 0.355, null)];
  const says = (/** @type {string} */ name, skips = false) => shiftSays(8, skips ? twin : own, skips ? own : twin, "asIs", skips, name);
  assert.equal(says("relu7"), "After 8 px the map of relu7 changed by 85 %, the twin's without pooling by 73 %. Here pooling did not help.");
  assert.equal(says("relu7", true), says("relu7"));
  assert.equal(says("pool4"), "After 8 px the map of pool4 changed by 50 %, the twin's without pooling by 80 %.");
  assert.equal(says("logits"), "After 8 px logits changed by 33 %, the twin's without pooling by 36 %.");
  assert.match(shiftSays(8, own, twin, "back", false, "logits"), /^After 8 px logits changed by 33 %/);
  assert.equal(says("input"), "");
});

test("numbers that look alike are never called less", () => {
  const says = shiftSays(1, [row("p", "pool", 0.0096)], [row("p", "pool", 0.0104)], "asIs", false, "p");
  assert.match(says, /1 %, the twin's without pooling by 1 %\. Here they are alike/);
});

test("kept answers: a tie is called one, a difference is not", () => {
  const study = (/** @type {number} */ share, n = 1100) => ({ pixels: [0, 8], n, same_answer: [1, share] });
  assert.match(keptSays(study(0.891), study(0.873), 8, false), /^With pooling 89\.1 % kept their answer, without 87\.3 %\. A tie: the 95 % intervals overlap/);
  assert.match(keptSays(study(0.873), study(0.891), 8, true), /^With pooling 89\.1 %/);
  assert.match(keptSays(study(0.95), study(0.8), 8, false), /Pooling helped\.$/);
  assert.match(keptSays(study(0.8), study(0.95), 8, false), /Pooling did not help\.$/);
  assert.equal(keptSays(study(0.8), undefined, 8, false), "80.0 % of 1,100 kept their answer.");
  assert.equal(keptSays({ pixels: [0, 8], n: 5 }, undefined, 8, false), "");
});

test("the interval is Wilson's", () => {
  const [low, high] = interval(0.5, 100);
  assert.ok(Math.abs(low - 0.4038) < 1e-3 && Math.abs(high - 0.5962) < 1e-3, `${low} ${high}`);
});

test("cells outside the map do not count for a maximum; for a mean as its layer says", () => {
  const size = { channels: 1, height: 3, width: 3 };
  const out = { channels: 1, height: 2, width: 2 };
  const values = Float32Array.of(-1, -2, -3, -4, -5, -6, -7, -8, -9);
  const layer = (/** @type {string} */ op, more = {}) => ({ name: "p", op, inputs: [], output_shape: [1, 2, 2], attributes: { kernel_size: 2, stride: 2, padding: 1, ...more } });
  const corner = poolCell(layer("max_pool2d"), values, size, out, 0, 0, 0);
  assert.equal(corner.total, -1); // not the 0 of an outside cell
  assert.equal(outsideSays(corner), "3 of the 4 cells lie outside the map: they do not count.");
  const mean = poolCell(layer("avg_pool2d"), values, size, out, 0, 0, 0);
  assert.equal(mean.total, -0.25);
  assert.equal(outsideSays(mean), "3 of the 4 cells lie outside the map: they count as 0.");
  const left = poolCell(layer("avg_pool2d", { count_include_pad: false }), values, size, out, 0, 0, 0);
  assert.equal(left.total, -1);
  assert.equal(outsideSays(left), "3 of the 4 cells lie outside the map: they do not count.");
  assert.equal(outsideSays(poolCell(layer("max_pool2d"), values, size, out, 0, 1, 1)), "");
});

test("a second picture of one's own may stand beside the first", () => {
  const own = { kind: /** @type {const} */ ("picture"), id: "ab12" };
  assert.deepEqual(parseAgainst(formatAgainst(own)), own);
  assert.deepEqual(againstOf("picture:ab12", { models: [], samples: [] }), own);
  assert.equal(againstOf("sample:none", { models: [], samples: [] }), null);
});

test("a matrix as a file: every count, names escaped", () => {
  const svg = matrixSvg({ title: "a < b", counts: [[3, 0], [1, 2]], names: ["cat", "d&g"], colour: () => ["#fff", "#000"] });
  assert.equal((svg.match(/<rect [^>]*stroke=/g) ?? []).length, 4);
  assert.equal((svg.match(/text-anchor="middle"/g) ?? []).length, 3); // 0 is left blank
  assert.ok(svg.includes("a &lt; b") && svg.includes("d&amp;g"));
});

test("a figure that is no share stands beside a baseline in its own unit", () => {
  const row = { name: "mean absolute error", value: 4.58, unit: "degrees", split: "test", n: 10000, baseline: 22.27, baseline_name: "always 0 degrees", command: "" };
  assert.equal(headline(/** @type {any} */ ({ metrics: [row] })), "mean absolute error: 4.58 degrees on 10,000 held out; always 0 degrees: 22.27 degrees");
});
