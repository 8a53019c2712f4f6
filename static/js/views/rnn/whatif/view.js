/**
 * What if: the same sentence read once more, something changed.
 *
 *     words with the belief as it was and now
 *     the answer, was -> now | at the chosen word: word, gate or state, memory | tries, list
 */
import { html } from "gridtime/lib/html.js";
import { ChangeList } from "gridtime/components/changed.js";
import { remove, sentences } from "gridtime/views/rnn/changed.js";
import { Answer } from "gridtime/views/rnn/whatif/answer.js";
import { Change, deleteWord, toggleHold } from "gridtime/views/rnn/whatif/change.js";
import { effectSays, nextSignal } from "gridtime/views/rnn/whatif/model.js";
import { Tries } from "gridtime/views/rnn/whatif/tries.js";
import { Words } from "gridtime/views/rnn/whatif/words.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

const VOTE = "What will it say now? Vote, then press on.";

/** What is changed, said before the answer is shown. @param {Room} room */
function changedSays(room) {
  const list = sentences(room);
  return list.length ? `Changed: ${list.join("; ")}.` : "Nothing is changed yet: choose a word, then what to do with it.";
}

/** @param {Room} room */
export const caption = (room) => (room.changes.changes.value ? effectSays(room) : changedSays(room));

export const legend = () => html`<p class="small">Filled: now. Tick: as it was. Hatched: the rest to 100 %.</p>`;

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export const walk = (room) => [
  { id: "change", caption: () => changedSays(room), notes: "Let the class choose: a word to leave out, a gate to close, the memory to empty." },
  { id: "vote", caption: VOTE },
  { id: "answer", caption: () => caption(room), notes: "The same weights, the same words: only what the caption names is different, and all that follows from it." },
];

/** @param {() => Room} room */
export function keys(room) {
  const signal = (/** @type {number} */ by) => () => room().patch({ signal: nextSignal(room(), by) });
  return {
    keys: {
      Delete: () => deleteWord(room()), o: () => toggleHold(room()), j: signal(1), k: signal(-1),
    },
    description: { Delete: "leave the word out", o: "hold the gate or state at 0, or let go", j: "next gate or state", k: "previous gate or state" },
  };
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const { look } = room;
  const hidden = part === "vote" || part === "change";
  const list = sentences(room);
  if (look.present)
    return html`<div class="if if-present part-${part}">
      <${Words} room=${room} hidden=${hidden} />
      ${part === "change" ? !list.length && html`<${Tries} room=${room} store=${room.stores.whatif} />` : html`<${Answer} room=${room} hidden=${hidden} />`}
    </div>`;
  return html`<div class="if">
    <${Words} room=${room} hidden=${hidden} />
    <div class="if-below">
      <${Answer} room=${room} hidden=${hidden} />
      <${Change} room=${room} store=${room.stores.whatif} />
      <div class="if-side"><${Tries} room=${room} store=${room.stores.whatif} />
        <${ChangeList} way=${room.changes} list=${list} onRemove=${(/** @type {number} */ at) => remove(room, at)} />
        <p><button type="button" class="link" onClick=${() => room.patch({ tab: "save", stop: undefined }, { push: true })}>The same by curl and Python</button></p></div>
    </div>
  </div>`;
}
