// A spoken word: the WAV that is sent, the wave that is drawn, frames in time, voices, refusals.
import assert from "node:assert/strict";
import test from "node:test";
import { objection, obstacle, refusal } from "gridtime/components/recorder.js";
import { envelope, frameAt, heardAt, mixed, picture, wavOf } from "gridtime/math/sound.js";
import { rateSays, voicesSay } from "gridtime/math/voices.js";
import { unitOf, unitsOf } from "gridtime/math/drawnunits.js";
import { cutSays, labelOf, settledSays, soFar, stepOf } from "gridtime/views/speech/scene.js";
import { PARTS, walk } from "gridtime/views/speech/walk.js";

const FRAMES = { window: 0.025, hop: 0.01 };

/** Four frames, two words; the second is believed from frame 2 on. */
const heard = /** @type {any} */ ({
  key: "k", classes: ["zero", "one"], total: 4, effects: [0.1, 0.9, 0.4], sample: "one",
  curve: { classes: 2, rows: 3, shares: Float32Array.from([0.5, 0.5, 0.6, 0.4, 0.3, 0.7, 0.1, 0.9]) },
  answer: { input: { frame: FRAMES, window: { start: 0, end: 4, total: 4 }, steps: [] } },
  net: { graph: [], card: { preprocessing: { bands: 32, rate: 8000 } }, samples: [] }, tensors: new Map(),
}); // prettier-ignore

test("a WAV file says its rate and holds its samples, clipped", () => {
  const bytes = new DataView(wavOf(Float32Array.from([0, 0.5, -1, 2]), 16000).buffer);
  const text = (/** @type {number} */ at) => String.fromCharCode(...Array.from({ length: 4 }, (_, k) => bytes.getUint8(at + k)));
  assert.deepEqual([text(0), text(8), text(12), text(36)], ["RIFF", "WAVE", "fmt ", "data"]);
  assert.equal(bytes.byteLength, 44 + 8);
  assert.equal(bytes.getUint32(4, true), bytes.byteLength - 8);
  assert.deepEqual([bytes.getUint16(20, true), bytes.getUint16(22, true), bytes.getUint32(24, true), bytes.getUint32(28, true), bytes.getUint16(34, true)], [1, 1, 16000, 32000, 16]);
  assert.deepEqual([0, 1, 2, 3].map((k) => bytes.getInt16(44 + 2 * k, true)), [0, 16384, -32767, 32767]);
});

test("channels are averaged; one is left as it is", () => {
  const one = Float32Array.from([0.25, 1]);
  assert.equal(mixed([one]), one);
  assert.deepEqual([...mixed([one, Float32Array.from([0.75, 0])])], [0.5, 0.5]);
});

test("the wave is drawn by its extremes, in shares of the loudest", () => {
  assert.deepEqual(envelope(Float32Array.from([0.1, -0.2, 0.4, 0]), 2).map((ends) => ends.map((v) => Math.round(100 * v) / 100)), [[-0.5, 0.25], [0, 1]]);
  assert.deepEqual(envelope(new Float32Array(4), 2), [[0, 0], [0, 0]]);
});

test("a frame is heard once its window has ended", () => {
  assert.equal(heardAt(0, FRAMES), 0.025);
  assert.equal(frameAt(0.02, FRAMES, 4), -1);
  for (const t of [0, 1, 2, 3]) assert.equal(frameAt(heardAt(t, FRAMES), FRAMES, 4), t);
  assert.equal(frameAt(9, FRAMES, 4), 3);
});

test("the picture has the highest band on top, and nothing of what is not heard yet", () => {
  const data = Float32Array.from([1, 2, 3, 4, 5, 6]); // three frames of two bands
  assert.deepEqual([...picture(data, 2, 2)], [2, 4, 6, 1, 3, 5]);
  assert.deepEqual([...picture(data, 2, 0)], [2, 0, 0, 1, 0, 0]);
});

test("frame, digit and unit come from the address where they fit", () => {
  assert.deepEqual([stepOf({}, heard), stepOf({ step: 1 }, heard), stepOf({ step: 99 }, heard)], [3, 1, 3]);
  assert.deepEqual([labelOf({}, heard), labelOf({ class: "zero" }, heard), labelOf({ class: "x" }, heard)], [1, 0, 1]);
  const units = unitsOf(heard, 3);
  assert.deepEqual(units, [1, 2, 0]);
  assert.deepEqual([unitOf({}, units), unitOf({ unit: 0 }, units), unitOf({ unit: 9 }, units)], [1, 0, 1]);
  assert.deepEqual(unitsOf({ ...heard, effects: null }, 3), [0, 1, 2]);
});

test("what it says so far, and from when on it stays", () => {
  assert.equal(soFar(heard, 1), "If the word ended after 0.04 s: zero 60 %.");
  assert.equal(settledSays(heard), "It answers one after 0.04 s of 0.06 s, and stays with it.");
  const sure = { ...heard, curve: { ...heard.curve, shares: Float32Array.from([0, 1, 0, 1, 0, 1, 0, 1]) } };
  assert.equal(settledSays(sure), "It answers one from the first frame on, and stays with it.");
  assert.equal(cutSays(heard), "");
  heard.answer.input.window.total = 900;
  assert.match(cutSays(heard), /first 4 of 900 frames/);
});

const rate = (/** @type {number} */ value) => ({ n: 500, hits: 500 * value, value, interval: /** @type {[number, number]} */ ([value - 0.03, value + 0.03]) });
const voices = /** @type {any} */ ({ voices: [{ speaker: "a", accuracy: rate(0.8) }, { speaker: "b", accuracy: rate(0.6) }], all: { ...rate(0.7), n: 1000 } });

test("voices are said from the worst to the best, with their intervals", () => {
  assert.equal(voicesSay(voices), "On a voice it never heard it names 70 % of 1,000 recordings: from 60 % of b's to 80 % of a's.");
  assert.equal(rateSays(rate(0.8)), "80 % (77 % to 83 %)");
});

test("every stop has a part of its own, and hides nothing that it names", () => {
  const room = /** @type {any} */ ({ store: { heard: { value: heard }, voices: { value: voices } }, patch: () => undefined });
  const stops = walk(room);
  assert.deepEqual(stops.map(({ id }) => id), Object.keys(PARTS).filter((id) => id !== "all"));
  assert.ok(PARTS.guess.vote && !PARTS.half.vote);
  assert.equal(walk({ ...room, store: { ...room.store, voices: { value: null } } }).length, stops.length - 1);
  assert.deepEqual(walk(/** @type {any} */ ({ store: { heard: { value: null } } })), []);
});

test("why there is no recording is said with what to do", () => {
  assert.match(obstacle({ isSecureContext: false }), /HTTPS or localhost/);
  assert.match(obstacle({ isSecureContext: true, navigator: {} }), /no microphone/);
  assert.equal(obstacle({ isSecureContext: true, navigator: { mediaDevices: {} }, MediaRecorder: class {} }), "");
  for (const name of ["NotAllowedError", "NotFoundError", "NotReadableError", "Other"]) assert.match(refusal({ name }), /\. .+\.$/);
  assert.match(objection({ type: "image/png", size: 9 }), /Not a recording/);
  assert.match(objection({ type: "audio/wav", size: 16e6 }), /16 MB; the limit is 15/);
  assert.equal(objection({ type: "", size: 9 }) + objection({ type: "audio/ogg", size: 9 }), "");
});
