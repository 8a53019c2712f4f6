/**
 * A forecast in columns over one another, one step a column, those ahead behind the origin.
 *
 *     overview ~~~~[====|..]~~   | the step looked at, and how its median came to be
 *     plot     known | forecasts | errors from this origin
 *     input    [3, T]            | what was done
 *     states   [12 of H, T]      |
 *     every held-out series
 */
import { html, useMemo, useState } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { TableDialog } from "gridtime/components/table.js";
import { extent } from "gridtime/math/colour.js";
import { statesOf, unitOf, unitsOf } from "gridtime/math/drawnunits.js";
import { number, plural } from "gridtime/math/format.js";
import { Key, Plot, linesOf } from "gridtime/views/forecast/plot.js";
import { Held } from "gridtime/views/forecast/held.js";
import { Overview } from "gridtime/views/forecast/overview.js";
import { BOX, nameAt, originsOf, readOf, sizeOf, stepOf, titleOf } from "gridtime/views/forecast/scene.js";
import { Side } from "gridtime/views/forecast/side.js";
import { PARTS } from "gridtime/views/forecast/walk.js";
import { UnitMap } from "gridtime/views/rnn/unitmap.js";

/** @typedef {import("gridtime/views/forecast/scene.js").Room} Room */
/** @typedef {import("gridtime/views/forecast/scene.js").Seen} Seen */
/** @typedef {{seen: Seen, room: Room, step: number, last: number}} Row last: the last step that is drawn */

/** Numbers of a network's rows [T, K], one row a unit. @param {Float32Array} data @param {number} rows @param {number} steps */
const turned = (data, rows, steps) => Float32Array.from({ length: rows * steps }, (_, i) => data[(i % steps) * rows + Math.floor(i / steps)]);

