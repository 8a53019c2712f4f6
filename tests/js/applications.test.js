import assert from "node:assert/strict";
import { test } from "node:test";
import { GROUPS, USES, answerSays, grouped, usesOf } from "gridtime/math/applications.js";

const PATHS = USES.map(({ view }) => view.split("#")[0]);

test("only uses whose network and page are there are shown", () => {
  assert.deepEqual(usesOf(USES.map(({ model }) => model), PATHS), USES);
  assert.deepEqual(usesOf(["photos"], PATHS).map(({ id }) => id), ["classification"]);
  assert.deepEqual(usesOf(["speech-gru"], ["/cnn"]), []);
});

test("groups keep the order of the page and none is empty", () => {
  const all = grouped(USES);
  assert.deepEqual(all.map(({ group }) => group), Object.keys(GROUPS).filter((group) => USES.some((use) => use.group === group)));
  assert.equal(all.flatMap(({ uses }) => uses).length, USES.length);
  assert.deepEqual(grouped([]), []);
});

test("every use has an id, a view and a model of its own", () => {
  for (const key of /** @type {const} */ (["id", "view", "model"])) assert.equal(new Set(USES.map((use) => use[key])).size, USES.length, key);
});

test("an answer is said by the card's task", () => {
  assert.deepEqual(answerSays("classification", [{ label: "cat", probability: 0.47, logit: 1 }]), { text: "cat, 47 %", value: 0.47 });
  assert.deepEqual(answerSays("regression", [{ value: -12.34, unit: "degrees" }]), { text: "−12.3 degrees", value: -12.34 });
  assert.deepEqual(answerSays("generation", [{ text: "he was" }]), { text: "he was…" });
  assert.deepEqual(answerSays("translation", [{ text: "Bonjour." }, { text: "Salut." }]), { text: "Bonjour." });
  assert.deepEqual(answerSays("forecast", [{ values: [453.4, 429.3, 460.3, 506.2] }]), { text: "next: 453, 429, 460…", value: 453.4 });
  assert.deepEqual(answerSays("detection", [{ label: "3" }, { label: "9" }]), { text: "2 found: 3, 9" });
  assert.deepEqual(answerSays("segmentation", [{ classes: ["background", "nucleus"], share: [0.9, 0.1] }]), { text: "nucleus: 10 % of the picture", value: 0.1 });
  assert.equal(answerSays("classification", []), null);
  assert.equal(answerSays("something else", [{}]), null);
});
