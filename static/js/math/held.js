/**
 * What a changed order did, in figures and in words that follow from them.
 *
 *     live: shares before and after on this one input -> who moved by how much
 *     held out: hits of n before and after, lost, won -> what each network lost, with its interval
 *               -> a tie where intervals overlap, else who noticed the order better
 *
 * What is lost is paired, the same inputs read twice: (lost − won) / n, with Wald's interval for
 * paired shares (Agresti, Categorical Data Analysis, 2nd ed., 10.1.1):
 * variance = (lost + won − (lost − won)² / n) / n².
 */
import { percent, plural } from "gridtime/math/format.js";

/** @typedef {{n: number, hits: number, value: number, interval: [number, number]}} Rate */
/** @typedef {{change: string, before: Rate, after: Rate, lost: number, won: number, same_answer: number, tie: boolean}} Ordering */
/** @typedef {{change: string, title: string, about: string, drawn: "once" | "each" | "never"}} Change */
/** @typedef {{set: string, title: string, unit: "words" | "pixels", n: number, changes: Change[], models: {model: string, changes: Ordering[]}[]}} OrderSet */
/** @typedef {{command: string, seed: number, sets: OrderSet[]}} Ordered */
/** `id` of a model; `before` and `after` shares in 0..1; intervals only of what was counted. @typedef {{id: string, name: string, kind: string, before: number, after: number, low?: [number, number], high?: [number, number], lost?: number, won?: number, n?: number, tie?: boolean}} Dumbbell */

/** Of a normal distribution, 95 % within. */
const Z = 1.96;
/** Shares closer than this are called alike: one point of a hundred. */
const ALIKE = 0.01;

/** The share that was lost, and its 95 % interval. @param {{lost: number, won: number, n: number}} row @returns {{value: number, interval: [number, number]}} */
export function lossOf({ lost, won, n }) {
  const value = (lost - won) / n;
  const spread = (Z * Math.sqrt(Math.max(0, lost + won - (lost - won) ** 2 / n))) / n;
  return { value, interval: [value - spread, value + spread] };
}

/** One change over one split, a row a network. @param {OrderSet} set @param {string} change @param {{id: string, name: string, kind: string}[]} nets @returns {Dumbbell[]} */
export function heldRows(set, change, nets) {
  return nets.flatMap(({ id, name, kind }) => {
    const row = set.models.find(({ model }) => model === id)?.changes.find((one) => one.change === change);
    if (!row) return [];
    const { before, after, lost, won, tie } = row;
    return [{ id, name, kind, before: before.value, after: after.value, low: before.interval, high: after.interval, lost, won, n: after.n, tie }];
  });
}

/** "A, B and C". @param {string[]} names */
export const listed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`);

/** Before against after, network by network. @param {Dumbbell[]} rows */
export function tiesSay(rows) {
  const tied = rows.filter(({ tie }) => tie).map(({ name }) => name);
  if (tied.length === rows.length) return "Before against after, a tie: the intervals overlap, for every network.";
  const down = rows.filter(({ tie, before, after }) => !tie && after < before).map(({ name }) => name);
  const up = rows.filter(({ tie, before, after }) => !tie && after > before).map(({ name }) => name);
  const parts = [down.length && `${down.length === rows.length ? "every network" : `the ${listed(down)}`} answered worse`, up.length && `the ${listed(up)} answered better`, tied.length && `for the ${listed(tied)} a tie: the intervals overlap`];
  return `After the change ${parts.filter(Boolean).join("; ")}.`;
}

/** One decimal, in points of a hundred. @param {number} share */
const points = (share) => `${(share * 100).toFixed(1).replace("-", "−")}`;

/**
 * Who noticed the order better: who lost more where it was changed, if no intervals overlap.
 * @param {Dumbbell[]} rows @param {string} kind of the network that is compared with the rest
 */
export function noticedSays(rows, kind = "cnn") {
  const one = rows.find((row) => row.kind === kind);
  const rest = rows.filter((row) => row !== one);
  if (!one || !rest.length) return "";
  const loss = (/** @type {Dumbbell} */ row) => lossOf({ lost: row.lost ?? 0, won: row.won ?? 0, n: row.n ?? 1 });
  const own = loss(one);
  const below = rest.filter((row) => loss(row).interval[1] < own.interval[0]);
  const above = rest.filter((row) => loss(row).interval[0] > own.interval[1]);
  const tied = rest.filter((row) => !below.includes(row) && !above.includes(row));
  const lost = (/** @type {Dumbbell[]} */ list) => listed(list.map((row) => `${row.name} ${points(loss(row).value)}`));
  const said = [];
  if (below.length) said.push(`Here the ${one.name} noticed the order better than the ${listed(below.map(({ name }) => name))}: it lost ${points(own.value)} points, ${lost(below)}.`);
  if (above.length) said.push(`Here the ${listed(above.map(({ name }) => name))} noticed the order better than the ${one.name}: ${lost(above)} points lost, ${one.name} ${points(own.value)}.`);
  if (tied.length) said.push(`${one.name} (${points(own.value)} points lost) against ${lost(tied)}: a tie, the intervals overlap.`);
  return said.join(" ");
}

/** Who moved on this one input. @param {Dumbbell[]} rows @param {string} label the class followed */
export function liveSays(rows, label) {
  if (!rows.length) return "";
  const moved = rows.map((row) => ({ ...row, by: Math.abs(row.after - row.before) })).sort((a, b) => b.by - a.by);
  const [most, least] = [moved[0], moved[moved.length - 1]];
  const turned = rows.filter(({ before, after }) => before >= 0.5 !== after >= 0.5).map(({ name }) => name);
  if (most.by < ALIKE) return `${label}: no network moves by a point.`;
  const far = `${label}: the ${most.name} moves most, ${percent(most.before)} → ${percent(most.after)}`;
  const near = moved.length > 1 ? `; the ${least.name} least, ${percent(least.before)} → ${percent(least.after)}` : "";
  const sides = turned.length ? ` Across 50 %: ${listed(turned)}.` : " None crosses 50 %.";
  return `${far}${near}.${sides}`;
}

/** Which change of the study is the one made here, or "". @param {OrderSet} set @param {string} held @param {string} how once or each */
export function heldChange(set, held, how) {
  const names = set.changes.map(({ change }) => change);
  return [held, `${held} ${how}`].find((name) => names.includes(name)) ?? "";
}

/** Of n. @param {Dumbbell[]} rows @param {string} what sentences or pictures */
export const countSays = (rows, what) => (rows[0]?.n ? plural(rows[0].n, what) : "");
