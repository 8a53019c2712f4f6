/**
 * The whole of the attention: a row a piece written, a column a piece read; every row adds up to 1.
 */
import { html, useState } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { TableDialog } from "gridtime/components/table.js";
import { largest, rowOf, shown, tensorOf } from "gridtime/math/translating.js";
import { looksSay, piecesOf } from "gridtime/views/translate/scene.js";

/** @typedef {import("gridtime/views/translate/scene.js").Room} Room */
/** @typedef {import("gridtime/views/translate/scene.js").Told} Told */
/** @typedef {import("gridtime/views/translate/scene.js").Side} Side */

/** px at root 16: a cell, and all at most; presented. */
const DESK = { cell: 20, most: 380 };
const PRESENT = { cell: 32, most: 430 };

/** @param {{room: Room, told: Told, side: Side, step: number}} props */
export function Matrix({ room, told, side, step }) {
  const [open, setOpen] = useState(false);
  const matrix = tensorOf(side.tensors, side.net.graph, "attention");
  if (!matrix) {
    return html`<section class="trans-matrix" aria-label="Attention"><h2>Attention</h2><p>None. This network writes from the state handed over alone: whatever of the sentence is not in it is lost.</p></section>`;
  }
  const [rows, columns] = matrix.shape;
  const { cell: largestCell, most } = room.look.present ? PRESENT : DESK;
  const cell = Math.min(largestCell, room.look.narrow ? 250 / columns : most / Math.max(rows, columns));
  const written = piecesOf(side).map(({ text }) => shown(text));
  const read = told.tokens.map(({ text }) => shown(text));
  const title = "Attention: a row a piece written, a column a piece read";
  return html`<section class="trans-matrix" aria-label="Attention">
    <h2>Attention <small>a row a piece written; a row adds up to 100 %</small></h2>
    <div class="matrix" style=${{ "--cell": `${cell / 16}rem` }}>
      <ol class="matrix-columns" aria-hidden="true">${read.map((text, k) => html`<li key=${k}><span>${text}</span></li>`)}</ol>
      <ol class="matrix-rows" aria-hidden="true">${written.map((text, t) => html`<li key=${t} class=${t === step ? "is-chosen" : ""}>${text}</li>`)}</ol>
      <${CanvasMap} values=${matrix.data} width=${columns} height=${rows} limit=${1} kind="probability" box=${[columns * cell, rows * cell]} chosen=${[step, largest(rowOf(matrix, step))]} readout=${false} label=${title} onChoose=${(/** @type {[number, number]} */ [t]) => room.patch({ step: t })} />
    </div>
    ${!room.look.present && html`<p class="small">${looksSay(told, side, step)} <button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button></p>`}
    ${open && html`<${TableDialog} open=${true} onClose=${() => setOpen(false)} title=${title} values=${matrix.data} width=${columns} height=${rows} rowNames=${written} columnNames=${read} />`}
  </section>`;
}
