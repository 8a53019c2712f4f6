/**
 * What is done to the picture before both read it: rows shown, turned, shifted, noise, rows hidden.
 *
 *     slider -> patch(address) -> both networks
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */

/** Degrees, pixels and hundredths that a slider reaches. */
const FARTHEST_TURN = 90;
const FARTHEST_SHIFT = 10;
const MOST_NOISE = 60;
const HIDDEN_AT_FIRST = 3;

/** What undoes every change. */
export const UNCHANGED = { turn: undefined, shift: undefined, noise: undefined, range: undefined };

/**
 * @param {{name: string, value: number, low: number, high: number, step?: number, says: any, onInput: (v: number) => void}} props
 *   says: the value as read
 */
function Slider({ name, value, low, high, step = 1, says, onInput }) {
  return html`<label class="compare-slider"><span>${name}</span>
    <input type="range" min=${low} max=${high} step=${step} value=${value} onInput=${(/** @type {any} */ event) => onInput(Number(event.target.value))} />
    <output>${says}</output></label>`;
}

/** @param {{room: Room, rows: number, size: number}} props */
export const Rows = ({ room, rows, size }) =>
  html`<div class="compare-rows"><${Slider} name="Rows shown" value=${rows} low=${0} high=${size} says=${html`<${Num} value=${rows} digits=${0} /> of ${size}`}
    onInput=${(/** @type {number} */ v) => room.patch({ rows: v === size ? undefined : v })} /></div>`;

/** @param {{room: Room, size: number}} props */
function Hidden({ room, size }) {
  const { range } = room.address;
  const [first, last] = range ?? [Math.floor(size / 2) - 1, Math.floor(size / 2) - 2 + HIDDEN_AT_FIRST];
  const count = range ? last - first + 1 : 0;
  /** @param {number} start @param {number} rows */
  const hide = (start, rows) => {
    const from = Math.max(0, Math.min(start, size - rows));
    room.patch({ range: rows ? [from, from + rows - 1] : undefined });
  };
  return html`<${Slider} name="Hide rows" value=${count} low=${0} high=${Math.floor(size / 2)} says=${count ? html`<${Num} value=${count} digits=${0} />` : "none"} onInput=${(/** @type {number} */ v) => hide(first, v)} />
    ${count > 0 && html`<${Slider} name="from row" value=${first + 1} low=${1} high=${size - count + 1} says=${html`<${Num} value=${first + 1} digits=${0} />`} onInput=${(/** @type {number} */ v) => hide(v - 1, count)} />`}`;
}

/** @param {{room: Room, size: number, changed: boolean}} props */
export function Changes({ room, size, changed }) {
  const { turn = 0, shift = [0, 0], noise = [0, 0] } = room.address;
  const { patch } = room;
  /** @param {number} dx @param {number} dy */
  const move = (dx, dy) => patch({ shift: dx || dy ? [dx, dy] : undefined });
  return html`<fieldset class="compare-changes"><legend>Change the picture for both</legend>
    <${Slider} name="Turn" value=${turn} low=${-FARTHEST_TURN} high=${FARTHEST_TURN} says=${html`<${Num} value=${turn} digits=${0} />°`} onInput=${(/** @type {number} */ v) => patch({ turn: v || undefined })} />
    <${Slider} name="Right" value=${shift[0]} low=${-FARTHEST_SHIFT} high=${FARTHEST_SHIFT} says=${html`<${Num} value=${shift[0]} digits=${0} /> px`} onInput=${(/** @type {number} */ v) => move(v, shift[1])} />
    <${Slider} name="Down" value=${shift[1]} low=${-FARTHEST_SHIFT} high=${FARTHEST_SHIFT} says=${html`<${Num} value=${shift[1]} digits=${0} /> px`} onInput=${(/** @type {number} */ v) => move(shift[0], v)} />
    <${Slider} name="Noise" value=${noise[0]} low=${0} high=${MOST_NOISE} step=${5} says=${html`<${Num} value=${noise[0]} digits=${0} /> %`} onInput=${(/** @type {number} */ v) => patch({ noise: v ? [v, noise[1]] : undefined })} />
    <${Hidden} room=${room} size=${size} />
    <p class="compare-buttons">
      <button type="button" class="button" disabled=${!noise[0]} onClick=${() => patch({ noise: [noise[0], (noise[1] + 1) % 1000] })}>Other noise</button>
      <button type="button" class="button" disabled=${!changed} onClick=${() => patch(UNCHANGED)}>As it was</button>
    </p>
  </fieldset>`;
}
