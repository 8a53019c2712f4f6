/**
 * Speed: total work, what must wait, and time, against the length of the text.
 *
 *     GET /lab/speed -> the last measurement at once      Measure here -> points as they come
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { Trouble } from "gridtime/components/trouble.js";
import { count, plural } from "gridtime/math/format.js";
import { MEASURES, done, doublingSays, lengthOf, ms, nameOf, paired, pointAt, rowsOf, says, sourceSays, styleOf, waitingSays, workSays } from "gridtime/math/speed.js";
import { Exact } from "gridtime/views/rnn/signal/figures.js";
import { About, Figures } from "gridtime/views/compare/speed/figures.js";
import { Plot, Sample } from "gridtime/views/compare/speed/plot.js";
import { TableOf } from "gridtime/views/compare/speed/table.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/math/speed.js").Run} Run */
/** @typedef {import("gridtime/math/speed.js").Measure} Measure */

/** What a stop of the walk shows. @type {Record<string, Measure[]>} */
const PARTS = { all: ["work", "waiting", "time"], vote: [], work: ["work"], waiting: ["waiting"], time: ["time"] };
/** From this length on a measurement may end: a shorter one shows no growth. */
const SHORTEST_END = 100;

export const legend = () => html`<p class="legend">LSTM solid, two-way thin; GRU dashed, RNN dotted, CNN dash-dot; the chosen one is thick. Both scales are powers of ten.</p>`;

/** What is read off: the last whole measurement, else the points that are there. @param {Room} room @returns {Run | null} */
const wholeOf = ({ stores }) => stores.speed.past.value ?? stores.speed.now.value;

/** @param {Room} room */
export function caption(room) {
  const run = wholeOf(room);
  return run ? says(run, lengthOf(run, room.address.step), room.address.model) : "What must wait, and how long does it take?";
}

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk(room) {
  const run = wholeOf(room);
  if (!run) return [];
  const { step, model } = room.address;
  const at = lengthOf(run, step);
  return [
    { id: "vote", caption: "Twice as many words: twice the time? For which of these? Vote, then press on." },
    { id: "work", caption: workSays(run, at) },
    { id: "waiting", caption: waitingSays(run, at, model) },
    { id: "time", caption: doublingSays(run, model) || says(run, at, model), notes: `${says(run, at, model)} ${sourceSays(run)}` },
  ]; // prettier-ignore
}

/** How far it is, in words. @param {{room: Room}} props */
function Progress({ room }) {
  const { now, running, waiting } = room.stores.speed;
  if (waiting.value) return html`<span class="speed-progress">Another measurement runs on this server. Trying again in ${waiting.value} s.</span>`;
  const run = now.value;
  if (!running.value || !run) return running.value ? html`<span class="speed-progress">Loading the networks…</span>` : null;
  const { at, of } = done(run);
  const point = run.points[run.points.length - 1];
  const reader = run.readers.find(({ model }) => model === point?.model);
  return html`<progress max=${of} value=${at} aria-label="Points measured"></progress>
    <span class="speed-progress">${at} of ${of}${point && reader ? `: ${nameOf(reader)}, ${plural(point.length, "word")}, ${ms(point.ms.median)} ms` : ""}</span>`;
}

/** @param {{room: Room, run: Run | null}} props */
function Controls({ room, run }) {
  const { address, patch, look, stores } = room;
  const { running, measure, stop } = stores.speed;
  const ladder = run?.ladder ?? [];
  const ends = ladder.filter((length) => length >= SHORTEST_END);
  const end = address.range?.[1] ?? ladder[ladder.length - 1];
  return html`<div class="compare-head speed-controls">
    ${running.value ? html`<button type="button" class="button" onClick=${stop}>Stop</button>` : html`<button type="button" class="button" onClick=${() => measure(address.range)}>Measure here</button>`}
    ${!look.present && run && html`<label class="field">up to <select value=${end} disabled=${running.value} onChange=${(/** @type {any} */ e) => patch({ range: Number(e.target.value) === ladder[ladder.length - 1] ? undefined : [ladder[0], Number(e.target.value)] })}>
      ${[...new Set([...ends, end])].sort((a, b) => a - b).map((length) => html`<option key=${length} value=${length}>${plural(length, "word")}</option>`)}</select></label>`}
    <${Progress} room=${room} />${run && !running.value && html`<p class="speed-source">${sourceSays(run)}</p>`}</div>`;
}

