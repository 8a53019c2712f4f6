/**
 * The figures at one length: a row a network, what was measured beside what was counted.
 */
import { html } from "gridtime/lib/html.js";
import { count, plural } from "gridtime/math/format.js";
import { short } from "gridtime/math/cost.js";
import { ms, nameOf, pointAt, styleOf } from "gridtime/math/speed.js";
import { Exact } from "gridtime/views/rnn/signal/figures.js";
import { Sample } from "gridtime/views/compare/speed/plot.js";

/** @typedef {import("gridtime/math/speed.js").Run} Run */

/** @param {{run: Run, at: number, chosen: string, onChoose: (model: string) => void}} props */
export function Figures({ run, at, chosen, onChoose }) {
  return html`<table class="speed-figures"><caption>One text of ${plural(at, "word")}</caption>
    <thead><tr><th scope="col">network</th><th scope="col">took, median</th><th scope="col">10 to 90 %</th><th scope="col">n</th><th scope="col">must wait</th><th scope="col">multiply–adds</th><th scope="col">per waiting step</th></tr></thead>
    <tbody>${run.readers.map((reader) => {
      const point = pointAt(run, reader.model, at);
      const thick = reader.model === chosen;
      return html`<tr key=${reader.model} class=${thick ? "is-thick" : ""}>
        <th scope="row"><button type="button" class="link" aria-pressed=${thick} onClick=${() => onChoose(reader.model)}><${Sample} style=${styleOf(reader)} thick=${thick} /> ${nameOf(reader)}</button></th>
        ${point
          ? html`<td><${Exact} value=${point.ms.median} text=${ms(point.ms.median)} /> ms</td><td>${ms(point.ms.low)} to ${ms(point.ms.high)}</td><td>${point.ms.n}</td>
            <td><${Exact} value=${point.steps} text=${count(point.steps)} /></td><td><${Exact} value=${point.work} text=${short(point.work)} /></td><td><${Exact} value=${point.work / point.steps} text=${short(point.work / point.steps)} /></td>`
          : html`<td colspan="6">not measured</td>`}</tr>`;
    })}</tbody></table>`;
}

/** @param {{run: Run}} props */
export function About({ run }) {
  return html`<div class="speed-about small">
    <p>${run.note} Weights: ${run.readers.map((reader) => `${nameOf(reader)} ${count(reader.parameters)}`).join("; ")}.</p>
    <p>One thread does one thing after another: its time follows the work, and how torch does it (an LSTM in one call where it can, a GRU and an RNN with several calls a word). Many cores could share what one waiting step multiplies; with several nothing was measured. Made with <code>${run.command}</code>.</p>
  </div>`;
}
