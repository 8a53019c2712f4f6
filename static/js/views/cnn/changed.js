/**
 * Always in sight while anything is changed: no changed number may pass for the network's own.
 *
 *     edits, shift, moment -> "Changed: 2 things · Undo · Redo · Clear"
 */
import { html } from "gridtime/lib/html.js";
import { live } from "gridtime/components/live.js";
import { says, shiftSays } from "gridtime/math/edits.js";
import { count } from "gridtime/math/format.js";
import { answerLayer } from "gridtime/math/groups.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */

/**
 * Everything that is changed, in words.
 * @param {Room} room @returns {string[]}
 */
export function sentences(room) {
  const graph = room.net.value?.graph ?? [];
  const logits = answerLayer(graph)?.name;
  /** @param {string} layer @param {number} unit */
  const named = (layer, unit) => {
    if (layer === logits) return `logit of ${room.classes.value[unit] ?? unit}`;
    const flat = graph.find((node) => node.name === layer)?.output_shape.length === 1;
    return `${layer}, ${flat ? "unit" : "channel"} ${unit}`;
  };
  const [dx, dy] = room.shift.value;
  const { moment } = room.state.value;
  return [
    ...room.edits.value.map((edit) => says(edit, named)),
    ...(dx || dy ? [shiftSays([dx, dy])] : []),
    ...(moment === undefined ? [] : [moment === 0 ? "untrained weights" : `weights after ${count(moment)} training steps`]),
  ];
}

/** @param {Room} room @param {boolean} done @param {string} word */
function tell(room, done, word) {
  const now = room.changes.peek();
  live(done ? `${word}. ${now === 0 ? "Nothing is changed." : things(now)}` : "Nothing to take back.");
  return done;
}

/** @param {number} n */
const things = (n) => `Changed: ${n} ${n === 1 ? "thing" : "things"}`;

/** Z. @param {Room} room */
export const undo = (room) => tell(room, room.undo(), "Undone");
/** Shift+Z. @param {Room} room */
export const redo = (room) => tell(room, room.redo(), "Done again");
/** X. @param {Room} room */
export const clear = (room) => tell(room, room.clear(), "Cleared");

/** @param {{room: Room}} props */
export function Changed({ room }) {
  const list = sentences(room);
  return html`<aside class="changed" aria-label="What is changed">
    <button type="button" class="changed-what" title=${`${list.join("; ")}. Show the list (W)`}
      onClick=${() => room.patch({ tab: "whatif", stop: undefined }, { push: true })}>
      <b>${things(list.length)}</b><span class="changed-list">${list.join("; ")}</span></button>
    <button type="button" class="link" onClick=${() => undo(room)} title="Z">Undo</button>
    ${room.canRedo.value && html`<button type="button" class="link" onClick=${() => redo(room)} title="Shift Z">Redo</button>`}
    <button type="button" class="link" onClick=${() => clear(room)} title="X">Clear</button>
  </aside>`;
}
