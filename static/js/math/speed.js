/**
 * How long networks take over a text, and what must wait: out of measured points.
 *
 *     lines of the server: start -> begun, point -> grown, end -> ended    = a Run
 *     run, measure -> linesOf -> scaleOf(box): px on two log scales
 *     run, length, chosen -> the two that are compared -> sentences
 */
import { count, plural } from "gridtime/math/format.js";
import { short } from "gridtime/math/cost.js";
import { nameOf as kindName } from "gridtime/math/tworeaders.js";

/** @typedef {{median: number, low: number, high: number, n: number}} Passes milliseconds */
/** @typedef {{model: string, length: number, ms: Passes, steps: number, work: number}} Point */
/** @typedef {{model: string, title: string, kind: string, directions: number, weights: string, parameters: number}} Reader */
/** @typedef {{processor: string, cores: number, threads: number, torch: string}} Machine */
/** @typedef {{model: string, length: number}} Missing */
/**
 * @typedef {object} Run
 * @property {boolean} here measured on this server; else by a command, on some machine
 * @property {string} command
 * @property {string} measured when it ended; "" while it runs
 * @property {number} seconds
 * @property {Machine} machine
 * @property {number[]} ladder
 * @property {number[]} lengths
 * @property {string} note
 * @property {Reader[]} readers
 * @property {Point[]} points
 * @property {Missing[]} missing points for which there was no time
 */
/** @typedef {Omit<Run, "here" | "command" | "measured" | "points" | "missing"> & {type: "start"}} Start */
/** @typedef {Start | (Point & {type: "point"}) | (Missing & {type: "missing"}) | {type: "end", seconds: number, measured: string, missing: Missing[]}} Line */
/** @typedef {"time" | "waiting" | "work"} Measure */
/** @typedef {{x: number, y: number, low: number, high: number}} Mark */
/** @typedef {{model: string, name: string, style: string, marks: Mark[]}} Curve */
/** @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Box */

/** What is drawn. @type {Record<Measure, {title: string, axis: string, value: (point: Point) => number, text: (value: number) => string}>} */
export const MEASURES = {
  work: { title: "Total work", axis: "multiply–adds of one reading", value: ({ work }) => work, text: short },
  waiting: { title: "Must wait for one another", axis: "operations in line", value: ({ steps }) => steps, text: count },
  time: { title: "Time", axis: "ms for one reading, median", value: ({ ms }) => ms.median, text: ms },
};

/** Three digits, as a time is read: 0.37, 5.83, 22.2, 123. @param {number} value */
export function ms(value) {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return count(value).length > 3 ? count(value) : String(Number(value.toFixed(digits)));
}

/** What a network is called in a sentence. @param {Reader} reader */
export const nameOf = ({ kind, directions }) => `${directions > 1 ? "two-way " : ""}${kindName(kind)}`;

/** How its line is drawn. @param {Reader} reader */
export const styleOf = ({ kind, directions }) => `is-${kind}${directions > 1 ? " is-both" : ""}`;

/** A measurement that has just begun. @param {Start} start @param {string} command @returns {Run} */
export const begun = ({ seconds, machine, ladder, lengths, note, readers }, command) => ({ seconds, machine, ladder, lengths, note, readers, here: true, command, measured: "", points: [], missing: [] });

/** With one more line. @param {Run} run @param {Line} line @returns {Run} */
export function grown(run, line) {
  if (line.type === "point") {
    const { model, length, ms: took, steps, work } = line;
    return { ...run, points: [...run.points, { model, length, ms: took, steps, work }] };
  }
  if (line.type === "missing") return { ...run, missing: [...run.missing, { model: line.model, length: line.length }] };
  return line.type === "end" ? { ...run, seconds: line.seconds, measured: line.measured, missing: line.missing } : run;
}

/** Points of all that were to be measured. @param {Run} run */
export const done = ({ points, missing, readers, lengths }) => ({ at: points.length + missing.length, of: readers.length * lengths.length });

/** @param {Run} run @param {string} model @param {number} length */
export const pointAt = ({ points }, model, length) => points.find((one) => one.model === model && one.length === length);

