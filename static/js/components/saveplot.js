/**
 * "Save" beside a plot that is drawn as SVG: the drawing itself, and its numbers.
 *
 *     <SavePlot name rows/> near the plot -> the nearest <svg> around it -> SVG | CSV
 *
 * Absent on a projector.
 */
import { html, useRef } from "gridtime/lib/html.js";
import { SaveMenu, plotFiles } from "gridtime/components/save.js";
import { present } from "gridtime/stores/ui.js";

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
