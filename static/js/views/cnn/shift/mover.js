/**
 * The picture under the hand: drag, arrow keys, buttons, fields; and what the network then answers.
 */
import { html, useRef } from "gridtime/lib/html.js";
import { live } from "gridtime/components/live.js";
import { exact } from "gridtime/components/num.js";
import { shiftSays } from "gridtime/math/edits.js";
import { effectRows, shownRows, tenths } from "gridtime/math/effect.js";
import { inputSize } from "gridtime/math/fields.js";
import { NumberAnswer, isNumber } from "gridtime/views/cnn/classes.js";
import { Seen } from "gridtime/views/cnn/seen.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */

/** The test goes this far, in px of the network's input. */
export const FURTHEST = 8;

/** @param {number} v */
const held = (v) => Math.max(-FURTHEST, Math.min(FURTHEST, Math.round(v)));

/** @param {Room} room @param {number} dx @param {number} dy @returns {boolean} */
export function moveBy(room, dx, dy) {
  const [x, y] = room.shift.peek();
  return moveTo(room, x + dx, y + dy);
}

/** @param {Room} room @param {number} x @param {number} y @returns {boolean} */
function moveTo(room, x, y) {
  const [now, down] = room.shift.peek();
  const to = /** @type {[number, number]} */ ([held(x), held(y)]);
  if (to[0] === now && to[1] === down) return true;
  room.move(to, { along: "shift" });
  live(shiftSays(to));
  return true;
}

/** @param {{room: Room, run: Run}} props */
function Pad({ room, run }) {
  const drag = useRef(/** @type {{x: number, y: number, from: [number, number], scale: number}|null} */ (null));
  const { width } = inputSize(run.graph);
  /** @param {PointerEvent} event */
  const down = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget);
    box.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, from: room.shift.peek(), scale: width / box.getBoundingClientRect().width };
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    const at = drag.current;
    if (at) moveTo(room, at.from[0] + (event.clientX - at.x) * at.scale, at.from[1] + (event.clientY - at.y) * at.scale);
  };
  const end = () => (drag.current = null);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (!way && event.key !== "Home") return;
    event.preventDefault();
    event.stopPropagation();
    const by = event.shiftKey ? FURTHEST : 1;
    if (way) moveBy(room, way[0] * by, way[1] * by);
    else moveTo(room, 0, 0);
  };
  return html`<div class="shift-pad seen-box" role="application" tabindex="0" aria-roledescription="movable picture"
    aria-label=${`What the network sees; ${shiftSays(room.shift.value)}. Arrow keys move it.`} onKeyDown=${key}
    onPointerDown=${down} onPointerMove=${move} onPointerUp=${end} onPointerCancel=${end}>
    <${Seen} run=${run} card=${room.net.value?.card} label="What the network sees, moved" /></div>`;
}

/** @param {{room: Room, axis: 0|1, label: string}} props */
function Field({ room, axis, label }) {
  const now = room.shift.value;
  /** @param {any} event */
  const set = (event) => {
    const value = Number(event.target.value);
    if (event.target.value === "" || !Number.isFinite(value)) return;
    moveTo(room, axis === 0 ? value : now[0], axis === 1 ? value : now[1]);
  };
  return html`<div class="shift-field"><label><span>${label}</span>
      <input type="range" min=${-FURTHEST} max=${FURTHEST} step="1" value=${now[axis]} onInput=${set} /></label>
    <input type="number" min=${-FURTHEST} max=${FURTHEST} step="1" value=${now[axis]} aria-label=${`${label}, px`} onChange=${set} /></div>`;
}

/** @param {{room: Room, run: Run}} props */
export function Mover({ room, run }) {
  const [dx, dy] = room.shift.value;
  const step = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {number} */ x, /** @type {number} */ y) =>
    html`<button type="button" class="button" aria-label=${`Move the picture 1 px ${name}`} onClick=${() => moveBy(room, x, y)}>${sign}</button>`;
  return html`<section class="shift-mover" aria-label="Move the picture">
    <${Pad} room=${room} run=${run} />
    <div class="shift-controls">
      <div class="shift-arrows">${step("←", "left", -1, 0)}${step("↑", "up", 0, -1)}${step("↓", "down", 0, 1)}${step("→", "right", 1, 0)}
        <button type="button" class="button" disabled=${!dx && !dy} onClick=${() => moveTo(room, 0, 0)}>Back</button></div>
      <${Field} room=${room} axis=${0} label="right" /><${Field} room=${room} axis=${1} label="down" />
      <p class="small">The uncovered edge is filled with the mean colour.</p>
    </div>
  </section>`;
}

const SHOWN = 5;

/** @param {{room: Room, still: Run, run: Run}} props the answer before and after the move */
export function MoveAnswer({ still, run }) {
  if (isNumber(run)) return html`<section class="shift-answer"><${NumberAnswer} run=${still} word="in its place" /><${NumberAnswer} run=${run} word="moved" /></section>`;
  const { shown, rest } = shownRows(effectRows(still.predictions, run.predictions), SHOWN);
  return html`<section class="shift-answer" aria-label="The answer, in its place and moved">
    <table><thead><tr><th scope="col">the answer</th><th scope="col">in its place</th><th scope="col">moved</th></tr></thead>
    <tbody>${[...shown, ...(rest ? [rest] : [])].map((row) => html`<tr key=${row.label}><th scope="row">${row.label}
      <span class="track" aria-hidden="true"><span class="track-fill" style=${{ width: `${row.after * 100}%` }}></span>
        <span class="was-tick" style=${{ left: `${row.before * 100}%` }}></span></span></th>
      <td data-value=${exact(row.before)}>${tenths(row.before)}</td><td data-value=${exact(row.after)}><b>${tenths(row.after)}</b></td></tr>`)}</tbody></table>
  </section>`;
}
