/**
 * The page's state is the URL's fragment, so that a copied link opens the same view and nothing
 * typed reaches a log.
 *
 *   #model=photos&sample=chelsea&cell=3,7  <-- parse / format -->  state (signal)
 *                                                                    ^ patch({cell: [3, 8]})
 */
import { signal } from "@preact/signals-core";

/**
 * @typedef {object} State
 * @property {string} [model]
 * @property {string} [sample]
 * @property {string} [picture] key of an uploaded picture in this browser
 * @property {string} [text]
 * @property {string} [tab]
 * @property {string} [layer]
 * @property {number} [channel]
 * @property {[number, number]} [cell] y, x
 * @property {number} [step]
 * @property {number} [unit]
 * @property {string} [signal] which tensor of a recurrent layer: h, c, gate.i...
 * @property {string} [stop] id of the walk's stop
 * @property {boolean} [present]
 * @property {[number, number, number]} [crop] x, y, side
 * @property {string} [scope] of the colour scale: map, layer, network
 * @property {string} [show] what a group's switch shows
 * @property {string} [sort]
 * @property {string} [order]
 * @property {boolean} [every]
 * @property {boolean} [rf]
 * @property {string} [beat]
 * @property {string} [class]
 * @property {string} [open] what is open over the view
 * @property {boolean} [unroll]
 * @property {string} [edits] what was changed in the network, as JSON
 * @property {[number, number]} [shift] x, y: the picture moved by so many pixels of the input
 * @property {string} [method] how an answer is explained
 * @property {number} [moment] step of the training whose weights run
 * @property {number} [heat] softmax's temperature in hundredths
 * @property {string} [against] the other network or sample of a comparison
 * @property {string} [lab] the fields of a lab
 * @property {string} [kernel] values of the visitor's own kernel
 * @property {string} [sentence] a second text beside the one that is read
 * @property {[number, number]} [range] first and last word of a stretch of the text
 * @property {number} [level] in hundredths: from where a unit counts as on
 * @property {boolean} [cut] only units that are off just outside the range
 * @property {string} [call] which call a script shows
 * @property {number} [rows] how many rows of the picture are shown, or letters written
 * @property {number} [turn] degrees, clockwise: the picture turned
 * @property {[number, number]} [noise] hundredths of full brightness, seed: noise on the picture
 * @property {number} [seed] which of the orders, or texts, that can be drawn
 * @property {number[]} [signs] place of A, of B, length of the sequence, seed of its fillers
 * @property {string} [lesson] that is given over the rooms
 * @property {string} [at] stop and step of the lesson: 3.1
 * @property {string} [lang] of the lessons' texts
 * @property {number} [origin] how many values of a series are known to the forecaster
 * @property {number} [season] how many steps a season has
 * @property {number} [score] in hundredths: the least that a box scores
 * @property {number} [overlap] in hundredths: how much of a better box it may cover
 * @property {number} [beam] how many beginnings of a translation are kept
 */

/** @typedef {"text" | "int" | "ints" | "flag"} Kind */

/** @type {Record<keyof State, Kind>} the only keys a fragment may carry */
const KEYS = {
  model: "text", sample: "text", picture: "text", text: "text", tab: "text", layer: "text",
  channel: "int", cell: "ints", step: "int", unit: "int", signal: "text", stop: "text",
  present: "flag", crop: "ints", scope: "text", show: "text", sort: "text", order: "text",
  every: "flag", rf: "flag", beat: "text", class: "text", open: "text", unroll: "flag",
  edits: "text", shift: "ints", method: "text", moment: "int", heat: "int", against: "text", lab: "text", kernel: "text",
  sentence: "text", range: "ints", level: "int", cut: "flag", call: "text",
  rows: "int", turn: "int", noise: "ints", seed: "int", signs: "ints",
  lesson: "text", at: "text", lang: "text",
  origin: "int", season: "int", score: "int", overlap: "int", beam: "int",
}; // prettier-ignore

