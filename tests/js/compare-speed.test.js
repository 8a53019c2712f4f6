// Speed: lines that grow into a measurement, what is compared, said and drawn; asking again after a 429.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { readLines } from "gridtime/api/lines.js";
import { begun, decades, done, doublingSays, grown, lengthOf, linesOf, ms, nameOf, paired, rowsOf, says, scaleOf, sourceSays, ticksOf, waitingSays, within, workSays } from "gridtime/math/speed.js";
import { inLine } from "gridtime/math/waiting.js";
import { createSpeed } from "gridtime/stores/speed.js";

const reader = (/** @type {string} */ model, /** @type {string} */ kind, directions = 1) => ({ model, title: model, kind, directions, weights: "0", parameters: 57000 });
const start = /** @type {any} */ ({
  type: "start", machine: { processor: "A processor", cores: 2, threads: 1, torch: "2.13.0" }, lengths: [1000, 2000, 4000], ladder: [10, 1000, 2000, 4000], seconds: 20, note: "A note.",
  readers: [reader("windows", "cnn"), reader("gated", "gru"), reader("both", "lstm", 2), reader("memory", "lstm")],
}); // prettier-ignore
/** @param {string} model @param {number} length @param {number} median @param {number} steps */
const point = (model, length, median, steps) => /** @type {any} */ ({ type: "point", model, length, ms: { median, low: median * 0.9, high: median * 2, n: 7 }, steps, work: 56000 * length });
const points = [1000, 2000, 4000].flatMap((length) => [
  point("windows", length, length * 0.004, 2), point("gated", length, length * 0.03, length), point("both", length, length * 0.007, length), point("memory", length, length * 0.006 + 1, length),
]); // prettier-ignore
const end = /** @type {any} */ ({ type: "end", seconds: 3.2, measured: "2026-11-23T20:15:00+00:00", missing: [] });
const run = [...points, end].reduce(grown, begun(start, "POST"));

test("what must wait is counted as the server counts it", () => {
  for (const { name, graph, words, steps } of JSON.parse(readFileSync(new URL("fixtures/waiting.json", import.meta.url), "utf8"))) assert.equal(inLine(graph, words), steps, name);
});

test("lines grow into a measurement", () => {
  const some = points.slice(0, 3).reduce(grown, begun(start, "POST"));
  assert.deepEqual(done(some), { at: 3, of: 12 });
  assert.equal(some.measured, "");
  assert.equal("type" in some.points[0], false);
  const late = grown(some, { type: "missing", model: "memory", length: 4000 });
  assert.deepEqual(done(late), { at: 4, of: 12 });
  assert.deepEqual([run.measured, run.seconds, run.points.length, run.here], [end.measured, 3.2, 12, true]);
});

test("the one that waits longest beside the one whose line does not grow", () => {
  assert.deepEqual([paired(run, undefined).chosen.model, paired(run, undefined).other.model], ["memory", "windows"]);
  assert.equal(paired(run, "gated").other.model, "windows");
  assert.equal(paired(run, "windows").other.model, "memory");
  assert.equal(nameOf(run.readers[2]), "two-way LSTM");
});

test("sentences follow from the numbers", () => {
  assert.equal(says(run, 4000, undefined), "At 4,000 words the LSTM waits for 4,000 steps and took 25 ms; the CNN waits for 2 steps and took 16 ms.");
  assert.equal(says(run, 1000, "gated"), "At 1,000 words the GRU waits for 1,000 steps and took 30 ms; the CNN waits for 2 steps and took 4 ms.");
  assert.equal(says(run, 10, undefined), "At 10 words nothing was measured yet.");
  assert.equal(doublingSays(run, undefined), "Twice as many words (2,000 to 4,000): the LSTM took 1.9 times as long and has 2 times as many steps in line; the CNN took 2.0 times as long and has no more steps in line.");
  assert.equal(doublingSays({ ...run, points: run.points.slice(0, 4) }, undefined), "");
  assert.equal(waitingSays(run, 2000, undefined), "Waiting line at 2,000 words: LSTM 2,000 steps; longer text, longer line. CNN 2 steps, however long the text.");
  assert.match(workSays(run, 4000), /^At 4,000 words one reading is 224.0 million multiply–adds, nearly the same for all\. Twice the words, twice the work\.$/);
  assert.match(workSays({ ...run, points: run.points.map((/** @type {any} */ one, /** @type {number} */ k) => ({ ...one, work: one.work * (k % 2 ? 3 : 1) })) }, 4000), /3\.0 times as many for one as for another\./);
  assert.doesNotMatch(workSays({ ...run, points: run.points.map((/** @type {any} */ one) => ({ ...one, work: one.length ** 2 })) }, 4000), /Twice/);
});

