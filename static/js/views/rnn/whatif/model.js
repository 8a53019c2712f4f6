/**
 * What the What-if view shows, worked out from the room.
 *
 *     plain (as it was), reading (now) --pairs--> columns with both beliefs; the answers; the words for them
 */
import { says } from "gridtime/math/clamps.js";
import { pairs, rewordingSays } from "gridtime/math/rewording.js";
import { beliefAt } from "gridtime/math/scene.js";
import { SIGNALS, signalOf } from "gridtime/math/readers.js";
import { limitOf, niceLimit } from "gridtime/math/units.js";
import { answerSays } from "gridtime/math/whatif.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {import("gridtime/math/clamps.js").Edit} Edit */
/** @typedef {import("gridtime/stores/reading.js").Plain} Plain */
/** @typedef {{t: number | null, text: string, known: boolean, was: string | null, before: number | null, now: number | null, marks: string[]}} Shown t null: a word that went */

/** What is taken first: a gate where there is one. @type {Record<string, string>} */
const FIRST = { lstm: "f", gru: "z", rnn: "h" };

/** The signal under the visitor's hands. @param {Room} room */
export const signalNow = ({ s, address }) => signalOf(s.reader, address.signal ?? FIRST[s.reader.kind]);

/** The next signal, round and round. @param {Room} room @param {number} by */
export function nextSignal(room, by) {
  const all = SIGNALS[room.s.reader.kind];
  const at = all.findIndex(({ id }) => id === signalNow(room).id);
  return all[(at + by + all.length) % all.length].id;
}

/** The text as it was and the network as it is, if it is this one's. @param {Room} room @returns {Plain | null} */
export function plainOf({ plain, about, changes }) {
  const text = changes.against.value ?? about.text;
  return plain?.key === `${about.net.id}\n${text}` ? plain : null;
}

/** Signals held and memories put in after word t: "f = 0", "memory 0". @param {Room} room @param {number} t */
function marksAt({ s, changes }, t) {
  return changes.edits.value.flatMap((edit) => {
    if (edit.step !== t) return [];
    if (edit.op === "state") return [edit.from ? "other memory" : "memory 0"];
    const id = SIGNALS[s.reader.kind].find(({ suffix }) => edit.tensor.endsWith(`.${suffix}`))?.id ?? edit.tensor;
    return [`${id} = ${String(edit.value).replace("-", "\u2212")}`];
  });
}

/** @type {WeakMap<object, {now: object, columns: import("gridtime/math/rewording.js").Column[]}>} */
const known = new WeakMap();

/** The columns of both texts; kept, so that a step key does not compare them again. @param {Plain | null} plain @param {Scene} s */
function columnsOf(plain, s) {
  const now = s.reading.tokens;
  const before = plain?.tokens.length ? plain.tokens : now;
  const kept = known.get(before);
  if (kept?.now === now) return kept.columns;
  const columns = pairs(before, now);
  known.set(before, { now, columns });
  return columns;
}

/** Belief in the shown class after row b of the text as it was. @param {Plain | null} plain @param {Scene} s @param {number | null} b */
function beforeAt(plain, s, b) {
  const share = b === null ? undefined : plain?.shares?.[b * s.reading.classes.length + s.shown];
  return share === undefined || Number.isNaN(share) ? null : share;
}

/** The columns on screen. @param {Room} room @returns {Shown[]} */
export function shownColumns(room) {
  const { s } = room;
  const plain = plainOf(room);
  const columns = columnsOf(plain, s);
  let first = columns.findIndex(({ now }) => now === s.window.start);
  let end = columns.findIndex(({ now }) => now === s.window.end - 1) + 1;
  while (first > 0 && columns[first - 1].now === null) first -= 1;
  while (end < columns.length && columns[end].now === null) end += 1;
  return columns.slice(Math.max(0, first), end).map(({ before, now }) => {
    const old = before === null || !plain ? null : plain.tokens[before];
    const token = now === null ? /** @type {{text: string, known: boolean}} */ (old) : s.reading.tokens[now];
    return {
      t: now, text: token.text, known: token.known, was: now !== null && old && old.text !== token.text ? old.text : null,
      before: beforeAt(plain, s, before), now: now === null ? null : beliefAt(s, now), marks: now === null ? [] : marksAt(room, now),
    };
  });
}

/** The answer to the whole text, before and now. @param {Room} room */
export function answers(room) {
  const { s } = room;
  const now = s.reading.final[s.shown];
  const { classes } = s.reading;
  return { label: s.label, other: classes.length === 2 ? classes[1 - s.shown] : "", before: plainOf(room)?.final[s.shown] ?? now, now };
}

/** Everything that was changed, as conditions of a sentence. @param {Room} room */
function conditions(room) {
  const { s, changes } = room;
  const plain = plainOf(room);
  const told = { readers: s.reading.readers, tokens: s.reading.tokens };
  const words = changes.against.value === undefined || !plain ? "" : rewordingSays(plain.tokens, s.reading.tokens);
  return [words, ...changes.edits.value.map((edit) => `with the ${says(edit, told)}`)].filter(Boolean);
}

/** One sentence about what the change did. @param {Room} room */
export const effectSays = (room) => answerSays(conditions(room), answers(room));

/** @typedef {{tensor: string, step: number | null, unit: number | null}} Target what a slider holds */

/** @param {Room} room @returns {Target} */
export const targetOf = (room) => ({
  tensor: `${room.s.reader.id}.${signalNow(room).suffix}`,
  step: room.address.order === "every" ? null : room.s.step,
  unit: room.address.show === "unit" ? room.s.unit : null,
});

/** What the run itself has there: the mean of all that the target holds. @param {Room} room */
export function valueNow(room) {
  const { pane } = room.s.reading;
  const { tensor, step, unit } = targetOf(room);
  const values = pane.tensors.get(tensor);
  if (!values) return 0;
  const width = values.shape[1];
  let [sum, n] = [0, 0];
  for (let k = 0; k < values.data.length; k += 1) {
    if (unit !== null && k % width !== unit) continue;
    if (step !== null && Math.floor(k / width) !== step - pane.start) continue;
    sum += values.data[k];
    n += 1;
  }
  return n ? sum / n : 0;
}

/** The ends of the slider. @param {Room} room @returns {[number, number]} */
export function rangeOf(room) {
  const signal = signalNow(room);
  if (signal.form === "gate") return [0, 1];
  if (signal.form === "state") return [-1, 1];
  const values = room.s.reading.pane.tensors.get(targetOf(room).tensor);
  const far = niceLimit(Math.max(1, limitOf(values?.data ?? [])));
  return [-far, far];
}
