// A translation: pieces as they are shown, the search followed, figures by length, the walk's parts.
import assert from "node:assert/strict";
import test from "node:test";
import { beginnings, beginsWord, drawnNodes, figuresOf, isMark, joined, largest, layersOf, looksBack, rowOf, shown, sideBySide, signalsOf } from "gridtime/math/translating.js";
import { bleuSays, contested, crossing, looksAt, looksSay, nameOf, searchSays, sideOf, signalOf, stepOf, untilOf, writtenUntil } from "gridtime/views/translate/scene.js";
import { PARTS, walk } from "gridtime/views/translate/walk.js";

const gru = (/** @type {string} */ name, /** @type {string[]} */ ways) => ({ name, op: "gru", inputs: [], output_shape: ["S", 2], attributes: { bidirectional: ways.length > 1, tensors: ways.flatMap((way) => ["h", "gate.r"].map((one) => `${name}.l0${way}.${one}`)) } });
const graph = /** @type {any} */ ([{ name: "input", op: "input", attributes: {} }, gru("reads", ["", "_reverse"]), { name: "over", op: "handed", attributes: {} }, gru("writes", [""]), { name: "look", op: "attention", attributes: {} }, { name: "p", op: "softmax", output_shape: ["T", 9], attributes: {} }]);
const candidate = (/** @type {number} */ of, /** @type {string} */ text, /** @type {number} */ sum, fate = "kept") => ({ of, text, id: 1, sum, score: sum, fate });
const metric = (/** @type {number} */ value, split = "test") => ({ name: "BLEU", value, unit: "BLEU", split, n: 20, baseline: 5, baseline_name: "nearest", command: "c" });
const tokens = ["▁Le", "▁ch", "at", "</s>"].map((text) => ({ text, id: 1, probability: 0.5 }));
const side = /** @type {any} */ ({
  net: { row: { id: "one" }, attends: true, graph, card: { metrics: [metric(40.26), metric(33), metric(50, "test, sentences of 1 to 4 words"), metric(30, "test, sentences of 5 to 7 words")], limits: ["l"] } },
  sentences: [{ text: "Le chat", tokens, score: -0.3 }],
  search: [[candidate(0, "▁Le", -0.1), candidate(0, "▁La", -2), candidate(0, "▁Un", -3, "dropped")], [candidate(0, "▁ch", -0.3), candidate(1, "▁ch", -0.35), candidate(0, "▁x", -9, "dropped")], [candidate(0, "at", -0.4), candidate(1, "at", -3)], [candidate(0, "</s>", -0.5, "ended")]],
  steps: [], tensors: new Map(Object.entries({ look: { shape: [4, 3], data: [0.9, 0.1, 0, 0.2, 0.1, 0.7, 0, 1, 0, 0, 0, 1] }, over: { shape: [2], data: [1, 2] } })),
});
const plain = { ...side, net: { ...side.net, row: { id: "two" }, attends: false, graph: graph.filter((/** @type {any} */ { op }) => op !== "attention") } };
const told = /** @type {any} */ ({ key: "k", text: "Cat the", beam: 2, tokens: ["▁Cat", "▁the", "▁end"].map((text) => ({ text, known: true })), input: { steps: [] }, sides: [side, plain] });

test("pieces are shown as words, what goes on with a word behind a dot", () => {
  assert.deepEqual(["▁chat", "at", "▁", "?", "</s>", "<unk>"].map(shown), ["chat", "·at", "␣", "?", "end", "unknown"]);
  assert.equal(joined(["<s>", "▁Le", "▁ch", "at", "▁?", "</s>"]), "Le chat ?");
  assert.deepEqual([isMark("</s>"), isMark("a")], [true, false]);
  assert.deepEqual(["▁chat", "at", "▁?", "▁"].map(beginsWord), [true, false, false, false]);
});

