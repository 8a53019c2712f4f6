/**
 * The network that reads row by row: its state after every row, beside the row that it read.
 *
 *     h [rows, units] -> a row a step, in the picture's own height; rows to come are an outline
 */
import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { extent } from "gridtime/math/colour.js";
import { plural } from "gridtime/math/format.js";
import { readers, tensorName } from "gridtime/math/readers.js";

/** @typedef {import("gridtime/stores/tworeaders.js").Pair} Pair */

/** The layer whose h the head reads, and its states. @param {Pair} pair */
export function statesOf({ line, states }) {
  const reader = readers(line.graph).find(({ last }) => last);
  const tensor = reader && states.get(tensorName(reader, "h"));
  return reader && tensor ? { reader, data: /** @type {Float32Array} */ (tensor.data) } : null;
}

/** Rows that are not read yet are no numbers. @param {Float32Array} data @param {number} units @param {number} rows */
const soFar = (data, units, rows) => data.map((v, i) => (i < rows * units ? v : 0));

/**
 * @param {{pair: Pair, rows: number, unit: number | undefined, box: [number, number], bare: boolean, onChoose: (row: number, unit: number) => void}} props bare: without its table, on a projector
 */
export function InLine({ pair, rows, unit, box, bare, onChoose }) {
  const found = statesOf(pair);
  if (!found) return null;
  const { reader, data } = found;
  const units = reader.hidden;
  const chosen = rows > 0 && unit !== undefined && unit < units ? [rows - 1, unit] : null;
  const left = { top: `${(rows / pair.size) * 100}%` };
  return html`<figure class="in-line" data-rows=${rows}>
    <div class="in-line-box" style=${{ width: `${box[0] / 16}rem` }}>
      <${CanvasMap} values=${soFar(data, units, rows)} width=${units} height=${pair.size} limit=${extent(data) || 1} box=${box}
        chosen=${chosen} label="State h of the ${pair.line.name} after each row: ${plural(rows, "row")} of ${pair.size} read" table=${!bare} onChoose=${(/** @type {[number, number]} */ [y, x]) => onChoose(Math.min(y, pair.size - 1) + 1, x)} />
      <div class="in-line-over" style=${{ height: `${box[1] / 16}rem` }}>${rows < pair.size && html`<p class="in-line-later" style=${left}>${rows === 0 ? "No row is read yet." : `Rows ${rows + 1} to ${pair.size}: not read yet.`}</p>`}</div>
    </div>
    <figcaption><b>h of ${reader.node}</b> ${plural(units, "unit")} across, a row of the picture each step down</figcaption>
  </figure>`;
}
