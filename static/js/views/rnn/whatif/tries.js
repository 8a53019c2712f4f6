/**
 * Three changes that are worth a try on this sentence: measured, not written down.
 *
 *     striking words -> candidates -> the server's answer to each -> the best of each kind as a button
 */
import { html, useEffect, useMemo } from "gridtime/lib/html.js";
import { exact } from "gridtime/components/num.js";
import { format } from "gridtime/math/edits.js";
import { percent } from "gridtime/math/format.js";
import { says } from "gridtime/math/clamps.js";
import { without } from "gridtime/math/rewording.js";
import { candidates, strikingWords } from "gridtime/math/whatif.js";
import { plainOf } from "gridtime/views/rnn/whatif/model.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/stores/whatif.js").Try} Try */
/** @typedef {ReturnType<typeof import("gridtime/stores/whatif.js").createWhatIf>} Store */

/** Words looked at, where the belief jumps most. */
const WORDS = 6;
/** The drawing first. */
const LATER = 120;

/** @param {Room} room @returns {string} the text as it was */
const textOf = ({ about, changes }) => changes.against.value ?? about.text;

/** Everything to ask the server about this sentence. @param {Room} room */
function asked(room) {
  const { s, about } = room;
  const plain = plainOf(room);
  const text = textOf(room);
  if (!plain) return null;
  const classes = s.reading.classes.length;
  const beliefs = plain.tokens.map((_, t) => {
    const share = plain.shares?.[t * classes + s.shown];
    return share === undefined || Number.isNaN(share) ? null : share;
  });
  const list = candidates(s.reader, strikingWords(beliefs, 0.5, WORDS), plain.tokens.length, !s.reading.readers.some(({ reverse }) => reverse));
  const place = (/** @type {number} */ t) => /** @type {{start: number, end: number}} */ (plain.tokens[t]);
  return {
    model: about.net.id, text, label: s.label, before: plain.final[s.shown],
    // Without the word that a network was trained on there is nothing to answer.
    candidates: list.filter(({ edit, at }) => edit || at !== about.answer.input.word?.at).map((candidate) => ({ candidate, text: candidate.edit ? text : without(text, place(candidate.at)) })),
  };
}

/** Looks for them once the sentence stands. @param {Room} room @param {Store} store */
export function useTries(room, store) {
  const plain = plainOf(room);
  // Of a long text the words come bit by bit.
  const whole = useMemo(() => Boolean(plain?.tokens.every(({ start }) => start !== undefined)), [plain, room.known]);
  const key = plain && whole ? `${plain.key}\n${room.s.label}\n${room.s.reader.id}` : "";
  useEffect(() => {
    const wish = key ? asked(room) : null;
    if (!wish) return undefined;
    const timer = setTimeout(() => store.look(key, wish), LATER);
    return () => clearTimeout(timer);
  }, [key]);
  const found = store.tries.value;
  return found.key === key ? found : { key, done: false, failed: false, list: [] };
}

/** In an order: "Leave out “not”", "Hold …", "Empty the memory …". @param {Room} room @param {Try} one */
function named(room, { candidate }) {
  const tokens = plainOf(room)?.tokens ?? [];
  if (!candidate.edit) return `Leave out “${tokens[candidate.at]?.text}”`;
  const words = says(candidate.edit, { readers: room.s.reading.readers, tokens });
  return candidate.edit.op === "state" ? `Memory emptied after “${tokens[candidate.at]?.text}”` : words.charAt(0).toUpperCase() + words.slice(1);
}

/** This change alone: one step back. @param {Room} room @param {Try} one @param {string} was */
function apply({ changes }, { candidate, text }, was) {
  if (candidate.edit) return changes.only([candidate.edit], candidate.at);
  return changes.reword(text, was, { edits: [], step: Math.max(0, candidate.at - 1) });
}

/** @param {{room: Room, store: Store}} props */
export function Tries({ room, store }) {
  const { done, failed, list } = useTries(room, store);
  const { s } = room;
  const was = textOf(room);
  const before = plainOf(room)?.final[s.shown] ?? 0;
  const on = (/** @type {Try} */ { candidate, text }) =>
    candidate.edit
      ? room.changes.against.value === undefined && room.address.edits === format(/** @type {any[]} */ ([candidate.edit]))
      : room.about.text === text && !room.changes.edits.value.length;
  return html`<section class="if-tries" aria-label="Worth a try">
    <h2>Worth a try</h2>
    ${!done && html`<p class="small" role="status">Looking for what moves this answer…</p>`}
    ${done && !list.length && html`<p class="small" role="status">${failed ? "The server did not answer. Change the sentence to ask again." : "None of the changes looked at moves this answer."}</p>`}
    <ul>${list.map((one) => html`<li key=${one.candidate.sort}><button type="button" class="button if-try" aria-pressed=${on(one)} onClick=${() => apply(room, one, was)}>
      <span>${named(room, one)}</span>${!room.look.present && html`<span class="if-try-says"><span class="unseen">${s.label} </span><span data-value=${exact(before)}>${percent(before)}</span> → <b data-value=${exact(one.now)}>${percent(one.now)}</b></span>`}</button></li>`)}</ul>
  </section>`;
}
