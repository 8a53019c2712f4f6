/**
 * What a change of a reading did to its answer, and which changes are worth a try.
 *
 *     belief before, belief now -> moves, one sentence
 *     beliefs of a plain reading -> striking words -> candidates -> (asked) -> the best of each kind
 */
import { percent } from "gridtime/math/format.js";
import { points, shares } from "gridtime/math/effect.js";

/** @typedef {import("gridtime/math/clamps.js").Edit} Edit */
/** @typedef {import("gridtime/math/readers.js").Reader} Reader */
/** @typedef {"words" | "gate" | "memory"} Sort */
/** @typedef {{sort: Sort, at: number, edit: Edit | null}} Candidate without an edit: the word at `at` is left out */

/** A belief that moves by less is the same. */
export const TIE = 5e-4;

/** @param {number | null} before @param {number | null} now */
export const tied = (before, now) => before !== null && now !== null && Math.abs(now - before) < TIE;

/** A change in points, "same" where there is none. @param {number} before @param {number} now */
export const moveSays = (before, now) => (tied(before, now) ? "same" : points(now - before));

/**
 * @param {string} text @returns {string} with a capital
 */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * One sentence about the answer: "Without “not”, the answer would be positive 93 %; it was negative 88 %."
 * @param {string[]} conditions what was changed: "without “not”", "with the forget gate f at 0 …"
 * @param {{label: string, other: string, before: number, now: number}} answer in the shown class; `other`: the class that wins where it has less than half, "" where there are more than two
 */
export function answerSays(conditions, { label, other, before, now }) {
  if (!conditions.length) return `Nothing is changed: ${label} ${percent(before)}.`;
  const if_ = capital(conditions.join(" and "));
  if (tied(before, now)) return `${if_}: nothing changed, ${label} ${percent(before)} as before.`;
  const turned = other && before >= 0.5 !== now >= 0.5;
  if (turned && now < 0.5) return `${if_}, the answer would be ${other} ${percent(1 - now)}; it was ${label} ${percent(before)}.`;
  if (turned) return `${if_}, the answer would be ${label} ${percent(now)}; it was ${other} ${percent(1 - before)}.`;
  const [said, name] = other && now < 0.5 ? [[1 - before, 1 - now], other] : [[before, now], label];
  const [from, to] = shares(said[0], said[1]);
  return `${if_}, the answer would still be ${name}: ${to}, it was ${from}.`;
}

/**
 * The words where the belief jumps most, and their neighbours' order kept.
 * @param {(number | null)[]} beliefs after each word @param {number | null} start before any @param {number} most
 */
export function strikingWords(beliefs, start, most) {
  const jump = (/** @type {number} */ t) => {
    const [now, before] = [beliefs[t], t ? beliefs[t - 1] : start];
    return now === null || before === null ? 0 : Math.abs(now - before);
  };
  return beliefs.map((_, t) => t).sort((a, b) => jump(b) - jump(a) || a - b).slice(0, most);
}

/** Per cell kind: gates whose closing or opening says much. @type {Record<string, {suffix: string, value: number}[]>} */
const GATES = {
  lstm: [{ suffix: "gate.f", value: 0 }, { suffix: "gate.i", value: 0 }],
  gru: [{ suffix: "gate.z", value: 0 }, { suffix: "gate.z", value: 1 }],
  rnn: [{ suffix: "h", value: 0 }],
};

/**
 * What may be worth a try: each of these words left out, a gate held at it, the memory emptied after it.
 * @param {Reader} reader @param {number[]} words @param {number} total @param {boolean} memory may it be emptied: a reader from left to right
 * @returns {Candidate[]}
 */
export function candidates(reader, words, total, memory) {
  return words.flatMap((at) => [
    ...(total > 1 ? [/** @type {Candidate} */ ({ sort: "words", at, edit: null })] : []),
    ...GATES[reader.kind].map(({ suffix, value }) => /** @type {Candidate} */ ({
      sort: "gate", at, edit: { op: "clamp", tensor: `${reader.id}.${suffix}`, step: at, unit: null, value },
    })),
    ...(memory && at < total - 1 ? [/** @type {Candidate} */ ({ sort: "memory", at, edit: { op: "state", step: at, from: null } })] : []),
  ]);
}

/**
 * The best of each kind: what moves the answer most.
 * @param {{candidate: Candidate, now: number}[]} tried @param {number} before
 */
export function best(tried, before) {
  const far = (/** @type {{now: number}} */ { now }) => Math.abs(now - before);
  return /** @type {Sort[]} */ (["words", "gate", "memory"]).flatMap((sort) => {
    const own = tried.filter(({ candidate }) => candidate.sort === sort);
    const top = own.reduce((a, b) => (far(b) > far(a) ? b : a), own[0]);
    return top && far(top) >= TIE ? [top] : [];
  });
}
