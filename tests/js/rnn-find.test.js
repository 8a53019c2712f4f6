/** The same again: units that are on through a range, and where else; and how long that takes. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { firstRange, search, shared, unitsOn, within } from "gridtime/math/find.js";
import { beginning, linesOf, ofCorpus, ofText, pieces, written } from "gridtime/math/lines.js";

/** Every word a token, with offsets. @param {string} text */
const tokens = (text) => [...text.matchAll(/n't|\w+?(?=n't)|\w+|[^\w\s]/gu)].map((m) => ({ text: m[0].toLowerCase(), known: true, start: m.index, end: m.index + m[0].length }));

/** @param {number[][]} rows @param {number[]} starts @returns {import("gridtime/math/lines.js").States} */
function states(rows, starts = [0]) {
  const fresh = new Uint8Array(rows.length);
  for (const t of starts) fresh[t] = 1;
  const lines = starts.map((start, k) => ({ start, end: starts[k + 1] ?? rows.length, sentence: k }));
  return { key: "", title: "", pieces: [], lines, fresh, h: Float32Array.from(rows.flat()), hidden: rows[0].length };
}

test("units are on through the whole range, with one sign", () => {
  const { h } = states([[0.9, -0.5, 0.4, 0.1], [0.8, -0.6, -0.4, 0.9], [0.1, -0.9, 0.4, 0.9]]);
  assert.deepEqual(unitsOn(h, 4, [0, 1], 0.3).map(({ unit, sign }) => [unit, sign]), [[0, 1], [1, -1]]);
  assert.deepEqual(unitsOn(h, 4, [0, 1], 0.3, { positive: true }).map(({ unit }) => unit), [0]);
  assert.deepEqual(unitsOn(h, 4, [0, 1], 0.3, { cut: true }).map(({ unit }) => unit), [0]); // unit 1 stays on
  assert.ok(Math.abs(unitsOn(h, 4, [1, 2], 0.3)[1].least + 0.6) < 1e-6);
  assert.deepEqual(firstRange(h, 4, 0.3), [0, 1]); // the first of equals
  assert.deepEqual(within([5, 2], 4), undefined);
  assert.deepEqual(within([2, 9], 4), [2, 3]);
});

test("runs stop where a memory starts anew", () => {
  const one = states([[0.9], [0.9], [0.9], [0.9]], [0, 2]);
  const on = [{ unit: 0, sign: /** @type {1} */ (1), least: 0.9 }];
  assert.deepEqual([...shared(one, on, { level: 0.5, length: 2, cut: false })], [0, 1, 0, 1]);
  assert.deepEqual([...shared(one, on, { level: 0.5, length: 3, cut: false })], [0, 0, 0, 0]);
  const long = states([[0.9], [0.9], [0.9], [0.1], [0.9], [0.9], [0.1]]);
  assert.deepEqual([...shared(long, on, { level: 0.5, length: 2, cut: true })], [0, 0, 0, 0, 0, 1, 0]);
});

test("places: most units first, then the fewest others; marked as far as they stay on", () => {
  const other = states([
    [0.9, -0.9, 0.9], [0.9, -0.9, 0.9], // both, and one more
    [0.9, -0.9, 0.0], [0.9, -0.9, 0.1], [0.8, -0.7, 0.1], // both, for three words
    [0.9, 0.9, 0.0], [0.9, 0.9, 0.0], // one, the other with another sign
    [0.0, 0.0, 0.9], // none
  ], [0, 2, 5, 7]); // prettier-ignore
  const on = [{ unit: 0, sign: /** @type {1} */ (1), least: 0.9 }, { unit: 1, sign: /** @type {-1} */ (-1), least: -0.9 }];
  const { places, half } = search(other, on, { level: 0.5, length: 2, cut: false });
  assert.deepEqual(places.map(({ line, shared: n, others }) => [line, n, others]), [[1, 2, 0], [0, 2, 1], [2, 1, 0]]);
  assert.deepEqual([places[0].start, places[0].end], [2, 5]);
  assert.equal(half, 3);
  assert.equal(search(other, on, { level: 0.5, length: 2, cut: false }, (line) => line === 1).places[0].line, 0);
});

test("twenty thousand words of 128 units are searched in less than 300 ms", () => {
  const [total, hidden] = [20000, 128];
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const h = new Float32Array(total * hidden);
  for (let k = 0; k < h.length; k += 1) h[k] = 2 * random() - 1;
  const fresh = new Uint8Array(total);
  fresh[0] = 1;
  const lines = Array.from({ length: total / 20 }, (_, k) => ({ start: k * 20, end: k * 20 + 20, sentence: -1 }));
  const book = { key: "", title: "", pieces: [], lines, fresh, h, hidden };
  const all = Array.from({ length: hidden }, (_, unit) => ({ unit, sign: /** @type {1 | -1} */ (unit % 2 ? 1 : -1), least: 0.5 }));
  const times = Array.from({ length: 3 }, () => {
    const from = performance.now();
    assert.equal(search(book, all, { level: 0.2, length: 1, cut: false }).places.length, 300);
    return performance.now() - from;
  });
  const shortest = Math.min(...times); // the longer ones hold pauses of the machine
  console.log(`20,000 words x 128 units: ${shortest.toFixed(0)} ms`);
  assert.ok(shortest < 300, `${shortest} ms`);
});

test("a text's own words come back, its lines end where its sentences do", () => {
  const text = 'It isn\'t bad. "Go on!" she said.\n\nWhat now? 😀 Yes.';
  const all = pieces(text, tokens("It isn't bad."));
  assert.equal(written(all), "It isn't bad.");
  const emoji = "a 😀 b";
  assert.deepEqual(pieces(emoji, [{ text: "b", known: true, start: 4, end: 5 }]).map((p) => p.text), ["b"]);
  const whole = linesOf(pieces(text.replace("😀 ", ""), tokens(text.replace("😀 ", ""))));
  assert.equal(whole.length, 5);
  assert.equal(linesOf(Array.from({ length: 100 }, () => ({ text: "x", gap: /** @type {1} */ (1), known: true }))).length, 3);
});

test("a long text is cut before it is too long, and says so", () => {
  assert.deepEqual(beginning("one two three", 3), { text: "one two three", cut: false });
  assert.deepEqual(beginning("one two three four", 3), { text: "one two three ", cut: true });
  assert.equal(beginning("we cannot go", 3).cut, true); // can + not
});

test("texts and the corpus become states of one form", () => {
  const read = { about: { tokens: tokens("a b. c.") }, h: { shape: [5, 2], data: new Float32Array(10) } };
  const own = ofText("k", "t", "a b. c.", read);
  assert.deepEqual([own.hidden, own.lines.length, [...own.fresh]], [2, 2, [1, 0, 0, 0, 0]]);
  const rows = [{ sentence: 3, text: "a b.", start: 0, end: 3 }, { sentence: 7, text: "c.", start: 3, end: 5 }];
  const parts = [...tokens("a b."), ...tokens("c.")];
  const corpus = ofCorpus("k", { about: { tokens: parts, sentences: rows }, h: read.h });
  assert.deepEqual([...corpus.fresh], [1, 0, 0, 1, 0]);
  assert.equal(written(corpus.pieces.slice(3)), "c.");
});
