// Which came first: where signs stand, what a cell sees, and what may be said of the figures.
import assert from "node:assert/strict";
import test from "node:test";
import { readFileSync } from "node:fs";
import { bracketOf, fieldsOf, lengthsOf, linesOf, moved, nearest, placeOf, placingOf, resized, spread, swapped, written } from "gridtime/math/first.js";
import { afterSays, noteOf, outsideSays, shortSays, standingsOf, verdict, verdicts } from "gridtime/math/firstsays.js";
import { holds, intervalSays, listed, shareSays, together } from "gridtime/math/rates.js";

/** Wilson at 1.96. @param {number} hits @param {number} [n] */
const rate = (hits, n = 1000) => together([{ n, hits, value: hits / n, interval: [0, 1] }], 1.96);

/** @param {string} model @param {number | null} field @param {number | null} only @param {Record<number, number>} hits by distance @param {Record<number, number>} [long] */
const net = (model, field, only, hits, long = {}) => ({
  model, title: model, about: "", parameters: 4000, field, only, updates: 9,
  points: [[64, hits], [256, long]].flatMap(([length, of]) => Object.entries(of).map(([d, right]) => ({ length: Number(length), margin: 12, distance: Number(d), accuracy: rate(right), seeds: [right / 1000] }))),
}); // prettier-ignore

const first = /** @type {any} */ ({
  command: "", seed: 0, about: "", length: 64, margin: 12, symbols: 8, budget: 9,
  models: [
    net("lstm", null, null, { 1: 1000, 8: 1000, 20: 1000, 39: 990 }, { 8: 300 }),
    net("pooled", 13, null, { 1: 1000, 8: 1000, 20: 544, 39: 480 }, { 8: 1000, 100: 505 }),
    net("flatten", 13, 64, { 1: 770, 8: 1000, 20: 998, 39: 500 }),
    net("dilated", 63, null, { 1: 1000, 8: 1000, 20: 1000, 39: 1000 }, { 8: 1000, 100: 610 }),
  ],
}); // prettier-ignore
const at = (/** @type {number} */ a, /** @type {number} */ b, length = 64) => ({ a, b, length, seed: 0 });

test("the address gives a placing that fits; without one the signs stand further apart than the narrow field", () => {
  assert.deepEqual(lengthsOf(first), [64, 256]);
  assert.deepEqual(placingOf(undefined, first), at(22, 42));
  assert.deepEqual(placingOf([3, 90, 64, 7], first), { a: 3, b: 63, length: 64, seed: 7 });
  assert.deepEqual(placingOf([3, 90, 256, -1], first), at(3, 90, 256));
  assert.deepEqual(placingOf([3, 90, 100, 0], first), at(3, 63), "a length that nobody measured");
  assert.deepEqual(placingOf([5, 5, 64, 0], first), at(22, 42), "both at one place");
});

test("a sign jumps over the other and stays within the sequence", () => {
  assert.deepEqual(moved(at(10, 20), "a", 15), at(15, 20));
  assert.deepEqual(moved(at(19, 20), "a", 20), at(21, 20));
  assert.deepEqual(moved(at(21, 20), "a", 20), at(19, 20));
  assert.deepEqual(moved(at(1, 0), "a", -4), at(1, 0), "no place beyond");
  assert.deepEqual(moved(at(10, 20), "b", 99), at(10, 63));
});

test("distance, order and length change one without the others", () => {
  assert.deepEqual(spread(at(10, 20), 11), at(10, 21));
  assert.deepEqual(spread(at(20, 10), 11), at(21, 10));
  assert.deepEqual(spread(at(30, 63), 40), at(23, 63), "no place: the earlier sign moves");
  assert.deepEqual(spread(at(10, 20), 0), at(10, 11));
  assert.deepEqual(spread(at(10, 20), 999), at(0, 63));
  assert.deepEqual(swapped(at(10, 20)), at(20, 10));
  assert.deepEqual(resized(at(20, 10), 256), at(133, 123, 256));
  assert.deepEqual(resized(at(0, 200, 256), 64), at(0, 63));
});

test("the cell at the later sign sees itself and what stands before it, so many places in all", () => {
  assert.deepEqual(bracketOf(13, at(30, 42)), { from: 30, to: 42, cut: false, both: true });
  assert.deepEqual(bracketOf(13, at(42, 29)), { from: 30, to: 42, cut: false, both: false });
  assert.deepEqual(bracketOf(63, at(2, 42)), { from: 0, to: 42, cut: true, both: true });
  assert.deepEqual(fieldsOf(first.models), [{ field: 13, names: ["Pooled CNN", "Flatten CNN"] }, { field: 63, names: ["Dilated CNN"] }]);
});

