/** What if: edits of a reading, words changed, their way back, and what is said of it all. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";
import { drop, handAt, heldAt, keyOf, lasting, moved, parse, put, says } from "gridtime/math/clamps.js";
import { receipt } from "gridtime/math/receipt.js";
import { readers } from "gridtime/math/readers.js";
import { pairs, replaced, rewordingSays, swapped, without } from "gridtime/math/rewording.js";
import { row } from "gridtime/math/rows.js";
import { answerSays, best, candidates, moveSays, strikingWords } from "gridtime/math/whatif.js";
import { createInterventions } from "gridtime/stores/interventions.js";
import { traced } from "./rnn-fixture.js";

/** @typedef {import("gridtime/math/clamps.js").Edit} Edit */
/** @typedef {import("gridtime/math/clamps.js").Clamp} Clamp */
/** @typedef {import("gridtime/stores/url.js").State} Address */

/** @param {string} tensor @param {number | null} step @param {number | null} unit @param {number} value @returns {Clamp} */
const clamp = (tensor, step, unit, value) => ({ op: "clamp", tensor, step, unit, value });
/** @param {string} text */
const tokens = (text) => text.split(" ").map((word) => ({ text: word }));
/** Places of the words of a text. @param {string} text @param {string} word */
const place = (text, word) => {
  const start = [...text.slice(0, text.indexOf(word))].length;
  return { start, end: start + [...word].length };
};

test("one edit a place; what holds at every word outlives a text", () => {
  const here = clamp("m.l0.gate.f", 2, null, 0);
  /** @type {Edit[]} */
  let list = put(put([here], clamp("m.l0.gate.f", null, 3, 1)), { ...here, value: 0.5 });
  assert.deepEqual(list.map(keyOf), ["clamp m.l0.gate.f 2 all", "clamp m.l0.gate.f every 3"]);
  assert.equal(heldAt(list, "m.l0.gate.f", 2, 7), 0.5);
  assert.equal(heldAt(list, "m.l0.gate.f", 2, 3), 1, "the later one wins");
  assert.equal(heldAt(list, "m.l0.gate.f", 1, 7), undefined);
  list = put(list, { op: "state", step: 4, from: null });
  assert.deepEqual(lasting(list).map(keyOf), ["clamp m.l0.gate.f every 3"]);
  assert.deepEqual(drop(list, "state 4").length, 2);
  assert.deepEqual(parse(JSON.stringify([...list, { op: "scale" }, 5, null])), list);
  assert.deepEqual(parse("[{"), []);
});

test("edits go with their words: later ones move, those of a lost word go", () => {
  const list = [clamp("h", 1, null, 0), clamp("h", 2, null, 0), clamp("h", 5, null, 0), clamp("h", null, null, 0)];
  assert.deepEqual(moved(list, 2, 1, 0).map(({ step }) => step), [1, 4, null]);
  assert.deepEqual(moved(list, 2, 1, 1).map(({ step }) => step), [1, 2, 5, null]);
  assert.deepEqual(moved(list, 2, 1, 3).map(({ step }) => step), [1, 2, 7, null]);
});

test("words leave, change, swap places; no space is left behind, and no letter is cut in two", () => {
  const text = "Not 👍 bad, at all.";
  assert.equal(without(text, place(text, "bad")), "Not 👍, at all.");
  assert.equal(without(text, place(text, "Not")), "👍 bad, at all.");
  assert.equal(without(text, place(text, "at")), "Not 👍 bad, all.");
  assert.equal(without("good", place("good", "good")), "");
  assert.equal(replaced(text, place(text, "bad"), " very good "), "Not 👍 very good, at all.");
  assert.equal(swapped(text, place(text, "at"), place(text, "all")), "Not 👍 bad, all at.");
});

test("columns: the same beginning and end, what came beside what went", () => {
  const was = tokens("the film is not bad at all");
  assert.deepEqual(pairs(was, was).map(({ before, now }) => [before, now]), was.map((_, k) => [k, k]));
  assert.deepEqual(pairs(was, tokens("the film is bad at all"))[3], { before: 3, now: null });
  const more = pairs(was, tokens("the film is not so bad at all"));
  assert.deepEqual(more[4], { before: null, now: 4 });
  assert.deepEqual(more[7], { before: 6, now: 7 });
  assert.deepEqual(pairs([], tokens("a b")).map(({ now }) => now), [0, 1]);
  for (const [now, said] of [
    ["the film is bad at all", "without “not”"],
    ["the film is not so bad at all", "with “so” added"],
    ["the film is not good at all", "with “good” for “bad”"],
    ["the film is bad not at all", "with “bad not” for “not bad”"],
    ["the film is not bad at all", ""],
  ]) assert.equal(rewordingSays(was, tokens(now)), said);
});

test("edits in words", () => {
  const { graph } = traced("lstm", 4, 3, 5, 1);
  const told = { readers: readers(graph), tokens: tokens("not a bad film") };
  const name = told.readers[0].id;
  assert.equal(says(clamp(`${name}.gate.f`, 0, null, 0), told), "forget gate f held at 0 at “not”");
  assert.equal(says(clamp(`${name}.c`, null, 3, -0.5), told), "cell state c of unit 3 held at −0.50 at every word");
  assert.equal(says({ op: "state", step: 2, from: null }, told), "memory emptied after “bad”");
  assert.equal(says({ op: "state", step: 2, from: { text: "so good", step: 1 } }, told), "memory after “bad” taken from “so good” (word 2)");
});

