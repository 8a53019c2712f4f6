/**
 * "Save" beside a plot: the drawing itself, and its numbers.
 *
 *     <SavePlot name rows/> near a plot drawn as SVG -> the nearest <svg> around it -> SVG | CSV
 *     <SaveBars name bars/>, <SaveFalls name terms/> -> the same bars, drawn for a file -> SVG | CSV
 *
 * Absent on a projector.
 */
import { html, useRef } from "gridtime/lib/html.js";
import { SaveMenu, plotFiles } from "gridtime/components/save.js";
import { activation, colourOf } from "gridtime/math/colour.js";
import { barsSvg } from "gridtime/math/files.js";
import { number, signed } from "gridtime/math/format.js";
import { present } from "gridtime/stores/ui.js";

/** @typedef {import("gridtime/math/files.js").Bar} Bar */

/** A file is read on white. */
const INK = "#4A5160";

/**
 * @param {{name: string, rows: () => unknown[][], label?: string}} props
 *   rows: with the names of the columns first
 */
export function SavePlot({ name, rows, label = "this plot" }) {
  const here = useRef(/** @type {HTMLElement | null} */ (null));
  if (present.value) return null;
  const svg = () => {
    let around = here.current?.parentElement;
    while (around && !around.querySelector("svg")) around = around.parentElement;
    return around?.querySelector("svg");
  };
  return html`<span class="save-plot" ref=${here}><${SaveMenu} items=${plotFiles(name, { svg, rows })} label=${label} /></span>`;
}

/**
 * @param {{name: string, title: string, bars: Bar[], rows: unknown[][], label?: string,
 *   colour?: (value: number) => string, text?: (value: number) => string}} props
 *   rows: with the names of the columns first
 */
export function SaveBars({ name, title, bars, rows, label = title, colour = () => INK, text = (v) => number(v, 3) }) {
  if (present.value) return null;
  const items = plotFiles(name, { svg: () => barsSvg({ title, bars, colour, text }), rows: () => rows });
  return html`<span class="save-plot"><${SaveMenu} items=${items} label=${label} /></span>`;
}

/** A sum, term by term. @param {{name: string, title: string, terms: {label: string, value: number}[], total: number, totalLabel?: string}} props */
export function SaveFalls({ name, title, terms, total, totalLabel = "total" }) {
  let at = 0;
  const bars = terms.map(({ label, value }) => ({ label, value, from: at, to: (at += value) }));
  bars.push({ label: totalLabel, value: total, from: 0, to: total });
  const limit = Math.max(...bars.map(({ value }) => Math.abs(value)));
  return html`<${SaveBars} name=${name} title=${title} bars=${bars} text=${(/** @type {number} */ v) => signed(v, 3)}
    colour=${(/** @type {number} */ v) => `rgb(${colourOf(v, limit, activation("light")).join(" ")})`}
    rows=${[["term", "adds"], ...terms.map(({ label, value }) => [label, value]), [totalLabel, total]]} />`;
}
