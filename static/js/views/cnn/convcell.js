/**
 * One cell of a convolution, taken apart.
 *
 *     strip: the input maps
 *     input map, window on it | patch × kernel = products | output map, cell on it
 *     waterfall: five largest channels, the others, bias, total;  equation
 */

import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { Waterfall } from "gridtime/components/waterfall.js";
import { kind } from "gridtime/math/groups.js";
import { rangeFor } from "gridtime/math/scales.js";
import { others, strongest } from "gridtime/math/votes.js";
import { channelTerms, shownInput, takeApart } from "gridtime/views/cnn/apart.js";
import { Equation } from "gridtime/views/cnn/equation.js";
import { LargestTerms, MOST_TAPS, NumberGrid, ProductGrid } from "gridtime/views/cnn/grid.js";
import { SideMap, edgeFor, inputLimit } from "gridtime/views/cnn/sidemap.js";
import { Strip } from "gridtime/views/cnn/strip.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {import("gridtime/math/conv.js").ConvCell} ConvCell */
/** @typedef {import("gridtime/math/conv.js").Geometry} Geometry */

/** Products named one by one of a window too large to show. */
const NAMED = 5;

/** Where the window lies on the input map, the part outside too.
 *  @param {Geometry} g @param {[number, number]} cell */
function windowOn(g, [y, x]) {
  return {
    y: y * g.stride[0] - g.padding[0], x: x * g.stride[1] - g.padding[1],
    height: (g.kernel[0] - 1) * g.dilation[0] + 1, width: (g.kernel[1] - 1) * g.dilation[1] + 1,
  };
}

/**
 * Patch × kernel = products of one input channel.
 * @param {{room: Room, g: Geometry, cell: ConvCell, input: number, limit: number}} props
 */
function Products({ room, g, cell, input, limit }) {
  const [rows, columns] = g.kernel;
  const taps = rows * columns;
  const from = (input - cell.first) * taps;
  const theme = room.theme.value;
  const sum = cell.sums[input - cell.first] ?? 0;
  const products = cell.products.subarray(from, from + taps);
  const [weightLimit, productLimit] = [inputLimit(cell.kernel), inputLimit(cell.products)];
  const outside = (/** @type {number} */ i) =>
    (cell.rows[Math.floor(i / columns)] ?? 0) < 0 || (cell.columns[i % columns] ?? 0) < 0;
  if (Math.max(rows, columns) > MOST_TAPS) {
    const shown = strongest(products, NAMED);
    const rest = others(products, shown);
    return html`<${LargestTerms} label="The five largest products" terms=${[
      ...shown.map((t) => ({ label: `row ${Math.floor(t.index / columns)}, column ${t.index % columns}`, value: t.value })),
      { label: `${rest.count} others`, value: rest.value }]} />`;
  }
  const grid = { rows, columns, theme, from };
  const says = html`<p class="products-sum">The ${taps} products of input channel ${input} add up to <${Num} value=${sum} digits=${3} class="focus" /></p>`;
  if (!room.wide.value) {
    return html`<div class="products"><${ProductGrid} ...${grid} patch=${cell.patch} kernel=${cell.kernel}
      products=${cell.products} limit=${productLimit} outside=${outside} />${says}</div>`;
  }
  return html`<div class="products">
    <figure><figcaption>patch</figcaption>
      <${NumberGrid} ...${grid} values=${cell.patch} limit=${limit} outside=${outside} label="Patch" /></figure>
    <span class="operator" aria-hidden="true">×</span>
    <figure><figcaption>kernel</figcaption>
      <${NumberGrid} ...${grid} values=${cell.kernel} limit=${weightLimit} kind="weight" label="Kernel" /></figure>
    <span class="operator" aria-hidden="true">=</span>
    <figure><figcaption>products</figcaption>
      <${NumberGrid} ...${grid} values=${cell.products} limit=${productLimit} label="Products" /></figure>
    ${says}
  </div>`;
}

/** The notes that stand where confusion is likely. @param {Layer} before @param {ConvCell} cell */
function notes(before, cell) {
  const count = cell.sums.length;
  const out = [...cell.rows, ...cell.columns].some((place) => place < 0);
  return [
    count > 1 ? `One kernel, ${count} sheets: one per input map.` : "",
    kind(before) === "input" ? "0 is average brightness: the average was subtracted." : "",
    out ? "Outside the picture counts as 0." : "",
  ].filter(Boolean);
}

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer, part: string}} props */
export function ConvCellLens({ room, run, choice, layer, part }) {
  const found = takeApart(room, run, choice, layer);
  if (!found) return html`<p>Computing…</p>`;
  const { before, g, cell, input: tensor, value } = found;
  const input = shownInput(cell, room.state.value.unit);
  const terms = channelTerms(cell);
  const edge = edgeFor(room, 296, part === "maps" ? 520 : 320);
  const range = run.ranges.get(before.name);
  const limit = range
    ? rangeFor(room.scope.value, range, input, run.network).limit : inputLimit(tensor.data);
  const sums = cell.sums.reduce((a, b) => a + b, 0);
  const whole = part === "all";
  return html`<div class="conv-cell part-${part}">
    ${whole && cell.sums.length > 1 && html`<${Strip} room=${room} run=${run} layer=${before} first=${cell.first}
      count=${cell.sums.length} chosen=${input} onPick=${(/** @type {number} */ c) => room.patch({ unit: c })} />`}
    <div class="arithmetic">
      ${part !== "sums" && part !== "cells" && html`<${SideMap} room=${room} run=${run} layer=${before} channel=${input} size=${edge}
        title=${`in: ${before.name}, channel ${input}`} window=${windowOn(g, choice.cell)} />`}
      ${(whole || part === "cells") && html`<${Products} room=${room} g=${g} cell=${cell} input=${input} limit=${limit} />`}
      ${part !== "sums" && part !== "cells" && html`<${SideMap} room=${room} run=${run} layer=${layer} channel=${choice.channel} size=${edge}
        title=${`out: ${layer.name}, channel ${choice.channel}`} chosen=${choice.cell}
        onChoose=${(/** @type {[number, number]} */ c) => room.patch({ cell: c })} />`}
    </div>
    ${(whole || part === "sums") && html`<div class="sums">
      <${Waterfall} terms=${terms} total=${value} totalLabel="this cell" digits=${3} label="Sums of the input channels" />
      <div class="sums-side">
        <${Equation} digits=${3} total=${value} name="this cell" terms=${[
          { label: cell.sums.length === 1 ? "the products" : `${cell.sums.length} channel sums`, value: sums },
          { label: "bias", value: cell.bias }]} />
        <ul class="notes small">${notes(before, cell).map((note) => html`<li key=${note}>${note}</li>`)}</ul>
      </div>
    </div>`}
  </div>`;
}
