/**
 * A model's card: what it was made from, how often it is right, what it cannot do.
 *
 *   card (models/<id>/model.toml as JSON) -> dialog
 */
import { html } from "gridtime/lib/html.js";
import { count, percent } from "gridtime/math/format.js";
import { Dialog } from "gridtime/components/dialog.js";

/** @typedef {{name: string, value: number, unit: string, split: string, n: number, baseline: number, baseline_name: string, command: string}} Metric */
/** @typedef {{name: string, source: string, licence: string, split: string, n: number}} Data */
/** @typedef {Record<string, any> & {id: string, title: string, summary: string, metrics: Metric[], data: Data[], limits: string[]}} Card */

/**
 * "91.2 %", or a plain number where the unit is no share.
 * @param {number} value
 * @param {string} unit
 */
export const figure = (value, unit) => (unit === "share" ? `${(value * 100).toFixed(1)} %` : `${value} ${unit}`);

/** @param {{metrics: Metric[]}} props */
function Measured({ metrics }) {
  return html`<div class="numbers-scroll" tabindex="0" role="region" aria-label="Measured figures">
    <table class="facts">
      <thead>
        <tr><th scope="col">measured</th><th scope="col">value</th><th scope="col">without learning</th><th scope="col">on</th></tr>
      </thead>
      <tbody>
        ${metrics.map(
          (row) =>
            html`<tr>
              <th scope="row">${row.name}</th>
              <td>${figure(row.value, row.unit)}</td>
              <td>${figure(row.baseline, row.unit)} (${row.baseline_name})</td>
              <td>${count(row.n)} of ${row.split}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** @param {{data: Data[]}} props */
function Sources({ data }) {
  return html`<ul class="card-list">
    ${data.map(
      (row) => html`<li><strong>${row.name}</strong>, ${row.split}, ${count(row.n)}: ${row.source}. Licence: ${row.licence}.</li>`,
    )}
  </ul>`;
}

/** @param {{card: Card | null, onClose: () => void}} props null: closed */
export function ModelCard({ card, onClose }) {
  return html`<${Dialog} open=${Boolean(card)} title=${card?.title ?? ""} onClose=${onClose} wide=${true}>
    ${card &&
    html`<p>${card.summary}</p>
      <${Measured} metrics=${card.metrics} />
      <h3>What it cannot do</h3>
      <ul class="card-list">${card.limits.map((limit) => html`<li>${limit}</li>`)}</ul>
      <h3>Data</h3>
      <${Sources} data=${card.data} />
      <h3>Made with</h3>
      <p><code>${card.training.command}</code>, seed ${card.training.seed}, ${card.training.minutes} minutes. ${card.training.notes}</p>
      <p class="legend-text">Weights ${count(card.weights.bytes)} bytes, sha256 <code>${card.weights.sha256}</code></p>`}
  <//>`;
}

/**
 * The first measured figure in one line.
 * @param {Card} card
 */
export function headline({ metrics: [first] }) {
  const share = first.unit === "share";
  const base = share ? percent(first.baseline) : figure(first.baseline, first.unit);
  return `${first.name}: ${figure(first.value, first.unit)} ${share && first.name.includes("accuracy") ? "of" : "on"} ${count(first.n)} held out; ${first.baseline_name}: ${base}`;
}