/** The numbers of the beat, large. @param {{run: Run, at: number, measure: Measure, asked: string | undefined}} props */
function Beat({ run, at, measure, asked }) {
  const { chosen, other } = paired(run, asked);
  const { value, text } = MEASURES[measure];
  return html`<p class="speed-beat">${plural(at, "word")}: ${[chosen, other].map((reader) => {
    const point = pointAt(run, reader.model, at);
    return point && html`<span key=${reader.model}><${Sample} style=${styleOf(reader)} thick=${reader === chosen} /> ${nameOf(reader)} <b><${Exact} value=${value(point)} text=${text(value(point))} /></b>${measure === "time" ? " ms" : ""}</span>`;
  })}</p>`;
}

/** Before the vote: who takes part. @param {{run: Run}} props */
const Vote = ({ run }) => html`<ul class="speed-vote">${run.readers.map((reader) => html`<li key=${reader.model}><${Sample} style=${styleOf(reader)} thick=${true} /> ${nameOf(reader)}</li>`)}</ul>`;

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const [table, setTable] = useState(false);
  const { address, look, patch, stores } = room;
  const { past, now, running, busy, trouble, problem, load, measure } = stores.speed;
  useEffect(() => void (past.peek() ?? load()), []);
  const run = wholeOf(room);
  if (!run) return html`<div class="speed"><${Controls} room=${room} run=${null} /><${Trouble} problem=${problem.value ?? trouble.value} onRetry=${load} /><${Busy} on=${busy.value} /></div>`;
  const drawn = now.value ?? run;
  const at = lengthOf(run, address.step);
  const chosen = paired(run, address.model).chosen.model;
  const size = look.present ? "present" : look.narrow ? "narrow" : "wide";
  const shown = PARTS[part] ?? PARTS.all;
  const onAt = (/** @type {number} */ step) => patch({ step });
  const onChoose = (/** @type {string} */ model) => patch({ model });
  const left = run.missing.length > 0 && !running.value;
  return html`<div class="speed ${look.present ? `is-${part}` : ""}" data-running=${running.value} data-measured=${run.measured}>
    ${(!look.present || part === "time") && html`<${Controls} room=${room} run=${run} />`}
    <${Trouble} problem=${problem.value} onRetry=${() => measure(address.range)} />
    ${!look.present && html`<p class="speed-says" role="status">${says(run, at, address.model)} ${doublingSays(run, address.model)}${left ? ` No time was left for ${plural(run.missing.length, "point")}.` : ""}</p>`}
    ${part === "vote" && html`<${Vote} run=${run} />`}
    ${look.present && shown.map((one) => html`<${Beat} key=${one} run=${run} at=${at} measure=${one} asked=${address.model} />`)}
    <div class="speed-plots">${shown.map((one) => html`<figure key=${one} data-measure=${one}>
      ${!look.present && html`<h2>${MEASURES[one].title}</h2>`}<figcaption>${MEASURES[one].axis}${one === "time" ? html`; n ${nSay(drawn)}, whiskers 10 to 90 %` : "; counted"}</figcaption>
      <${Plot} run=${drawn} before=${now.value ? past.value : null} measure=${one} chosen=${chosen} at=${at} size=${size} onAt=${onAt} onChoose=${onChoose} />
      ${!look.present && html`<p class="speed-files"><${SavePlot} name="speed-${one}" label=${MEASURES[one].title} rows=${() => rowsOf(run)} /></p>`}
    </figure>`)}</div>
    ${!look.present && html`<div class="speed-below"><div><${Figures} run=${run} at=${at} chosen=${chosen} onChoose=${onChoose} /><button type="button" class="link" onClick=${() => setTable(true)}>Show as table</button></div><${About} run=${run} /></div>`}
    ${table && html`<${TableOf} run=${run} onClose=${() => setTable(false)} />`}
  </div>`;
}

/** "5 to 25": passes a point. @param {Run} run */
function nSay({ points }) {
  const all = points.map(({ ms: { n } }) => n);
  if (!all.length) return "0";
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least === most ? count(least) : `${least} to ${most}`;
}
