// Two networks on one picture: beliefs by rows, who settles when, who changes, in words.
import assert from "node:assert/strict";
import test from "node:test";
import { readFileSync } from "node:fs";
import { answerAt, beliefAt, changedSays, costOf, curveOf, disturbedOf, moved, nameOf, optionsOf, settled, settledSays, soFarSays } from "gridtime/math/tworeaders.js";

const CLASSES = ["3", "8"];

/** Belief in "3" after 0, 1, 2… rows. @param {number[]} shares */
const curve = (...shares) =>
  curveOf(CLASSES, shares.map((p) => [{ label: "3", probability: p, logit: 0 }, { label: "8", probability: 1 - p, logit: 0 }].sort((a, b) => b.probability - a.probability)));

test("a list of answers, best first, becomes a curve in the order of the classes", () => {
  const found = curve(0.25, 0.75, 1);
  assert.deepEqual([found.rows, found.classes], [2, 2]);
  assert.deepEqual([...found.shares], [0.25, 0.75, 0.75, 0.25, 1, 0]);
  assert.equal(beliefAt(found, 1, 0), 0.75);
  assert.equal(beliefAt(found, 99, 0), 1, "beyond the last row: the last row");
  assert.deepEqual([0, 1].map((k) => answerAt(found, k)), [1, 0]);
});

test("an answer has settled from the first row after which it stays", () => {
  assert.equal(settled(curve(0.9, 0.2, 0.8, 0.7)), 2);
  assert.equal(settled(curve(0.9, 0.8)), 0);
  assert.equal(settled(curve(0.9, 0.8, 0.1)), 2);
  const [cnn, lstm] = [{ name: "CNN", now: curve(0.1, 0.2, 0.9) }, { name: "LSTM", now: curve(0.1, 0.6, 0.9) }];
  assert.equal(settledSays([cnn, lstm], CLASSES), "The CNN answers 3 from row 2 on, the LSTM answers 3 from row 1 on.");
  assert.match(settledSays([cnn, cnn], CLASSES), /A tie\.$/);
});

test("who changes, when and by how much follows from the numbers", () => {
  const plain = curve(0.1, 0.5, 0.99);
  const cnn = { name: "CNN", plain, now: curve(0.1, 0.5, 0.62) };
  const lstm = { name: "LSTM", plain, now: curve(0.1, 0.4, 0.12) };
  const one = moved(lstm, 0);
  assert.ok(Math.abs(one.change + 0.87) < 1e-6);
  assert.deepEqual([one.from, ...one.answers], [1, 0, 1]);
  assert.equal(
    changedSays([cnn, lstm], CLASSES, 0),
    "3: CNN 99 % → 62 %, LSTM 99 % → 12 %. The LSTM changes more, by 87 points against 37. The CNN first moves at row 2. The LSTM first moves at row 1. The LSTM now answers 8, not 3.",
  );
  assert.match(changedSays([lstm, cnn], CLASSES, 0), /The LSTM changes more/);
  assert.match(changedSays([{ ...cnn, now: plain }, { ...lstm, now: plain }], CLASSES, 0), /Neither changes\.$/);
  assert.match(changedSays([cnn, { ...lstm, now: cnn.now }], CLASSES, 0), /Both change alike\./);
  // What moved on the way and came back is no "neither changes".
  assert.doesNotMatch(changedSays([{ ...cnn, now: curve(0.1, 0.9, 0.99) }, { ...lstm, now: plain }], CLASSES, 0), /Neither/);
});

test("what is believed so far names a class that is believed more", () => {
  const lines = [{ name: "CNN", now: curve(0.1, 0.8) }, { name: "GRU", now: curve(0.1, 0.3) }];
  assert.equal(soFarSays(lines, CLASSES, 0, 1), "3 after 1 of 1 rows: CNN 80 %, GRU 30 % (8: 70 %).");
});

test("the address's changes become the API's, kept within its bounds", () => {
  assert.deepEqual(optionsOf({}), {});
  assert.deepEqual(optionsOf(disturbedOf({}, 28)), {});
  assert.deepEqual(
    optionsOf(disturbedOf({ turn: 400, shift: [-99, 3], noise: [30, 2], range: [9, 11] }, 28)),
    { turn: 180, shift: [-32, 3], noise: { amount: 0.3, seed: 2 }, show: { hide: [9, 12] } },
  );
  assert.deepEqual(optionsOf(disturbedOf({ turn: 0, shift: [0, 0], noise: [0, 4], range: [20, 28] }, 28)), {});
});

test("names come from the kind, costs from the graph", () => {
  assert.deepEqual(["cnn", "lstm", "rnn"].map(nameOf), ["CNN", "LSTM", "RNN"]);
  const graph = /** @type {any} */ ([{ attributes: {} }, { attributes: { macs: 30 } }, { attributes: { macs: 12 } }]);
  assert.equal(costOf(graph), 42);
});

test("no view names a model, a layer or a size of a picture", () => {
  for (const name of ["view", "maps", "states", "plot", "controls", "source", "walk", "answers", "scene"]) {
    const text = readFileSync(new URL(`../../static/js/views/compare/picture/${name}.js`, import.meta.url), "utf8");
    assert.doesNotMatch(text, /digits-|conv1|"lstm"|"cnn"|\b28\b/, name);
  }
});
