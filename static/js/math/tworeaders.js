/**
 * Two networks on one picture: what each believes after every number of rows, and who changes.
 *
 *     shares [(rows + 1) · classes], row k = the belief with the first k rows shown
 *       -> beliefAt, answerAt, settled (from which row on the answer stays)
 *     plain, now -> moved: by how much, from which row on -> sentences
 */
import { percent, plural } from "gridtime/math/format.js";
import { NAMES as CELLS } from "gridtime/math/signal.js";

/** @typedef {import("gridtime/math/waiting.js").Node} Node */
/** @typedef {import("gridtime/api/client.js").Prediction} Prediction */
/** @typedef {{classes: number, rows: number, shares: Float32Array}} Curve */
/** @typedef {{name: string, plain: Curve, now: Curve}} Reader  name: as in a sentence, "CNN" */
/** @typedef {{name: string, before: number, after: number, change: number, from: number, answers: [number, number]}} Moved */
/** @typedef {{turn?: number, shift?: [number, number], noise?: [number, number], hide?: [number, number]}} Disturbed */

/** Two beliefs closer than this are called alike: one point of a hundred. */
const ALIKE = 0.01;
/** A belief has moved once it is this far from where it was. */
const MOVED = 0.05;

/** What a kind of network is called. @param {string} kind as in the list of models */
export const nameOf = (kind) => /** @type {Record<string, string>} */ (CELLS)[kind] ?? kind.toUpperCase();

/**
 * @param {string[]} classes @param {Prediction[][]} steps best first, one list for each number of rows
 * @returns {Curve}
 */
export function curveOf(classes, steps) {
  const shares = new Float32Array(steps.length * classes.length);
  steps.forEach((predictions, k) => {
    for (const { label, probability } of predictions) shares[k * classes.length + classes.indexOf(label)] = probability;
  });
  return { classes: classes.length, rows: steps.length - 1, shares };
}

/** @param {Curve} curve @param {number} rows shown @param {number} label */
export const beliefAt = (curve, rows, label) => curve.shares[Math.min(rows, curve.rows) * curve.classes + label];

/** The class that is believed most. @param {Curve} curve @param {number} rows */
export function answerAt(curve, rows) {
  let best = 0;
  for (let k = 1; k < curve.classes; k += 1) if (beliefAt(curve, rows, k) > beliefAt(curve, rows, best)) best = k;
  return best;
}

/** From how many rows on the answer is the last one and stays. @param {Curve} curve */
export function settled(curve) {
  const last = answerAt(curve, curve.rows);
  let from = curve.rows;
  while (from > 0 && answerAt(curve, from - 1) === last) from -= 1;
  return from;
}

/**
 * How far a change of the picture moves one reader's belief in a class, with all rows shown.
 * @param {Reader} reader @param {number} label @returns {Moved} `from`: −1 where it never moved
 */
export function moved({ name, plain, now }, label) {
  const rows = Array.from({ length: now.rows + 1 }, (_, k) => k);
  const from = rows.findIndex((k) => Math.abs(beliefAt(now, k, label) - beliefAt(plain, k, label)) >= MOVED);
  const [before, after] = [beliefAt(plain, plain.rows, label), beliefAt(now, now.rows, label)];
  return { name, before, after, change: after - before, from, answers: [answerAt(plain, plain.rows), answerAt(now, now.rows)] };
}

/** Hundredths of a belief. @param {number} change of a share */
const points = (change) => Math.round(Math.abs(change) * 100);

/** Who changes more. @param {Moved} a @param {Moved} b */
function more(a, b) {
  const gap = Math.abs(a.change) - Math.abs(b.change);
  if (Math.abs(gap) < ALIKE) return "Both change alike.";
  const [first, second] = gap > 0 ? [a, b] : [b, a];
  return `The ${first.name} changes more, by ${plural(points(first.change), "point")} against ${points(second.change)}.`;
}

