/** What is said of an unusual input follows from the share that the card states. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { doubtSays, unusualSays } from "gridtime/math/unusual.js";

const judged = { score: 0.1, threshold: 0.3, share: 0.05, familiar: false };

test("the share of test inputs beyond the threshold is the one that is said", () => {
  assert.equal(unusualSays(judged, "pictures"), "More unusual than 95 % of its test pictures.");
  assert.match(doubtSays({ ...judged, share: 0.01 }, "sentences"), /99 % of its test sentences. Do not/);
});

test("nothing is said of a usual input, or where there is no measure", () => {
  assert.equal(doubtSays({ ...judged, familiar: true }, "pictures"), "");
  assert.equal(unusualSays(null, "pictures"), "");
});
