/**
 * What the RNN room shows, worked out from one reading and the address.
 *
 *     reading (tokens, beliefs, effects, a traced window) ──┐
 *     address (layer, unit, signal, step, class, sort) ─────┴─ scene() ─> everything the views draw
 *
 * Pure: the same reading and address give the same scene.
 */

import { beliefBefore, headRow, shownClass, vote } from "gridtime/math/answer.js";
import { lanes, reach } from "gridtime/math/beats.js";
import { behind, cellStep } from "gridtime/math/cell.js";
import { cut, handAt } from "gridtime/math/clamps.js";
import { SIGNALS, headSteps, signalOf, tensorName, weightNames } from "gridtime/math/readers.js";
import { holds, row, stepRows } from "gridtime/math/rows.js";
import { limitOf, niceLimit, order, rank } from "gridtime/math/units.js";
import { windowOf } from "gridtime/math/window.js";

/** @typedef {import("gridtime/math/readers.js").Reader} Reader */
/** @typedef {import("gridtime/math/rows.js").Pane} Pane */
/** @typedef {import("gridtime/math/dot.js").Tensor} Tensor */
/** @typedef {import("gridtime/math/dot.js").CellWeights} CellWeights */
/** @typedef {{text: string, known: boolean, start?: number, end?: number}} Token */
/**
 * One text, read once by one network.
 * @typedef {object} Reading
 * @property {string} key          of model, input and what is changed
 * @property {string} base         of model and input
 * @property {import("gridtime/math/clamps.js").Edit[]} edits  what is changed: every number is of that run
 * @property {Token[]} tokens      of the whole text
 * @property {string[]} classes
 * @property {Float32Array | null} shares  [T, K], null where the reader has no running answer
 * @property {number[]} final      the answer for the whole text, by class
 * @property {number[] | null} effects     of the units of `effectsOf`
 * @property {string} effectsOf    id of a reader
 * @property {number} effectsOver  words over which they were measured, the last ones of a long text
 * @property {Reader[]} readers
 * @property {Map<string, Tensor> | null} weights  null until they have come
 * @property {{weight: string, bias: string} | null} head
 * @property {Pane} pane           the rows that are here
 * @property {"word" | "letter"} noun  what it reads, one a step
 * @property {import("gridtime/math/readers.js").Place | null} [place]  where the head reads, if not everywhere
 */
/** @typedef {{layer?: string, unit?: number, signal?: string, step?: number, class?: string, sort?: string}} Address */
/** @typedef {ReturnType<typeof scene>} Scene */

/**
 * The layer asked for, else the one that the answer is read from.
 * @param {Reading} reading
 * @param {string | undefined} id
 */
export function readerOf({ readers }, id) {
  return readers.find((r) => r.id === id) ?? readers.find((r) => r.last) ?? readers[0];
}

/** @param {number} v @param {number} most */
const within = (v, most) => Math.max(0, Math.min(most, v));

/** Signs that cannot be seen. @type {Record<string, string>} */
const UNSEEN = { " ": "space", "\n": "line break" };

/** A class as it is read on the page. @param {string} name */
const written = (name) => UNSEEN[name] ?? name;

/** @param {Reading} reading @param {Address} address */
function classOf({ classes, shares, tokens }, address) {
  const asked = classes.indexOf(address.class ?? "");
  if (asked >= 0) return asked;
  const final = shares?.subarray((tokens.length - 1) * classes.length, tokens.length * classes.length);
  return shownClass(classes, final);
}

/**
 * A window of the whole text that lies within the rows that are here.
 * @param {Reading} reading
 * @param {number} step
 * @param {number} size
 * @param {import("gridtime/math/window.js").Window} [near]
 */
function visible({ pane, tokens }, step, size, near) {
  const wanted = windowOf(step, tokens.length, size, near);
  const here = wanted.start >= pane.start && wanted.end <= pane.end;
  if (here) return { window: wanted, wanted: null };
  return {
    window: windowOf(within(step, pane.end - 1), tokens.length, Math.min(size, pane.end - pane.start), {
      start: pane.start,
      end: pane.end,
    }),
    wanted,
  };
}

/** @typedef {{effects: ArrayLike<number> | null, sort: string, ordered: number[], best: number, limit: number}} Standing */

/** What follows from a signal's values alone: kept, so that a step key does not sort again. @type {WeakMap<Tensor, Standing>} */
const standings = new WeakMap();

/**
 * The order of the units, the first of them by effect, and the end of the colour scale.
 * @param {Tensor} values
 * @param {import("gridtime/math/readers.js").Signal} signal
 * @param {Reader} reader
 * @param {number[] | null} effects
 * @param {import("gridtime/math/units.js").Sort} sort
 * @returns {Standing}
 */
function standing(values, signal, reader, effects, sort) {
  const known = standings.get(values);
  if (known && known.effects === effects && known.sort === sort) return known;
  const ordered = order(sort, reader.hidden, effects, values.data);
  const best = sort === "effect" ? ordered[0] : order("effect", reader.hidden, effects, values.data)[0];
  const bounded = signal.form === "gate" || (signal.form === "state" && reader.squash === "tanh");
  const limit = bounded ? 1 : niceLimit(limitOf(values.data));
  const fresh = { effects, sort, ordered, best, limit };
  standings.set(values, fresh);
  return fresh;
}

