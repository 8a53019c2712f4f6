/**
 * One pooling window, opened.
 *
 *     map before, window on it | the window's values, the winner marked | map after, smaller
 *     largest of them, or their mean = the cell
 */

import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { byName, extent, source } from "gridtime/math/groups.js";
import { cell as cellOf } from "gridtime/math/maps.js";
import { poolCell } from "gridtime/math/pool.js";
import { rangeFor } from "gridtime/math/scales.js";
import { others, strongest } from "gridtime/math/votes.js";
import { LargestTerms, MOST_TAPS, NumberGrid } from "gridtime/views/cnn/grid.js";
import { SideMap, edgeFor } from "gridtime/views/cnn/sidemap.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {import("gridtime/math/pool.js").PoolCell} PoolCell */

/** @param {{room: Room, cell: PoolCell, limit: number}} props */
function Window({ room, cell, limit }) {
  const rows = cell.values.length / cell.width;
  if (Math.max(rows, cell.width) > MOST_TAPS) {
    const shown = strongest(cell.values, 5);
    const rest = others(cell.values, shown);
    const named = shown.map((t) => ({
      label: `row ${Math.floor(t.index / cell.width)}, column ${t.index % cell.width}`, value: t.value,
    }));
    return html`<${LargestTerms} label="The largest values of the window"
      terms=${[...named, { label: `${rest.count} others, added`, value: rest.value }]} />`;
  }
  return html`<${NumberGrid} values=${cell.values} columns=${cell.width} rows=${rows} limit=${limit}
    theme=${room.theme.value} marked=${cell.winner} label="The window"
    outside=${(/** @type {number} */ i) => !cell.inside[i]} />`;
}

/** @param {{cell: PoolCell, value: number}} props */
function Says({ cell, value }) {
  const count = cell.values.length;
  if (!cell.average) {
    return html`<p class="equation" role="math">largest of ${count} =
      <${Num} value=${value} digits=${3} class="focus" /></p>`;
  }
  const sum = cell.values.reduce((a, b) => a + b, 0);
  return html`<p class="equation" role="math"><${Num} value=${sum} digits=${3} /> ÷ ${cell.divisor} =
    <${Num} value=${value} digits=${3} class="focus" /></p>
    <p class="small">The ${count} values added, divided by ${cell.divisor}: their mean.</p>`;
}

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer, part: string}} props */
export function PoolCellLens({ room, run, choice, layer, part }) {
  const before = source(byName(run.graph), layer);
  const input = before && run.tensors.get(before.name);
  const output = run.tensors.get(layer.name);
  if (!before || !input || !output || !run.exact) return html`<p>Computing…</p>`;
  const [y, x] = choice.cell;
  const size = extent(before);
  const cell = poolCell(layer, input.data, size, extent(layer), choice.channel, y, x);
  const { rows, columns } = cell.window;
  const edge = edgeFor(room, 448, part === "maps" ? 500 : 320);
  const after = edge * Math.max(choice.size.height, choice.size.width) / Math.max(size.height, size.width);
  const range = run.ranges.get(before.name);
  const limit = range ? rangeFor(room.scope.value, range, choice.channel, run.network).limit : 1;
  const maps = part !== "cells";
  return html`<div class="pool-cell part-${part}">
    <div class="arithmetic">
      ${maps && html`<${SideMap} room=${room} run=${run} layer=${before} channel=${choice.channel} size=${edge}
        title=${`before: ${before.name}, ${size.height} × ${size.width}`}
        window=${{ y: rows[0], x: columns[0], height: rows[1] - rows[0], width: columns[1] - columns[0] }} />`}
      ${part !== "maps" && html`<div class="window">
        <figure><figcaption>${cell.average ? "their mean is taken" : "the largest is kept"}</figcaption>
          <${Window} room=${room} cell=${cell} limit=${limit} /></figure>
        <${Says} cell=${cell} value=${cellOf(output, choice.channel, y, x)} />
      </div>`}
      ${maps && html`<${SideMap} room=${room} run=${run} layer=${layer} channel=${choice.channel} size=${Math.max(48, after)}
        title=${`after: ${layer.name}, ${choice.size.height} × ${choice.size.width}`} chosen=${choice.cell}
        onChoose=${(/** @type {[number, number]} */ c) => room.patch({ cell: c })} />`}
    </div>
    ${part !== "cells" && html`<p class="small">Both maps at the same size a cell: the map after pooling is smaller.</p>`}
  </div>`;
}
