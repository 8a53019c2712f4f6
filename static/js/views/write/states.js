/**
 * States of the units that move the answer most, one column a letter read; the letters above.
 *
 *     letters   r b o u r │ q u i        a column: the memory after its letter
 *     units     12 of H, T               from the chosen one the letter after it was drawn
 */
import { html, useMemo, useState } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { Switch } from "gridtime/components/switch.js";
import { TableDialog } from "gridtime/components/table.js";
import { SIGNALS } from "gridtime/math/readers.js";
import { windowOf } from "gridtime/math/window.js";
import { seen, spoken } from "gridtime/math/writing.js";
import { number } from "gridtime/math/format.js";
import { UnitMap } from "gridtime/views/rnn/unitmap.js";
import { letterAt, roomOf, statesOf } from "gridtime/views/write/scene.js";

/** @typedef {import("gridtime/views/write/scene.js").Room} Room */
/** @typedef {import("gridtime/stores/writing.js").Made} Made */

/** Every unit of the window as a table. @param {{made: Made, found: NonNullable<ReturnType<typeof statesOf>>, window: {start: number, end: number}, onClose: () => void}} props */
function Table({ made, found, window, onClose }) {
  const { reader, signal, value } = found;
  const width = window.end - window.start;
  const values = useMemo(() => Float32Array.from({ length: width * reader.hidden }, (_, n) => value(window.start + (n % width), Math.floor(n / width))), [found.data, window.start]);
  return html`<${TableDialog} open=${true} title="${signal.name} ${signal.id} of every unit" onClose=${onClose} values=${values} width=${width} height=${reader.hidden}
    columnNames=${Array.from({ length: width }, (_, n) => seen(letterAt(made, window.start + n)))} rowNames=${Array.from({ length: reader.hidden }, (_, u) => `unit ${u}`)} />`;
}

/**
 * @param {{room: Room, made: Made, step: number, upto: number}} props upto: letters that are written
 */
export function States({ room, made, step, upto }) {
  const { look, address, patch } = room;
  const [table, setTable] = useState(false);
  const found = statesOf(made, address, look.present ? 8 : 12);
  const value = useMemo(() => found?.value ?? (() => 0), [found?.data]);
  const limits = useMemo(() => () => found?.limit ?? 1, [found?.limit]);
  if (!found) return null;
  const { reader, signal, units, unit } = found;
  const { lead, start } = made;
  const total = lead + made.letters.length - 1; // the last letter has not been read when it is drawn
  const at = lead + step - 1;
  const size = look.present ? 40 : look.narrow ? 20 : 56;
  const inner = windowOf(at - start, total - start, size);
  const window = { start: inner.start + start, end: inner.end + start };
  const last = Math.min(total - 1, lead + Math.max(0, upto - 1) - 1);
  const says = `After ${spoken(letterAt(made, at))}, ${signal.id} of unit ${unit}: ${number(value(at, unit))}`;
  return html`<section class="write-states" aria-label="States">
    ${!look.present && html`<div class="save-head"><h2>Its memory after every letter</h2><div class="row">
      <${Switch} name="What is shown of every unit" chosen=${address.signal ?? "h"} onPick=${(/** @type {string} */ id) => patch({ signal: id === "h" ? undefined : id })} options=${SIGNALS[reader.kind].map(({ id, name }) => ({ id, text: id, title: `${name} ${id}` }))} />
      <button type="button" class="link" onClick=${() => setTable(true)}>Show as table</button></div></div>`}
    <div class="write-columns" style=${{ "--columns": String(window.end - window.start) }}>
      <span></span>
      <ol class="read-letters" aria-hidden="true">${Array.from({ length: window.end - window.start }, (_, n) => window.start + n).map((t) => html`<li key=${t} class=${[t === at && "is-chosen", t >= lead && "is-written"].filter(Boolean).join(" ")}>${t <= last ? seen(letterAt(made, t)) : ""}</li>`)}</ol>
      <ol class="unitnames" style=${{ "--rows": String(units.length) }} aria-hidden="true">${units.map((u) => html`<li key=${u} class=${u === unit ? "is-chosen" : ""} onClick=${() => patch({ unit: u })}><b>${u}</b></li>`)}</ol>
      <${UnitMap} units=${units} window=${window} value=${value} limit=${limits} gate=${signal.form === "gate"} unit=${unit} step=${at} last=${last}
        label="${signal.name} ${signal.id} of the ${units.length} units of ${reader.hidden} that move the answer most, letter by letter" says=${says} look=${look}
        onChoose=${(/** @type {number} */ t, /** @type {number} */ u) => patch({ step: Math.max(0, t - lead + 1), unit: u })} onOpen=${() => undefined} />
    </div>
    ${!look.present && html`<p class="small">${signal.id} of unit ${unit} after ${spoken(letterAt(made, at))}: <span class="state-value"><${Num} value=${value(at, unit)} digits=${3} /></span>. ${units.length} of ${reader.hidden} units, ${made.effects ? "those that move the answer to the beginning most" : "those with the largest values"}. <a href=${roomOf(made, step)}>How it came about, gate by gate</a></p>`}
    ${table && html`<${Table} made=${made} found=${found} window=${window} onClose=${() => setTable(false)} />`}
  </section>`;
}
