/**
 * One pooling window, opened.
 *
 *     map before, window on it | the window's values, the one kept marked | map after, smaller
 *     largest of them, their mean, or the first = the cell          | what shrinking saves
 *     the same layer three ways: maximum, average, every second value
 */

import { html } from "gridtime/lib/html.js";
import { Trailing } from "gridtime/components/trailing.js";
import { Num } from "gridtime/components/num.js";
import { byName, extent, source } from "gridtime/math/groups.js";
import { factorOn } from "gridtime/math/edits.js";
import { cell as cellOf } from "gridtime/math/maps.js";
import { outsideSays, poolCell } from "gridtime/math/pool.js";
import { rangeFor } from "gridtime/math/scales.js";
import { others, strongest } from "gridtime/math/votes.js";
import { LargestTerms, MOST_TAPS, NumberGrid } from "gridtime/views/cnn/grid.js";
import { PoolCost, PoolRows } from "gridtime/views/cnn/poolrows.js";
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
    outside=${(/** @type {number} */ i) => !cell.inside[i]} counts=${cell.counts} />`;
}

/** What becomes of a window, in words. @param {PoolCell} cell */
const keeps = (cell) => (cell.values.length === 1 ? "its window is one cell; the cells between are left out" : cell.average ? "their mean is taken" : cell.skip ? "the first is kept, the others are left out" : "the largest is kept");

/** @param {{cell: PoolCell, value: number, factor: number}} props `factor`: the visitor's own, 1 where there is none */
function Says({ cell, value, factor }) {
  const count = cell.counts ? cell.values.length : cell.inside.filter(Boolean).length;
  const outside = outsideSays(cell);
  const notes = outside && html`<p class="small pool-outside">${outside}</p>`;
  const times = factor !== 1 && html` × <${Num} value=${factor} class="was-changed" /> (changed)`;
  if (cell.values.length === 1) {
    return html`<p class="equation" role="math">the one cell${times} = <${Num} value=${value} digits=${3} class="focus" /></p>${notes}`;
  }
  if (!cell.average) {
    return html`<p class="equation" role="math">${cell.skip ? "first" : "largest"} of ${count}${times} =
      <${Num} value=${value} digits=${3} class="focus" /></p>${notes}`;
  }
  const sum = cell.values.reduce((a, b) => a + b, 0);
  return html`<p class="equation" role="math"><${Num} value=${sum} digits=${3} /> ÷ ${cell.divisor}${times} =
    <${Num} value=${value} digits=${3} class="focus" /></p>
    <p class="small">The ${count} values added, divided by ${cell.divisor}: their mean.</p>${notes}`;
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
  const edge = edgeFor(room, 256, part === "maps" ? 500 : 300);
  const after = edge * Math.max(choice.size.height, choice.size.width) / Math.max(size.height, size.width);
  const range = run.ranges.get(before.name);
  const limit = range ? rangeFor(room.scope.value, range, choice.channel, run.network).limit : 1;
  /** @param {string[]} parts */
  const shows = (...parts) => part === "all" || parts.includes(part);
  return html`<div class="pool-cell part-${part}">
    ${shows("cells", "maps", "cost") && html`<div class="arithmetic">
      ${shows("maps") && html`<${SideMap} room=${room} run=${run} layer=${before} channel=${choice.channel} size=${edge} limit=${limit}
        title=${`before: ${before.name}, ${size.height} × ${size.width}`}
        window=${{ y: rows[0], x: columns[0], height: rows[1] - rows[0], width: columns[1] - columns[0] }} />`}
      ${shows("cells") && html`<div class="window">
        <figure><figcaption>${keeps(cell)}</figcaption>
          <${Window} room=${room} cell=${cell} limit=${limit} /></figure>
        <${Says} cell=${cell} value=${cellOf(output, choice.channel, y, x)} factor=${factorOn(room.applied.value, layer.name, choice.channel)} />
      </div>`}
      ${shows("maps") && html`<div class="pool-after"><${SideMap} room=${room} run=${run} layer=${layer} channel=${choice.channel} size=${Math.max(48, after)} limit=${limit}
        title=${`after: ${layer.name}, ${choice.size.height} × ${choice.size.width}`} chosen=${choice.cell}
        onChoose=${(/** @type {[number, number]} */ c) => room.patch({ cell: c })} />
        <p class="small">Same size a cell: the map is smaller.</p></div>`}
      ${shows("cost") && html`<${Trailing}><${PoolCost} run=${run} layer=${layer} /><//>`}
    </div>`}
    ${shows("rows") && html`<${Trailing}><${PoolRows} room=${room} run=${run} choice=${choice} layer=${layer} limit=${limit}
      taps=${(rows[1] - rows[0]) * (columns[1] - columns[0])} /><//>`}
  </div>`;
}
