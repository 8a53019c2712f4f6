/**
 * A measured figure beside what it is called: the exact number in `data-value`, all of it after D.
 */
import { html } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { digitsNow } from "gridtime/components/num.js";

/** A float64 as it is: these run far below what float32 holds. @param {{value: number, text: string}} props */
export const Exact = ({ value, text }) =>
  html`<span class="num" data-value=${String(value)}>${digitsNow(2) === "all" ? String(value).replaceAll("-", "\u2212") : text}</span>`;

/** @param {number} value */
export const size = (value) => (value === 0 ? "0" : value >= 0.001 && value < 1000 ? String(Number(value.toPrecision(2))) : value.toExponential(1).replace("-", "\u2212").replace("+", ""));

/** Figures of many powers of ten, where two decimals would be 0.00. @param {{title: string, rows: any[][], onClose: () => void}} props the first row: names of columns; the first column: of rows */
export function FigureTable({ title, rows: [head, ...body], onClose }) {
  return html`<${Dialog} open=${true} title=${title} onClose=${onClose} wide=${true}>
    <div class="numbers"><div class="numbers-scroll" tabindex="0" role="region" aria-label="Table of values"><table>
      <thead><tr>${head.map((/** @type {string} */ name) => html`<th key=${name} scope="col">${name}</th>`)}</tr></thead>
      <tbody>${body.map(([name, ...values], k) => html`<tr key=${k}><th scope="row">${name}</th>${values.map((value, column) => html`<td key=${column}><${Exact} value=${value} text=${size(value)} /></td>`)}</tr>`)}</tbody>
    </table></div></div><//>`;
}
