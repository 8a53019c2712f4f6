/**
 * The numbers of a map as a table, for reading, copying and screen readers.
 *
 *   values [height * width] -> rows; large maps in windows of 32 x 16, no number left out
 */
import { html, useState } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { Num } from "gridtime/components/num.js";

const ROWS = 32;
const COLUMNS = 16;

/**
 * Starts of the windows that cover n places.
 * @param {number} n
 * @param {number} size
 */
const windows = (n, size) => Array.from({ length: Math.ceil(n / size) }, (_, i) => i * size);

/**
 * @param {{label: string, at: number, of: number, size: number, onPick: (at: number) => void}} props
 */
function WindowPicker({ label, at, of, size, onPick }) {
  if (of <= size) return null;
  return html`<label class="field">
    ${label}
    <select
      value=${at}
      onChange=${(/** @type {any} */ event) => onPick(Number(event.target.value))}
    >
      ${windows(of, size).map(
        (start) => html`<option value=${start}>${start + 1} to ${Math.min(start + size, of)}</option>`,
      )}
    </select>
  </label>`;
}

/**
 * @param {{values: ArrayLike<number>, width: number, height: number, offset?: number,
 *   rowNames?: string[], columnNames?: string[]}} props
 */
export function NumberTable({ values, width, height, offset = 0, rowNames, columnNames }) {
  const [top, setTop] = useState(0);
  const [left, setLeft] = useState(0);
  const rows = Array.from({ length: Math.min(ROWS, height - top) }, (_, i) => top + i);
  const columns = Array.from({ length: Math.min(COLUMNS, width - left) }, (_, i) => left + i);
  return html`<div class="numbers">
    <div class="row">
      <${WindowPicker} label="Rows" at=${top} of=${height} size=${ROWS} onPick=${setTop} />
      <${WindowPicker} label="Columns" at=${left} of=${width} size=${COLUMNS} onPick=${setLeft} />
    </div>
    <div class="numbers-scroll" tabindex="0" role="region" aria-label="Table of values">
      <table>
        <thead>
          <tr>
            <th scope="col"><span class="unseen">row</span></th>
            ${columns.map((x) => html`<th scope="col">${columnNames?.[x] ?? x}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (y) =>
              html`<tr>
                <th scope="row">${rowNames?.[y] ?? y}</th>
                ${columns.map((x) => html`<td><${Num} value=${values[offset + y * width + x]} /></td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

/**
 * @param {{open: boolean, title: string, onClose: () => void, values: ArrayLike<number>,
 *   width: number, height: number, offset?: number, rowNames?: string[], columnNames?: string[]}} props
 */
export function TableDialog({ open, title, onClose, ...rest }) {
  return html`<${Dialog} open=${open} title=${title} onClose=${onClose} wide=${true}>
    <${NumberTable} ...${rest} />
  <//>`;
}
