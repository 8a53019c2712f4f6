/**
 * How far an answer moves with each word: norms as shares of the largest, zeros apart from them.
 *
 *     steps [{t, norm}] ÷ the largest --> log10 of shares; −Infinity where nothing leads there: 0
 *     series -> limits of a log axis with a row below it for "exactly 0" -> sentences
 */
import { plural } from "gridtime/math/format.js";
import { leftSays } from "gridtime/math/signal.js";

/** @typedef {{t: number, norm: number, log: number}} Point log: log10 of the share of the largest; −Infinity: exactly 0 */
/** @typedef {{id: string, kind: string, name: string, of: "answer" | "cell", points: Point[]}} Series */

/** log10 below which the axis does not go. */
const LEAST = -12;

/** @param {{id: string, kind: string, name: string}} net @param {import("gridtime/api/client.js").ReachAnswer} answer @returns {Series} */
export function seriesOf({ id, kind, name }, { of, steps }) {
  const largest = Math.max(...steps.map(({ norm }) => norm));
  const log = (/** @type {number} */ norm) => (norm > 0 ? Math.log10(norm / largest) : -Infinity);
  return { id, kind, name, of: of.kind, points: steps.map(({ t, norm }) => ({ t, norm, log: log(norm) })) };
}

/** From the smallest share that is none of 0 to 1, whole powers, two at least. @param {Series[]} all */
export function limitsOf(all) {
  const logs = all.flatMap(({ points }) => points.map(({ log }) => log)).filter(Number.isFinite);
  return { low: Math.max(LEAST, Math.min(-2, Math.floor(Math.min(0, ...logs)))), high: 0 };
}

/** Steps that nothing leads from. @param {Series} series */
export const zeros = ({ points }) => points.filter(({ norm }) => norm === 0).length;

/** @param {Series} series @param {number} t */
export const pointAt = ({ points }, t) => points.find((point) => point.t === t);

/**
 * One cell of a map: which words move it.
 * @param {Series} series @param {string} layer @param {string} word at which it stands
 */
export function cellSays(series, layer, word) {
  const none = zeros(series);
  const moved = series.points.length - none;
  const rest = none ? `the other ${plural(none, "word")}: exactly 0` : "there is no other";
  if (!moved) return `This cell of ${layer} is off (0) at “${word}”: no word moves it. Choose another word.`;
  return `One cell of ${layer} at “${word}”: ${plural(moved, "word")} ${moved === 1 ? "moves" : "move"} it; ${rest}.`;
}

/** The answer of a network that keeps the largest value over time. @param {Series} series @param {string} unit */
export function windowsSay(series, unit) {
  const none = zeros(series);
  const all = plural(series.points.length, unit);
  if (none && unit !== "word") return `${series.name}: ${none} of ${all} exactly 0.`;
  if (none) return `${series.name}: ${none} of ${all} ${none === 1 ? "lies" : "lie"} in no window that won: exactly 0.`;
  if (series.points.length === 1) return `${series.name}: the one ${unit} there is moves it.`;
  return unit === "word" ? `${series.name}: each of the ${all} lies in a window that won, so none is 0.` : `${series.name}: none of the ${all} is 0.`;
}

/** The answer of a reader: its first step against its last. @param {Series} series @param {string} unit */
export function decaySays({ name, points }, unit) {
  const [first, last] = [points[0], points[points.length - 1]];
  if (first === last) return `${name}: one ${unit}, no distance.`;
  const back = plural(last.t - first.t, unit);
  if (!(first.norm > 0 && last.norm > 0)) return `${name}: of the first ${unit}, ${back} back, nothing is left.`;
  const left = leftSays(first.log - last.log).replace(" of it", "");
  const much = left === "nothing to learn from" ? "less than 10⁻¹²" : left;
  return `${name}: ${back} back, ${much.endsWith("as much") ? `${much} as at the last ${unit}` : `${much} of the last ${unit}'s influence`}.`;
}

/** Kinds whose answer has exact zeros or a wall. @param {Series} series */
export const atOnce = ({ kind }) => kind === "cnn";
