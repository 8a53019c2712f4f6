/** What a change does to the answer, in rows and in a sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { effectRows, effectSays, points, shares, shownRows, tenths } from "gridtime/math/effect.js";
import { isNumber, numberSays, withUnit } from "gridtime/math/numberhead.js";

/** @param {Record<string, number>} shares_ */
const given = (shares_) => Object.entries(shares_).map(([label, probability]) => ({ label, probability, logit: 0 }));
const plain = given({ cat: 0.6, dog: 0.3, fox: 0.06, cup: 0.04 });
const now = given({ dog: 0.7, cat: 0.15, cup: 0.09, fox: 0.06 });

test("every class before and after, in an order that does not jump", () => {
  const rows = effectRows(plain, now);
  assert.deepEqual(rows.map((row) => row.label), ["cat", "dog", "fox", "cup"]);
  assert.ok(Math.abs(rows.reduce((sum, row) => sum + row.change, 0)) < 1e-12);
  assert.deepEqual(effectRows(plain, now, "change").map((row) => row.label).slice(0, 2), ["cat", "dog"]);
});

test("the others are one row; the class that now comes first is never among them", () => {
  const far = effectRows(plain, given({ cup: 0.9, cat: 0.1, dog: 0, fox: 0 }));
  const { shown, rest } = shownRows(far, 2);
  assert.deepEqual(shown.map((row) => row.label), ["cat", "cup"]);
  assert.equal(rest?.label, "2 others");
  assert.ok(Math.abs((rest?.before ?? 0) - 0.36) < 1e-12);
  assert.equal(shownRows(far, 4).rest, null);
});

test("the sentence follows from the numbers", () => {
  assert.equal(effectSays(effectRows(plain, now)), "The answer changes: cat goes from 60 % to 15 %; it now gives dog 70 %.");
  assert.equal(effectSays(effectRows(plain, plain)), "No share moved by as much as 0.1 points.");
  assert.equal(effectSays(effectRows(plain, given({ cat: 0.603, dog: 0.297, fox: 0.06, cup: 0.04 }))), "Still cat: from 60.0 % to 60.3 %.");
  assert.deepEqual([tenths(0.0001), tenths(0.99999), points(-0.123), shares(0.2, 0.5)[1]], ["< 0.1 %", "> 99.9 %", "−12.3", "50 %"]);
});

test("a network that answers with one number", () => {
  assert.ok(isNumber({ predictions: [{ value: 37.21, unit: "°" }] }) && !isNumber({ predictions: /** @type {any} */ (plain) }));
  assert.equal(numberSays({ predictions: [{ value: -37.21, unit: "degrees" }] }), "−37.2°");
  assert.equal(withUnit(3, "m", 0), "3 m");
});
