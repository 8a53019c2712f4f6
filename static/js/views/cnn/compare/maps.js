/**
 * One layer, one channel, one cell in both runs.
 *
 *     cell of A --the same place--> cell of B, on hover too      same network: B − A as a third map
 */

import { html, useState } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Legend } from "gridtime/components/legend.js";
import { SaveMenu, mapFiles } from "gridtime/components/save.js";
import { Num } from "gridtime/components/num.js";
import { TableDialog } from "gridtime/components/table.js";
import { fileName } from "gridtime/math/files.js";
import { changedBy, difference, matchCell, sameExtent } from "gridtime/math/compare.js";
import { extent as largest } from "gridtime/math/colour.js";
import { number, percent, shape } from "gridtime/math/format.js";
import { extent } from "gridtime/math/groups.js";
import { cell as cellOf, plane } from "gridtime/math/maps.js";
import { rangeFor } from "gridtime/math/scales.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {[number, number]} Cell y, x */
/** @typedef {{run: Run, layer: Layer, name: string}} Side */

/** px at root 16 */
const EDGE = { desk: 264, present: 360, phone: 340 };

/** @param {Room} room @param {Side} side @param {number} channel */
function rangeOf(room, { run, layer }, channel) {
  const range = run.ranges.get(layer.name);
  return range ? rangeFor(room.scope.value, range, channel, run.network) : { least: 0, most: 0, limit: 1 };
}

/**
 * @param {{title: string, about: string, values: ArrayLike<number>, layer: Layer, limit: number, least: number,
 *   size: number, cell: Cell, value: number, onCell: (cell: Cell|null, settled: boolean) => void, present: boolean,
 *   theme: import("gridtime/math/colour.js").Theme}} props
 */
function One({ title, about, values, layer, limit, least, size, cell, value, onCell, present, theme }) {
  const { width, height } = extent(layer);
  const [open, setOpen] = useState(false);
  return html`<section class="compare-map" aria-label=${title}>
    <h2>${title} <span class="small">${about}</span></h2>
    <${CanvasMap} values=${values} width=${width} height=${height} limit=${limit} size=${size} chosen=${cell} readout=${false}
      label=${`${title}, ${about}. Arrow keys move the cell in both.`}
      onMove=${(/** @type {Cell|null} */ c) => onCell(c, false)} onChoose=${(/** @type {Cell} */ c) => onCell(c, true)} />
    <p class="row"><output>row ${cell[0]}, column ${cell[1]}: <${Num} value=${value} digits=${3} class="focus" /></output>
      ${!present && html`<button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>
        <${SaveMenu} items=${mapFiles(fileName(title, about), { values, width, height, limit }, theme)} label=${title} />`}</p>
    <${TableDialog} open=${open} title=${`${title}, ${about}`} onClose=${() => setOpen(false)} values=${values} width=${width} height=${height} />
    ${!present && html`<${Legend} limit=${limit} from=${least < 0 ? undefined : 0} label=${title} scope=${about} />`}
  </section>`;
}

/** @param {{a: ArrayLike<number>, b: ArrayLike<number>}} props */
function Apart({ a, b }) {
  const far = changedBy(a, b);
  if (Number.isNaN(far)) return html`<p>The first map is 0 everywhere: no share can be given.</p>`;
  return html`<p>The whole map differs by <span data-value=${String(Math.fround(far))} class="num focus">${percent(far)}</span>
    <span class="small"> ‖second − first‖ ÷ ‖first‖</span></p>`;
}

/**
 * @param {{room: Room, a: Side, b: Side, channel: number, cell: Cell, same: boolean}} props
 *   same: one network, two pictures
 */
export function Maps({ room, a, b, channel, cell, same }) {
  const [hover, setHover] = useState(/** @type {Cell|null} */ (null));
  const present = room.present.value;
  const size = present ? EDGE.present : room.wide.value ? EDGE.desk : EDGE.phone;
  const [inA, inB] = [a.run.tensors.get(a.layer.name), b.run.tensors.get(b.layer.name)];
  if (!inA || !inB) return html`<p>Computing…</p>`;
  const [sizeA, sizeB] = [extent(a.layer), extent(b.layer)];
  const there = Math.min(channel, sizeB.channels - 1);
  const [ofA, ofB] = [plane(inA, channel), plane(inB, there)];
  const [rangeA, rangeB] = [rangeOf(room, a, channel), rangeOf(room, b, there)];
  const limit = Math.max(rangeA.limit, rangeB.limit);
  const least = Math.min(rangeA.least, rangeB.least);
  const at = hover ?? cell;
  const other = matchCell(at, sizeA, sizeB);
  /** @param {(cell: Cell) => Cell} back @returns {(cell: Cell|null, settled: boolean) => void} */
  const onCell = (back) => (found, settled) => {
    setHover(settled || !found ? null : back(found));
    if (settled && found) room.patch({ cell: back(found) });
  };
  const own = (/** @type {Cell} */ c) => c;
  const carry = (/** @type {Cell} */ c) => matchCell(c, sizeB, sizeA);
  const gap = same && sameExtent(a.layer, b.layer) ? difference(ofA, ofB) : null;
  const [valueA, valueB] = [cellOf(inA, channel, ...at), cellOf(inB, there, ...other)];
  return html`<div class="compare-maps">
    <${One} title=${a.name} about=${`${a.layer.name}, channel ${channel}`} values=${ofA} layer=${a.layer} size=${size} present=${present} theme=${room.theme.value}
      limit=${same ? limit : rangeA.limit} least=${same ? least : rangeA.least} cell=${at} value=${valueA} onCell=${onCell(own)} />
    <${One} title=${b.name} about=${`${b.layer.name}, channel ${there}`} values=${ofB} layer=${b.layer} size=${size} present=${present} theme=${room.theme.value}
      limit=${same ? limit : rangeB.limit} least=${same ? least : rangeB.least} cell=${other} value=${valueB} onCell=${onCell(carry)} />
    ${gap ? html`<div><${One} title="Second − first" about=${`${a.layer.name}, channel ${channel}`} values=${gap} layer=${a.layer} size=${size} present=${present} theme=${room.theme.value}
        limit=${largest(gap)} least=${-1} cell=${at} value=${gap[at[0] * sizeA.width + at[1]] ?? 0} onCell=${onCell(own)} />
        ${!present && html`<${Apart} a=${ofA} b=${ofB} />`}</div>`
      : html`<section class="compare-note"><h2>In numbers</h2>
        <p>At this place: <${Num} value=${valueA} digits=${3} /> and <${Num} value=${valueB} digits=${3} />.</p>
        <p>${a.name}: ${a.layer.name} has ${shape(a.layer.output_shape)} values. ${b.name}: ${b.layer.name} has ${shape(b.layer.output_shape)}.</p>
        ${!same && html`<p>The two networks were trained apart: channel ${number(channel, 0)} of one need not look for what channel ${number(there, 0)} of the other does. No difference is drawn.</p>`}
        ${there !== channel && html`<p>There is no channel ${number(channel, 0)} there; its last one is shown.</p>`}</section>`}
  </div>`;
}
