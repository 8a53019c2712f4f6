/**
 * How good the network is: the card's figures beside what needs no such network.
 */
import { html } from "gridtime/lib/html.js";
import { figure } from "gridtime/components/modelcard.js";
import { count } from "gridtime/math/format.js";

/** @typedef {import("gridtime/views/detect/scene.js").Seen} Seen */

/** @param {{seen: Seen}} props */
export function FiguresPanel({ seen }) {
  const { metrics, limits } = seen.net.card;
  const [first] = metrics;
  return html`<section class="detect-figures" aria-label="How good">
    <h2>AP50 on pictures that it never saw</h2>
    <div class="numbers-scroll" tabindex="0" role="region" aria-label="Figures"><table>
      <thead><tr><th scope="col">measured</th><th scope="col">network</th><th scope="col">plain way</th><th scope="col">n</th><th scope="col">on</th></tr></thead>
      <tbody>${metrics.map((/** @type {any} */ row) => html`<tr key=${row.name}><th scope="row">${row.name}</th>
        <td><span class="num" data-value=${String(row.value)}>${figure(row.value, row.unit)}</span></td><td><span class="num" data-value=${String(row.baseline)}>${figure(row.baseline, row.unit)}</span></td><td><span class="num" data-value=${String(row.n)}>${count(row.n)}</span></td><td class="detect-on">${row.split}</td></tr>`)}</tbody>
    </table></div>
    <p class="small">AP50: boxes best first; right is what overlaps a thing by half (IoU 0.5), each thing once; the area under precision against recall, all points (PASCAL VOC). Plain way: ${first.baseline_name}. Made with <code>${first.command}</code>.</p>
    <details><summary>What it cannot do</summary><ul>${limits.map((/** @type {string} */ text) => html`<li key=${text}>${text}</li>`)}</ul></details>
  </section>`;
}

/** What was done to the picture, said in full. @param {{seen: Seen}} props */
export function Done({ seen }) {
  const steps = /** @type {{text: string}[]} */ (seen.answer.input.steps);
  return html`<details class="detect-done"><summary>What was done to the picture</summary><ul>${steps.map(({ text }) => html`<li key=${text}>${text}</li>`)}</ul></details>`;
}
