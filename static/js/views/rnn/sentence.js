/**
 * The sentence above a step: what has been read so far; the rest is outlines that cannot be opened.
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { wordSize } from "gridtime/math/window.js";
import { useBelief } from "gridtime/views/rnn/strip.js";
import { useWord } from "gridtime/views/rnn/words.js";

/** @param {{s: import("gridtime/math/scene.js").Scene, known: number, guess: boolean, look: import("gridtime/views/rnn/strip.js").Look, doings: import("gridtime/views/rnn/strip.js").Doings}} props */
export function Sentence({ s, known, guess, look, doings }) {
  const belief = useBelief(s, known);
  const { window, reading, total, step, label } = s;
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  // Where the row is wider than the screen the chosen word stays in view.
  useEffect(() => {
    if (!look.narrow || !row.current) return;
    const word = /** @type {HTMLElement | null} */ (row.current.querySelector(".is-chosen"));
    if (word) row.current.scrollLeft = word.offsetLeft - (row.current.clientWidth - word.offsetWidth) / 2;
  }, [step, look.narrow]);
  const words = reading.tokens.slice(window.start, window.end);
  const [width, most, least, root] = look.present
    ? [208, 34, 26, 24]
    : [words.length > 15 ? 53 : 85, 18, 13, 16];
  const word = useWord(doings.word);
  const cut = total > words.length;
  return html`<div ref=${row} class="sentence ${words.length > 15 ? "strip-dense" : ""}">
    <ol class="words words-small" style=${{ "--columns": String(words.length) }} aria-label="Words, and ${label} after each">
      ${words.map((token, k) => {
        const t = window.start + k;
        const stage = t > step ? "unread" : t === step && guess ? "hidden" : "read";
        const size = wordSize(token.text, width, most, least) / root;
        const [chosen, next] = [t === step, t === step + 1];
        return word({ t, total, token, belief: belief(t), label, chosen, stage, next, size });
      })}
    </ol>
    ${cut && html`<p class="sentence-place">words ${window.start + 1} to ${window.end} of ${total}</p>`}
  </div>`;
}
