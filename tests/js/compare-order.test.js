/** Words in another order, and the words that follow from what it did. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, jumped, moves, optionOf, pairOf, PICTURE_CHANGES, reorder, spoken } from "gridtime/math/order.js";
import { heldChange, heldRows, liveSays, lossOf, noticedSays, tiesSay } from "gridtime/math/held.js";

const WORDS = "this is not a bad movie at all .".split(" ");

test("punctuation stays where it stands, whatever the change", () => {
  assert.deepEqual(spoken(WORDS), [0, 1, 2, 3, 4, 5, 6, 7]);
  for (const change of ["shuffled", "reversed", "swapped", "negation"]) {
    const { places } = reorder(WORDS, change, { seed: 3 });
    assert.ok(places);
    assert.equal(places[8], 8);
    assert.deepEqual([...places].sort((a, b) => a - b), WORDS.map((_, k) => k));
    assert.notDeepEqual(inOrder(WORDS, places), WORDS);
  }
});

test("one seed, one shuffle; another, another", () => {
  const order = (/** @type {number} */ seed) => reorder(WORDS, "shuffled", { seed }).places;
  assert.deepEqual(order(5), order(5));
  assert.equal(new Set([0, 1, 2, 3, 4, 5].map((seed) => String(order(seed)))).size, 6);
});

test("a negation goes at least three words away, farthest first; the rest keeps its order", () => {
  for (let seed = 0; seed < 5; seed += 1) {
    const { places } = reorder(WORDS, "negation", { seed });
    assert.ok(places);
    assert.ok(Math.abs(places.indexOf(2) - 2) >= 3);
    assert.deepEqual(places.filter((k) => k !== 2), [0, 1, 3, 4, 5, 6, 7, 8]);
  }
  assert.equal(reorder(WORDS, "negation", { seed: 0 }).places?.indexOf(2), 7);
});

test("one word that jumps is told from those that make way", () => {
  const { places } = reorder(WORDS, "negation", { seed: 0 });
  assert.equal(jumped(moves(places ?? [])), 2);
  assert.equal(jumped(moves(reorder(WORDS, "swapped", { seed: 0, pair: [1, 5] }).places ?? [])), -1);
  assert.equal(jumped(moves(reorder(WORDS, "reversed", { seed: 0 }).places ?? [])), -1);
});

test("where a change cannot be made, it is said", () => {
  assert.match(reorder(["a", "good", "film"], "negation", { seed: 0 }).why ?? "", /no negation/);
  assert.match(reorder(["not", "good"], "negation", { seed: 0 }).why ?? "", /too short/);
  assert.match(reorder(["good", "good"], "shuffled", { seed: 0 }).why ?? "", /two different/);
  assert.match(reorder(["a", "b", "a"], "reversed", { seed: 0 }).why ?? "", /the same/);
  assert.match(reorder(["good", "!", "good"], "swapped", { seed: 0 }).why ?? "", /different/);
});

test("two words are swapped and only their lines are drawn", () => {
  const { places } = reorder(WORDS, "swapped", { seed: 0, pair: [2, 4] });
  assert.deepEqual(moves(places ?? []), [{ from: 4, to: 2 }, { from: 2, to: 4 }]);
  assert.deepEqual(pairOf(WORDS, [2, 90]), [0, 7]);
  assert.deepEqual(pairOf(WORDS, undefined), [0, 7]);
});

test("a picture's change is the API's option", () => {
  assert.deepEqual(optionOf(PICTURE_CHANGES[0], 4), { order: { of: "rows", how: "shuffled", seed: 4 } });
  assert.deepEqual(optionOf(PICTURE_CHANGES[3], 4), { order: { of: "rows", how: "reversed" } });
});

/** @param {string} name @param {number} lost @param {number} won @param {boolean} tie */
const row = (name, lost, won, tie) => ({ id: name, name, kind: name.toLowerCase(), before: 0.9, after: 0.9 - (lost - won) / 1000, lost, won, n: 1000, tie });

test("the interval of what is lost is that of paired shares", () => {
  // 60 lost, 20 won of 1,000: 0.04, sd = sqrt(80 - 1.6) / 1000
  const { value, interval } = lossOf({ lost: 60, won: 20, n: 1000 });
  assert.ok(Math.abs(value - 0.04) < 1e-12);
  assert.ok(Math.abs(interval[1] - (0.04 + (1.96 * Math.sqrt(78.4)) / 1000)) < 1e-12);
});

test("a tie is called a tie, and the CNN is named where it noticed the order better", () => {
  assert.match(noticedSays([row("CNN", 60, 20, false), row("LSTM", 55, 20, false)]), /CNN \(4\.0 points lost\) against LSTM 3\.5: a tie, the intervals overlap\./);
  assert.match(noticedSays([row("CNN", 300, 20, false), row("LSTM", 55, 20, false)]), /^Here the CNN noticed the order better than the LSTM: it lost 28\.0 points, LSTM 3\.5\.$/);
  assert.match(noticedSays([row("CNN", 55, 20, false), row("LSTM", 300, 20, false), row("RNN", 56, 20, false)]), /^Here the LSTM noticed the order better than the CNN.*RNN 3\.6: a tie/);
  assert.equal(noticedSays([row("CNN", 1, 1, true)]), "");
});

test("before against after", () => {
  assert.match(tiesSay([row("CNN", 2, 1, true), row("LSTM", 2, 1, true)]), /tie.*every network/);
  assert.equal(tiesSay([row("CNN", 90, 1, false), row("LSTM", 90, 1, false)]), "After the change every network answered worse.");
  assert.equal(tiesSay([row("CNN", 90, 1, false), row("LSTM", 2, 1, true)]), "After the change the CNN answered worse; for the LSTM a tie: the intervals overlap.");
});

test("on one input: who moves most, who least, who crosses the middle", () => {
  const rows = [{ id: "a", name: "CNN", kind: "cnn", before: 0.9, after: 0.4 }, { id: "b", name: "GRU", kind: "gru", before: 0.8, after: 0.78 }];
  assert.equal(liveSays(rows, "positive"), "positive: the CNN moves most, 90 % → 40 %; the GRU least, 80 % → 78 %. Across 50 %: CNN.");
  assert.equal(liveSays([{ ...rows[1], after: 0.801 }], "positive"), "positive: no network moves by a point.");
});

test("the study's change for one made here", () => {
  const rate = { n: 100, hits: 90, value: 0.9, interval: /** @type {[number, number]} */ ([0.83, 0.94]) };
  const ordering = { change: "rows once", before: rate, after: rate, lost: 1, won: 1, same_answer: 1, tie: true };
  const set = { set: "s", title: "S", unit: /** @type {const} */ ("pixels"), n: 100, changes: [{ change: "rows once", title: "", about: "", drawn: /** @type {const} */ ("once") }], models: [{ model: "digits", changes: [ordering] }] };
  assert.equal(heldChange(set, "rows", "once"), "rows once");
  assert.equal(heldChange(set, "", "once"), "");
  assert.equal(heldRows(set, "rows once", [{ id: "digits", name: "CNN", kind: "cnn" }, { id: "none", name: "X", kind: "x" }]).length, 1);
});
