/**
 * The sentence under the LSTM: one cell walks it word by word and carries its memory along.
 *
 *   word
 *   belief   level in a track, 50 % line
 *   memory   the hidden state after this word, all units; dashed: not read yet
 */
import { html, useEffect, useLayoutEffect, useRef } from "gridtime/lib/html.js";
import { activation, paint } from "gridtime/math/colour.js";
import { percent, plural } from "gridtime/math/format.js";
import { stepsInLine } from "gridtime/math/waiting.js";
import { Busy } from "gridtime/components/busy.js";
import { Counter } from "gridtime/views/home/counter.js";

/** @typedef {import("gridtime/math/waiting.js").Node} Node */
/** @typedef {import("gridtime/math/colour.js").Theme} Theme */
/**
 * @typedef {object} Sentence
 * @property {Node[]} graph
 * @property {string} kind "LSTM"
 * @property {string} label the class whose belief is drawn
 * @property {{text: string, known: boolean}[]} tokens
 * @property {number[]} belief after each word, 0..1
 * @property {Float32Array} states [T, H]
 * @property {number} units H
 */

/**
 * The hidden state after one word, as a square of units.
 * @param {{states: Float32Array, units: number, step: number, theme: Theme}} props
 */
function Memory({ states, units, step, theme }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const width = Math.ceil(Math.sqrt(units));
  const height = Math.ceil(units / width);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const square = new Float32Array(width * height);
    square.set(states.subarray(step * units, (step + 1) * units));
    const image = context.createImageData(width, height);
    paint(square, width, height, 1, activation(theme), image);
    context.putImageData(image, 0, 0);
  }, [states, step, theme]);
  return html`<canvas ref=${canvas} class="memory" width=${width} height=${height} aria-hidden="true"></canvas>`;
}

/**
 * @param {{sentence: Sentence, step: number, read: boolean, now: boolean, hidden: boolean, theme: Theme}} props
 */
function Word({ sentence, step, read, now, hidden, theme }) {
  const token = sentence.tokens[step];
  const belief = sentence.belief[step];
  const shown = read && !hidden;
  return html`<li class="word ${read ? "is-read" : ""} ${now ? "is-now" : ""}">
    <span class="word-text ${token.known ? "" : "is-unknown"}">${token.text}</span>
    <span class="level" aria-hidden="true">
      ${shown && html`<span class="level-fill" style=${{ "--belief": `${belief * 100}%` }}></span>`}
      ${!read && html`<span class="level-ahead">not read yet</span>`}
      ${read && hidden && html`<span class="level-vote">?</span>`}
    </span>
    <span class="word-belief">
      ${shown ? html`<span data-value=${belief}>${percent(belief)}</span>` : html`<span aria-hidden="true">${"\u00a0"}</span>`}
    </span>
    <span class="memory-box">${read && html`<${Memory} states=${sentence.states} units=${sentence.units} step=${step} theme=${theme} />`}</span>
  </li>`;
}

/**
 * The frame that moves: placed on the word being read.
 * @param {{current: HTMLElement | null}} list
 * @param {{current: HTMLElement | null}} cell
 * @param {number} step
 */
function useCellPlace(list, cell, step) {
  useLayoutEffect(() => {
    const place = () => {
      const word = /** @type {HTMLElement | undefined} */ (list.current?.children[Math.max(step, 0)]);
      if (!word || !cell.current) return;
      cell.current.style.transform = `translate(${word.offsetLeft}px, ${word.offsetTop}px)`;
      cell.current.style.width = `${word.offsetWidth}px`;
      cell.current.style.height = `${word.offsetHeight}px`;
    };
    place();
    const observer = new ResizeObserver(place);
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  });
}

/**
 * @param {{sentence: Sentence, beat: number, hideFrom: number, theme: Theme}} props
 */
function Strip({ sentence, beat, hideFrom, theme }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const cell = useRef(/** @type {HTMLElement | null} */ (null));
  const steps = sentence.tokens.length;
  const done = Math.min(beat, steps);
  useCellPlace(list, cell, done - 1);
  // Fixed shares: the sentence never moves while it is read.
  const shares = sentence.tokens.map(({ text }) => `minmax(0, ${Math.max(text.length, 3) + 3}fr)`).join(" ");
  return html`<div class="strip-names" aria-hidden="true">
      <span></span>
      <span class="strip-scale"><span>100 %</span><span>${sentence.label}</span><span>0 %</span></span>
      <span></span>
      <span>${sentence.units} states</span>
    </div>
    <div class="strip">
    <ol class="words" ref=${list} style=${{ "--shares": shares }} aria-label="Words, with the belief after each">
      ${sentence.tokens.map(
        (_, t) =>
          html`<${Word} key=${t} sentence=${sentence} step=${t} read=${t < done} now=${t === done - 1} hidden=${t >= hideFrom} theme=${theme} />`,
      )}
    </ol>
    <span class="strip-cell ${done > 0 ? "" : "is-waiting"}" ref=${cell} aria-hidden="true"></span>
    </div>`;
}

/**
 * @param {{sentence: Sentence | null, beat: number, theme: Theme, hideFrom?: number}} props
 *   hideFrom: from this word on the belief is not shown, before a vote
 */
export function SentencePanel({ sentence, beat, theme, hideFrom = Infinity }) {
  const total = sentence ? stepsInLine(sentence.graph, sentence.tokens.length) : 0;
  const done = sentence ? Math.min(beat, sentence.tokens.length) : 0;
  const text = total ? `Waiting line: ${plural(total, "word")}; longer text, longer line` : "Waiting line: one place a word";
  const shown = sentence && done > 0 && done - 1 < hideFrom;
  return html`<section class="panel" aria-label="RNN">
    <header class="panel-head">
      <h2>RNN: one word after another</h2>
      <p class="verdict-words">
        ${shown && html`${sentence.label} <span data-value=${sentence.belief[done - 1]}>${percent(sentence.belief[done - 1])}</span>`}
      </p>
    </header>
    <div class="panel-body">
      ${!sentence && html`<${Busy} />`}
      ${sentence && html`<${Strip} sentence=${sentence} beat=${beat} hideFrom=${hideFrom} theme=${theme} />`}
    </div>
    <${Counter} total=${total} done=${done} text=${text} />
  </section>`;
}
