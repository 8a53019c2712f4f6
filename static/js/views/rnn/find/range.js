/**
 * The words with the range on them: drag, Shift-click, two taps, or the ends one word at a time.
 */
import { html } from "gridtime/lib/html.js";
import { wordSize } from "gridtime/math/window.js";

/** @typedef {import("gridtime/math/find.js").Range} Range */
/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

/** The word under a pointer; −1: none. @param {Event} event */
function wordAt(event) {
  const word = /** @type {HTMLElement} */ (event.target).closest?.("[data-step]");
  return word ? Number(/** @type {HTMLElement} */ (word).dataset.step) : -1;
}

/** @param {number} a @param {number} b @returns {Range} */
const ordered = (a, b) => [Math.min(a, b), Math.max(a, b)];

/** Where a drag began, and whether it has left its word. A finger scrolls instead: it taps twice. */
const held = { from: -1, moved: false };

/**
 * What pointers do to the range.
 * @param {Range} range @param {(range: Range) => void} onRange
 */
export function dragging([first, last], onRange) {
  return {
    /** @param {PointerEvent} event */
    down: (event) => {
      held.moved = false;
      held.from = event.pointerType === "touch" || event.shiftKey || event.button !== 0 ? -1 : wordAt(event);
    },
    /** @param {PointerEvent} event */
    over: (event) => {
      const t = wordAt(event);
      if (held.from < 0 || event.buttons !== 1 || t < 0 || (t === held.from && !held.moved)) return;
      held.moved = true;
      onRange(ordered(held.from, t));
    },
    /** @param {MouseEvent} event @param {number} t */
    click: (event, t) => {
      if (held.moved) return void (held.moved = false);
      const single = first === last && t !== first;
      onRange(event.shiftKey || single ? ordered(t < first ? last : first, t) : [t, t]);
    },
  };
}

/** @param {{room: Room, pattern: import("gridtime/views/rnn/find/view.js").Pattern, drag: ReturnType<typeof dragging>}} props */
export function RangeWords({ room: { s, look, patch }, pattern: { own, range }, drag }) {
  const { start, end } = s.window;
  const count = end - start;
  const width = look.present ? 1840 / count : (look.narrow ? 340 : 1370) / count;
  const [most, least, root] = look.present ? [44, 24, 24] : [20, 12, 16];
  const style = { "--columns": String(count) };
  return html`<ol class="find-words" style=${style} aria-label="Words: choose a range" onPointerDown=${drag.down} onPointerOver=${drag.over}>
    ${own.pieces.slice(start, end).map((piece, k) => {
      const t = start + k;
      const inside = t >= range[0] && t <= range[1];
      const size = look.narrow ? 1.0625 : wordSize(piece.text, width, most, least) / root;
      const ends = `${t === range[0] ? "is-first" : ""} ${t === range[1] ? "is-last" : ""}`;
      return html`<li key=${t} class="find-word ${inside ? `is-in ${ends}` : ""} ${t === s.step ? "is-chosen" : ""}">
        <button type="button" dir="auto" data-step=${t} tabindex=${t === s.step ? 0 : -1} aria-pressed=${inside} aria-current=${t === s.step ? "step" : undefined} title=${piece.text}
          style=${{ "--word-size": String(size) }} onClick=${(/** @type {MouseEvent} */ event) => (patch({ step: t }), drag.click(event, t))}>${piece.text}</button></li>`;
    })}
  </ol>`;
}

/** One end of the range, a word back or on. @param {{name: string, at: number, least: number, most: number, onMove: (t: number) => void}} props */
const End = ({ name, at, least, most, onMove }) =>
  html`<span class="find-end" role="group" aria-label=${name}><span>${name} ${at + 1}</span>
    <button type="button" class="tool" aria-label="${name} one word earlier" disabled=${at <= least} onClick=${() => onMove(at - 1)}>◀</button>
    <button type="button" class="tool" aria-label="${name} one word later" disabled=${at >= most} onClick=${() => onMove(at + 1)}>▶</button></span>`;

/** @param {{range: Range, total: number, onRange: (range: Range) => void}} props */
export const Steppers = ({ range: [first, last], total, onRange }) =>
  html`<${End} name="from word" at=${first} least=${0} most=${last} onMove=${(/** @type {number} */ t) => onRange([t, last])} />
    <${End} name="to word" at=${last} least=${first} most=${total - 1} onMove=${(/** @type {number} */ t) => onRange([first, t])} />`;
