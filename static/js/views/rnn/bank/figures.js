/**
 * How often the readers of the word are right on sentences they never saw: recall of the rarer
 * sense and balanced accuracy, since one sense for all would have most sentences right.
 */
import { html } from "gridtime/lib/html.js";
import { figure } from "gridtime/components/modelcard.js";
import { count } from "gridtime/math/format.js";

/** @typedef {{name: string, value: number, unit: string, split: string, n: number, baseline: number, baseline_name: string}} Metric */

/** @param {Record<string, any>} card @returns {Metric[]} */
const measured = ({ metrics }) => metrics.filter((/** @type {Metric} */ { name }) => /recall|balanced/.test(name));

/** @param {Metric} row */
const named = ({ name, n, split }) => `${name}, ${count(n)} of ${split}`;

/** @param {{bank: import("gridtime/stores/bank.js").Bank, narrow: boolean}} props narrow: a row a figure, else a row a reader */
export function Figures({ bank, narrow }) {
  const cards = [bank.reader.card, ...(bank.bothCard ? [bank.bothCard] : [])];
  const first = measured(cards[0]);
  const rows = [
    ["Measured", ...first.map(named)],
    ...cards.map((card) => [narrow ? (card.causal ? "left to right" : "two-way") : card.title, ...measured(card).map((row) => html`<b>${figure(row.value, row.unit)}</b>`)]),
    ["Without learning", ...first.map((row) => html`<span title=${row.baseline_name}>${figure(row.baseline, row.unit)}</span>`)],
  ];
  const [head, ...body] = narrow ? rows[0].map((_, k) => rows.map((row) => row[k])) : rows;
  return html`<div class="bank-measured" tabindex="0" role="region" aria-label="Measured on sentences they never saw"><table>
    <thead><tr>${head.map((cell, k) => html`<th scope="col" key=${k}>${cell}</th>`)}</tr></thead>
    <tbody>${body.map(([name, ...cells], k) => html`<tr key=${k}><th scope="row">${name}</th>${cells.map((cell, c) => html`<td key=${c}>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}
