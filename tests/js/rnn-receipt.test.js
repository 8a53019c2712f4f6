/** The memory receipt adds up: to the cell's memory, and to the score. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { answerParts, hasReceipt, receipt } from "gridtime/math/receipt.js";
import { readers } from "gridtime/math/readers.js";
import { row } from "gridtime/math/rows.js";
import { random, traced } from "./rnn-fixture.js";

/** @param {number} a @param {number} b @param {string} what */
const near = (a, b, what) =>
  assert.ok(Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b)), `${what}: ${a} is not ${b}`);

/** @param {"lstm" | "gru" | "rnn"} kind */
function small(kind) {
  const { graph, pane } = traced(kind, 9, 4, 5, 3);
  return { pane, reader: readers(graph)[0] };
}

for (const [kind, state] of /** @type {const} */ ([["lstm", "c"], ["gru", "h"]])) {
  test(`${kind}: the shares of the words add up to its memory, at every word`, () => {
    const { pane, reader } = small(kind);
    for (let t = 0; t < 9; t += 1) {
      const found = receipt(pane, reader, t);
      assert.equal(found?.shares.length, t + 1);
      for (let u = 0; u < 5; u += 1) {
        const sum = found.shares.reduce((all, share) => all + share[u], 0);
        near(sum, found.memory[u], "memory");
        near(sum, row(pane, `memory.l0.${state}`, t)[u], state);
      }
    }
  });

  test(`${kind}: the parts of the answer and the bias add up to the score`, () => {
    const { pane, reader } = small(kind);
    const next = random(8);
    const w = Array.from({ length: 5 }, next);
    const found = receipt(pane, reader, 8);
    assert.ok(found);
    const open = kind === "lstm" ? row(pane, "memory.l0.gate.o", 8) : null;
    const { parts, total } = answerParts(found, { w, bias: 0.25 }, open);
    const h = row(pane, "memory.l0.h", 8);
    near(total, w.reduce((all, weight, u) => all + weight * h[u], 0.25), "score");
    assert.equal(parts.length, 9);
  });
}

test("where the first words are not here, one share holds all of them", () => {
  const { pane, reader } = small("lstm");
  const whole = receipt(pane, reader, 8);
  const cut = { ...pane, start: 3, tensors: new Map([...pane.tensors].map(([name, { shape, data }]) => {
    const width = shape[1];
    return [name, { shape: [shape[0] - 3, width], data: data.slice(3 * width) }];
  })) };
  const found = receipt(cut, reader, 8);
  assert.equal(found?.shares.length, 6);
  assert.ok(whole);
  for (let u = 0; u < 5; u += 1) {
    near(found.shares[0][u], whole.shares.slice(0, 4).reduce((all, share) => all + share[u], 0), "first share");
    near(found.memory[u], whole.memory[u], "memory");
  }
  assert.equal(receipt(cut, reader, 2), null);
});

test("a plain RNN has none", () => {
  assert.equal(hasReceipt(small("rnn").reader), false);
  assert.equal(receipt(small("rnn").pane, small("rnn").reader, 3), null);
});
