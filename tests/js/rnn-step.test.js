/** The step of each cell: every shown number recomputes from the shown numbers it is made of. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { lanes, openable, reach } from "gridtime/math/beats.js";
import { behind, cellStep } from "gridtime/math/cell.js";
import { sigmoid } from "gridtime/math/dot.js";
import { readers } from "gridtime/math/readers.js";
import { holds, stepRows } from "gridtime/math/rows.js";
import { traced } from "./rnn-fixture.js";

/** @param {number} a @param {number} b @param {string} [what] */
const near = (a, b, what) =>
  assert.ok(Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b)), `${what}: ${a} is not ${b}`);

/**
 * @param {"lstm" | "gru" | "rnn"} kind
 * @param {(n: Record<string, number>, open: (signal: string) => ReturnType<typeof behind>) => void} check
 */
function eachStep(kind, check) {
  const { cell, graph, pane } = traced(kind, 7, 5, 6, 11);
  const [reader] = readers(graph);
  for (let t = 0; t < 7; t++)
    for (let unit = 0; unit < 6; unit++) {
      const rows = stepRows(pane, reader, t, unit);
      check(cellStep(reader, rows, cell, unit), (signal) => behind(reader, signal, rows, cell, unit));
    }
}

test("an LSTM unit: c and h recompute, and each gate is the squeezed sum of its terms", () => {
  eachStep("lstm", (n, open) => {
    near(n.kept + n.written, n.c, "c");
    near(n.o * Math.tanh(n.c), n.h, "h");
    for (const gate of ["i", "f", "o"]) near(sigmoid(open(gate).total), n[gate], gate);
    near(Math.tanh(open("g").total), n.g, "g");
  });
});

test("a GRU unit: torch's variant, reset after the product", () => {
  eachStep("gru", (n, open) => {
    near(n.kept + n.written, n.h, "h");
    near(Math.tanh(n.word + n.r * n.hn), n.n, "n");
    near(open("hn").total, n.hn, "hn");
    near(open("word").total, n.word, "word");
    for (const gate of ["r", "z"]) near(sigmoid(open(gate).total), n[gate], gate);
  });
});

test("a tanh RNN unit: word part and state part, squeezed", () => {
  eachStep("rnn", (n, open) => {
    near(Math.tanh(n.word + n.state), n.h, "h");
    near(open("word").total + open("state").total, n.total, "sum");
  });
});

test("five largest terms, the others as one number, biases apart: together the total", () => {
  eachStep("lstm", (_, open) => {
    const { largest, others, biases, total } = open("f");
    assert.equal(largest.length, 5);
    assert.equal(others.count, 5 + 6 - 5);
    assert.equal(biases.length, 2);
    near(
      [...largest, ...biases].reduce((s, t) => s + t.product, others.value),
      total,
      "sum",
    );
    assert.ok(largest.every((t, k) => k === 0 || Math.abs(t.product) <= Math.abs(largest[k - 1].product)));
  });
});

test("a written bar starts where the kept one ends, and the axis reaches every end", () => {
  for (const kind of /** @type {const} */ (["lstm", "gru"]))
    eachStep(kind, (n) => {
      const all = lanes(kind, n);
      const written = all.find((lane) => lane.id === "written");
      assert.equal(written?.from, n.kept);
      for (const lane of all)
        if (lane.form !== "gate") assert.ok(Math.abs(lane.from + lane.value) <= reach(all) + 1e-12);
    });
});

test("what can be opened is what has a dot product behind it", () => {
  assert.deepEqual(openable("lstm"), ["f", "i", "g", "o"]);
  assert.deepEqual(openable("gru"), ["hn", "r", "word", "z"]);
  assert.deepEqual(openable("rnn"), ["word", "state"]);
});

test("a step needs its own row and the one before, except at the ends of the text", () => {
  const { graph, pane } = traced("rnn", 6, 3, 4, 2);
  const [reader] = readers(graph);
  assert.ok(holds(pane, reader, 0));
  const cut = { ...pane, start: 2, end: 5 };
  assert.ok(!holds(cut, reader, 2));
  assert.ok(holds(cut, reader, 3));
  assert.ok(!holds(cut, { ...reader, reverse: true }, 4));
});
