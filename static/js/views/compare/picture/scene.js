/**
 * What of the address and the pair of readings every part of the view asks for.
 */
import { answerAt, changedSays, settledSays } from "gridtime/math/tworeaders.js";

/** @typedef {import("gridtime/stores/tworeaders.js").Pair} Pair */

/** Rows shown. @param {Record<string, any>} address @param {Pair} pair */
export const rowsOf = ({ rows }, { size }) => Math.max(0, Math.min(size, rows ?? size));

/** The class looked at: the address's, else what the picture as it was is taken for at once. @param {Record<string, any>} address @param {Pair} pair */
export function labelOf(address, { classes, plain }) {
  const named = classes.indexOf(address.class ?? "");
  return named >= 0 ? named : answerAt(plain.atOnce, plain.atOnce.rows);
}

/** Both networks; the one that reads at once first. @param {Pair} pair */
export const linesOf = ({ atOnce, line, now, plain }) => [
  { kind: atOnce.row.kind, name: atOnce.name, now: now.atOnce, plain: plain.atOnce },
  { kind: line.row.kind, name: line.name, now: now.line, plain: plain.line },
];

/** Who changes, or, where nothing is changed, who settles when. @param {Pair} pair @param {number} label */
export function saysOf(pair, label) {
  const [a, b] = linesOf(pair);
  return pair.changed ? changedSays([a, b], pair.classes, label) : settledSays([a, b], pair.classes);
}
