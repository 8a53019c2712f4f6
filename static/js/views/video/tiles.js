/**
 * Pictures of one size side by side, one of them chosen: frames, or maps.
 *
 *     [N, h, w] -> one canvas; lines between tiles and the marker lie over it
 *     click, drag or arrows -> onChoose(n)
 */
import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";

/** @param {KeyboardEvent} event @param {number} chosen @param {number} count @param {number} columns */
function next(event, chosen, count, columns) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -Infinity, End: Infinity }[event.key];
  if (by === undefined || (columns >= count && /Up|Down/.test(event.key))) return null;
  return Math.max(0, Math.min(count - 1, chosen + by));
}

/**
 * @param {{values: ArrayLike<number>, count: number, height: number, width: number, columns: number, box: [number, number],
 *   chosen: number, label: string, limit?: number, kind?: import("gridtime/components/mapdrawing.js").MapKind, until?: number, onChoose: (n: number) => void}} props
 *   box: px at root 16; until: tiles after this one are not shown yet
 */
export function Tiles({ values, count, height, width, columns, box, chosen, label, limit = 1, kind = "activation", until = count - 1, onChoose }) {
  const rows = Math.ceil(count / columns);
  /** @param {PointerEvent} event */
  const pick = (event) => {
    const area = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const part = (/** @type {number} */ at, /** @type {number} */ from, /** @type {number} */ size, /** @type {number} */ parts) => Math.max(0, Math.min(parts - 1, Math.floor(((at - from) / size) * parts)));
    const n = part(event.clientY, area.top, area.height, rows) * columns + part(event.clientX, area.left, area.width, columns);
    if (n <= until && n !== chosen) onChoose(n);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const to = next(event, chosen, until + 1, columns);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(to);
  };
  const place = { left: `${((chosen % columns) / columns) * 100}%`, top: `${(Math.floor(chosen / columns) / rows) * 100}%`, width: `${100 / columns}%`, height: `${100 / rows}%` };
  const hidden = Array.from({ length: count - 1 - until }, (_, k) => until + 1 + k);
  return html`<div class="tiles" role="application" aria-roledescription="row of pictures" tabindex="0" aria-label=${label} style=${{ width: `${box[0] / 16}rem` }}
    onKeyDown=${key} onPointerDown=${pick} onPointerMove=${(/** @type {PointerEvent} */ e) => e.buttons && pick(e)}>
    <div aria-hidden="true"><${CanvasMap} values=${values} width=${columns * width} height=${rows * height} box=${box} limit=${limit} kind=${kind} label="" /></div>
    <span class="tiles-lines" style=${{ backgroundSize: `${100 / columns}% ${100 / rows}%` }} aria-hidden="true"></span>
    ${hidden.map((n) => html`<span key=${n} class="tiles-later" style=${{ left: `${((n % columns) / columns) * 100}%`, top: `${(Math.floor(n / columns) / rows) * 100}%`, width: `${100 / columns}%`, height: `${100 / rows}%` }} aria-hidden="true"></span>`)}
    <span class="tiles-marker" style=${place} aria-hidden="true"></span>
  </div>`;
}
