/**
 * Always in sight while anything is changed: no changed number may pass for the network's own.
 *
 *     sentences, the way back -> "Changed: 2 things · Undo · Redo · Clear"
 *                             -> the same as a list, each removable
 */
import { html } from "gridtime/lib/html.js";
import { live } from "gridtime/components/live.js";

/** @typedef {{value: any, peek: () => any}} Readable a signal */
/**
 * What a room's changes can do.
 * @typedef {object} Way
 * @property {Readable} changes how many there are
 * @property {Readable} canRedo
 * @property {() => boolean} undo @property {() => boolean} redo @property {() => boolean} clear
 */

/** @param {number} n */
const things = (n) => `Changed: ${n} ${n === 1 ? "thing" : "things"}`;

/** @param {Way} way @param {boolean} done @param {string} word */
function tell(way, done, word) {
  const now = way.changes.peek();
  live(done ? `${word}. ${now === 0 ? "Nothing is changed." : things(now)}` : "Nothing to take back.");
  return done;
}

/** Z. @param {Way} way */
export const undo = (way) => tell(way, way.undo(), "Undone");
/** Shift+Z. @param {Way} way */
export const redo = (way) => tell(way, way.redo(), "Done again");
/** X. @param {Way} way */
export const clear = (way) => tell(way, way.clear(), "Cleared");

/** @param {{way: Way, list: string[], onOpen: () => void}} props */
export function ChangedBar({ way, list, onOpen }) {
  return html`<aside class="changed" aria-label="What is changed">
    <button type="button" class="changed-what" title=${`${list.join("; ")}. Show the list (W)`} onClick=${onOpen}>
      <b>${things(list.length)}</b><span class="changed-list">${list.join("; ")}</span></button>
    <button type="button" class="link" onClick=${() => undo(way)} title="Z">Undo</button>
    ${way.canRedo.value && html`<button type="button" class="link" onClick=${() => redo(way)} title="Shift Z">Redo</button>`}
    <button type="button" class="link" onClick=${() => clear(way)} title="X">Clear</button>
  </aside>`;
}

/** What is changed, in order. @param {{way: Way, list: string[], onRemove: (at: number) => void}} props */
export function ChangeList({ way, list, onRemove }) {
  return html`<section class="change-list" aria-label="What is changed, one by one">
    <header><h2>${list.length ? "Changed" : "Nothing is changed yet"}</h2>
      <span class="row">
        <button type="button" class="button" title="Z" disabled=${!list.length && !way.changes.value} onClick=${() => undo(way)}>Undo</button>
        <button type="button" class="button" title="Shift Z" disabled=${!way.canRedo.value} onClick=${() => redo(way)}>Redo</button>
        <button type="button" class="button" title="X" disabled=${!list.length} onClick=${() => clear(way)}>Clear</button>
      </span></header>
    ${list.length > 0 && html`<ol>${list.map((words, at) => html`<li key=${words}><span>${words}</span>
      <button type="button" class="link" aria-label=${`Remove: ${words}`} onClick=${() => onRemove(at)}>remove</button></li>`)}</ol>`}
  </section>`;
}