test("one sentence follows from the numbers; a tie is a tie", () => {
  const two = { label: "positive", other: "negative" };
  assert.equal(answerSays(["without “not”"], { ...two, before: 0.12, now: 0.93 }), "Without “not”, the answer would be positive 93 %; it was negative 88 %.");
  assert.equal(answerSays(["without “not”"], { ...two, before: 0.93, now: 0.12 }), "Without “not”, the answer would be negative 88 %; it was positive 93 %.");
  assert.equal(answerSays(["a", "b"], { ...two, before: 0.2, now: 0.3 }), "A and b, the answer would still be negative: 70 %, it was 80 %.");
  assert.equal(answerSays(["a"], { ...two, before: 0.2, now: 0.2004 }), "A: nothing changed, positive 20 % as before.");
  assert.equal(answerSays([], { ...two, before: 0.2, now: 0.2 }), "Nothing is changed: positive 20 %.");
  assert.deepEqual([moveSays(0.5, 0.5), moveSays(0.5, 0.25)], ["same", "−25.0"]);
});

test("suggestions: at the words where the belief jumps, the best of each kind, none that does nothing", () => {
  assert.deepEqual(strikingWords([0.5, 0.9, 0.1, 0.12], 0.5, 2), [2, 1]);
  const reader = readers(traced("gru", 3, 2, 3, 1).graph)[0];
  const list = candidates(reader, [1, 2], 3, true);
  assert.deepEqual(list.map(({ sort }) => sort), ["words", "gate", "gate", "memory", "words", "gate", "gate"]);
  assert.equal(candidates(reader, [0], 1, true).length, 2, "a single word cannot go");
  const found = best(list.map((candidate, k) => ({ candidate, now: [0.5, 0.4, 0.1, 0.5, 0.9, 0.6, 0.6][k] })), 0.5);
  assert.deepEqual(found.map(({ candidate, now }) => [candidate.sort, now]), [["words", 0.9], ["gate", 0.1]]);
});

/** @param {Address} first */
function interventions(first) {
  const state = signal(first);
  const patch = (/** @type {Partial<Address>} */ change) => (state.value = { ...state.peek(), ...change });
  return { state, changes: createInterventions(state, patch) };
}

test("words and edits are undone one by one; clearing brings the first text back", () => {
  const { state, changes } = interventions({ sample: "one", step: 3 });
  changes.reword("a c", "a b c", { step: 1 });
  changes.reword("a d", "a c", { step: 1 });
  assert.deepEqual([state.value.against, state.value.text, state.value.sample], ["a b c", "a d", undefined]);
  changes.edit([clamp("h", 0, null, 0)]);
  changes.edit([clamp("h", 0, null, 0.5)], { along: "h" });
  changes.edit([clamp("h", 0, null, 0.7)], { along: "h" });
  assert.equal(changes.changes.value, 2);
  changes.undo();
  assert.equal(heldAt(changes.edits.value, "h", 0, 0), 0, "a drag is one step");
  changes.undo();
  changes.undo();
  assert.deepEqual([state.value.text, state.value.against], ["a c", "a b c"]);
  changes.undo();
  assert.deepEqual([state.value.text, state.value.sample, state.value.step], [undefined, "one", 3]);
  assert.equal(changes.undo(), false);
  changes.redo();
  assert.equal(state.value.text, "a c");
  changes.clear();
  assert.deepEqual([state.value.text, state.value.against, changes.changes.value], ["a b c", undefined, 0]);
  changes.reword("a b c", "a b", {});
  changes.reword("a b", "a b c", {});
  assert.equal(changes.against.value, undefined, "back at the first text nothing is changed");
});

test("a link's changes can be taken back; another sentence keeps what holds at every word", () => {
  const edits = JSON.stringify([clamp("h", 1, null, 0), clamp("h", null, null, 1)]);
  const { state, changes } = interventions({ text: "a c", against: "a b c", edits });
  assert.ok(changes.undo() && changes.undo() && changes.undo() && !changes.undo());
  assert.deepEqual([state.value.text, changes.changes.value], ["a b c", 0]);
  changes.redo();
  assert.equal(changes.changes.value, 1);
  const link = interventions({ text: "a", edits });
  assert.deepEqual(parse(link.changes.leave().edits), [clamp("h", null, null, 1)]);
});

test("what was put in by hand is known, and stands whole in the receipt", () => {
  const { graph, pane } = traced("lstm", 6, 3, 4, 2);
  const reader = readers(graph)[0];
  /** @type {Edit[]} */
  const edits = [clamp(`${reader.id}.c`, 2, 1, 0.5), { op: "state", step: 4, from: null }];
  assert.deepEqual([...handAt(edits, reader, 2, 1)], ["c"]);
  assert.deepEqual([...handAt(edits, reader, 2, 0)], []);
  assert.deepEqual([...handAt(edits, reader, 4, 0)], ["h", "c"]);
  const found = receipt(pane, reader, 3, (j, u) => handAt(edits, reader, j, u).has("c"));
  const gate = row(pane, `${reader.id}.gate.f`, 3)[1];
  assert.deepEqual(found?.shares.slice(0, 2).map((share) => share[1]), [0, 0], "nothing before it is left");
  assert.ok(Math.abs((found?.shares[2][1] ?? 0) - gate * row(pane, `${reader.id}.c`, 2)[1]) < 1e-6);
  assert.notEqual(found?.shares[1][0], 0);
});