/** One line a network, short texts first. @param {Run} run @param {Measure} measure @returns {Curve[]} */
export function linesOf(run, measure) {
  const { value } = MEASURES[measure];
  return run.readers.map((reader) => ({
    model: reader.model,
    name: nameOf(reader),
    style: styleOf(reader),
    marks: run.points.filter(({ model }) => model === reader.model).sort((a, b) => a.length - b.length)
      .map((point) => ({ x: point.length, y: value(point), low: measure === "time" ? point.ms.low : value(point), high: measure === "time" ? point.ms.high : value(point) })),
  })); // prettier-ignore
}

/** Whole powers of ten around every mark. @param {Curve[]} curves @returns {[number, number]} exponents */
export function decades(curves) {
  const all = curves.flatMap(({ marks }) => marks.flatMap(({ low, high }) => [low, high])).filter((v) => v > 0);
  if (!all.length) return [0, 1];
  const [low, high] = [Math.floor(Math.log10(Math.min(...all)) + 1e-9), Math.ceil(Math.log10(Math.max(...all)) - 1e-9)];
  return [low, Math.max(high, low + 1)];
}

/** Px of a length and a value. @param {number[]} lengths @param {[number, number]} powers @param {Box} box */
export function scaleOf(lengths, [low, high], box) {
  const [first, last] = [Math.log(Math.min(...lengths)), Math.log(Math.max(...lengths))];
  const [wide, tall] = [box.width - box.left - box.right, box.height - box.top - box.bottom];
  return {
    x: (/** @type {number} */ length) => box.left + (last > first ? ((Math.log(length) - first) / (last - first)) * wide : wide / 2),
    y: (/** @type {number} */ value) => box.height - box.bottom - ((Math.log10(value) - low) / (high - low)) * tall,
  };
}

/** Lengths that have room at the axis: the first, the last, and those between that keep apart. @param {number[]} lengths @param {(length: number) => number} x @param {number} gap px */
export function ticksOf(lengths, x, gap) {
  const last = lengths[lengths.length - 1];
  /** @type {number[]} */
  const kept = [];
  for (const length of lengths) {
    const clear = kept.every((other) => x(length) - x(other) >= gap) && (length === last || x(last) - x(length) >= gap);
    if (clear) kept.push(length);
  }
  return kept;
}

/** The measured length nearest to the one asked for, on the log scale; the longest if none was. @param {Run} run @param {number | undefined} asked */
export function lengthOf({ lengths }, asked) {
  if (!asked || asked < 1) return lengths[lengths.length - 1];
  const far = (/** @type {number} */ length) => Math.abs(Math.log(length / asked));
  return lengths.reduce((best, length) => (far(length) < far(best) ? length : best), lengths[0]);
}

/** Lengths of the ladder within a range. @param {number[]} ladder @param {[number, number] | undefined} range */
export const within = (ladder, range) => (range ? ladder.filter((length) => length >= range[0] && length <= range[1]) : ladder);

/** How far waiting grows: a net whose line grows with the text is one that waits. @param {Run} run @param {string} model */
function grows({ points }, model) {
  const steps = points.filter((one) => one.model === model).map((one) => one.steps);
  return steps.length ? Math.max(...steps) / Math.min(...steps) : 1;
}

/**
 * The network looked at, and the one beside it: of those that wait the first of a kind that reads
 * one way, and the one whose line grows least.
 * @param {Run} run @param {string | undefined} asked
 * @returns {{chosen: Reader, other: Reader}}
 */
export function paired(run, asked) {
  const ranked = [...run.readers].sort((a, b) => grows(run, b.model) - grows(run, a.model) || a.directions - b.directions || LIKED.indexOf(a.kind) - LIKED.indexOf(b.kind));
  const chosen = run.readers.find(({ model }) => model === asked) ?? ranked[0];
  const least = ranked[ranked.length - 1];
  return { chosen, other: least === chosen ? ranked[0] : least };
}
/** What a visitor meets first. */
const LIKED = ["lstm", "gru", "rnn"];

/** "waits for 4,000 steps and took 22.2 ms" @param {Point} point */
const part = ({ steps, ms: { median } }) => `waits for ${plural(steps, "step")} and took ${ms(median)} ms`;

/** "At 4,000 words the LSTM waits for 4,000 steps and took 22.2 ms; the CNN waits for 2 steps and took 15.4 ms." @param {Run} run @param {number} length @param {string | undefined} asked */
export function says(run, length, asked) {
  const { chosen, other } = paired(run, asked);
  const parts = [chosen, other].flatMap((reader) => {
    const point = pointAt(run, reader.model, length);
    return point ? [`the ${nameOf(reader)} ${part(point)}`] : [];
  });
  return parts.length ? `At ${plural(length, "word")} ${parts.join("; ")}.` : `At ${plural(length, "word")} nothing was measured yet.`;
}