test("layers are found by what they do, never by name", () => {
  assert.deepEqual(drawnNodes(graph).map(({ name }) => name), ["reads", "over", "writes", "look"]);
  assert.deepEqual([looksBack(graph), looksBack(plain.net.graph)], [true, false]);
  const { reads, writes } = layersOf(graph);
  assert.deepEqual([reads.name, writes.name], ["reads", "writes"]);
  assert.deepEqual(signalsOf(reads), ["h", "gate.r"]);
});

test("both directions stand side by side", () => {
  const tensors = new Map([["reads.l0.h", { shape: [2, 1], data: [1, 2] }], ["reads.l0_reverse.h", { shape: [2, 2], data: [3, 4, 5, 6] }]]);
  const { rows, width, data } = sideBySide(tensors, layersOf(graph).reads, "h");
  assert.deepEqual([rows, width, [...data]], [2, 3, [1, 3, 4, 2, 5, 6]]);
  assert.deepEqual(rowOf({ shape: [2, 2], data: [1, 2, 3, 4] }, 1), [3, 4]);
  assert.equal(largest([0, 3, 2]), 1);
});

test("every candidate has what was written before it, and the answer's way is marked", () => {
  const found = beginnings(side.search, 1, tokens);
  assert.deepEqual(found.map(({ says, best, fate }) => [says, best, fate]), [["Le ch", true, "kept"], ["La ch", false, "kept"], ["Le x", false, "dropped"]]);
  assert.deepEqual(beginnings(side.search, 2, tokens).map(({ before, says }) => [before, says]), [["Le ch", "Le chat"], ["La ch", "La chat"]]);
  assert.deepEqual(beginnings(side.search, 9, tokens), []);
  assert.equal(searchSays(told, side, 1), "At piece 2, 2 of 3 candidates are kept, 1 dropped: at most 2 go on.");
  assert.match(searchSays(told, side, 3), /1 ended here/);
  assert.equal(contested(side), 1);
});

test("figures are told apart by the lengths in their split", () => {
  const { head, others, lengths } = figuresOf(side.net.card);
  assert.equal(head.value, 40.26);
  assert.equal(others.length, 1);
  assert.deepEqual(lengths.map(({ least, most, value }) => [least, most, value]), [[1, 4, 50], [5, 7, 30]]);
  assert.equal(bleuSays(side), "BLEU 40.3");
});

test("network, piece and signal come from the address where they fit", () => {
  assert.equal(sideOf({ model: "two" }, told), plain);
  assert.equal(sideOf({ model: "x" }, told), side);
  assert.equal(crossing(told, side), 1);
  assert.deepEqual([stepOf({}, told, side), stepOf({ step: 9 }, told, side), untilOf({}, side), untilOf({ step: 1 }, side)], [1, 3, 3, 1]);
  assert.deepEqual([signalOf({}, side), signalOf({ signal: "gate.r" }, side), signalOf({ signal: "c" }, side)], ["h", "gate.r", "h"]);
  assert.deepEqual([nameOf(side), nameOf(plain)], ["with attention", "without attention"]);
  assert.equal(writtenUntil(side, 2), "Le chat");
});

test("where it looks is said, and that it does not", () => {
  assert.equal(looksSay(told, side, 1), "Before it writes “ch” it looks most at “end” 70 %, then “Cat” 20 %.");
  assert.match(looksSay(told, plain, 1), /looks at nothing/);
  assert.equal(looksAt(plain, 0), null);
});

test("every stop has a part of its own", () => {
  const room = /** @type {any} */ ({ store: { told: { value: told } }, patch: () => undefined });
  assert.deepEqual(walk(room).map(({ id }) => id), Object.keys(PARTS).filter((id) => id !== "all"));
  const alone = { ...told, sides: [plain] };
  assert.deepEqual(walk({ ...room, store: { told: { value: alone } } }).map(({ id }) => id), ["read", "hand", "first", "candidates", "lengths"]);
  assert.deepEqual(walk(/** @type {any} */ ({ store: { told: { value: null } } })), []);
});
