/**
 * What is changed about this reading, in words, on every view.
 */
import { html } from "gridtime/lib/html.js";
import { ChangedBar } from "gridtime/components/changed.js";
import { drop, keyOf, says } from "gridtime/math/clamps.js";
import { rewordingSays } from "gridtime/math/rewording.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

/** What was done to the words; "" where nothing was, or where the text before is not here yet. @param {Room} room */
function wordsSay({ s, plain, changes }) {
  if (changes.against.value === undefined) return "";
  const known = plain?.tokens.length ? plain.tokens : null;
  return (known && rewordingSays(known, s.reading.tokens)) || "other words";
}

/** What was changed by hand, the words first. @param {Room} room @returns {string[]} */
export function sentences(room) {
  const { s, changes } = room;
  const told = { readers: s.reading.readers, tokens: s.reading.tokens };
  return [wordsSay(room), ...changes.edits.value.map((edit) => says(edit, told))].filter(Boolean);
}

/** @param {Room} room @param {number} at of `sentences` */
export function remove({ changes }, at) {
  const reworded = changes.against.peek() !== undefined;
  if (reworded && at === 0) return changes.restore();
  const list = changes.edits.peek();
  return changes.edit(drop(list, keyOf(list[at - (reworded ? 1 : 0)])));
}

/** @param {{room: Room}} props */
export const RoomChanged = ({ room }) =>
  html`<${ChangedBar} way=${room.changes} list=${sentences(room)} onOpen=${() => room.patch({ tab: "whatif", open: undefined, stop: undefined }, { push: true })} />`;