/** The longest two lengths of which one is twice the other, measured of a network. @param {Run} run @param {string} model @returns {[Point, Point] | undefined} */
export function doubled(run, model) {
  const mine = run.points.filter((one) => one.model === model).sort((a, b) => b.length - a.length);
  for (const long of mine) {
    const half = mine.find(({ length }) => length * 2 === long.length);
    if (half) return [half, long];
  }
  return undefined;
}

/** "Twice as many words (2,000 to 4,000): LSTM 2.0 times the time, 2 times the waiting; …" @param {Run} run @param {string | undefined} asked */
export function doublingSays(run, asked) {
  const { chosen, other } = paired(run, asked);
  const parts = [chosen, other].flatMap((reader) => {
    const pair = doubled(run, reader.model);
    if (!pair) return [];
    const [half, long] = pair;
    const waits = long.steps / half.steps;
    return [{ words: `${count(half.length)} to ${count(long.length)}`, text: `the ${nameOf(reader)} took ${(long.ms.median / half.ms.median).toFixed(1)} times as long and has ${waits === 1 ? "no more steps in line" : `${ms(waits)} times as many steps in line`}` }];
  });
  if (!parts.length) return "";
  const same = parts.every(({ words }) => words === parts[0].words);
  return `Twice as many words${same ? ` (${parts[0].words})` : ""}: ${parts.map(({ text }) => text).join("; ")}.`;
}

/** Whether twice the words are twice the work of every network, within one part of a hundred. @param {Run} run */
function doublesWork(run) {
  const pairs = run.readers.map(({ model }) => doubled(run, model));
  return pairs.every((pair) => pair && Math.abs(pair[1].work / pair[0].work - 2) < 0.02);
}

/** How alike the work of all is. @param {Run} run @param {number} length */
export function workSays(run, length) {
  const all = run.points.filter((one) => one.length === length).map(({ work }) => work);
  if (all.length < 2) return "";
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const sum = least === most ? short(most) : `${short(least)} to ${short(most)}`;
  return `At ${plural(length, "word")} one reading is ${sum} multiply–adds, ${most / least < 1.1 ? "nearly the same for all" : `${(most / least).toFixed(1)} times as many for one as for another`}.${doublesWork(run) ? " Twice the words, twice the work." : ""}`;
}

/** Who waits how long. @param {Run} run @param {number} length @param {string | undefined} asked */
export function waitingSays(run, length, asked) {
  const { chosen, other } = paired(run, asked);
  const parts = [chosen, other].flatMap((reader) => {
    const point = pointAt(run, reader.model, length);
    return point ? [`${nameOf(reader)} ${plural(point.steps, "step")}${grows(run, reader.model) > 1 ? "; longer text, longer line" : ", however long the text"}.`] : [];
  });
  return parts.length ? `Waiting line at ${plural(length, "word")}: ${parts.join(" ")}` : "";
}

/** Whose figures these are. @param {Run} run */
export function sourceSays({ here, machine, measured }) {
  const { processor, cores, threads, torch } = machine;
  const where = `${processor}, ${plural(threads, "thread")} of ${plural(cores, "core")}, torch ${torch}`;
  const when = measured.slice(0, 16).replace("T", " ");
  return here ? `Measured on this server, ${when} UTC: ${where}.` : `Not this server: figures that came with Gridtime, measured ${when} UTC on ${where}. Measure here for this one.`;
}

/** A run as a table, with the names of the columns first. @param {Run} run @returns {(string | number)[][]} */
export function rowsOf(run) {
  const names = run.readers.map(nameOf);
  /** @type {(string | number)[]} */
  const head = ["words", ...names.flatMap((name) => [`${name} ms`, `${name} 10 %`, `${name} 90 %`, `${name} n`, `${name} must wait`, `${name} multiply–adds`])];
  /** @type {(p: Point | undefined) => (string | number)[]} */
  const cells = (p) => (p ? [p.ms.median, p.ms.low, p.ms.high, p.ms.n, p.steps, p.work] : ["", "", "", "", "", ""]);
  return [head, ...run.lengths.map((length) => [length, ...run.readers.flatMap(({ model }) => cells(pointAt(run, model, length)))])];
}