test("another machine's figures are called that", () => {
  assert.equal(sourceSays(run), "Measured on this server, 2026-11-23 20:15 UTC: A processor, 1 thread of 2 cores, torch 2.13.0.");
  assert.match(sourceSays({ ...run, here: false }), /^Not this server: .*Measure here/);
});

test("times have three digits at most", () => {
  assert.deepEqual([0.372, 5.834, 22.24, 122.8, 1234.5].map(ms), ["0.37", "5.83", "22.2", "123", "1,235"]);
});

test("both scales are powers of ten, whole decades high", () => {
  const curves = linesOf(run, "time");
  assert.deepEqual(decades(curves), [0, 3]); // 3.6 to 240 ms
  assert.deepEqual(decades([]), [0, 1]);
  assert.deepEqual(curves[0].marks[0], { x: 1000, y: 4, low: 3.6, high: 8 });
  const { x, y } = scaleOf([10, 100, 1000], [0, 2], { width: 120, height: 60, left: 10, right: 10, top: 5, bottom: 5 });
  assert.deepEqual([10, 100, 1000].map((length) => Math.round(x(length))), [10, 60, 110]);
  assert.deepEqual([1, 10, 100].map(y), [55, 30, 5]);
  assert.deepEqual(ticksOf([10, 20, 40, 100, 1000], x, 30), [10, 40, 1000]);
  assert.equal(scaleOf([10], [0, 1], { width: 100, height: 10, left: 0, right: 0, top: 0, bottom: 0 }).x(10), 50);
});

test("a length is found near the one asked for", () => {
  assert.deepEqual([undefined, 0, 1, 1300, 1500, 9999].map((asked) => lengthOf(run, asked)), [4000, 4000, 1000, 1000, 2000, 4000]);
  assert.deepEqual(within([10, 100, 1000], [10, 100]), [10, 100]);
  assert.deepEqual(within([10, 100], undefined), [10, 100]);
});

test("the table has every figure", () => {
  const [head, first] = rowsOf(run);
  assert.equal(head.length, 1 + 4 * 6);
  assert.deepEqual(first.slice(0, 7), [1000, 4, 3.6, 8, 7, 2, 56000000]);
});

/** @param {string[]} parts */
const stream = (parts) => new ReadableStream({ start: (c) => (parts.forEach((part) => c.enqueue(new TextEncoder().encode(part))), c.close()) });

test("lines are read however they are cut", async () => {
  /** @type {any[]} */
  const seen = [];
  const last = await readLines(stream(['{"type":"st', 'art"}\n{"a"', ':1}\n{"type":"end"}\n']), (line) => seen.push(line));
  assert.deepEqual(seen, [{ type: "start" }, { a: 1 }, { type: "end" }]);
  assert.equal(last.type, "end");
});

/** @param {(() => Response)[]} answers one after another */
function serving(answers) {
  /** @type {any[]} */
  const asked = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ path, /** @type {RequestInit} */ init) => (asked.push([path, init?.body]), /** @type {() => Response} */ (answers.shift())()));
  return asked;
}
const text = (/** @type {any[]} */ lines) => lines.map((line) => `${JSON.stringify(line)}\n`);
const good = (/** @type {any[]} */ lines) => () => new Response(stream(text(lines)), { headers: { "content-type": "application/x-ndjson" } });

test("while another measures it waits as long as the server says, then measures", async () => {
  const taken = () => new Response(JSON.stringify({ title: "Too many requests", detail: "…" }), { status: 429, headers: { "retry-after": "1" } });
  const asked = serving([() => Response.json(run), taken, good([start, ...points, end])]);
  const store = createSpeed();
  await store.load();
  const ended = store.measure([1000, 2000]);
  await new Promise((next) => setTimeout(next, 50));
  assert.deepEqual([store.waiting.value, store.running.value], [1, true]);
  await ended;
  assert.deepEqual([store.waiting.value, store.running.value, store.now.value, store.problem.value], [0, false, null, null]);
  assert.equal(store.past.value?.command, "POST /api/v1/lab/speed");
  assert.deepEqual(asked.map(([, body]) => body), [undefined, '{"lengths":[1000,2000]}', '{"lengths":[1000,2000]}']);
});

test("what broke off is said, and the earlier measurement stays", async () => {
  serving([() => Response.json(run), good([start, points[0]])]);
  const store = createSpeed();
  await store.load();
  await store.measure(undefined);
  assert.equal(store.problem.value?.name, "NoContact");
  assert.deepEqual(store.past.value, run);
  assert.equal(store.running.value, false);
  assert.equal(store.now.value, null);
});
