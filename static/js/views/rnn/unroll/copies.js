/**
 * The cell: once, with its loop; or once a word, tied by the weights that all copies share.
 *
 *     folded    word ─> [cell] ─> answer        unrolled   word   word   word
 *                  └─ h, c ─┘                          ─h─>[ ]─h─>[ ]─h─> ┆not read yet┆
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { count } from "gridtime/math/format.js";
import { weightCount } from "gridtime/math/readers.js";
import { beliefAt } from "gridtime/math/scene.js";
import { carried } from "gridtime/math/unroll.js";
import { Level, Share } from "gridtime/views/rnn/words.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */

/** "LSTM", "GRU", "RNN". @param {Scene} s */
const cellName = ({ reader }) => reader.kind.toUpperCase();

/** What travels along the arrow into step t. @param {{s: Scene, t: number}} props */
export function Carried({ s, t }) {
  const values = carried(s.reading.pane, s.reader, t, s.unit);
  return html`<span class="unroll-carried">
    ${values.map(({ id, value }) => html`<span key=${id}><i>${id}</i> ${value === null ? "…" : html`<${Num} value=${value} />`}</span>`)}
  </span>`;
}

/** The answer if the sentence ended at t. @param {{s: Scene, t: number, cut: number | null}} props */
function Belief({ s, t, cut }) {
  const belief = beliefAt(s, t);
  if (belief === null) return html`<span class="unroll-belief"></span>`;
  return html`<span class="unroll-belief"><${Level} belief=${belief} stage="read" />
    <span class="unroll-says">${s.label} <${Share} value=${belief} />
      ${cut !== null && html`<small>alone <${Share} value=${cut} /></small>`}</span></span>`;
}

/** The word that is read at t. @param {{s: Scene, t: number, onWord: (t: number) => void}} props */
function Word({ s, t, onWord }) {
  const token = s.reading.tokens[t];
  const chosen = t === s.step;
  const open = t <= s.step + 1;
  return html`<button type="button" class="unroll-word ${chosen ? "is-chosen" : ""} ${token.known ? "" : "is-new"}" dir="auto" data-step=${t}
    tabindex=${chosen ? 0 : -1} aria-current=${chosen ? "step" : undefined} aria-disabled=${open ? undefined : "true"}
    aria-label="word ${t + 1} of ${s.total}: ${token.text}${t > s.step ? ", not read yet" : ""}" title=${token.text}
    onClick=${() => onWord(t)}>${token.text}</button>`;
}

/**
 * One cell, and its state coming back to it.
 * @param {{s: Scene, onWord: (t: number) => void, onUnroll: () => void}} props
 */
export function Folded({ s, onWord, onUnroll }) {
  const { reader, reading, step, unit } = s;
  const weights = reading.weights ? weightCount(reader, reading.weights) : 0;
  return html`<div class="unroll-folded">
    <div class="unroll-in"><${Word} s=${s} t=${step} onWord=${onWord} /><p>word ${step + 1} of ${s.total}</p></div>
    <span class="unroll-arrow" aria-hidden="true"></span>
    <div class="unroll-loop">
      <button type="button" class="unroll-cell unroll-one" title="Unroll (U)" onClick=${onUnroll}>
        <b>${cellName(s)}</b>${weights > 0 && html`<span>${count(weights)} weights</span>`}<span>state: ${reader.hidden} numbers</span>
      </button>
      <div class="unroll-back">
        <p>Back at the next word, unit ${unit}:</p>
        <${Carried} s=${s} t=${reader.reverse ? step - 1 : step + 1} />
      </div>
    </div>
    <span class="unroll-arrow" aria-hidden="true"></span>
    <div class="unroll-out"><${Belief} s=${s} t=${step} cut=${null} /></div>
  </div>`;
}

/**
 * One copy: answer, cell, word; an outline where it is not read yet.
 * @param {{s: Scene, t: number, place: number, cut: number | null, onWord: (t: number) => void}} props
 */
function Copy({ s, t, place, cut, onWord }) {
  const read = t <= s.step;
  return html`<li class="unroll-copy ${read ? "" : "is-unread"} ${t === s.step ? "is-chosen" : ""}" style=${{ "--place": String(place) }}>
    ${read ? html`<${Belief} s=${s} t=${t} cut=${cut} />` : html`<span class="unroll-belief"></span>`}
    <span class="unroll-row"><span class="unroll-wire">${read && html`<${Carried} s=${s} t=${t} />`}<span class="unroll-arrow ${s.reader.reverse ? "is-back" : ""}" aria-hidden="true"></span></span>
      <span class="unroll-cell" onClick=${() => onWord(t)}>${read ? html`<b>${cellName(s)}</b><span>step ${t + 1}</span>` : "not read yet"}</span></span>
    <span class="unroll-up" aria-hidden="true"></span>
    <${Word} s=${s} t=${t} onWord=${onWord} />
  </li>`;
}

/**
 * @param {{s: Scene, window: {start: number, end: number}, cuts: number[] | null, onWord: (t: number) => void}} props
 *   `cuts`: belief after each word with the loop cut
 */
export function Copies({ s, window, cuts, onWord }) {
  const { reader, reading } = s;
  const here = Array.from({ length: window.end - window.start }, (_, k) => window.start + k);
  const weights = reading.weights ? `these ${count(weightCount(reader, reading.weights))} numbers` : "these numbers";
  return html`<div class="unroll-copies" style=${{ "--columns": String(here.length) }}>
    <ol aria-label="One copy of the cell per word">
      ${here.map((t, k) => html`<${Copy} key=${t} s=${s} t=${t} place=${k} cut=${cuts?.[t] ?? null} onWord=${onWord} />`)}
    </ol>
    <p class="unroll-tie"><span>the same weights in every copy: ${weights}, nothing else</span></p>
  </div>`;
}
