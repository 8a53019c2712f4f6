/**
 * The numbers of both beliefs as a table and as files: one row after each part that was read.
 */
import { html, useState } from "gridtime/lib/html.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { TableDialog } from "gridtime/components/table.js";
import { beliefAt } from "gridtime/math/tworeaders.js";

/** @typedef {{name: string, now: import("gridtime/math/tworeaders.js").Curve}} Line */

/** @param {Line[]} lines @param {number} label @param {number} rows @returns {Float32Array} [rows, lines] */
const valuesOf = (lines, label, rows) => Float32Array.from({ length: rows * lines.length }, (_, i) => beliefAt(lines[i % lines.length].now, Math.floor(i / lines.length), label));

/**
 * @param {{lines: Line[], label: number, name: string, read: string, rowNames: string[], drawn?: boolean}} props
 *   read: what the rows count, "rows" or "words"; drawn: a plot stands near that can be saved
 */
export function Figures({ lines, label, name, read, rowNames, drawn = true }) {
  const [open, setOpen] = useState(false);
  const names = lines.map((line) => line.name);
  const values = valuesOf(lines, label, rowNames.length);
  const every = () => [[read, ...names], ...rowNames.map((row, k) => [row, ...lines.map(({ now }) => beliefAt(now, k, label))])];
  return html`<p class="belief-files"><button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>${drawn && html`<${SavePlot} name="belief-${name}" label="Belief in ${name}" rows=${every} />`}</p>
    ${open && html`<${TableDialog} open=${true} title="Belief in ${name}, by ${read} read" onClose=${() => setOpen(false)} values=${values} width=${lines.length} height=${rowNames.length} columnNames=${names} rowNames=${rowNames} />`}`;
}
