/**
 * Patch × kernel = products, for one input map; on a phone all three in one cell.
 */

import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { others, strongest } from "gridtime/math/votes.js";
import { channelName } from "gridtime/views/cnn/conv/maps.js";
import { LargestTerms, MOST_TAPS, NumberGrid, ProductGrid } from "gridtime/views/cnn/grid.js";
import { inputLimit } from "gridtime/views/cnn/sidemap.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("gridtime/math/conv.js").ConvCell} ConvCell */
/** @typedef {import("gridtime/math/conv.js").Geometry} Geometry */

/** Products named one by one of a window too large to show. */
const NAMED = 5;

/** @param {{products: Float32Array, columns: number}} props */
function Largest({ products, columns }) {
  const shown = strongest(products, NAMED);
  const rest = others(products, shown);
  return html`<${LargestTerms} label="The five largest products" terms=${[
    ...shown.map((t) => ({ label: `row ${Math.floor(t.index / columns)}, column ${t.index % columns}`, value: t.value })),
    { label: `${rest.count} others`, value: rest.value }]} />`;
}

/**
 * @param {{room: Room, before?: Layer, g: Geometry, cell: ConvCell, input: number, limit: number,
 *   digits?: number}} props `before`: where the patch comes from, where that needs saying
 */
export function Products({ room, before, g, cell, input, limit, digits = 3 }) {
  const [rows, columns] = g.kernel;
  const taps = rows * columns;
  const from = (input - cell.first) * taps;
  const theme = room.theme.value;
  const sum = cell.sums[input - cell.first] ?? 0;
  const [weightLimit, productLimit] = [inputLimit(cell.kernel), inputLimit(cell.products)];
  const outside = (/** @type {number} */ i) =>
    (cell.rows[Math.floor(i / columns)] ?? 0) < 0 || (cell.columns[i % columns] ?? 0) < 0;
  if (Math.max(rows, columns) > MOST_TAPS) {
    return html`<${Largest} products=${cell.products.subarray(from, from + taps)} columns=${columns} />`;
  }
  const grid = { rows, columns, theme, from, digits };
  const what = taps === 1 ? "The product" : `The ${taps} products`;
  const of = before ? ` of ${before.name}, ${channelName(before, input)}` : "";
  const says = html`<p class="products-sum">${what}${of} ${taps === 1 ? "is" : "add up to"}
    ${" "}<${Num} value=${sum} digits=${digits} class="focus" /></p>`;
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
