// Windows of words: which won, how their votes add up to the score.
import assert from "node:assert/strict";
import test from "node:test";
import { branches, readsWindows, told, votesOf, wonAt } from "gridtime/math/windows.js";

const node = (/** @type {string} */ name, /** @type {string} */ op, /** @type {string[]} */ inputs, /** @type {any[]} */ output_shape, attributes = {}) => ({ name, op, inputs, output_shape, attributes });
const GRAPH = [
  node("input", "input", [], ["T"]), node("embedding", "embedding", ["input"], ["T", 2]),
  node("a", "word_conv", ["embedding"], ["T", 2], { kernel_size: 2 }), node("ra", "relu", ["a"], ["T", 2]), node("ma", "max_over_time", ["ra"], [2]),
  node("b", "word_conv", ["embedding"], ["T", 2], { kernel_size: 3 }), node("rb", "relu", ["b"], ["T", 2]), node("mb", "max_over_time", ["rb"], [2]),
  node("concat", "concat", ["ma", "mb"], [4]), node("logits", "linear", ["concat"], [2]),
]; // prettier-ignore
const tensor = (/** @type {number[]} */ shape, /** @type {number[]} */ data) => ({ shape, data: Float32Array.from(data) });
const TENSORS = new Map([
  ["ra", tensor([3, 2], [1, 0, 0.5, 4, 2, 3])], ["ma", tensor([2], [2, 4])],
  ["rb", tensor([3, 2], [5, 0, 1, 0, 0, 0])], ["mb", tensor([2], [5, 0])],
]); // prettier-ignore
const HEAD = { weight: [1, 2, 3, 4, 0.5, -1, 0, 0], bias: [0.25, 0.75] };

test("branches stand side by side in the order of the graph, each as wide as its convolution", () => {
  assert.equal(readsWindows(GRAPH), true);
  assert.equal(readsWindows(GRAPH.slice(0, 4)), false);
  assert.deepEqual(branches(GRAPH), [
    { maps: "ra", largest: "ma", words: 2, start: 0, channels: 2 },
    { maps: "rb", largest: "mb", words: 3, start: 2, channels: 2 },
  ]);
});

test("a channel's window is the first at which it has its largest value", () => {
  assert.equal(wonAt(TENSORS.get("ra") ?? tensor([0, 0], []), 1, 4), 1);
  assert.equal(wonAt(tensor([2, 1], [3, 3]), 0, 3), 0);
  assert.equal(wonAt(tensor([2, 1], [3, 3]), 0, 9), -1);
});

test("votes per window, silent channels and the bias add up to the score", () => {
  const votes = votesOf(GRAPH, TENSORS, HEAD, 0, 1);
  assert.deepEqual(votes.windows, [
    { start: 1, end: 3, words: 2, channels: 1, vote: 1 },
    { start: 0, end: 2, words: 2, channels: 1, vote: 12 },
    { start: 0, end: 1, words: 3, channels: 1, vote: 15 },
  ]);
  assert.deepEqual([votes.silent, votes.beyond.channels, votes.bias], [1, 0, -0.5]);
  assert.equal(votes.windows.reduce((sum, one) => sum + one.vote, votes.bias), votes.total);
  const { best, rest, left } = told(votes, 2);
  assert.deepEqual(best.map(({ end, words }) => [end, words]), [[1, 3], [2, 2]], "in the order of the text");
  assert.deepEqual([rest, left], [1, 1]);
});

test("what won outside the rows that are here is counted apart", () => {
  const far = new Map([...TENSORS, ["ma", tensor([2], [2, 40])]]);
  const votes = votesOf(GRAPH, far, HEAD, 0, 1);
  assert.deepEqual(votes.beyond, { channels: 1, vote: 120 });
});
