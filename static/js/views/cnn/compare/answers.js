/**
 * Both answers, class by class, and how far they lie apart.
 */

import { html } from "gridtime/lib/html.js";
import { exact } from "gridtime/components/num.js";
import { SaveBars } from "gridtime/components/saveplot.js";
import { shares } from "gridtime/math/compare.js";
import { number, percent, signed } from "gridtime/math/format.js";
import { isNumber, numberSays, valueOf } from "gridtime/math/numberhead.js";
import { named } from "gridtime/views/cnn/classes.js";

/** @typedef {import("../room.js").Run} Run */

const SHOWN = 6;
/** Probability, on paper. */
const TEAL = "#0B6E72";

/** A share as a bar with its number; a dash where the network has no such class. @param {{value: number|undefined}} props */
function Share({ value }) {
  if (value === undefined) return html`<td class="compare-share"><span class="small">no such class</span></td>`;
  return html`<td class="compare-share"><span data-value=${exact(value)}>${percent(value)}</span>
    <span class="track" aria-hidden="true"><span class="track-fill" style=${{ width: `${value * 100}%` }}></span></span></td>`;
}

/** @param {number|undefined} a @param {number|undefined} b */
function apart(a, b) {
  if (a === undefined || b === undefined) return html`<td></td>`;
  return html`<td class="compare-gap" data-value=${exact(b - a)}>${signed((b - a) * 100, 1)}</td>`;
}

/** @param {Run} run */
const gives = (run) => (isNumber(run) ? numberSays(run) : named(run.predictions[0]?.label ?? ""));

/** One of them gives a number. @param {{a: Run, b: Run, names: [string, string]}} props */
function Numbers({ a, b, names }) {
  const both = isNumber(a) && isNumber(b);
  return html`<section class="compare-answers" aria-label="Both answers"><p>${names[0]}: ${gives(a)}. ${names[1]}: ${gives(b)}.
    ${both && html` Apart by <span data-value=${exact(valueOf(b) - valueOf(a))}>${number(valueOf(b) - valueOf(a))}</span>.`}</p></section>`;
}

/** @param {{a: Run, b: Run, names: [string, string]}} props */
export function Answers({ a, b, names }) {
  if (isNumber(a) || isNumber(b)) return html`<${Numbers} a=${a} b=${b} names=${names} />`;
  const rows = shares(a.predictions, b.predictions, SHOWN);
  const common = rows.some((row) => row.a !== undefined && row.b !== undefined);
  return html`<section class="compare-answers" aria-label="Both answers">
    <table>
      <thead><tr><th scope="col">class</th><th scope="col">${names[0]}</th><th scope="col">${names[1]}</th>
        <th scope="col">${common ? "second − first, points" : ""}</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.label}><th scope="row">${named(row.label)}</th>
        <${Share} value=${row.a} /><${Share} value=${row.b} />${apart(row.a, row.b)}</tr>`)}</tbody>
    </table>
    <p class="compare-save"><${SaveBars} name="compare" title=${`${names[1]}: share of each class`} colour=${() => TEAL} text=${percent}
      rows=${[["class", names[0], names[1]], ...rows.map((row) => [row.label, row.a ?? "", row.b ?? ""])]}
      bars=${rows.flatMap((row) => [[names[0], row.a], [names[1], row.b]].map(([name, value]) => ({ label: `${row.label}, ${name}`, value: Number(value ?? 0) })))} /></p>
    ${!common && html`<p class="small">The two networks know different classes: their shares cannot be set against each other.</p>`}
  </section>`;
}
