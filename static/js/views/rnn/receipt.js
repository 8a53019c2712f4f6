/**
 * The memory receipt: which words wrote what is in the memory at the chosen word.
 *
 *     words | of the answer: a bar a word, + bias = score | of one unit's memory: a bar a word = c
 *
 * On a phone time runs down: one row a word.
 */
import { html } from "gridtime/lib/html.js";
import { Num, digitsNow } from "gridtime/components/num.js";
import { number, plural, roundingTerm } from "gridtime/math/format.js";
import { hasReceipt, receiptOf } from "gridtime/math/receipt.js";
import { limitOf, niceLimit } from "gridtime/math/units.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {import("gridtime/views/rnn/strip.js").Doings} Doings */
/** @typedef {{parts: number[], total: number, bias?: number}} Sum */

const DIGITS = 3;

export const ABOUT =
  "Exact, with the gates as they were: who wrote what is there now. It does not say what would be there without a word, for then the gates would have been others.";

/** What the memory of each cell is called. @type {Record<string, string>} */
const MEMORY = { lstm: "cell state c", gru: "hidden state h" };

/**
 * A bar from zero, up or to the right where positive.
 * @param {{value: number, limit: number}} props
 */
function Bar({ value, limit }) {
  const end = 50 + (50 * value) / limit;
  const style = { "--low": `${Math.min(50, end)}%`, "--high": `${Math.max(50, end)}%` };
  return html`<span class="receipt-track" aria-hidden="true"><i class="fill receipt-fill ${value < 0 ? "is-minus" : "is-plus"}" style=${style}></i></span>`;
}

/** "1.310 + 0.036 + rounding = 2.100": the parts, what is added to them, the sum. @param {{sum: Sum, name: string}} props */
function Total({ sum, name }) {
  const { parts, bias, total } = sum;
  const shown = bias === undefined ? parts : [...parts, bias];
  const rest = roundingTerm(shown, total, digitsNow(DIGITS));
  return html`<p class="receipt-total"><span>${plural(parts.length, "part")}</span>
    ${bias !== undefined && html`<span>+ bias <${Num} value=${bias} digits=${DIGITS} /></span>`}
    ${rest && html`<span>+ rounding <span class="num">${number(rest.value, digitsNow(DIGITS))}</span></span>`}
    <span>= ${name}</span><b><${Num} value=${total} digits=${DIGITS} /></b></p>`;
}

/** The word that gave most, either way. @param {number[]} parts */
const strongest = (parts) => parts.reduce((best, part, k) => (Math.abs(part) > Math.abs(parts[best]) ? k : best), 0);

/** One sentence about what is on screen. @param {Scene} s */
export function receiptSays(s) {
  const found = receiptOf(s);
  if (!found) return hasReceipt(s.reader) ? "Reading these words…" : NONE;
  const { parts } = found.answer ?? found.own;
  const k = strongest(parts);
  const word = nameOf(s, found.first, k);
  const what = found.answer ? `the score for ${s.label}` : `unit ${s.unit}'s memory`;
  const asked = s.reading.tokens[s.step].text;
  return html`${found.first + k === s.step ? "" : html`At “<bdi>${asked}</bdi>”: `}“<bdi>${word}</bdi>” has written the largest part of ${what}, <${Num} value=${parts[k]} digits=${DIGITS} />.`;
}

export const NONE =
  "A plain RNN squeezes old and new together at every step: nothing in its state belongs to one word alone.";

/** The word of a share; the first may hold all before it. @param {Scene} s @param {number} first @param {number} k */
function nameOf(s, first, k) {
  return k === 0 && first > 0 ? `words 1 to ${first + 1}` : s.reading.tokens[first + k].text;
}

