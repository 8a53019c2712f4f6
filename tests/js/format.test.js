import assert from "node:assert/strict";
import { test } from "node:test";
import { count, number, percent, plural, rounded, roundingTerm, shape, signed } from "gridtime/math/format.js";

test("numbers carry a true minus and no negative zero", () => {
  assert.equal(number(-0.421, 2), "−0.42");
  assert.equal(number(-0.001, 2), "0.00");
  assert.equal(number(0.5, 3), "0.500");
  assert.equal(number(NaN), "not a number");
  assert.equal(number(-Infinity), "−∞");
});

test("all digits read back as the same float32", () => {
  for (const v of [0.1, 1 / 3, -1e-7, 123456.7, 0, 1e20].map(Math.fround)) {
    const text = number(v, "all").replaceAll("−", "-");
    assert.equal(Math.fround(Number(text)), v);
  }
  assert.equal(number(Math.fround(0.1), "all"), "0.1");
});

test("signs, shares, shapes, counts", () => {
  assert.equal(signed(0.5), "+0.50");
  assert.equal(signed(-0.5), "−0.50");
  assert.equal(signed(0), "0.00");
  assert.equal(percent(0.64), "64 %");
  assert.equal(percent(0.9999), "> 99 %");
  assert.equal(percent(0.0001), "< 1 %");
  assert.equal(percent(1), "100 %");
  assert.equal(shape([32, 64, 64]), "32 × 64 × 64");
  assert.equal(count(1234567), "1,234,567");
  assert.equal(plural(1, "word"), "1 word");
  assert.equal(plural(6, "word"), "6 words");
});

test("the rounding term closes every sum as shown", () => {
  assert.equal(roundingTerm([0.25, 0.25], 0.5, 2), null);
  assert.deepEqual(roundingTerm([0.0004, 0.0004], 0.0008, 3), { label: "rounding", value: 0.001 });
  assert.equal(roundingTerm([1 / 3, 1 / 3], 2 / 3, "all"), null);
  let seed = 1;
  const random = () => ((seed = (seed * 16807) % 2147483647) / 2147483647) * 4 - 2;
  for (let i = 0; i < 500; i++) {
    const terms = Array.from({ length: 1 + (i % 9) }, random);
    const total = terms.reduce((a, b) => a + b, 0);
    const rest = roundingTerm(terms, total, 3);
    const shown = terms.reduce((sum, v) => sum + rounded(v, 3), rest?.value ?? 0);
    assert.ok(Math.abs(shown - rounded(total, 3)) < 1e-9);
  }
});
