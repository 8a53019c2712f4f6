/**
 * Which boxes are drawn, and the two thresholds: applied here, at once, as the server applies them.
 */
import { html } from "gridtime/lib/html.js";
import { Switch } from "gridtime/components/switch.js";
import { number, percent } from "gridtime/math/format.js";
import { PHASES } from "gridtime/views/detect/scene.js";

/** @typedef {import("gridtime/views/detect/scene.js").Room} Room */
/** @typedef {import("gridtime/views/detect/scene.js").Scene} Scene */

/** @param {{label: string, shown: string, value: number, min: number, max: number, onSlide: (v: number) => void}} props in hundredths */
const Slider = ({ label, shown, value, min, max, onSlide }) => html`<label class="detect-slider">
  <span>${label} <b class="num" data-value=${String(value / 100)}>${shown}</b></span>
  <input type="range" min=${min} max=${max} step="1" value=${value} aria-valuetext=${shown} onInput=${(/** @type {any} */ e) => onSlide(Number(e.target.value))} />
</label>`;

/** @param {{room: Room, scene: Scene}} props */
export function Phases({ room, scene }) {
  return html`<${Switch} name="What is drawn" options=${PHASES} chosen=${scene.phase} onPick=${(/** @type {string} */ id) => room.patch({ show: id === "kept" ? undefined : id })} />`;
}

/** @param {{room: Room, scene: Scene}} props */
export function Sliders({ room, scene: { score, overlap, seen } }) {
  const usual = seen.net.card.detection;
  const own = score !== usual.score || overlap !== usual.overlap;
  return html`<div class="detect-sliders">
    <${Slider} label="Score, at least" shown=${percent(score)} value=${Math.round(100 * score)} min=${1} max=${99} onSlide=${(/** @type {number} */ v) => room.patch({ score: v })} />
    <${Slider} label="Overlap (IoU), at most" shown=${number(overlap, 2)} value=${Math.round(100 * overlap)} min=${0} max=${100} onSlide=${(/** @type {number} */ v) => room.patch({ overlap: v })} />
    <button type="button" class="link" disabled=${!own} onClick=${() => room.patch({ score: undefined, overlap: undefined })}>As the card has them</button>
  </div>`;
}
