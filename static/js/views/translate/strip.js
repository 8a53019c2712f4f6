/**
 * Words one under another, each beside its state: a row of numbers as coloured cells.
 *
 *     word | H cells | where it looks: a bar and per cent
 */
import { html, useState } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Num } from "gridtime/components/num.js";
import { Switch } from "gridtime/components/switch.js";
import { TableDialog } from "gridtime/components/table.js";
import { percent } from "gridtime/math/format.js";
import { layersOf, signalsOf } from "gridtime/math/translating.js";
import { isGate, SIGNALS } from "gridtime/views/translate/scene.js";

/** @typedef {import("gridtime/views/translate/scene.js").Room} Room */
/** @typedef {import("gridtime/views/translate/scene.js").Side} Side */
/** @typedef {{rows: number, width: number, data: Float32Array}} Values */

/**
 * The title of a side, and how it is driven: which signal is drawn, or which piece is written.
 * @param {{room: Room, side: Side, title: string, about: string, signal?: string, note?: string, playing?: boolean, onPlay?: () => void, step?: number, last?: number}} props
 */
export function StripHead({ room, side, title, about, signal, note = "", playing, onPlay, step = 0, last = 0 }) {
  const { patch, look } = room;
  const all = signalsOf(layersOf(side.net.graph).reads);
  return html`<header class="strip-head">
    <h2>${title} <small>${about}</small></h2>
    ${note && !look.present && html`<p class="small">${note}</p>`}
    ${!look.present && signal && html`<${Switch} name="What is drawn" chosen=${signal} options=${all.map((id) => ({ id, text: id.replace("gate.", ""), title: SIGNALS[id] }))} onPick=${(/** @type {string} */ id) => patch({ signal: id === all[0] ? undefined : id })} /><p class="small">${SIGNALS[signal] ?? signal}, of both networks</p>`}
    ${!look.present && onPlay && html`<div class="strip-steps">
      <button type="button" class="button" aria-label="Piece before" disabled=${step === 0} onClick=${() => patch({ step: step - 1 })}>◀</button>
      <button type="button" class="button" aria-pressed=${playing} onClick=${onPlay}>${playing ? "Stop" : look.still ? "Step" : "Play"}</button>
      <button type="button" class="button" aria-label="Next piece" disabled=${step === last} onClick=${() => patch({ step: step + 1 })}>▶</button>
    </div><p class="small">It begins with the state handed over.</p>`}
  </header>`;
}

/**
 * @param {{room: Room, values: Values, words: {text: string, known: boolean}[], signal: string, row: number, map: number, label: string, says: string,
 *   weights?: number[] | null, until?: number, chosen?: number, onRow?: (t: number) => void}} props
 *   until: rows after it are not there yet; weights: one a word
 */
export function Strip({ room, values, words, signal, row, map, label, says, weights = null, until = words.length - 1, chosen, onRow }) {
  const [open, setOpen] = useState(false);
  const [cell, setCell] = useState(/** @type {[number, number] | null} */ (null));
  const { rows, width, data } = values;
  const drawn = data.subarray(0, (until + 1) * width);
  const gate = isGate(signal);
  /** @param {[number, number]} to */
  const choose = (to) => {
    setCell(to);
    onRow?.(to[0]);
  };
  const at = cell && cell[0] <= until ? cell : null;
  const marked = chosen === undefined ? at : /** @type {[number, number]} */ ([chosen, at?.[1] ?? 0]);
  const number = marked && html`Row ${marked[0] + 1}, unit ${marked[1]}: <${Num} value=${data[marked[0] * width + marked[1]]} digits=${3} />`;
  return html`<div class="strip ${weights ? "has-weights" : ""}">
    <ol class="strip-words" aria-label="Pieces ${says}">${words.map(({ text, known }, t) => {
      const later = t > until;
      const name = later ? "\u00a0" : text;
      return html`<li key=${t} class="${t === chosen ? "is-chosen" : ""} ${later ? "is-later" : ""} ${known ? "" : "is-unknown"}">${onRow ? html`<button type="button" aria-pressed=${t === chosen} aria-label=${later ? `piece ${t + 1}, not written yet` : text} onClick=${() => onRow(t)}>${name}</button>` : html`<span>${name}</span>`}</li>`;
    })}</ol>
    <div class="strip-map" style=${{ height: `${rows * row}rem` }}>
      <${CanvasMap} values=${drawn} width=${width} height=${until + 1} limit=${1} kind=${gate ? "probability" : "activation"} box=${[map * 16, (until + 1) * row * 16]} chosen=${marked} readout=${false} label=${label} onChoose=${choose} />
      ${Array.from({ length: rows - until - 1 }, (_, k) => html`<i key=${k} class="strip-later" aria-hidden="true"></i>`)}
    </div>
    ${weights && html`<ol class="strip-weights" aria-label="Where it looks">${weights.map((weight, k) => html`<li key=${k}><span class="strip-bar" aria-hidden="true"><i style=${{ width: `${100 * weight}%` }}></i></span><span class="num" data-value=${String(Math.fround(weight))}>${percent(weight)}</span></li>`)}</ol>`}
  </div>
  ${!room.look.present && html`<p class="strip-says small">${number} <button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button></p>
    ${open && html`<${TableDialog} open=${true} onClose=${() => setOpen(false)} title=${label} values=${drawn} width=${width} height=${until + 1} rowNames=${words.map(({ text }) => text)} />`}`}`;
}
