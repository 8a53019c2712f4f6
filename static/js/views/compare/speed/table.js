/**
 * Every point of a measurement as a table.
 */
import { html } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { count } from "gridtime/math/format.js";
import { ms, nameOf } from "gridtime/math/speed.js";
import { Exact } from "gridtime/views/rnn/signal/figures.js";

/** @typedef {import("gridtime/math/speed.js").Run} Run */

/** @param {{run: Run, onClose: () => void}} props */
export function TableOf({ run, onClose }) {
  const names = new Map(run.readers.map((reader) => [reader.model, nameOf(reader)]));
  return html`<${Dialog} open=${true} title="Speed, every point" onClose=${onClose} wide=${true}>
    <div class="numbers"><div class="numbers-scroll" tabindex="0" role="region" aria-label="Table of values"><table>
      <thead><tr>${["words", "network", "ms, median", "10 %", "90 %", "n", "must wait", "multiply–adds"].map((name) => html`<th key=${name} scope="col">${name}</th>`)}</tr></thead>
      <tbody>${run.points.map(({ model, length, ms: took, steps, work }) => html`<tr key=${`${model} ${length}`}><th scope="row">${count(length)}</th><td>${names.get(model)}</td>
        ${[took.median, took.low, took.high].map((value, k) => html`<td key=${k}><${Exact} value=${value} text=${ms(value)} /></td>`)}
        <td>${took.n}</td><td>${count(steps)}</td><td>${count(work)}</td></tr>`)}</tbody>
    </table></div></div><//>`;
}
