/**
 * How far can it remember? Cells of each kind, trained for one distance each, on two problems.
 *
 *     GET /lab/remember -> adding | copy: recall or loss against distance, the chance line | figures
 */
import { signal } from "@preact/signals-core";
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { remembered } from "gridtime/api/client.js";
import { Busy } from "gridtime/components/busy.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { count, number, percent } from "gridtime/math/format.js";
import { heldSays, measureOf, ranked, spanOf } from "gridtime/math/remember.js";
import { NAMES } from "gridtime/math/signal.js";
import { Exact, FigureTable } from "gridtime/views/rnn/signal/figures.js";
import { Sample } from "gridtime/views/rnn/signal/plot.js";
import { Plot } from "gridtime/views/rnn/remember/plot.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/remember.js").Task} Task */
/** @typedef {import("gridtime/math/remember.js").Remembered} Remembered */

/** There is no sentence here: these cells read numbers and signs. */
export const ownField = true;
export const legend = () => html`<p class="legend">A mark: cells trained for this distance alone, the middle one; its whisker spans them. LSTM solid, GRU dashed, RNN dotted.</p>`;

const DRAWN = [{ id: "recall", text: "given back" }, { id: "loss", text: "loss" }];

const found = signal(/** @type {Remembered | null} */ (null));

/** "Learnt within 3,000 updates: LSTM at every distance tried, RNN up to 15 steps." @param {Task} task */
export function says(task) {
  const parts = ranked(task).map(({ kind, held }) => `${NAMES[kind]} ${heldSays(task, held)}`);
  return `${task.title}. Learnt within ${count(task.updates)} updates: ${parts.join(", ")}.`;
}

/** @param {Room} room */
const taskOf = ({ address }) => {
  const tasks = found.value?.tasks ?? [];
  return tasks.find(({ task }) => task === address.order) ?? tasks[0];
};

/** @param {Room} room */
export const caption = (room) => {
  const task = taskOf(room);
  return task ? says(task) : "How far can a cell remember?";
};

/** @param {Room} room */
export function walk(room) {
  return (found.value?.tasks ?? []).map((task) => ({
    id: `remember-${task.task}`, caption: says(task), notes: task.about,
    apply: () => room.patch({ order: task.task }),
  })); // prettier-ignore
}

/** @param {Room} room @param {Task} task */
const distanceOf = ({ address }, task) => {
  const all = task.cells[0].points.map(({ distance }) => distance);
  return all[Math.max(0, Math.min(all.length - 1, address.cell?.[1] ?? all.length - 1))];
};

/** "41 to 99 %": of all its trainings, where they differ on screen. @param {import("gridtime/math/remember.js").Point} point */
function spanSays(point) {
  const { low, high } = spanOf(point, "recall");
  return percent(low) !== percent(high) && html`<span class="small remember-of">${percent(low).replace(" %", "")} to ${percent(high)}</span>`;
}

/** @param {{task: Task, at: number, chosen: string, onPick: (kind: string) => void}} props */
function Figures({ task, at, chosen, onPick }) {
  const n = task.cells[0].points[0].n;
  return html`<table class="signal-readout"><caption>At ${number(at, at % 1 ? 1 : 0)} steps, ${count(n)} fresh sequences</caption>
    <thead><tr><th scope="col">cell</th><th scope="col">given back</th><th scope="col">loss</th><th scope="col">trained for</th></tr></thead>
    <tbody>${task.cells.map(({ cell, points }) => {
      const point = points.find(({ distance }) => distance === at);
      return point && html`<tr key=${cell} class=${cell === chosen ? "is-thick" : ""}><th scope="row"><button type="button" class="link" aria-pressed=${cell === chosen} onClick=${() => onPick(cell)}><${Sample} kind=${cell} thick=${cell === chosen} /> ${NAMES[cell]}</button></th>
        <td><${Exact} value=${point.recall} text=${percent(point.recall)} /> ${spanSays(point)}</td><td><${Exact} value=${point.loss} text=${number(point.loss, 3)} /></td><td>${count(point.updates)} updates${point.learnt ? "" : " (all)"}</td></tr>`;
    })}
    <tr><th scope="row">chance</th><td><${Exact} value=${task.recall_chance} text=${percent(task.recall_chance)} /></td><td><${Exact} value=${task.cells[0].points.find(({ distance }) => distance === at)?.chance ?? 0} text=${number(task.cells[0].points.find(({ distance }) => distance === at)?.chance ?? 0, 3)} /></td><td></td></tr></tbody></table>`;
}