test("lines of one length, by distance; the axis holds every interval and chance", () => {
  const lines = linesOf(first, 64);
  assert.deepEqual(lines.map(({ id }) => id), ["pooled", "flatten", "dilated", "lstm"]);
  assert.deepEqual(linesOf(first, 256).map(({ id }) => id), ["pooled", "dilated", "lstm"]);
  assert.deepEqual([14, 15, 30, 99].map((d) => nearest(lines[0].points, d).distance), [8, 20, 39, 39]);
  const box = { width: 120, height: 100, left: 10, right: 10, top: 20, bottom: 20 };
  const place = placeOf(lines, box);
  assert.deepEqual([place.low, place.far, place.x(1), place.x(39), place.y(1), place.y(0.4)], [0.4, 39, 10, 110, 20, 80]);
  assert.deepEqual([10, 60, 110, 400].map(place.at), [1, 20, 39, 39]);
  assert.equal(placeOf(linesOf(first, 256), box).low, 0.2);
  assert.deepEqual(written([1, 2, 8, 12, 13, 39], place.x, 12), [1, 8, 13, 39]);
});

test("shares are 100 % only where nothing was wrong; counts together have a narrower interval", () => {
  assert.deepEqual([0, 0.00004, 0.5034, 0.99991, 1].map(shareSays), ["0 %", "< 0.1 %", "50.3 %", "> 99.9 %", "100 %"]);
  assert.equal(intervalSays(rate(500)), "46.9 to 53.1 %");
  const both = together([rate(544), rate(480)], 1.96);
  assert.deepEqual([both.n, both.hits], [2000, 1024]);
  assert.ok(holds(both, 0.5) && !holds(rate(544), 0.5));
  assert.deepEqual([listed([]), listed(["A"]), listed(["A", "B", "C"])], ["", "A", "A, B and C"]);
});

test("a pooled CNN that cannot see both guesses, though one point lies off 50 % by chance", () => {
  const [pooled, flatten, dilated, lstm] = standingsOf(first, at(22, 42));
  assert.deepEqual([pooled, flatten, dilated, lstm].map(({ sort, went }) => [sort, went]), [["cannot", "guesses"], ["kept", "right"], ["sees", "right"], ["reads", "right"]]);
  assert.match(verdict(pooled), /It cannot know: it guesses \(54\.4 % right at distance 20, 51\.2 % of 2,000 at all from 13 on\)/);
  assert.match(verdict(flatten), /With flatten it can, for this one length \(99\.8 % right at distance 20\)/);
  assert.match(verdict(dilated), /reaches as far as its field: 63 places hold both/);
  assert.match(verdict(lstm), /does not say how far it remembers/);
  assert.deepEqual([pooled, flatten, dilated, lstm].map(noteOf), ["13 places: cannot know, guesses", "13 places, not pooled: can", "63 places: both signs", "all before, in order"]);
  assert.equal(shortSays(first, at(22, 42)), "20 places apart: Pooled CNN guesses; Flatten CNN, Dilated CNN and LSTM are right in 99.8 % or more.");
  assert.equal(verdicts(first, at(22, 42)).length, 4);
});

test("within its field a pooled CNN can; what was not learnt and what goes wrong is said", () => {
  assert.equal(standingsOf(first, at(22, 30))[0].sort, "sees");
  assert.match(verdict(standingsOf(first, at(12, 51))[1]), /it could; here it did not learn to \(50\.0 % right at distance 39\)/);
  const far = standingsOf(first, at(20, 120, 256));
  assert.match(verdict(far[2]), /It cannot know: what it answers hangs on something else \(61\.0 % right/);
  assert.match(verdict(far[1]), /weights for 64 places only/);
  assert.equal(noteOf(far[1]), "weights for 64 places only");
  assert.equal(shortSays(first, at(100, 108, 256)), "8 places apart: LSTM is wrong more often than right; Pooled CNN and Dilated CNN are right in 100 %.");
});

test("a placing unlike those of the training is said; a place is read aloud", () => {
  const trained = { length: 64, nearest: 12, furthest: 51, distance: 39, inside: false };
  const answered = /** @type {any} */ ({ settings: at(5, 30), symbols: [3, 0, 1], trained, models: [{ model: "gru", steps: [0.5, 0.9, 0.99996] }, { model: "pooled", steps: null }] });
  assert.match(outsideSays(answered), /nearer than 12 places to an end/);
  assert.match(outsideSays({ ...answered, settings: at(5, 30, 256) }), /trained on 64 places; this sequence has 256/);
  assert.equal(outsideSays({ ...answered, trained: { ...trained, inside: true } }), "");
  assert.equal(afterSays(answered, 1), "After place 2, sign A: A first GRU 90.0 %.");
  assert.equal(afterSays(answered, 2), "After place 3, sign B: A first GRU > 99.9 %.");
});

test("no view names a length, a field or a network", () => {
  for (const name of ["view", "strip", "lane", "plot", "answers", "figures"]) {
    const text = readFileSync(new URL(`../../static/js/views/compare/first/${name}.js`, import.meta.url), "utf8");
    assert.doesNotMatch(text, /"(pooled|flatten|dilated|lstm|gru|rnn)"|\b(64|128|256)\b/, name);
  }
});
