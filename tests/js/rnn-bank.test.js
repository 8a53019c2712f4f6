// The bank page's arithmetic: the word in one column, and what tips the belief.
import assert from "node:assert/strict";
import test from "node:test";
import { LESSON, area, cluePlace, columnsOf, path, target, tipping } from "gridtime/math/bank.js";

const line = (/** @type {number[]} */ beliefs, /** @type {number} */ at) =>
  /** @type {any} */ ({ tokens: beliefs.map((_, t) => ({ text: t === at ? "bank" : `w${t}`, known: true })), beliefs, at });

test("the word asked about is found as itself and in the plural, not inside another", () => {
  const words = (/** @type {string} */ text) => text.split(" ").map((part) => ({ text: part, known: true }));
  assert.equal(target(words("to the river bank .")), 3);
  assert.equal(target(words("two Banks closed")), 1);
  assert.equal(target(words("a banker went bankrupt")), -1);
  for (const text of LESSON) assert.match(text, /\bbank\b/);
});

test("sentences of different lengths share columns, the word in one of them", () => {
  const lines = [line([0.3, 0.9, 0.8], 2), line([0.3, 0.2, 0.1, 0.05], 1)];
  assert.deepEqual(columnsOf(lines), { word: 2, count: 5 });
  assert.deepEqual(columnsOf([]), { word: 0, count: 1 });
});

test("the tipping word is the one that moves the belief most, the first counted from before any word", () => {
  assert.deepEqual(tipping([0.3, 0.35, 0.95, 0.9], 0.3), { t: 2, from: 0.35, to: 0.95 });
  assert.deepEqual(tipping([0.9, 0.8], 0.3), { t: 0, from: 0.3, to: 0.9 });
  assert.equal(cluePlace(line([0.3, 0.9, 0.8], 2), 0.3), "before");
  assert.equal(cluePlace(line([0.3, 0.4, 0.05], 1), 0.3), "after");
  assert.equal(cluePlace(line([0.3, 0.9], 1), 0.3), "at");
});

test("a curve runs through the middle of its columns, full belief at the top", () => {
  assert.equal(path([1, 0.5, 0], 2), "M2.5,0.00L3.5,50.00L4.5,100.00");
  assert.equal(path([1, 0.5, 0], 2, 1), "M3.5,50.00L4.5,100.00");
  assert.equal(area([0.25], 0), "M0.5,75.00L0.5,100L0.5,100Z");
});
