/**
 * What is changed, in order, each removable; undo, redo, clear.
 */
import { html } from "gridtime/lib/html.js";
import { ChangeList } from "gridtime/components/changed.js";
import { drop, keyOf } from "gridtime/math/edits.js";
import { sentences } from "gridtime/views/cnn/changed.js";

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
export const Changes = ({ room }) =>
  html`<${ChangeList} way=${room} list=${sentences(room)} onRemove=${(/** @type {number} */ at) => remove(room, at)} />`;
