/**
 * What each network answers so far, and who waits for whom.
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { count, percent, plural } from "gridtime/math/format.js";
import { answerAt, beliefAt, costOf } from "gridtime/math/tworeaders.js";
import { layersInLine, stepsInLine } from "gridtime/math/waiting.js";

/** @typedef {import("gridtime/stores/tworeaders.js").Pair} Pair */
/** @typedef {import("gridtime/views/compare/picture/plot.js").Line} Line */

/** The best class and its share; "?" while the class votes. @param {{line: Line, classes: string[], rows: number, hidden: boolean}} props */
export function Answer({ line: { now, name }, classes, rows, hidden }) {
  const best = answerAt(now, rows);
  const share = beliefAt(now, rows, best);
  return html`<p class="two-answer" data-of=${name}>${hidden
    ? html`<b>?</b>`
    : html`<b>${classes[best]}</b> <span class="num" data-value=${String(share)}>${percent(share)}</span><span class="two-track" aria-hidden="true"><span style=${{ width: `${share * 100}%` }}></span></span>`}</p>`;
}

/** @param {{pair: Pair, rows: number, of: "atOnce" | "line"}} props */
export function Waiting({ pair, rows, of }) {
  const { graph } = pair[of];
  if (of === "atOnce") return html`<p class="waiting">Waiting line: <${Num} value=${layersInLine(graph)} digits=${0} /> layers, however large the picture</p>`;
  return html`<p class="waiting">Waiting line: <${Num} value=${stepsInLine(graph, rows)} digits=${0} /> ${plural(stepsInLine(graph, rows), "row").replace(/^\S+ /, "")}; more rows, longer line</p>`;
}

/** What a new row costs each. @param {Pair} pair */
export const restarts = ({ atOnce, line }) =>
  `A new row: the ${atOnce.name} starts over (${count(costOf(atOnce.graph))} multiply–adds), the ${line.name} takes one step (${count(costOf(line.graph))}).`;
