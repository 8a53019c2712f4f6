/**
 * The keys of the RNN room (LOOK: the key map); all of them do what a button does too.
 */
import { useEffect, useRef } from "gridtime/lib/html.js";
import { bind, inText } from "gridtime/lib/keys.js";

/**
 * @typedef {object} Acts
 * @property {boolean} present
 * @property {(by: number) => void} walk    words further or back
 * @property {() => void} first
 * @property {() => void} last
 * @property {() => void} open
 * @property {() => boolean} up             false where there is nothing above
 * @property {(by: 1 | -1) => void} state   next or previous signal, or opened sum
 * @property {(by: 1 | -1) => void} unit
 * @property {(by: 1 | -1) => void} class
 * @property {(index: number) => void} beat
 * @property {() => void} play
 * @property {(by: 1 | -1) => void} speed
 * @property {() => void} scope
 * @property {() => void} unroll          the cell into its copies, and back
 * @property {() => void} whatif
 * @property {() => boolean} undo @property {() => boolean} redo @property {() => boolean} clear  of what is changed
 * @property {() => void} input
 */

/** @type {Record<string, string>} */
const ABOUT = {
  ArrowLeft: "word before", ArrowRight: "next word", "Shift+ArrowLeft": "eight words back", "Shift+ArrowRight": "eight words on",
  Home: "first word", End: "last word", Enter: "open the step", j: "next state or sum", k: "previous state or sum",
  c: "next unit", "Shift+c": "previous unit", a: "next class explained", "Shift+a": "previous class explained",
  1: "beat 1 to 5", p: "play or stop", "+": "faster", "-": "slower", s: "colour scope", u: "unroll, fold",
  w: "what if: change the reading", z: "undo", "Shift+z": "redo", x: "clear all changes", i: "new input",
}; // prettier-ignore

/** Nothing focused: in present mode ← → and Space then belong to the walk. @param {KeyboardEvent} event */
const idle = (event) => event.target === document.body;

/** @param {{current: Acts}} acts @returns {Record<string, import("gridtime/lib/keys.js").Handler>} */
function table(acts) {
  /** @param {number} by @returns {import("gridtime/lib/keys.js").Handler} */
  const walk = (by) => (event) => (acts.current.present && idle(event) ? false : acts.current.walk(by));
  const beats = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [String(n), () => acts.current.beat(n - 1)]));
  return {
    ArrowLeft: walk(-1), ArrowRight: walk(1), "Shift+ArrowLeft": walk(-8), "Shift+ArrowRight": walk(8),
    Home: () => acts.current.first(), End: () => acts.current.last(), Enter: () => acts.current.open(),
    j: () => acts.current.state(1), k: () => acts.current.state(-1),
    c: () => acts.current.unit(1), "Shift+c": () => acts.current.unit(-1),
    a: () => acts.current.class(1), "Shift+a": () => acts.current.class(-1),
    ...beats, p: () => acts.current.play(), "+": () => acts.current.speed(1), "-": () => acts.current.speed(-1),
    s: () => acts.current.scope(), u: () => acts.current.unroll(),
    w: () => acts.current.whatif(), z: () => acts.current.undo(), "Shift+z": () => acts.current.redo(), x: () => acts.current.clear(),
    i: () => acts.current.input(),
    Escape: (event) => (inText(event.target) ? false : acts.current.up()),
  }; // prettier-ignore
}

/** @param {Acts} acts */
export function useRoomKeys(acts) {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => bind(table(latest), { description: ABOUT }), []);
}
