/**
 * One method, large: its map on the picture, its scale, its progress, and what one cell is made of.
 */

import { html, useState } from "gridtime/lib/html.js";
import { Legend } from "gridtime/components/legend.js";
import { Num } from "gridtime/components/num.js";
import { TableDialog } from "gridtime/components/table.js";
import { Trouble } from "gridtime/components/trouble.js";
import { boxOf, cellAt, coveredBox, pointOf, strongest } from "gridtime/math/explain.js";
import { percent, plural } from "gridtime/math/format.js";
import { drawingOf } from "./chosen.js";
import { ExplainMap } from "./explainmap.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("./ask.js").Asked} Asked */
/** @typedef {import("./ask.js").Explained} Explained */
/** @typedef {[number, number]} Point y, x */

/** The chosen point, else the middle of the strongest cell. @param {ReturnType<typeof drawingOf>} drawing
 *  @param {Point|undefined} wanted @returns {Point} */
export const pointFor = ({ at, variant, map }, wanted) => wanted ?? pointOf(at, strongest(variant.values, map));

/** What is framed for a cell: for occlusion the whole square that was covered.
 *  @param {Explained} found @param {ReturnType<typeof drawingOf>} drawing */
export const frameOf = (found, { at }) => (/** @type {Point} */ cell) =>
  found.method === "occlusion" ? coveredBox(found.settings, cell) : boxOf(at, cell);

/**
 * @param {{room: Room, run: Run, found: Explained, size: number, cover: number, label: string,
 *   point: Point|undefined, onPoint: (point: Point|null, settled: boolean) => void, wanted?: string}} props
 */
export function Overlay({ room, run, found, size, cover, label, point, onPoint, wanted }) {
  const drawing = drawingOf(found, run, wanted);
  const input = run.tensors.get("input");
  if (!input) return null;
  return html`<${ExplainMap} size=${size} label=${label} frame=${frameOf(found, drawing)}
    point=${pointFor(drawing, point)} onPoint=${onPoint} look=${{
      input, preprocessing: room.net.value?.card.preprocessing ?? {}, values: drawing.variant.values,
      map: drawing.map, at: drawing.at, limit: drawing.scale.limit, cover, theme: room.theme.value,
    }} />`;
}

/** @param {{asked: Asked}} props */
export function Progress({ asked }) {
  const { found, busy, stopped } = asked;
  const part = found && found.total > 0 && found.done < found.total;
  if (!busy && !stopped) return null;
  return html`<p class="why-progress" role="status">
    ${part && html`<progress max=${found.total} value=${found.done} aria-label="Rows computed"></progress>
      <span>row ${found.done} of ${found.total}</span>`}
    ${!part && busy && html`<span class="small">Computing…</span>`}
    ${busy && part && html`<button type="button" class="button" onClick=${asked.stop}>Stop</button>`}
    ${stopped && html`<span>Stopped.</span> <button type="button" class="button" onClick=${asked.go}>Go on</button>`}
  </p>`;
}

/** @param {{drawing: ReturnType<typeof drawingOf>, name: string}} props */
export function Scale({ drawing, name }) {
  const { limit, beyond } = drawing.scale;
  return html`<div class="why-scale">
    <${Legend} limit=${limit} from=${drawing.variant.signed ? undefined : 0} label=${name} scope="this map" />
    ${beyond > 0 && html`<p class="small">${plural(beyond, "pixel is", "pixels are")} beyond the end of the scale; the largest is${" "}
      <${Num} value=${drawing.scale.most} digits=${3} />.</p>`}
  </div>`;
}

/** @param {{room: Room, drawing: ReturnType<typeof drawingOf>}} props */
export function VariantPick({ room, drawing }) {
  if (drawing.all.length < 2) return null;
  return html`<label class="field">Show
    <select value=${drawing.variant.id} onChange=${(/** @type {any} */ e) =>
      room.patch({ signal: e.target.value === drawing.all[0]?.id ? undefined : e.target.value })}>
      ${drawing.all.map((v) => html`<option key=${v.id} value=${v.id}>${v.title}</option>`)}
    </select></label>`;
}

/** @param {{found: Explained, drawing: ReturnType<typeof drawingOf>, point: Point, title: string}} props */
export function Readout({ found, drawing, point, title }) {
  const [open, setOpen] = useState(false);
  const [y, x] = cellAt(drawing.at, drawing.map, point);
  const box = frameOf(found, drawing)([y, x]);
  const value = drawing.variant.values[y * drawing.map.width + x] ?? NaN;
  const place = `row ${y}, column ${x} of ${drawing.map.height}×${drawing.map.width}`;
  return html`<div class="why-readout">
    <p><output>${place}: ${Number.isNaN(value) ? "not computed yet"
      : html`<${Num} value=${value} digits=${3} signed=${drawing.variant.signed} class="focus" />`}</output>
      <span class="small">x ${span(box.x, box.width)}, y ${span(box.y, box.height)} px</span></p>
    <button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>
    <${TableDialog} open=${open} title=${title} onClose=${() => setOpen(false)}
      values=${drawing.variant.values} width=${drawing.map.width} height=${drawing.map.height} />
  </div>`;
}

/** @param {number} from @param {number} length */
function span(from, length) {
  const [a, b] = [Math.floor(from), Math.ceil(from + length) - 1];
  return a === b ? String(a) : `${a}–${b}`;
}

/** @param {{asked: Asked}} props */
export const AskTrouble = ({ asked }) => html`<${Trouble} problem=${asked.problem} onRetry=${asked.go} />`;

/** @param {{label: string, probability: number}} prediction */
export const gives = ({ label, probability }) => `It gives ${label} ${percent(probability)}.`;
