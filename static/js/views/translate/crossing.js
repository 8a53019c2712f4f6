/**
 * What crosses from the network that reads to the one that writes: one state, and, with attention,
 * a line from every piece read to the piece that is written, as thick as it is looked at.
 */
import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { percent } from "gridtime/math/format.js";
import { tensorOf } from "gridtime/math/translating.js";

/** @typedef {import("gridtime/views/translate/scene.js").Side} Side */

/** px at root 16 of the drawing; the thickest line. */
const WIDTH = 160;
const THICK = 12;
/** Lines thinner than this share would not be seen. */
const LEAST = 0.02;

/** The state handed over as a square of cells. @param {{side: Side, present: boolean, size: number}} props size: px at root 16 */
export function Handed({ side, present, size }) {
  const state = tensorOf(side.tensors, side.net.graph, "handed");
  if (!state) return null;
  const n = state.data.length;
  const width = Math.ceil(Math.sqrt(n));
  return html`<div class="trans-handed">
    <h2>Handed over</h2>
    <${CanvasMap} values=${state.data} width=${width} height=${Math.ceil(n / width)} limit=${1} size=${size} label="The state handed over: ${n} numbers" readout=${false} table=${!present} />
    <p class="small">${n} numbers. ${side.net.attends ? "The writing starts from them, and may also look back." : html`<b>Nothing else crosses.</b>`}</p>
  </div>`;
}

/**
 * @param {{weights: number[] | null, from: number, at: number, rows: number, row: number}} props
 *   from: pieces read; at: the piece written; row: rem
 */
export function Crossing({ weights, from, at, rows, row }) {
  const height = rows * row * 16;
  /** @param {number} k */
  const middle = (k) => (k + 0.5) * row * 16;
  const to = middle(at);
  const says = weights ? weights.map((weight, k) => `${k + 1}: ${percent(weight)}`).join(", ") : "no attention";
  return html`<svg class="crossing" viewBox="0 0 ${WIDTH} ${height}" style=${{ height: `${rows * row}rem` }} preserveAspectRatio="none" role="img" aria-label="How much each piece read is looked at: ${says}">
    ${weights
      ? weights.map((weight, k) => weight >= LEAST && html`<path key=${k} class="crossing-line" d="M0 ${middle(k)}C${WIDTH / 2} ${middle(k)} ${WIDTH / 2} ${to} ${WIDTH} ${to}" stroke-width=${Math.max(1, THICK * weight)} />`)
      : html`<path class="crossing-none" d="M0 ${middle(from - 1)}H${WIDTH * 0.3}M${WIDTH * 0.7} ${middle(0)}H${WIDTH}" />`}
  </svg>`;
}
