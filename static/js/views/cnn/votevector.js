/**
 * The flattened vector in its order: one row a channel, each entry linked to its map and cell.
 *
 *     entry i = channel ⌊i ÷ area⌋, place i mod area -> value × weight = its vote
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { fill } from "gridtime/components/mapdrawing.js";
import { live } from "gridtime/components/live.js";
import { tabOf } from "gridtime/math/choice.js";
import { number } from "gridtime/math/format.js";
import { extent, place } from "gridtime/math/groups.js";
import { moved } from "gridtime/math/step.js";
import { SideMap } from "gridtime/views/cnn/sidemap.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Layer} Layer */

/** Units without places stand in rows of so many. */
const ROW = 16;
/** px at root 16. */
const HEIGHT = 400;
const HEIGHT_PRESENT = 380;
const TALLEST_ROW = 26;

/** Columns of the vector's drawing. @param {Layer} before @param {number} length */
export function columnsOf(before, length) {
  const { height, width } = extent(before);
  return height * width > 1 ? height * width : Math.min(ROW, length);
}

/** @param {Room} room @param {Layer} before @param {number} entry what it came from, opened */
function show(room, before, entry) {
  const at = place(extent(before), entry);
  const flat = before.output_shape.length < 3;
  room.patch({ tab: tabOf(before), layer: before.name, channel: at.channel, cell: flat ? undefined : [at.y, at.x], open: undefined, unit: undefined, stop: undefined }, { push: true });
}

/** @param {{room: Room, values: Float32Array, columns: number, limit: number, chosen: number, label: string, onChoose: (entry: number) => void}} props */
function Sheet({ room, values, columns, limit, chosen, label, onChoose }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const rows = Math.ceil(values.length / columns);
  const theme = room.theme.value;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(columns, rows);
    const padded = values.length === columns * rows ? values : Float32Array.from({ length: columns * rows }, (_, i) => values[i] ?? 0);
    fill({ values: padded, width: columns, height: rows, offset: 0, limit, kind: "activation" }, { theme, hatch: false }, image);
    context.putImageData(image, 0, 0);
  }, [values, columns, rows, limit, theme]);
  /** @param {PointerEvent|MouseEvent} event */
  const under = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const x = Math.min(columns - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * columns)));
    const y = Math.min(rows - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * rows)));
    return Math.min(values.length - 1, y * columns + x);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const next = moved(event, [Math.floor(chosen / columns), chosen % columns], columns, rows);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    const entry = Math.min(values.length - 1, next[0] * columns + next[1]);
    onChoose(entry);
    live(`entry ${entry}: ${number(values[entry] ?? 0, 3)}`);
  };
  const most = room.present.value ? HEIGHT_PRESENT : HEIGHT;
  const height = Math.min(most, rows * TALLEST_ROW);
  const mark = {
    left: `${((chosen % columns) / columns) * 100}%`, top: `${(Math.floor(chosen / columns) / rows) * 100}%`,
    width: `${100 / columns}%`, height: `${100 / rows}%`,
  };
  return html`<div class="vector-sheet map-box map-acts" role="application" tabindex="0" aria-roledescription="vector" aria-label=${label}
    style=${{ height: `${height / 16}rem` }} onKeyDown=${key} onClick=${(/** @type {MouseEvent} */ e) => onChoose(under(e))}>
    <canvas ref=${canvas} width=${columns} height=${rows} aria-hidden="true"></canvas>
    <span class="marker marker-cell" style=${mark} aria-hidden="true"></span></div>`;
}

/**
 * @param {{room: Room, run: Run, before: Layer, values: Float32Array, weightOf: (entry: number) => number, entry: number}} props
 */
export function Vector({ room, run, before, values, weightOf, entry }) {
  const size = extent(before);
  const columns = columnsOf(before, values.length);
  const spatial = size.height * size.width > 1;
  const at = place(size, entry);
  const limit = run.ranges.get(before.name)?.range.limit ?? 1;
  const from = spatial ? `${before.name}, channel ${at.channel}, row ${at.y}, column ${at.x}` : `${before.name}, unit ${entry}`;
  const value = values[entry] ?? 0;
  return html`<section class="vector" aria-label="The flattened vector">
    <h3>${spatial ? "Flattened" : "The vector"}: ${values.length} values in one line</h3>
    <div class="vector-box"><span class="vector-order small" aria-hidden="true">→ read in this order${spatial ? ", one row a channel" : ""}, then the next row ↓</span>
      <${Sheet} room=${room} values=${values} columns=${columns} limit=${limit} chosen=${entry}
        label=${`${values.length} values in their order${spatial ? ", one row a channel" : ""}. Arrow keys choose one.`}
        onChoose=${(/** @type {number} */ unit) => room.patch({ unit })} /></div>
    <div class="vector-entry">
      ${spatial && html`<${SideMap} room=${room} run=${run} layer=${before} channel=${at.channel} size=${88} title=${`channel ${at.channel}`} chosen=${[at.y, at.x]} />`}
      <div><p>Entry <b>${entry}</b> is ${from}. <button type="button" class="link" onClick=${() => show(room, before, entry)}>Show it there</button></p>
        <p class="vector-product"><${Num} value=${value} digits=${3} /> × <${Num} value=${weightOf(entry)} digits=${3} /> = <${Num}
          value=${value * weightOf(entry)} digits=${3} signed=${true} class="focus" /></p></div>
    </div>
  </section>`;
}