/** @param {{s: Scene, found: NonNullable<ReturnType<typeof receiptOf>>, k: number, limits: {answer: number, own: number}, doings: Doings}} props */
function Word({ s, found, k, limits, doings }) {
  const t = found.first + k;
  const name = nameOf(s, found.first, k);
  const { answer, own } = found;
  return html`<li class="receipt-word ${t === s.step ? "is-chosen" : ""}">
    <button type="button" class="receipt-name" dir="auto" data-step=${t} tabindex=${t === s.step ? 0 : -1} aria-current=${t === s.step ? "step" : undefined}
      title=${name} onClick=${() => doings.word(t)}>${name}</button>
    ${answer && html`<span class="receipt-part receipt-answer"><${Bar} value=${answer.parts[k]} limit=${limits.answer} /><${Num} value=${answer.parts[k]} digits=${DIGITS} /></span>`}
    <span class="receipt-part receipt-own"><${Bar} value=${own.parts[k]} limit=${limits.own} /><${Num} value=${own.parts[k]} digits=${DIGITS} /></span>
  </li>`;
}

/** Words after the chosen one: they have written nothing yet. @param {{s: Scene, t: number, doings: Doings}} props */
const Later = ({ s, t, doings }) =>
  html`<li class="receipt-word is-later"><button type="button" class="receipt-name" dir="auto" data-step=${t} tabindex="-1" onClick=${() => doings.word(t)}>${s.reading.tokens[t].text}</button></li>`;

/** @param {number[] | undefined} parts */
const axisOf = (parts) => niceLimit(limitOf(parts ?? []));

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

/** @param {Room} room */
export const caption = ({ s }) => receiptSays(s);

export const legend = () =>
  html`<p class="small">Above 0: adds to it. Below 0: takes from it. Each row of bars has its own scale.</p>`;

/** @param {{room: Room}} props */
export function View({ room: { s, look, doings } }) {
  if (!hasReceipt(s.reader)) return html`<p class="receipt-none">${NONE}</p>`;
  const found = receiptOf(s);
  if (!found) return html`<p class="busy" role="status">Reading these words…</p>`;
  const { window, reader, unit, label } = s;
  const { answer, own, first } = found;
  const limits = { answer: axisOf(answer?.parts), own: axisOf(own.parts) };
  const from = Math.max(0, Math.min(window.start, s.step) - first);
  const here = Array.from({ length: s.step - first - from + 1 }, (_, k) => from + k);
  const later = Array.from({ length: Math.max(0, window.end - s.step - 1) }, (_, k) => s.step + 1 + k);
  const columns = { "--columns": String(here.length + later.length) };
  return html`<div class="receipt ${here.length + later.length > 12 ? "receipt-dense" : ""}">
    <div class="receipt-heads">
      <h2>Who wrote what is in the memory at “<bdi>${s.reading.tokens[s.step].text}</bdi>”?</h2>
      ${answer && html`<h3 class="receipt-answer">Of the score for ${label}<small>±${limits.answer}</small></h3>`}
      <div class="receipt-own"><h3>Of unit ${unit}'s ${MEMORY[reader.kind]}<small>±${limits.own}</small></h3>
        ${!look.present && html`<p><button type="button" class="tool" aria-label="Unit before" title="Unit before (Shift C)" onClick=${() => doings.nextUnit(-1)}>◀</button><button type="button" class="tool" aria-label="Next unit" title="Next unit (C)" onClick=${() => doings.nextUnit(1)}>▶</button></p>`}</div>
    </div>
    <ol class="receipt-words" style=${columns} aria-label="Words, and what each has written">
      ${here.map((k) => html`<${Word} key=${first + k} s=${s} found=${found} k=${k} limits=${limits} doings=${doings} />`)}
      ${later.map((t) => html`<${Later} key=${t} s=${s} t=${t} doings=${doings} />`)}
    </ol>
    ${from > 0 && html`<p class="receipt-rest">${from === 1 ? "1 earlier part is" : `${from} earlier parts are`} not on screen; the sums hold them.</p>`}
    <div class="receipt-totals">
      ${answer && html`<${Total} sum=${answer} name="score" />`}
      <${Total} sum=${own} name=${reader.kind === "lstm" ? "c" : "h"} />
    </div>
    ${!look.present && html`<p class="receipt-about">${ABOUT}${s.reading.edits.length > 0 && " Memory that was put in by hand stands at its word, and nothing before it is left."}</p>`}
  </div>`;
}