/** @param {Task} task */
const rowsOf = (task) => [
  ["distance", ...task.cells.flatMap(({ cell }) => [`${NAMES[cell]} recall`, `${NAMES[cell]} lowest`, `${NAMES[cell]} highest`, `${NAMES[cell]} loss`]), "chance"],
  ...task.cells[0].points.map((point, k) => [point.distance, ...task.cells.flatMap(({ points }) => [points[k].recall, spanOf(points[k], "recall").low, spanOf(points[k], "recall").high, points[k].loss]), point.chance]),
];

/** @param {{data: Remembered, task: Task}} props */
const About = ({ data, task }) => html`<p class="small">${task.about} Given back: ${task.recall}; “learnt” is more than halfway from chance to all. Loss: ${task.loss}; chance ${task.chance}. ${task.cells.map(({ cell, hidden, parameters }) => `${NAMES[cell]} ${hidden} units, ${count(parameters)} weights`).join("; ")}; at most ${count(task.updates)} updates of ${task.batch} sequences. A mark is the middle one of ${data.trainings} trainings by what it gives back (seeds ${data.seed} to ${data.seed + data.trainings - 1}), its whisker spans them all: other seeds may move a mark near its edge. ${task.source}. Made with <code>${data.command}</code>.</p>`;

/** @param {{room: Room, part: string}} props */
export function View({ room }) {
  const [problem, setProblem] = useState(/** @type {Error | null} */ (null));
  const [table, setTable] = useState(false);
  const load = () => remembered().then((data) => ((found.value = data), setProblem(null)), setProblem);
  useEffect(() => void load(), []);
  const { address, patch, look } = room;
  const data = found.value;
  const task = taskOf(room);
  if (!data || !task) return html`<div class="remember"><${Trouble} problem=${problem} onRetry=${load} /><${Busy} on=${!problem} /></div>`;
  const measure = measureOf(address.method);
  const chosen = task.cells.some(({ cell }) => cell === address.against) ? address.against : "lstm";
  const at = distanceOf(room, task);
  const size = look.present ? "present" : look.narrow ? "narrow" : "wide";
  const all = task.cells[0].points.map(({ distance }) => distance);
  return html`<div class="signal remember">
    <figure class="signal-figure">
      <${Plot} task=${task} measure=${measure} chosen=${chosen} at=${at} size=${size} onAt=${(/** @type {number} */ distance) => patch({ cell: [0, all.indexOf(distance)] })} />
      ${!look.present && html`<p class="signal-files"><button type="button" class="link" onClick=${() => setTable(true)}>Show as table</button><${SavePlot} name="remember-${task.task}" label=${task.title} rows=${() => rowsOf(task)} /></p>`}
    </figure>
    ${!look.present && html`<div class="signal-side">
      <${Switch} name="Which problem" chosen=${task.task} options=${data.tasks.map(({ task: id, title }) => ({ id, text: id, title }))} onPick=${(/** @type {string} */ order) => patch({ order, cell: undefined })} />
      <${Switch} name="What is drawn" chosen=${measure} options=${DRAWN} onPick=${(/** @type {string} */ id) => patch({ method: id === "recall" ? undefined : id })} />
      <p class="signal-says" role="status">${says(task)}</p>
      <${Figures} task=${task} at=${at} chosen=${chosen} onPick=${(/** @type {string} */ against) => patch({ against })} />
      <${About} data=${data} task=${task} /></div>`}
    ${table && html`<${FigureTable} title=${task.title} rows=${rowsOf(task)} onClose=${() => setTable(false)} />`}
  </div>`;
}
