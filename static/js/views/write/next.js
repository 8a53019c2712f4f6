/**
 * The next letter: how likely each is, as the temperature reshapes it, and how one is drawn.
 *
 *     letter | share at T, its mark at 1 | numbers        0 ├──── e ────┼─ a ─┼ … ┤ 1
 *                                                                  ▲ the random number
 */
import { html } from "gridtime/lib/html.js";
import { exact } from "gridtime/components/num.js";
import { SaveBars } from "gridtime/components/saveplot.js";
import { colourOf, css, digitInk, probability } from "gridtime/math/colour.js";
import { number, percent, plural } from "gridtime/math/format.js";
import { seen, spoken } from "gridtime/math/writing.js";
import { drawnSays, tailOf } from "gridtime/views/write/scene.js";

/** @typedef {import("gridtime/views/write/scene.js").Choosing} Choosing */
/** @typedef {import("gridtime/views/write/scene.js").Look} Look */
/** @typedef {import("gridtime/stores/writing.js").Made} Made */

/** Shorter stretches of the line have no letter written in them, and the shortest are taken together. */
const NAMED = 0.022;
const DRAWN = 0.004;

/** A share with its exact value. @param {{value: number}} props */
const Share = ({ value }) => html`<span class="num" data-value=${exact(value)}>${percent(value)}</span>`;

/** @param {{name: any, now: number, plain: number, reshaped: boolean, chosen?: boolean, says?: string}} props */
const Row = ({ name, now, plain, reshaped, chosen = false, says }) =>
  html`<li class="next-row ${chosen ? "is-chosen" : ""}"><b aria-label=${says}>${name}</b>
    <span class="next-track" aria-hidden="true"><i style=${{ width: `${100 * now}%` }}></i>${reshaped && html`<u style=${{ left: `${100 * plain}%` }}></u>`}</span>
    <${Share} value=${now} />${reshaped && html`<${Share} value=${plain} />`}</li>`;

/**
 * @param {{made: Made, choice: Choosing, step: number, heat?: number, hidden?: boolean, drawn?: boolean, brief?: boolean}} props
 *   heat: what is drawn, the temperature or 1; hidden: while the class votes; drawn: mark the letter that was
 */
export function Next({ made, choice, step, heat = made.heat, hidden = false, drawn = true, brief = false }) {
  const { classes } = made.net.card;
  const { rows, others } = choice;
  const reshaped = heat !== 1;
  /** @param {{now: number, plain: number}} of */
  const now = ({ now: cold, plain }) => (reshaped ? cold : plain);
  const bars = [...rows.map((row) => ({ label: seen(classes[row.k]), value: now(row) })), { label: `${others.count} others`, value: now(others) }];
  return html`<section class="next ${reshaped ? "is-reshaped" : ""}" aria-label="The next letter">
    ${!brief && html`<div class="save-head"><h2>After <q class="tail">${tailOf(made, step)}</q></h2>
      <${SaveBars} name="next-letter" title="The next letter, temperature ${number(heat)}" bars=${bars} rows=${[["letter", `share at ${heat}`, "share at 1"], ...rows.map((row) => [classes[row.k], row.now, row.plain]), [`${others.count} others`, others.now, others.plain]]} label="these bars" /></div>`}
    ${hidden
      ? html`<p class="next-vote">?</p>`
      : html`<p class="next-head" aria-hidden="true"><span>letter</span><span></span><span>${reshaped ? `T = ${number(heat)}` : "share"}</span>${reshaped && html`<span><i class="next-mark"></i> T = 1</span>`}</p>
        <ol aria-label="Probability of each letter">${rows.map((row) => html`<${Row} key=${row.k} name=${seen(classes[row.k])} says=${spoken(classes[row.k]) + (drawn && row.k === choice.id ? ", written" : "")} now=${now(row)} plain=${row.plain} reshaped=${reshaped} chosen=${drawn && row.k === choice.id} />`)}
          <${Row} key="rest" name=${html`<span class="next-others">${plural(others.count, "other")}</span>`} now=${now(others)} plain=${others.plain} reshaped=${reshaped} /></ol>
        ${!brief && html`<p class="small">All ${classes.length} add up to 100 %. The marked letter was ${choice.draw === null ? "taken" : "drawn"}.</p>`}`}
  </section>`;
}

