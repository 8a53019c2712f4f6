/**
 * What a visitor changed in a reader as it reads: edits as the REST API takes them.
 *
 *     URL's text --parse--> list      list + edit --put--> list      edit --says--> words
 *
 * Steps are rows: step t is after word t. A clamp with step null holds at every word, with unit null
 * all units; a state edit puts another memory in after its step, with step null none is handed on at
 * any word.
 */
import { number } from "gridtime/math/format.js";
import { parse as anything } from "gridtime/math/edits.js";
import { SIGNALS } from "gridtime/math/readers.js";

/** @typedef {import("gridtime/math/readers.js").Reader} Reader */
/** @typedef {{op: "clamp", tensor: string, step: number | null, unit: number | null, value: number}} Clamp */
/** @typedef {{op: "state", step: number | null, from: {text: string, step: number} | null}} State */
/** @typedef {Clamp | State} Edit */

/** @param {string | undefined} text @returns {Edit[]} what in it is for readers */
export const parse = (text) =>
  /** @type {any[]} */ (anything(text)).filter((edit) => edit?.op === "clamp" || edit?.op === "state");

/** Two edits with one key cannot both hold. @param {Edit} edit */
export const keyOf = (edit) =>
  edit.op === "state" ? `state ${edit.step ?? "every"}` : `clamp ${edit.tensor} ${edit.step ?? "every"} ${edit.unit ?? "all"}`;

/** @param {Edit[]} list @param {Edit} edit @returns {Edit[]} */
export function put(list, edit) {
  const at = list.findIndex((one) => keyOf(one) === keyOf(edit));
  return at < 0 ? [...list, edit] : list.map((one, k) => (k === at ? edit : one));
}

/** @param {Edit[]} list @param {string} key @returns {Edit[]} */
export const drop = (list, key) => list.filter((one) => keyOf(one) !== key);

/** What holds in any text: the rest belongs to a word of this one. @param {Edit[]} list */
export const lasting = (list) => list.filter((edit) => edit.step === null || edit.step === undefined);

/**
 * The edits once `gone` words at `at` have become `come` others: what belonged to a lost word goes.
 * @param {Edit[]} list @param {number} at @param {number} gone @param {number} come
 * @returns {Edit[]}
 */
export function moved(list, at, gone, come) {
  return list.flatMap((edit) => {
    if (edit.step === null || edit.step === undefined || edit.step < at) return [edit];
    if (edit.step >= at + gone) return [{ ...edit, step: edit.step + come - gone }];
    return edit.step < at + come ? [edit] : [];
  });
}

/**
 * The value that a tensor is held at for one unit at one step; undefined where it is computed.
 * @param {Edit[]} list @param {string} tensor @param {number} t @param {number} unit
 */
export function heldAt(list, tensor, t, unit) {
  return list.reduce((/** @type {number | undefined} */ value, edit) => {
    const meant = edit.op === "clamp" && edit.tensor === tensor
      && (edit.step ?? t) === t && (edit.unit ?? unit) === unit;
    return meant ? edit.value : value;
  }, undefined);
}

/** Is no memory handed on at any word? @param {Edit[] | undefined} list */
export const cut = (list) => Boolean(list?.some((edit) => edit.op === "state" && (edit.step ?? null) === null));

/** Was the memory after step t put in? @param {Edit[]} list @param {number} t */
export const stateAt = (list, t) => list.find((edit) => edit.op === "state" && edit.step === t);

/**
 * The signals of one unit that were put in at step t, not computed: "f", "c" …
 * @param {Edit[]} list @param {Reader} reader @param {number} t @param {number} unit
 * @returns {Set<string>}
 */
export function handAt(list, reader, t, unit) {
  if (!list?.length) return new Set();
  const memory = stateAt(list, t) ? ["h", "c"] : [];
  return new Set(
    SIGNALS[reader.kind]
      .filter(({ id, suffix }) => memory.includes(id) || heldAt(list, `${reader.id}.${suffix}`, t, unit) !== undefined)
      .map(({ id }) => id),
  );
}

/**
 * Which reader and signal a tensor's name means.
 * @param {Reader[]} readers @param {string} tensor
 */
export function meant(readers, tensor) {
  for (const reader of readers) {
    const signal = SIGNALS[reader.kind].find(({ suffix }) => `${reader.id}.${suffix}` === tensor);
    if (signal) return { reader, signal };
  }
  return null;
}

/** @typedef {{readers: Reader[], tokens: {text: string}[]}} Told what words are made of */

/** @param {Told} told @param {number} t */
const word = ({ tokens }, t) => (tokens[t]?.text ? `“${tokens[t].text}”` : `word ${t + 1}`);

/** Which of several layers and directions: " (layer 2, right to left)". @param {Reader} reader @param {Reader[]} all */
export function among({ layer, node, reverse }, all) {
  const stacked = all.some((other) => other.layer !== layer || other.node !== node);
  const parts = [
    stacked && `layer ${all.filter((other) => other.reverse === reverse).findIndex((other) => other.layer === layer && other.node === node) + 1}`,
    all.some((other) => other.reverse) && (reverse ? "right to left" : "left to right"),
  ].filter(Boolean);
  return parts.length ? ` (${parts.join(", ")})` : "";
}

/** "forget gate f held at 0", "hidden state h of unit 3 held at −1". @param {Clamp} edit @param {Told} told */
function held({ tensor, unit, value }, { readers }) {
  const found = meant(readers, tensor);
  const name = found ? `${found.signal.name} ${found.signal.id}${among(found.reader, readers)}` : tensor;
  return `${name}${unit === null || unit === undefined ? "" : ` of unit ${unit}`} held at ${number(value, Number.isInteger(value) ? 0 : 2)}`;
}

/** A text short enough to name. @param {string} text */
const brief = (text) => (text.length > 32 ? `${text.slice(0, 30).trimEnd()}…` : text);

/**
 * @param {Edit} edit @param {Told} told @returns {string} "forget gate f held at 0 at “not”" and the like
 */
export function says(edit, told) {
  if (edit.op === "clamp") {
    const where = edit.step === null || edit.step === undefined ? "every word" : word(told, edit.step);
    return `${held(edit, told)} at ${where}`;
  }
  if (edit.step === null || edit.step === undefined) return "memory emptied after every word";
  if (!edit.from) return `memory emptied after ${word(told, edit.step)}`;
  return `memory after ${word(told, edit.step)} taken from “${brief(edit.from.text)}” (word ${edit.from.step + 1})`;
}
