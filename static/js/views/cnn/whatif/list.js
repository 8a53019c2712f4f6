/**
 * What is changed, in order, each removable; undo, redo, clear.
 */
import { html } from "gridtime/lib/html.js";
import { drop, keyOf } from "gridtime/math/edits.js";
import { clear, redo, sentences, undo } from "gridtime/views/cnn/changed.js";

/** @typedef {import("../room.js").Room} Room */

/** @param {Room} room @param {number} at of `sentences`: edits first, then shift, then moment */
function remove(room, at) {
  const edits = room.edits.peek();
  const edit = edits[at];
  if (edit) return room.edit(drop(edits, keyOf(edit)));
  const [dx, dy] = room.shift.peek();
  if (at === edits.length && (dx || dy)) return room.move([0, 0]);
  return room.patch({ moment: undefined });
}

/** @param {{room: Room}} props */
export function Changes({ room }) {
  const list = sentences(room);
  return html`<section class="change-list" aria-label="What is changed, one by one">
    <header><h2>${list.length ? "Changed" : "Nothing is changed yet"}</h2>
      <span class="row">
        <button type="button" class="button" title="Z" disabled=${!list.length && !room.changes.value} onClick=${() => undo(room)}>Undo</button>
        <button type="button" class="button" title="Shift Z" disabled=${!room.canRedo.value} onClick=${() => redo(room)}>Redo</button>
        <button type="button" class="button" title="X" disabled=${!list.length} onClick=${() => clear(room)}>Clear</button>
      </span></header>
    ${list.length > 0 && html`<ol>${list.map((words, at) => html`<li key=${words}><span>${words}</span>
      <button type="button" class="link" aria-label=${`Remove: ${words}`} onClick=${() => remove(room, at)}>remove</button></li>`)}</ol>`}
  </section>`;
}
