/** Work that keeps up with a moving hand. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { latest } from "gridtime/lib/latest.js";

test("one at a time, then the newest alone; a failure does not block the next", async () => {
  /** @type {string[]} */
  const done = [];
  /** @type {(() => void)[]} */
  const release = [];
  const call = latest(async (/** @type {string} */ wish) => {
    await new Promise((resolve) => release.push(() => resolve(undefined)));
    done.push(wish);
    if (wish === "bad") throw new Error("no");
  });
  const first = call("a");
  call("b");
  call("c");
  release.shift()?.();
  await new Promise((go) => setTimeout(go, 1));
  release.shift()?.();
  await first;
  assert.deepEqual(done, ["a", "c"]);
  const bad = call("bad");
  release.shift()?.();
  await assert.rejects(bad);
  const again = call("d");
  release.shift()?.();
  await again;
  assert.deepEqual(done, ["a", "c", "bad", "d"]);
});
