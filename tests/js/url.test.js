import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST_TEXT, format, parse, patch, state } from "gridtime/stores/url.js";

test("a state goes into the fragment and comes back", () => {
  /** @type {import("gridtime/stores/url.js").State} */
  const full = {
    model: "photos", sample: "chelsea", tab: "conv", layer: "conv1", channel: 3, cell: [3, 7],
    step: 0, unit: 17, crop: [0, 10, 200], scope: "map", stop: "maps", present: true,
  }; // prettier-ignore
  assert.deepEqual(parse(`#${format(full)}`), full);
  assert.match(format(full), /cell=3,7/);
});

test("a sentence with every kind of character comes back", () => {
  const text = 'It isn\'t "good" & 50% #bad, naïve 日本 👍 <b>';
  assert.equal(parse(format({ text })).text, text);
});

test("texts over the limit stay out of the address", () => {
  assert.equal(format({ text: "a".repeat(LONGEST_TEXT + 1) }), "");
  assert.equal(parse(format({ text: "é".repeat(LONGEST_TEXT) })).text?.length, LONGEST_TEXT);
});

test("what does not fit is left out, not half read", () => {
  assert.deepEqual(parse("#cell=3&channel=x&crop=1,2&step=1e9&foo=1&__proto__=1&present=yes"), {});
  assert.deepEqual(parse("#channel=-1&cell=1,2"), { channel: -1, cell: [1, 2] });
});

test("patch changes what it names and removes what is undefined", () => {
  patch({ model: "photos", channel: 3 });
  patch({ channel: 4, cell: [1, 1] });
  patch({ cell: undefined });
  assert.deepEqual(state.value, { model: "photos", channel: 4 });
});