/**
 * The line from 0 to 1, and the number that fell on it.
 * @param {{made: Made, choice: Choosing, step: number, look: Look, brief?: boolean}} props brief: the caption says it
 */
export function Line({ made, choice, step, look, brief = false }) {
  const { line, draw, hit } = choice;
  const { classes } = made.net.card;
  const long = line.filter(({ from, to, k }) => to - from >= DRAWN || k === choice.id);
  const end = long.filter(({ to, from }) => to - from >= DRAWN).at(-1)?.to ?? 0;
  return html`<section class="draw" aria-label="How the letter was drawn">
    ${!brief && html`<h2>${draw === null ? "The likeliest letter is taken" : "One random number draws the letter"}</h2>`}
    <div class="draw-line" aria-hidden="true">
      ${long.map(({ k, from, to }) => {
        const colour = colourOf(to - from, 1, probability(look.theme));
        const chosen = k === choice.id;
        return html`<span key=${k} class=${chosen ? "is-drawn" : ""} style=${{ left: `${100 * from}%`, width: `${100 * (to - from)}%`, ...(chosen ? {} : { background: css(colour), color: digitInk(colour) }) }}>${to - from >= NAMED ? seen(classes[k]) : ""}</span>`;
      })}
      ${end < 0.998 && html`<span class="draw-rest" style=${{ left: `${100 * end}%`, width: `${100 * (1 - end)}%` }}></span>`}
      ${draw !== null && html`<i class="draw-at" style=${{ left: `${100 * draw}%` }}></i>`}
    </div>
    <p class="draw-axis" aria-hidden="true"><span>0</span><span>0.5</span><span>1</span></p>
    ${draw !== null && hit
      ? html`<p class="draw-says"><span class="num draw-number" data-value=${String(draw)}>${number(draw, 3)}</span> falls on <b class="chip-letter">${seen(choice.text)}</b>, from <span class="num" data-value=${exact(hit.from)}>${number(hit.from, 3)}</span> to <span class="num" data-value=${exact(hit.to)}>${number(hit.to, 3)}</span>.</p>`
      : html`<p class="draw-says">${drawnSays(made, step)}</p>`}
  </section>`;
}

/** The loop in words: what is read, what it gives, what is drawn, and that this is read next. @param {{made: Made, choice: Choosing, units: number}} props */
export const Loop = ({ made, choice, units }) =>
  html`<ol class="loop" aria-label="The loop">
    <li>reads <b class="chip-letter">${seen(choice.after)}</b></li><li>${plural(units, "state")}</li><li>${plural(made.net.card.classes.length, "probability", "probabilities")}</li>
    <li>${choice.draw === null ? "takes" : "draws"} <b class="chip-letter is-drawn">${seen(choice.text)}</b></li><li class="loop-back"><span><b class="chip-letter is-drawn">${seen(choice.text)}</b> is the next input</span></li>
  </ol>`;

/** How open the choice is, here and over the text. @param {{made: Made, choice: Choosing, mean: {now: number, plain: number}}} props */
export function Open({ made, choice, mean }) {
  const { bits } = choice;
  /** @param {number} v */
  const cell = (v) => html`<td><span class="num" data-value=${exact(v)}>${number(v)}</span></td>`;
  return html`<table class="openness"><caption>How open the choice is: entropy in bits; 1 bit is a coin</caption>
    <thead><tr><th scope="col"><span class="unseen">where</span></th><th scope="col">T = 1</th>${made.heat !== 1 && html`<th scope="col">T = ${number(made.heat)}</th>`}</tr></thead>
    <tbody><tr><th scope="row">at this letter</th>${cell(bits.plain)}${made.heat !== 1 && cell(bits.now)}</tr>
      <tr><th scope="row">mean of ${plural(made.letters.length, "letter")}</th>${cell(mean.plain)}${made.heat !== 1 && cell(mean.now)}</tr></tbody></table>`;
}
