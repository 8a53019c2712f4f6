/**
 * Every class before and now: a bar for what it now gives, a mark where it was.
 *
 *     plain.predictions, run.predictions -> rows; the line between is the change
 */
import { html } from "gridtime/lib/html.js";
import { exact } from "gridtime/components/num.js";
import { SaveBars } from "gridtime/components/saveplot.js";
import { effectRows, effectSays, points, shownRows, tenths } from "gridtime/math/effect.js";
import { NumberAnswer, isNumber, named } from "gridtime/views/cnn/classes.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("gridtime/math/effect.js").Row} RowData */

/** Probability, on paper. */
const TEAL = "#0B6E72";
const SHOWN = 24;
const SHOWN_PRESENT = 8;

/** @param {{row: RowData, top: boolean, was: boolean}} props */
function Row({ row, top, was }) {
  const [low, high] = [Math.min(row.before, row.after) * 100, Math.max(row.before, row.after) * 100];
  return html`<li class="effect ${top ? "is-top" : ""}">
    <span class="effect-name">${row.label}${was && !top ? html`<span class="small"> (was first)</span>` : ""}</span>
    <span class="effect-track track" aria-hidden="true">
      <span class="track-fill" style=${{ width: `${row.after * 100}%` }}></span>
      <span class="was-line" style=${{ left: `${low}%`, width: `${high - low}%` }}></span>
      <span class="was-tick" style=${{ left: `${row.before * 100}%` }}></span>
    </span>
    <span class="effect-before" data-value=${exact(row.before)}>${tenths(row.before)}</span>
    <span>→</span>
    <span class="effect-after" data-value=${exact(row.after)}>${tenths(row.after)}</span>
    <span class="effect-change">${points(row.change)}</span>
  </li>`;
}

/** @param {{room: Room, run: Run, plain: Run, most?: number, unchanged?: string}} props `most` classes by name;
 *    `unchanged`: what is said while nothing is */
export function Effect({ room, run, plain, most = SHOWN, unchanged = "" }) {
  if (isNumber(run)) return html`<div class="effect-number"><${NumberAnswer} run=${plain} word="as trained" />
    <${NumberAnswer} run=${run} word="now" /></div>`;
  const sort = room.state.value.sort === "change" ? "change" : "share";
  const rows = effectRows(plain.predictions, run.predictions, sort);
  const { shown, rest } = shownRows(rows, room.present.value ? SHOWN_PRESENT : most);
  const top = rows.reduce((best, row) => (row.after > best.after ? row : best), rows[0]);
  const was = rows.reduce((best, row) => (row.before > best.before ? row : best), rows[0]);
  return html`<section class="effects" aria-label="Every class, before and now">
    ${!room.present.value && html`<header><p class="effect-says">${room.changes.value ? effectSays(rows, named) : unchanged}</p>
      <div class="stage-switch" role="group" aria-label="Order of the classes">
        <button type="button" aria-pressed=${sort === "share"} onClick=${() => room.patch({ sort: undefined })}>by share</button>
        <button type="button" aria-pressed=${sort === "change"} onClick=${() => room.patch({ sort: "change" })}>by change</button>
      </div>
      <${SaveBars} name="effect" title="Share of each class, now" colour=${() => TEAL} text=${tenths} rows=${[["class", "was", "now"], ...rows.map((row) => [row.label, row.before, row.after])]}
        bars=${rows.map((row) => ({ label: row.label, value: row.after }))} /></header>`}
    <ol class="effect-rows" tabindex="0" aria-label="Classes, before and now">
      <li class="effect effect-head small" aria-hidden="true"><span></span><span class="effect-key"><i class="was-tick"></i> as trained
        <i class="effect-fill"></i> now</span><span>was</span><span></span><span>now</span><span>points</span></li>
      ${shown.map((row) => html`<${Row} key=${row.label} row=${row} top=${row === top} was=${row === was} />`)}
      ${rest && html`<${Row} key="rest" row=${rest} top=${false} was=${false} />`}
    </ol>
  </section>`;
}
