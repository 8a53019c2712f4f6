/**
 * The beginning, and after it every written letter over a track filled to its probability.
 *
 *     The harbour lay │ q u i e t     a letter that is not written yet is not there
 *                     │ ▃ █ ▆ █ █     arrows, Home, End, a click: another letter
 */
import { html, steady, useEffect, useMemo, useRef } from "gridtime/lib/html.js";
import { percent } from "gridtime/math/format.js";
import { inWords, seen, spoken } from "gridtime/math/writing.js";

/** @typedef {import("gridtime/stores/writing.js").Made} Made */
/** @typedef {import("gridtime/stores/writing.js").Letter} Letter */

/** @type {Record<string, number>} */
const WAYS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8, Home: -Infinity, End: Infinity };

/** One letter over its track. @param {{letter: Letter, k: number, chosen: boolean}} props */
const Drawn = ({ letter, k, chosen }) => html`<span class="ink ${chosen ? "is-chosen" : ""} ${letter.text.trim() ? "" : "is-blank"}" data-k=${k} data-value=${String(letter.probability)} style=${{ "--p": String(letter.probability) }}>${letter.text === " " ? "\u00a0" : seen(letter.text)}</span>${letter.text === "\n" && html`<br />`}`;

/** A word is drawn again only where it changes. @param {{word: {letter: Letter, k: number}[], step: number}} props */
const Word = steady(({ word, step }) => html`<span class="ink-word">${word.map((/** @type {{letter: Letter, k: number}} */ { letter, k }) => html`<${Drawn} key=${k} letter=${letter} k=${k} chosen=${k === step} />`)}</span>`);

/** Written letters, word by word. @param {{letters: Letter[], step?: number}} props step: −1: none is chosen */
export function Ink({ letters, step = -1 }) {
  const words = useMemo(() => inWords(letters.map((letter, k) => ({ letter, k })), ({ letter }) => letter.text), [letters]);
  return html`${words.map((word) => html`<${Word} key=${word[0].k} word=${word} step=${step >= word[0].k && step < word[0].k + word.length ? step : -1} />`)}`;
}

/** The beginning as it was read; what the network does not know is dotted. @param {{made: Made}} props */
const Begun = ({ made }) => {
  const first = made.lead - made.start;
  return html`<span class="begun">${made.start > 0 && "…"}${made.tokens.slice(0, first).map(({ text, known }, t) => (known ? text : html`<span key=${t} class="is-new">${text}</span>`))}</span>`;
};

/** The chosen letter within a text longer than its box; the page itself stays. @param {HTMLElement | null} box */
function follow(box) {
  const letter = /** @type {HTMLElement | null | undefined} */ (box?.querySelector(".is-chosen"));
  if (!box || !letter) return;
  const [frame, at] = [box.getBoundingClientRect(), letter.getBoundingClientRect()];
  if (at.bottom > frame.bottom) box.scrollTop += at.bottom - frame.bottom + at.height / 2;
  else if (at.top < frame.top) box.scrollTop -= frame.top - at.top + at.height / 2;
}

/**
 * @param {{made: Made, step: number, upto: number, onStep: (k: number) => void, blind?: boolean}} props
 *   upto: letters that are written so far; blind: none is chosen yet
 */
export function Text({ made, step, upto, onStep, blind = false }) {
  const { letters } = made;
  const shown = useMemo(() => letters.slice(0, upto), [letters, Math.min(upto, letters.length)]);
  const last = shown.length - 1;
  const chosen = shown[Math.min(step, last)];
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => follow(box.current), [step, last, made.key]);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const way = event.ctrlKey || event.altKey || event.metaKey ? undefined : WAYS[event.key];
    if (way === undefined || last < 0) return;
    event.preventDefault();
    onStep(Math.max(0, Math.min(last, step + way * (event.shiftKey ? 8 : 1))));
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const k = /** @type {HTMLElement} */ (event.target).closest?.("[data-k]")?.getAttribute("data-k");
    if (k) onStep(Number(k));
  };
  const begun = useMemo(() => html`<${Begun} made=${made} />`, [made.key]);
  const says = chosen ? `Letter ${Math.min(step, last) + 1} of ${letters.length}: ${spoken(chosen.text)}, ${percent(chosen.probability)}` : "Nothing is written yet";
  return html`<div class="written">
    <div ref=${box} class="written-text" role="application" aria-roledescription="text" tabindex="0" aria-label="What it wrote, letter by letter. ${says}" onClick=${click} onKeyDown=${key}>
      <p aria-hidden="true">${begun}<i class="written-from"></i><${Ink} letters=${shown} step=${blind ? -1 : step} />${upto < letters.length && html`<i class="pen"></i>`}</p>
    </div>
    <p class="unseen">The beginning: ${made.text}</p><p class="unseen">Written: ${shown.map(({ text }) => text).join("")}</p>
  </div>`;
}
