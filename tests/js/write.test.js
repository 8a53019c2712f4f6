// A text being written: shares at a temperature, the line and what falls on it, openness, bits, the walk.
import assert from "node:assert/strict";
import test from "node:test";
import { bitsPerLetter, choices, entropy, fallsOn, inWords, lineOf, meanEntropy, seen, sharesOf, spoken } from "gridtime/math/writing.js";
import { choiceAt, drawnSays, heatSays, heldOut, letterAt, likeliestSays, openness, ownBits, roomOf, scoreBits, statesOf, stepOf, tailOf, wantOf } from "gridtime/views/write/scene.js";
import { PARTS, heatsSay, walk } from "gridtime/views/write/walk.js";

/** Shares 1/8, 1/2, 1/4, 1/8. */
const logits = [1, 4, 2, 1].map(Math.log);
const close = (/** @type {ArrayLike<number>} */ found, /** @type {number[]} */ expected) => {
  assert.equal(found.length, expected.length);
  expected.forEach((v, k) => assert.ok(Math.abs(found[k] - v) < 1e-12, `${k}: ${found[k]} for ${v}`));
};

test("the temperature divides every logit; at 0 the likeliest takes all", () => {
  close(sharesOf(logits), [1 / 8, 1 / 2, 1 / 4, 1 / 8]);
  close(sharesOf(logits, 0.5), [1 / 22, 16 / 22, 4 / 22, 1 / 22]);
  close(sharesOf(logits, 0), [0, 1, 0, 0]);
  close(sharesOf([3, 3, 1], 0), [1, 0, 0]);
  close(sharesOf([0, 1000], 0.05), [0, 1]);
});

test("letters lie on the line, the likeliest first, and a number falls on one", () => {
  const line = lineOf(sharesOf(logits));
  assert.deepEqual(line.map(({ k }) => k), [1, 2, 0, 3]);
  close(line.map(({ from }) => from), [0, 1 / 2, 3 / 4, 7 / 8]);
  assert.deepEqual([0, 0.49, 0.5, 0.74, 0.8, 0.9].map((u) => fallsOn(line, u).k), [1, 1, 2, 2, 0, 3]);
  assert.equal(fallsOn([{ k: 2, from: 0, to: 0.9999 }], 0.99999).k, 2); // shares add up to 1 but for rounding
});

test("openness in bits", () => {
  assert.equal(entropy([0.5, 0.5, 0]), 1);
  assert.ok(Math.abs(entropy(sharesOf(logits)) - 1.75) < 1e-12);
  assert.equal(entropy([1, 0]), 0);
  assert.ok(Math.abs(meanEntropy([logits, [0, 0]], 1) - (1.75 + 1) / 2) < 1e-12);
});

test("a letter drawn from further down has the last bar; all bars add up to one", () => {
  const plain = sharesOf(logits);
  const now = sharesOf(logits, 0.5);
  const found = choices(now, plain, 2, 3);
  assert.deepEqual(found.rows.map(({ k }) => k), [1, 3]);
  assert.equal(found.others.count, 2);
  close([found.rows.reduce((sum, row) => sum + row.now, found.others.now), found.rows.reduce((sum, row) => sum + row.plain, found.others.plain)], [1, 1]);
  assert.deepEqual(choices(now, plain, 2).rows.map(({ k }) => k), [1, 2]);
});

test("bits a letter: what each cost after those before it, an unknown one as the least likely", () => {
  assert.deepEqual(bitsPerLetter([], []), null);
  const found = bitsPerLetter([logits, logits, logits], [1, 2, 4]);
  assert.ok(found && Math.abs(found.bits - (1 + 2 + 3) / 3) < 1e-12);
  assert.equal(found?.n, 3);
});

test("a line breaks between words; what cannot be seen has a sign and a name", () => {
  assert.deepEqual(inWords([..."so it\nis"], (letter) => letter).map((word) => word.join("")), ["so ", "it\n", "is"]);
  assert.deepEqual([seen(" "), seen("\n"), seen("a"), spoken(" "), spoken("\n"), spoken("a")], ["␣", "↵", "a", "space", "line break", "“a”"]);
});

/** “ab” was the beginning, “ca” was written: rows after a, b, c, a; row 1 gave c, row 2 gave a. */
const tensor = (/** @type {number[][]} */ rows) => ({ shape: [rows.length, rows[0].length], dtype: "F32", data: Float32Array.from(rows.flat()) });
const made = /** @type {any} */ ({
  key: "k", base: "b", text: "ab", sample: null, lead: 2, heat: 0.5, seed: 3, start: 0, effects: [0.1, 0.9],
  net: {
    row: { id: "writes", kind: "rnn" }, samples: [],
    graph: [{ name: "rnn", op: "rnn", inputs: ["embedding"], output_shape: ["T", 2], attributes: { hidden_size: 2 } }],
    card: { classes: ["a", "b", "c", " "], limits: [], data: [], metrics: [{ unit: "share" }, { unit: "bits", value: 2.19, n: 1000, baseline: 2.24, baseline_name: "5-gram" }] },
  },
  tokens: [["a", 0], ["b", 1], ["c", 2], ["a", 0]].map(([text, id]) => ({ text, id, known: true })),
  letters: [{ text: "c", id: 2, probability: 0.25, draw: 0.9 }, { text: "a", id: 0, probability: 0.5, draw: 0.1 }],
  tensors: new Map([["logits", tensor([logits, logits, [...logits.slice(1), 0], logits])], ["rnn.l0.h", tensor([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6], [0.7, 0.8]])]]),
}); // prettier-ignore

