/** What a unit watches, and the plane: sentences, scales, places and labels. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { frameOf, growth, labels, moved, nearest, origin, placesOf, planeSvg } from "gridtime/math/plane.js";
import { answerSays, limitOfUnit, pageOf, placeIn, propertySays, seriesOf } from "gridtime/math/watched.js";

const near = (/** @type {number} */ a, /** @type {number} */ b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} ${b}`);

/** @type {import("gridtime/math/watched.js").Unit} */
const unit = { mean: 0, spread: 0.3, least: -0.83, most: 0.4, up: [], down: [], rise: [], fall: [], answer: -0.5 };
const watched = /** @type {any} */ ({ bar: 0.9, properties: [{ id: "neg", says: "a negation has come", n: 9 }] });
const follows = { property: "neg", sign: /** @type {-1} */ (-1), auroc: 0.934, n: 70, of: 1897 };

test("a property is stated with its figure and n; below the bar none is found", () => {
  const told = propertySays({ ...unit, follows }, watched);
  assert.equal(told.text, "Its value is lower where a negation has come");
  assert.match(told.figure, /93 % .*AUROC 0\.93; 70 of 1,897/);
  const none = propertySays({ ...unit, nearest: { ...follows, auroc: 0.8 } }, watched);
  assert.ok(!none.found && none.text.startsWith("No simple property found (bar 0.90). Nearest"));
  assert.equal(propertySays(unit, watched).text, "No simple property found.");
  assert.equal(answerSays(unit, "positive"), "Goes against the score for positive (correlation −0.50).");
  assert.equal(answerSays({ ...unit, answer: 0.1 }, "positive"), "");
  assert.equal(limitOfUnit(unit), 0.9);
  assert.equal(limitOfUnit({ least: -1, most: 0.99 }), 1);
});

/** @param {number[][]} rows @param {number[]} starts @returns {import("gridtime/math/lines.js").States} */
function states(rows, starts = [0]) {
  const fresh = new Uint8Array(rows.length);
  for (const t of starts) fresh[t] = 1;
  const lines = starts.map((start, k) => ({ start, end: starts[k + 1] ?? rows.length, sentence: 5 * k }));
  return { key: "", title: "", pieces: [], lines, fresh, h: Float32Array.from(rows.flat()), hidden: rows[0].length };
}

test("a place of the file is a row of the states; pages of a long text", () => {
  const corpus = states([[1, 2], [3, 4], [5, 6]], [0, 1]);
  assert.deepEqual(placeIn(corpus, [5, 1, 0.4]), { start: 1, end: 3, at: 2 });
  assert.equal(placeIn(corpus, [9, 0, 0]), null);
  assert.deepEqual([...seriesOf(corpus, 1)], [2, 4, 6]);
  assert.deepEqual(pageOf(1999, 2300), { start: 1000, end: 2000 });
  assert.deepEqual(pageOf(2000, 2300), { start: 2000, end: 2300 });
});

const plane = { mean: [1, 0, 0], axes: /** @type {[number[], number[]]} */ ([[0, 1, 0], [0, 0, 1]]), share: /** @type {[number, number]} */ ([0.5, 0.2]) };

test("places on the plane, the empty memory, how far it moved", () => {
  const own = states([[1, 2, 3], [1, 5, -1]]);
  assert.deepEqual([...placesOf(own, plane)], [2, 3, 5, -1]);
  assert.deepEqual(origin({ ...plane, mean: [1, 2, 0] }), [-2, 0]);
  near(moved(own, 0), Math.sqrt(14));
  near(moved(own, 1), 5);
  const frame = frameOf([placesOf(own, plane)], 200, 100, 10);
  near(frame.x(5) - frame.x(2), (frame.y(-1) - frame.y(2))); // one scale for both
  assert.ok(frame.x(2) >= 10 && frame.x(5) <= 190 && frame.y(3) >= 10 && frame.y(-1) <= 90);
});

test("the direction of the answer is the head's difference, as far as it lies in the plane", () => {
  const two = growth({ shape: [2, 3], data: [0, 1, 0, 3, 5, 3] }, 1, plane); // difference 3, 4, 3
  near(two.way[0], 4 / 5);
  near(two.way[1], 3 / 5);
  near(two.held, 25 / 34);
  const three = growth({ shape: [3, 3], data: [0, 3, 0, 0, 0, 0, 0, 0, 0] }, 0, plane);
  assert.deepEqual([three.way, three.held], [[1, 0], 1]);
});

test("the nearest states are one a line, in all dimensions", () => {
  const corpus = states([[0, 0], [3, 4], [1, 0], [9, 9]], [0, 2]);
  assert.deepEqual(nearest(corpus, Float32Array.of(1, 1), 0, 5), [{ t: 2, line: 1, distance: 1 }, { t: 0, line: 0, distance: Math.SQRT2 }]);
});

test("labels stand beside their points and over no other", () => {
  const found = labels([{ x: 50, y: 50, text: "not", must: true }, { x: 52, y: 50, text: "good" }, { x: 51, y: 51, text: "a" }], 14, { width: 200, height: 100 });
  assert.ok(found[0] && found[1]);
  assert.notDeepEqual([found[0]?.x, found[0]?.y], [found[1]?.x, found[1]?.y]);
  const full = labels(Array.from({ length: 30 }, () => ({ x: 20, y: 20, text: "word" })), 14, { width: 60, height: 40 });
  assert.ok(full.some((one) => one === null));
});

test("a saved plane holds every dot and the words, escaped", () => {
  const frame = frameOf([Float32Array.of(0, 0, 1, 1)], 100, 100, 10);
  const svg = planeSvg({ frame, dots: Float32Array.of(0, 0, 1, 1), path: [[0, 0], [1, 1]], words: ["<b>", "x"], title: "t" });
  assert.equal(svg.match(/<circle/g)?.length, 2);
  assert.ok(svg.includes("&lt;b&gt;") && !svg.includes("<b>"));
});
