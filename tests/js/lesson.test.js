/** A lesson as steps: their order, their addresses, and what an address that does not fit leads to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { homeOf, hrefOf, indexOf, minutesOf, startOf, stepsOf } from "gridtime/math/lesson.js";
import { parse } from "gridtime/stores/url.js";

/** @param {Partial<import("gridtime/math/lesson.js").Stop>} more */
const stop = (more) => ({
  id: "a", title: "A", minutes: 3, predict: "Why?", reveal: "So.", remember: "Keep.", notes: "-", views: [], question: [], ...more,
}); // prettier-ignore

const deck = {
  title: "T", about: "-", minutes: 10,
  stop: [
    stop({ views: ["/cnn#tab=pooling&cell=3,4", "/cnn#tab=answer"] }),
    stop({ id: "b", minutes: 7, question: [{ ask: "1?", answer: "1.", view: "/rnn" }, { ask: "2?", answer: "2.", view: "/none#tab=x" }] }),
  ],
}; // prettier-ignore
const steps = stepsOf(deck);
const PATHS = ["/", "/cnn", "/rnn", "/lessons"];

test("a stop asks, shows its views, answers with the last and ends in a sentence", () => {
  const first = steps.filter((step) => step.stop === 0);
  assert.deepEqual(first.map(({ at, kind, says }) => [at, kind, says]), [
    ["1", "ask", "Why?"], ["1.1", "view", ""], ["1.2", "view", "So."], ["1.3", "remember", "Keep."],
  ]); // prettier-ignore
  assert.equal(first[0].view, first[1].view, "what is shown next loads behind the question");
  assert.equal(first[3].view, first[2].view);
});

test("questions at the end are asked one by one, each answered by its view", () => {
  assert.deepEqual(steps.filter((step) => step.stop === 1).map(({ at, kind, says }) => [at, kind, says]), [
    ["2", "ask", "1?"], ["2.1", "view", "1."], ["2.2", "ask", "2?"], ["2.3", "view", "2."], ["2.4", "remember", "Keep."],
  ]); // prettier-ignore
});

test("an address leads to its step, or to the nearest before it", () => {
  for (const [i, { at }] of steps.entries()) assert.equal(indexOf(steps, at), i);
  for (const [at, index] of /** @type {[string | undefined, number][]} */ ([
    [undefined, 0], ["", 0], ["x", 0], ["0", 0], ["-3", 0], ["1.99", 3], ["2.x", 4], ["99", 8], ["1.1.1", 1],
  ])) assert.equal(indexOf(steps, at), index, String(at)); // prettier-ignore
  assert.equal(startOf(steps, 6), 4);
});

test("a step's address is its view's, with the lesson's place; nothing of the view is lost", () => {
  const run = { lesson: "difference", lang: "de", present: true };
  const href = hrefOf(steps[1], run, PATHS);
  assert.match(href, /^\/cnn#/);
  assert.deepEqual(parse(href.split("#")[1]), {
    tab: "pooling", cell: [3, 4], present: true, lesson: "difference", at: "1.1", lang: "de",
  }); // prettier-ignore
  assert.equal(hrefOf(steps[5], { lesson: "x" }, PATHS), "/rnn#lesson=x&at=2.1");
});

test("a view that this version lacks has its place on the page of the lessons", () => {
  assert.equal(hrefOf(steps[7], { lesson: "x" }, PATHS), "/lessons#lesson=x&at=2.3");
  assert.equal(homeOf({ lesson: "x", lang: "de" }), "/lessons#lesson=x&lang=de");
});

test("minutes are counted from the start of the lesson", () => {
  assert.deepEqual([minutesOf(deck, 0), minutesOf(deck, 1)], [[0, 3], [3, 10]]);
});