test("what is asked comes from the address, within bounds", () => {
  assert.deepEqual(wantOf({}), { model: undefined, sample: undefined, text: undefined, signal: "h", heat: 70, seed: 17, length: 120 });
  const wild = wantOf({ heat: 900, seed: -1, rows: 4000, signal: "c" });
  assert.deepEqual([wild.heat, wild.seed, wild.length, wild.signal], [200, 0, 400, "c"]);
  assert.deepEqual([stepOf({}, made), stepOf({ step: 1 }, made), stepOf({ step: 9 }, made), stepOf({ step: -4 }, made)], [0, 1, 1, 0]);
});

test("a written letter was drawn from the row of the letter before it", () => {
  const choice = choiceAt(made, 0, 3);
  assert.equal(choice.after, "b");
  assert.deepEqual([choice.id, choice.hit?.k], [2, 2]); // 0.9 lies from 16/22 to 20/22
  close([choice.hit?.from ?? 0, choice.hit?.to ?? 0].map((v) => Math.round(v * 1e6) / 1e6), [0.727273, 0.909091]);
  assert.ok(choice.bits.now < choice.bits.plain);
  assert.equal(letterAt(made, 2), "c");
  assert.equal(likeliestSays(made, 0), "“b” 50 %");
  assert.equal(drawnSays(made, 0), "The random number 0.900 falls on “c”, whose stretch goes from 0.727 to 0.909.");
  const greedy = { ...made, heat: 0, letters: [{ ...made.letters[0], text: "b", id: 1, draw: null }] };
  assert.match(drawnSays(greedy, 0), /nothing is drawn, the likeliest letter is taken: “b”, 50 %/);
  assert.match(heatSays(made, 0), /^Temperature 0.50 sharpens the choice: from 1.75 bits to/);
  assert.match(heatSays({ ...made, heat: 1.5 }, 0), /flattens/);
  assert.match(heatSays({ ...made, heat: 1 }, 0), /own probabilities/);
  assert.match(heatSays(greedy, 0), /to none/);
});

test("bits of the beginning, openness of the text, the end of what was read", () => {
  close([ownBits(made)?.bits ?? NaN, ownBits(made)?.n ?? NaN].map((v) => Math.round(v * 1e6) / 1e6), [1, 1]); // b after a: 1/2
  assert.equal(ownBits({ ...made, lead: 1 }), null);
  assert.ok(openness(made).now < openness(made).plain);
  assert.equal(tailOf(made, 1), "abc");
  assert.equal(tailOf(made, 1, 2), "…bc");
  assert.equal(heldOut(made.net)?.baseline, 2.24);
  assert.equal(scoreBits(-Math.LN2), 1);
  assert.equal(roomOf(made, 1), "/rnn#model=writes&text=abca&tab=step&step=2");
});

test("the units that move the answer most; a state that has not come leaves the old one", () => {
  const found = statesOf(made, {}, 1);
  assert.deepEqual([found?.units, found?.unit, found?.signal.id], [[1], 1, "h"]);
  assert.ok(Math.abs((found?.value(2, 1) ?? 0) - 0.6) < 1e-6);
  assert.equal(statesOf(made, { signal: "c" }, 2)?.signal.id, "h");
  assert.deepEqual(statesOf({ ...made, effects: null }, {}, 2)?.units, [1, 0]);
});

test("every stop has its part; where nothing was read there is no walk", () => {
  const room = /** @type {any} */ ({ store: { made: { value: made }, wantHeats: () => undefined }, address: {}, patch: () => undefined });
  const stops = walk(room, null);
  assert.deepEqual(stops.map(({ id }) => id), Object.keys(PARTS));
  for (const { caption } of stops) assert.match(String(typeof caption === "function" ? caption() : caption), /\.$/);
  assert.deepEqual(walk(/** @type {any} */ ({ store: { made: { value: null } } }), null), []);
  assert.match(heatsSay({ key: "", versions: [{ heat: 0.3, letters: [], score: -Math.LN2 }, { heat: 1.2, letters: [], score: -2 * Math.LN2 }] }), /0.3 .* 1.00 bits a letter; at 1.2 2.00/);
});
