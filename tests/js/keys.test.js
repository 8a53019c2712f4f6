import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import * as keys from "gridtime/lib/keys.js";
import { keyName } from "gridtime/components/help.js";

/** @param {Partial<KeyboardEvent> & {key: string}} event */
function press(event) {
  let prevented = false;
  const full = { code: "", shiftKey: false, target: null, preventDefault: () => (prevented = true), ...event };
  keys.dispatch(/** @type {any} */ (full));
  return prevented;
}

/** @param {string} tag @param {object} [more] */
const element = (tag, more = {}) =>
  /** @type {any} */ ({ tagName: tag, isContentEditable: false, closest: () => null, ...more });

/** @type {(() => void)[]} */
const bound = [];
/** @type {(...given: Parameters<typeof keys.bind>) => void} */
const bind = (...given) => void bound.push(keys.bind(...given));

afterEach(() => {
  bound.splice(0).forEach((off) => off());
  keys.letters.on = true;
});

test("letters by key, whatever the case; Shift makes another key; digits by code", () => {
  assert.equal(keys.name({ key: "C", code: "KeyC", shiftKey: false }), "c");
  assert.equal(keys.name({ key: "C", code: "KeyC", shiftKey: true }), "Shift+c");
  assert.equal(keys.name({ key: "&", code: "Digit1", shiftKey: false }), "1"); // French row
  assert.equal(keys.name({ key: "1", code: "Digit1", shiftKey: true }), "1");
  assert.equal(keys.name({ key: "?", code: "Slash", shiftKey: true }), "?");
  assert.equal(keys.name({ key: " ", code: "Space", shiftKey: false }), "Space");
  assert.equal(keys.name({ key: "ArrowLeft", code: "ArrowLeft", shiftKey: true }), "Shift+ArrowLeft");
});

test("letters never act in a text field or with Ctrl, Alt or Cmd", () => {
  let count = 0;
  bind({ f: () => count++ });
  press({ key: "f", target: element("TEXTAREA") });
  press({ key: "f", target: element("INPUT", { type: "text" }) });
  press({ key: "f", ctrlKey: true });
  press({ key: "f", altKey: true });
  press({ key: "f", metaKey: true });
  assert.equal(count, 0);
  press({ key: "f", target: element("INPUT", { type: "range" }) });
  assert.ok(press({ key: "F", target: element("BODY") }));
  assert.equal(count, 2);
});

test("help can turn single characters off; named keys stay", () => {
  let count = 0;
  bind({ f: () => count++, 1: () => count++, "?": () => count++, PageDown: () => count++ });
  keys.letters.on = false;
  press({ key: "f" });
  press({ key: "1", code: "Digit1" });
  press({ key: "?" });
  assert.equal(count, 0);
  press({ key: "PageDown" });
  assert.equal(count, 1);
});

test("the newest binding wins, false hands the key on, unbinding takes it away", () => {
  /** @type {string[]} */
  const log = [];
  bind({ j: () => log.push("old") });
  const off = keys.bind({ j: () => (log.push("new"), log.length < 2) });
  press({ key: "j" });
  press({ key: "j" });
  off();
  press({ key: "j" });
  assert.deepEqual(log, ["new", "new", "old", "old"]);
});

test("idle keys act only while nothing is focused; a focused button keeps Space", () => {
  let count = 0;
  bind({ Space: () => count++, ArrowRight: () => count++ }, { idle: true });
  const button = element("BUTTON", { closest: () => ({}) });
  press({ key: " ", target: button });
  press({ key: "ArrowRight", target: element("DIV") });
  assert.equal(count, 0);
  press({ key: " ", target: element("BODY") });
  assert.equal(count, 1);
});

test("help lists each key once, by what it does", () => {
  bind({ a: () => 1, b: () => 1 }, { description: "blank screen" });
  bind({ c: () => 1 }, { description: { c: "next channel" } });
  bind({ x: () => 1 });
  assert.deepEqual(keys.bindings(), [
    { keys: ["a", "b"], does: "blank screen" },
    { keys: ["c"], does: "next channel" },
  ]);
  assert.equal(keyName("Shift+c"), "Shift C");
  assert.equal(keyName("PageDown"), "Page Down");
});