/** From where. @param {Moved} one */
function fromRow({ name, from }) {
  if (from < 0) return "";
  return from === 0 ? ` The ${name} moves before any row.` : ` The ${name} first moves at row ${from}.`;
}

/** Another answer, or none. @param {Moved} one @param {string[]} classes */
const turned = ({ name, answers: [was, is] }, classes) => (was === is ? "" : ` The ${name} now answers ${classes[is]}, not ${classes[was]}.`);

/**
 * Who changes, when and by how much.
 * @param {[Reader, Reader]} readers @param {string[]} classes @param {number} label
 */
export function changedSays(readers, classes, label) {
  const all = readers.map((reader) => moved(reader, label));
  const [a, b] = all;
  const went = all.map(({ name, before, after }) => `${name} ${percent(before)} → ${percent(after)}`).join(", ");
  const still = all.every(({ change, from }) => Math.abs(change) < ALIKE && from < 0);
  const answers = all.map((one) => turned(one, classes)).join("");
  if (still) return `${classes[label]}: ${went}. Neither changes.${answers}`;
  return `${classes[label]}: ${went}. ${more(a, b)}${all.map(fromRow).join("")}${answers}`;
}

/**
 * What each believes so far.
 * @param {{name: string, now: Curve}[]} readers @param {string[]} classes @param {number} label @param {number} rows
 */
export function soFarSays(readers, classes, label, rows) {
  const total = readers[0].now.rows;
  const each = readers.map(({ name, now }) => {
    const best = answerAt(now, rows);
    const other = best === label ? "" : ` (${classes[best]}: ${percent(beliefAt(now, rows, best))})`;
    return `${name} ${percent(beliefAt(now, rows, label))}${other}`;
  });
  return `${classes[label]} after ${rows} of ${total} rows: ${each.join(", ")}.`;
}

/** @param {number} row */
const since = (row) => (row ? `from row ${row} on` : "before any row");

/** From where on each answers what it answers in the end. @param {{name: string, now: Curve}[]} readers @param {string[]} classes */
export function settledSays(readers, classes) {
  const parts = readers.map(({ name, now }) => `the ${name} answers ${classes[answerAt(now, now.rows)]} ${since(settled(now))}`);
  const ends = readers.map(({ now }) => settled(now));
  const tie = ends[0] === ends[1] ? " A tie." : "";
  return `${parts.join(", ").replace(/^t/, "T")}.${tie}`;
}

/** Multiplications and additions of one row for a reader, of one picture for a network that reads it at once. @param {Node[]} graph */
export const costOf = (graph) => graph.reduce((sum, { attributes }) => sum + (attributes.macs ?? 0), 0);

/** The changes as the API's options; {} where there are none. @param {Disturbed} disturbed @returns {Record<string, any>} */
export function optionsOf({ turn, shift, noise, hide }) {
  return {
    ...(turn ? { turn } : {}),
    ...(shift && (shift[0] || shift[1]) ? { shift } : {}),
    ...(noise && noise[0] ? { noise: { amount: noise[0] / 100, seed: noise[1] } } : {}),
    ...(hide ? { show: { hide } } : {}),
  };
}

/**
 * The address's changes, within what the API takes; others are dropped.
 * @param {Record<string, any>} address @param {number} size rows of the picture @returns {Disturbed}
 */
export function disturbedOf({ turn, shift, noise, range }, size) {
  /** @param {number} v @param {number} low @param {number} high */
  const within = (v, low, high) => Math.max(low, Math.min(high, v));
  const hides = range && range[0] >= 0 && range[1] >= range[0] && range[1] < size;
  return {
    ...(turn ? { turn: within(turn, -180, 180) } : {}),
    ...(shift ? { shift: [within(shift[0], -32, 32), within(shift[1], -32, 32)] } : {}),
    ...(noise ? { noise: [within(noise[0], 0, 100), within(noise[1], 0, 999)] } : {}),
    ...(hides ? { hide: [range[0], range[1] + 1] } : {}),
  };
}
