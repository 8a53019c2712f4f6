// The duel: who is best, who ties, what time it takes, and what may be said of the bag of words.
import assert from "node:assert/strict";
import test from "node:test";
import { bagSays, bestSays, entriesOf, limitsOf, next, placeOf, serialSays, shareTicks, speedSays, splitOf, splitsOf, timeSays, timeTicks, titleOf } from "gridtime/math/duel.js";

/** @param {string} reader @param {string} title @param {number} median @param {number} words @param {[number, boolean, boolean][]} shares value, best, tie of each split */
const one = (reader, title, median, words, shares) => ({
  reader, title, model: null, about: "", parameters: 57000,
  splits: shares.map(([value, best, tie], k) => ({ split: ["sst dev", "product_opinions test"][k], best, tie, accuracy: { n: 1000, hits: value * 1000, value, interval: /** @type {[number, number]} */ ([value - 0.02, value + 0.02]) } })),
  microseconds: { median, low: median / 2, high: median * 2, n: 872, repeats: 3 },
  serial: { fixed: words ? 0 : 3, per_word: words, mean: words ? 20 * words : 3 },
}); // prettier-ignore
const duel = /** @type {any} */ ({
  words: 19.88, readers: [
    one("bag", "Bag of words", 250, 0, [[0.81, false, false], [0.92, false, true]]),
    one("cnn", "CNN", 700, 0, [[0.85, false, true], [0.93, false, true]]),
    one("lstm", "LSTM", 1000, 1, [[0.86, true, true], [0.94, true, true]]),
  ],
}); // prettier-ignore

test("a tie is a tie, and the best of a split is that of its figures", () => {
  assert.deepEqual(splitsOf(duel), ["sst dev", "product_opinions test"]);
  assert.equal(splitOf(duel, "nothing"), "sst dev");
  assert.equal(titleOf("product_opinions test"), "product opinions test");
  assert.equal(bestSays(entriesOf(duel, "sst dev")), "LSTM has most right: 86.0 %. A tie with CNN: the intervals overlap.");
  assert.match(bestSays(entriesOf(duel, "product_opinions test")), /A tie with Bag of words and CNN/);
  assert.match(bestSays(entriesOf({ ...duel, readers: [duel.readers[0], duel.readers[2]] }, "sst dev")), /No other interval overlaps/);
  const [, cnn, lstm] = entriesOf(duel, "sst dev");
  assert.match(bestSays([{ ...cnn, accuracy: lstm.accuracy }, lstm]), /^CNN and LSTM have most right: 86\.0 %/);
});

test("the bag of words is nearly as good only where the figures say so", () => {
  const entries = entriesOf(duel, "sst dev");
  assert.equal(bagSays(entries), "The bag of words, without any order, is 5.0 points behind the best: 81.0 % against 86.0 %.");
  const bag = (/** @type {number} */ value, tie = false, best = false) => bagSays([{ ...entries[0], tie, best, accuracy: { ...entries[0].accuracy, value } }, entries[1], { ...entries[2], best: !best }]);
  assert.match(bag(0.835), /is nearly as good: 83\.5 % against 86\.0 %/);
  assert.match(bag(0.82), /4\.0 points behind/);
  assert.match(bag(0.85, true), /ties with the best/);
  assert.match(bag(0.9, true, true), /is the best/);
  assert.equal(bagSays(entries.slice(1)), "");
});

test("time, and what waits, in words", () => {
  assert.deepEqual([3.14, 290.4, 1234, 12_345].map(timeSays), ["3.1 µs", "290 µs", "1.23 ms", "12.3 ms"]);
  assert.equal(speedSays(duel), "Quickest: Bag of words, 250 µs a sentence. Slowest: LSTM, 1.00 ms, 4.0 times as long. At 19.9 words the Bag of words waits for 3 steps, the LSTM for 20.");
  assert.deepEqual(duel.readers.map((/** @type {any} */ { serial }) => serialSays(serial)), ["at any length", "at any length", "1 a word"]);
});

test("the axes hold every interval, time on a log scale", () => {
  const entries = entriesOf(duel, "sst dev");
  const { share, time } = limitsOf(entries);
  assert.ok(share[0] <= 0.79 && share[1] >= 0.88 && time[0] < 125 && time[1] > 2000);
  const box = { width: 120, height: 80, left: 10, right: 10, top: 10, bottom: 10 };
  const { x, y } = placeOf(entries, box);
  assert.deepEqual([x(time[0]), x(time[1]), y(share[0]), y(share[1])].map(Math.round), [10, 110, 70, 10]);
  assert.ok(Math.abs(x(500) - x(250) - (x(1000) - x(500))) < 1e-9);
  assert.deepEqual(timeTicks([180, 1300]), [200, 300, 500, 1000]);
  assert.deepEqual(shareTicks([0.76, 0.9]), [0.8, 0.85, 0.9]);
});

test("arrows go to the next reader by time or by accuracy, and stop at the ends", () => {
  const entries = entriesOf(duel, "sst dev");
  assert.deepEqual(["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"].map((key) => next(entries, "cnn", key)), ["lstm", "bag", "lstm", "bag"]);
  assert.equal(next(entries, "lstm", "ArrowRight"), "lstm");
});