/** A link that opens the numbers. @param {{title: string, values: () => ArrayLike<number>, width: number, height: number, rowNames: string[], columnNames: string[]}} props */
function Table({ values, ...props }) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>${open && html`<${TableDialog} open=${true} onClose=${() => setOpen(false)} values=${values()} ...${props} />`}`;
}

/** @param {Seen} seen */
const columns = (seen) => Array.from({ length: seen.total }, (_, t) => nameAt(seen, t));

/** What each row of the input is. @param {Seen} seen */
const rowsOf = ({ input }) => ["the value (0: not known)", `the value ${input.season.steps} steps earlier`, "known: 1, ahead: 0"];

/** What the network sees at each step. @param {Row} props */
function Input({ seen, room, step, last }) {
  const tensor = seen.tensors.get("input");
  const [rows, shown] = [rowsOf(seen), last + 1];
  const values = useMemo(() => {
    const all = tensor && turned(/** @type {Float32Array} */ (tensor.data), rows.length, seen.total);
    return all && all.map((v, i) => (i % seen.total < shown ? v : 0));
  }, [tensor, shown]);
  if (!tensor || !values) return null;
  const { width, left, right } = BOX[sizeOf(room.look)];
  const high = room.look.present ? 84 : 42;
  const at = (/** @type {number} */ k) => tensor.data[step * rows.length + k];
  return html`<div class="forecast-beside" style=${{ "--high": `${high / rows.length / 16}rem` }}><${CanvasMap} values=${values} width=${seen.total} height=${rows.length} limit=${extent(tensor.data) || 1} box=${[width - left - right, high]} chosen=${[0, step]} readout=${false}
    label="What the network sees at each step: ${rows.join("; ")}. Chosen: ${nameAt(seen, step)}" onChoose=${(/** @type {[number, number]} */ [, x]) => room.patch({ step: Math.min(x, last) })} />
    ${!room.look.narrow && html`<ul aria-hidden="true">${["value", `${seen.input.season.steps} steps earlier`, "known or not"].map((name) => html`<li key=${name}>${name}</li>`)}</ul>`}</div>
    <p class="forecast-says">It sees at ${nameAt(seen, step)}: ${at(2) ? html`value <span class="num" data-value=${String(at(0))}>${number(at(0))}</span>` : "no value"}, ${plural(seen.input.season.steps, "step")} earlier <span class="num" data-value=${String(at(1))}>${number(at(1))}</span>, known <span class="num" data-value=${String(at(2))}>${number(at(2), 0)}</span>.${!room.look.present && html` <${Table} title="What the network sees" values=${() => turned(/** @type {Float32Array} */ (tensor.data), rows.length, seen.total)} width=${seen.total} height=${rows.length} rowNames=${rows} columnNames=${columns(seen)} />`}</p>`;
}

/** States of the units that move the forecast most. @param {Row} props */
function States({ seen, room, step, last }) {
  const found = statesOf(seen);
  const units = useMemo(() => (found ? unitsOf(seen, found.reader.hidden) : []), [seen.key, seen.effects]);
  const data = found?.data;
  const hidden = found?.reader.hidden ?? 1;
  const value = useMemo(() => (/** @type {number} */ t, /** @type {number} */ u) => (data ? data[t * hidden + u] : 0), [data]);
  if (!found || !data) return null;
  const unit = unitOf(room.address, units);
  const limit = extent(data) || 1;
  const read = readOf(seen);
  return html`<div class="forecast-states"><${UnitMap} units=${units} window=${{ start: 0, end: seen.total }} value=${value} limit=${() => limit} gate=${false} unit=${unit} step=${Math.min(step, last)} last=${last}
    label="State h of the ${units.length} units of ${hidden} that move the forecast most, step by step" says="At ${nameAt(seen, step)}, unit ${unit}: ${number(value(step, unit))}" look=${room.look}
    onChoose=${(/** @type {number} */ t, /** @type {number} */ u) => room.patch({ step: t, unit: u })} onOpen=${() => undefined} />
    <i class="forecast-cut" style=${{ left: `${(100 * read) / seen.total}%` }} aria-hidden="true"></i></div>
    <p class="forecast-says is-unit">h of unit ${unit} at ${nameAt(seen, step)}: <span class="num" data-value=${String(value(step, unit))}>${number(value(step, unit))}</span>; ${hidden - units.length} other units are not drawn.${!room.look.present && html` From the line on the state runs on without a value. <${Table} title="h of every unit" values=${() => turned(data, hidden, seen.total)} width=${seen.total} height=${hidden} rowNames=${Array.from({ length: hidden }, (_, k) => `unit ${k}`)} columnNames=${columns(seen)} />`}</p>`;
}

/** The drawing's numbers, a row a step, the names of the columns first. @param {Seen} seen @returns {(string | number)[][]} */
function numbersOf(seen) {
  const read = readOf(seen);
  const lines = linesOf(seen, { median: true, naive: true, came: true });
  const { lower, upper } = seen.forecast;
  const head = ["step", "known", "lower", "upper", ...lines.map(({ name }) => name)];
  const rows = Array.from({ length: seen.total }, (_, t) => {
    const k = t - read;
    const known = k < 0 ? seen.series.values[seen.input.reads.start + t] : "";
    return [nameAt(seen, t), known, lower[k] ?? "", upper[k] ?? "", ...lines.map(({ values }) => values[k] ?? "")];
  });
  return [head, ...rows];
}

/** Files and table of the plot. @param {{seen: Seen}} props */
function Files({ seen }) {
  const [head, ...rows] = numbersOf(seen);
  const names = /** @type {string[]} */ (head).slice(1);
  const values = () => rows.flatMap((row) => row.slice(1).map((v) => (v === "" ? NaN : Number(v))));
  return html`<p class="forecast-says forecast-files"><${Table} title="${titleOf(seen)}: window and forecasts" values=${values} width=${names.length} height=${rows.length} rowNames=${rows.map((row) => String(row[0]))} columnNames=${names} /><${SavePlot} name="forecast" label="Window and forecasts" rows=${() => [head, ...rows]} /></p>`;
}

/** @param {{room: Room, seen: Seen, part: string}} props */
export function View({ room, seen, part }) {
  const { address, look } = room;
  const show = PARTS[part] ?? PARTS.all;
  const size = sizeOf(look);
  const step = stepOf(address, seen);
  const last = show.cut ? readOf(seen) - 1 : seen.total - 1;
  const row = { seen, room, step: Math.min(step, last), last };
  const { left, right, width } = BOX[size];
  const inner = { marginLeft: `${left / 16}rem`, width: `${(width - left - right) / 16}rem` };
  const [first, end] = originsOf(seen);
  const origin = Math.max(first, Math.min(end, address.origin ?? seen.input.origin));
  const onStep = (/** @type {number} */ t) => room.patch({ step: Math.min(t, last) });
  const marked = !look.present || Boolean(show.step);
  return html`<div class="forecast is-${size}">
    <div class="forecast-time" style=${{ width: `${width / 16}rem` }}>
      ${show.all && html`<${Overview} seen=${seen} origin=${origin} size=${size} window=${!show.whole} onOrigin=${(/** @type {number} */ n) => room.patch({ origin: n })} />`}
      ${show.lines && html`<${Plot} seen=${seen} lines=${show.lines} step=${row.step} size=${size} marked=${marked} high=${look.present ? show.high : undefined} onStep=${onStep} />`}
      ${show.lines && size === "narrow" && html`<${Key} seen=${seen} lines=${show.lines} />`}
      ${show.lines && !look.present && html`<div style=${size === "narrow" ? {} : inner}><${Files} seen=${seen} /></div>`}
      ${show.input && html`<div class="forecast-row" style=${inner}><${Input} ...${row} /></div>`}
      ${show.states && html`<div class="forecast-row" style=${inner}><${States} ...${row} /></div>`}
    </div>
    ${(show.step || show.errors) && html`<${Side} room=${room} seen=${seen} step=${row.step} show=${show} />`}
    ${show.held && html`<${Held} figures=${room.store.figures.value} name=${seen.sample?.name} />`}
  </div>`;
}
