/**
 * The numbers behind the drawings: tables of their own, files, and how they were made.
 */
import { html, useState } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { nameOf, ordered } from "gridtime/math/first.js";
import { count } from "gridtime/math/format.js";
import { intervalSays, listed, shareSays } from "gridtime/math/rates.js";
import { readersOf } from "gridtime/views/compare/first/lane.js";
import { Exact } from "gridtime/views/rnn/signal/figures.js";

/** @typedef {import("gridtime/math/first.js").First} First */
/** @typedef {import("gridtime/math/first.js").Answered} Answered */

/** @param {{title: string, head: string[], rows: any[][], onClose: () => void}} props the first column: names of rows */
const Table = ({ title, head, rows, onClose }) =>
  html`<${Dialog} open=${true} title=${title} onClose=${onClose} wide=${true}><div class="numbers"><div class="numbers-scroll" tabindex="0" role="region" aria-label="Table of values"><table>
    <thead><tr>${head.map((name) => html`<th key=${name} scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map(([name, ...cells], k) => html`<tr key=${k}><th scope="row">${name}</th>${cells.map((cell, column) => html`<td key=${column}>${cell}</td>`)}</tr>`)}</tbody>
  </table></div></div><//>`;

/** @param {number} share */
const exact = (share) => html`<${Exact} value=${share} text=${shareSays(share)} />`;

/** Every point of every network. @param {First} first */
const points = (first) => ordered(first.models).flatMap((model) => model.points.map((point) => ({ name: nameOf(model), ...point })));

/** @param {First} first */
const fileOf = (first) => [
  ["network", "length", "margin", "distance", "n", "right", "accuracy", "low", "high", "seeds"],
  ...points(first).map(({ name, length, margin, distance, accuracy: { n, hits, value, interval }, seeds }) => [name, length, margin, distance, n, hits, value, ...interval, seeds.join(" ")]),
];

const HEAD = ["network", "places", "distance", "n", "right", "accuracy", "95 % interval", "every seed"];

/** @param {{first: First}} props */
export function PlotFigures({ first }) {
  const [open, setOpen] = useState(false);
  const rows = () => points(first).map(({ name, length, distance, accuracy, seeds }) => [name, length, distance, count(accuracy.n), count(accuracy.hits), exact(accuracy.value), intervalSays(accuracy), seeds.map(shareSays).join(", ")]);
  return html`<p class="first-files belief-files"><button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button><${SavePlot} name="which-came-first" label="accuracy against distance" rows=${() => fileOf(first)} /></p>
    ${open && html`<${Table} title="Accuracy by distance; every seed is a training of its own" head=${HEAD} rows=${rows()} onClose=${() => setOpen(false)} />`}`;
}

/** @param {{answered: Answered}} props */
export function LaneFigures({ answered }) {
  const [open, setOpen] = useState(false);
  const readers = readersOf(answered);
  const kind = (/** @type {number} */ symbol) => "ABcdefgh"[symbol] ?? String(symbol);
  const at = (/** @type {number} */ k) => readers.map(({ steps }) => /** @type {number[]} */ (steps)[k]);
  const head = ["place", "symbol", ...readers.map(nameOf)];
  const file = () => [head, ...answered.symbols.map((symbol, k) => [k + 1, kind(symbol), ...at(k)])];
  return html`<button type="button" class="link" onClick=${() => setOpen(true)}>Readers as table</button><${SavePlot} name="readers-after-every-place" label="the readers' lines" rows=${file} />
    ${open && html`<${Table} title="Probability that A came first after every place" head=${head} rows=${answered.symbols.map((symbol, k) => [k + 1, kind(symbol), ...at(k).map(exact)])} onClose=${() => setOpen(false)} />`}`;
}

/** @param {{first: First}} props */
export function About({ first }) {
  const { models, length, margin, budget, command } = first;
  const seeds = Math.max(...models.flatMap(({ points: all }) => all.map((point) => point.seeds.length)));
  const weights = listed(ordered(models).map((model) => `${nameOf(model)} ${count(model.parameters)}`));
  return html`<p class="small">${first.about} One network a line learns all distances in sequences of ${length} places, no sign nearer than ${margin} places to an end, for ${count(budget)} updates at most. Weights: ${weights}. The line is the first of ${seeds} trainings; the table has all. How far a reader remembers is another question: <a href="/rnn#tab=remember">RNN, How far?</a> Made with <code>${command}</code>.</p>`;
}