/**
 * @param {Reading} reading @param {Address} address @param {number} size words in a window
 * @param {import("gridtime/math/window.js").Window} [near] the window on screen
 */
export function scene(reading, address, size, near) {
  const total = reading.tokens.length;
  const reader = readerOf(reading, address.layer);
  const signal = signalOf(reader, address.signal ?? "h");
  const name = tensorName(reader, signal.id);
  const values = /** @type {Tensor} */ (reading.pane.tensors.get(name));
  const effects = reading.effectsOf === reader.id ? reading.effects : null;
  const sort = /** @type {import("gridtime/math/units.js").Sort} */ (address.sort ?? "effect");
  const { ordered, best, limit } = standing(values, signal, reader, effects, sort);
  const unit =
    address.unit !== undefined && address.unit >= 0 && address.unit < reader.hidden ? address.unit : best;
  const step = within(address.step ?? total - 1, total - 1);
  const shown = classOf(reading, address);
  return {
    reading, total, reader, signal, signals: SIGNALS[reader.kind], name, values, effects, sort, ordered, unit, step, shown,
    label: written(reading.classes[shown] ?? ""),
    limit,
    place: effects ? rank(effects, unit) : 0,
    chosen: address.step !== undefined,
    ...visible(reading, step, size, near),
  }; // prettier-ignore
}

/**
 * Belief in the shown class after word t; before any word for t = −1.
 * @param {Scene} s
 * @param {number} t
 * @returns {number | null}
 */
export function beliefAt({ reading, shown }, t) {
  const { shares, classes, head, weights } = reading;
  if (!shares) return null;
  if (t >= 0) {
    const share = shares[t * classes.length + shown];
    return Number.isNaN(share) ? null : share; // beyond what has been fetched
  }
  if (!weights) return null;
  const bias = head ? weights.get(head.bias) : undefined;
  return beliefBefore(bias ?? null, classes.length, shown);
}

/** @param {Reader} reader @param {Map<string, Tensor>} weights @returns {CellWeights} */
export function cellWeights(reader, weights) {
  const names = weightNames(reader);
  const need = (/** @type {string} */ name) => /** @type {Tensor} */ (weights.get(name));
  return {
    wx: need(names.wx),
    wh: need(names.wh),
    bx: weights.get(names.bx) ?? null,
    bh: weights.get(names.bh) ?? null,
  };
}

/** @typedef {{rows: import("gridtime/math/cell.js").StepRows, numbers: import("gridtime/math/cell.js").Numbers, weights: CellWeights, lanes: import("gridtime/math/beats.js").Lane[], held: Set<string>}} StepShown held: signals that were put in, not computed */

/** A scene's own step, worked out once for all who ask. @type {WeakMap<Scene, StepShown | null>} */
const shownSteps = new WeakMap();

/**
 * The lanes of the chosen step, or null while its rows or the weights are not here.
 * @param {Scene} s
 */
export function stepOf(s) {
  if (!shownSteps.has(s)) shownSteps.set(s, stepAt(s, s.step));
  return shownSteps.get(s) ?? null;
}

/**
 * The same for any step.
 * @param {Scene} s
 * @param {number} t
 * @returns {StepShown | null}
 */
export function stepAt(s, t) {
  const { reading, reader, unit } = s;
  if (!reading.weights || !holds(reading.pane, reader, t)) return null;
  const rows = stepRows(reading.pane, reader, t, unit, cut(reading.edits));
  const weights = cellWeights(reader, reading.weights);
  const numbers = cellStep(reader, rows, weights, unit);
  const held = handAt(reading.edits, reader, t, unit);
  return { rows, numbers, weights, lanes: lanes(reader.kind, numbers, held), held };
}

/** One axis for the whole input, so that no step moves it. @param {Scene} s */
export function axisLimit(s) {
  let far = 0;
  for (let t = s.reading.pane.start; t < s.reading.pane.end; t += 1) {
    const step = stepAt(s, t);
    if (step) far = Math.max(far, reach(step.lanes));
  }
  return niceLimit(far);
}

/** The dot product behind a gate at the chosen step. @param {Scene} s @param {string} signal */
export function openedGate(s, signal) {
  const step = stepOf(s);
  return step ? behind(s.reader, signal, step.rows, step.weights, s.unit) : null;
}

/** The one word at which the answer is read from this layer, "" where it is every word. @param {Scene} s */
export function readElsewhere({ reading: { place, tokens }, reader, total }) {
  if (!place || !reader.last) return "";
  return tokens[headSteps(place, total, 0)[Number(reader.reverse)]].text;
}

/**
 * What the unit gives to the answer at step t; null for a layer or step that the head does not read.
 * @param {Scene} s
 * @param {number} [t]
 */
export function voteOf({ reading, reader, unit, shown, step }, t = step) {
  const { head, weights } = reading;
  const weight = head && weights?.get(head.weight);
  const { pane, place } = reading;
  const steps = headSteps(place ?? null, pane.total, t);
  const here = steps.every((k) => k >= pane.start && k < pane.end) && steps[Number(reader.reverse)] === t;
  if (!reader.last || !weight || !here) return null;
  const bias = weights?.get(head.bias) ?? null;
  const both = reading.readers.filter((r) => r.last);
  const h = both.flatMap((r) => Array.from(row(pane, `${r.id}.h`, steps[Number(r.reverse)])));
  return vote(headRow(weight, bias, shown), h, reader.column + unit);
}