/** @type {Partial<Record<keyof State, number>>} how many numbers a list holds */
const LENGTHS = { cell: 2, crop: 3, shift: 2, range: 2, noise: 2, signs: 4 };

/** Longer texts stay in the tab's history entry. */
export const LONGEST_TEXT = 2000;

/** Browsers refuse more than about 100 changes of the address in 30 s. */
const SETTLE = 300;

/**
 * @param {keyof State} key
 * @param {string} raw
 * @returns {unknown} undefined where it does not fit
 */
function read(key, raw) {
  if (KEYS[key] === "text") return raw;
  if (KEYS[key] === "flag") return raw === "1" ? true : undefined;
  const numbers = raw.split(",").map((part) => (/^-?\d{1,9}$/.test(part) ? Number(part) : NaN));
  if (numbers.some(Number.isNaN)) return undefined;
  if (KEYS[key] === "int") return numbers.length === 1 ? numbers[0] : undefined;
  return numbers.length === LENGTHS[key] ? numbers : undefined;
}

/**
 * @param {string} fragment with or without #
 * @returns {State}
 */
export function parse(fragment) {
  /** @type {Record<string, unknown>} */
  const found = {};
  for (const [key, raw] of new URLSearchParams(fragment.replace(/^#/, ""))) {
    if (!Object.hasOwn(KEYS, key)) continue;
    const value = read(/** @type {keyof State} */ (key), raw);
    if (value !== undefined) found[key] = value;
  }
  return found;
}

/**
 * @param {State} value
 * @returns {string} without #
 */
export function format(value) {
  const query = new URLSearchParams();
  for (const [key, kind] of Object.entries(KEYS)) {
    const held = value[/** @type {keyof State} */ (key)];
    if (held === undefined || held === null || held === false) continue;
    if (key === "text" && [...String(held)].length > LONGEST_TEXT) continue;
    query.set(key, kind === "flag" ? "1" : String(held));
  }
  return query.toString().replaceAll("%2C", ",");
}

const here = typeof location === "undefined" ? undefined : location;

/** @returns {State} */
function fromAddress() {
  const long = typeof history === "undefined" ? undefined : history.state?.text;
  return { ...(long ? { text: String(long) } : {}), ...parse(here?.hash ?? "") };
}

export const state = signal(fromAddress());

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {boolean} push */
function write(push) {
  clearTimeout(timer);
  timer = undefined;
  if (!here) return;
  const value = state.peek();
  const long = [...(value.text ?? "")].length > LONGEST_TEXT ? { text: value.text } : null;
  const target = `${here.pathname}${here.search}#${format(value)}`;
  if (push) history.pushState(long, "", target);
  else history.replaceState(long, "", target);
}

/**
 * Change part of the state; `undefined` removes a key.
 * @param {Partial<State>} change
 * @param {{push?: boolean}} [how] push: Back returns to the state before
 */
export function patch(change, { push = false } = {}) {
  const next = { ...state.peek(), ...change };
  for (const key of /** @type {(keyof State)[]} */ (Object.keys(next))) {
    if (next[key] === undefined) delete next[key];
  }
  if (push && timer !== undefined) write(false); // what Back returns to must be written first
  state.value = next;
  if (push) write(true);
  else timer ??= setTimeout(write, SETTLE, false);
}

/** The link to exactly this view, written now. */
export function link() {
  write(false);
  return here?.href ?? "";
}

if (typeof window !== "undefined") {
  // Back, Forward and an edited address: the fragment wins.
  let read = "";
  const reread = () => {
    clearTimeout(timer);
    timer = undefined;
    read = location.href;
    state.value = fromAddress();
  };
  window.addEventListener("popstate", reread);
  // A new fragment makes both events: read again, it would undo what was changed in between.
  window.addEventListener("hashchange", ({ newURL }) => newURL !== read && reread());
  window.addEventListener("pagehide", () => timer !== undefined && write(false));
}
