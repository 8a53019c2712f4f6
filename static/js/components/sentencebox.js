/**
 * A sentence typed or picked; read again shortly after the last key.
 *
 *   typing -> 250 ms quiet, or Enter -> onText(text)
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";

/** @typedef {import("gridtime/api/client.js").Sample} Sample */

const QUIET = 250;

/**
 * Text as typed, given on when it rests.
 * @param {string} text
 * @param {(text: string) => void} onText
 */
function useTyped(text, onText) {
  const [typed, setTyped] = useState(text);
  const given = useRef(text);
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  useEffect(() => {
    if (text === given.current) return; // our own, coming back
    given.current = text;
    setTyped(text);
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  /** @param {string} next */
  const give = (next) => {
    clearTimeout(timer.current);
    if (next === given.current) return;
    given.current = next;
    onText(next);
  };
  /** @param {string} next */
  const type = (next) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(give, QUIET, next);
  };
  return { typed, type, give, set: setTyped };
}

/**
 * @param {{text: string | undefined, samples?: Sample[], onText: (text: string) => void,
 *   onSample?: (sample: Sample) => void, label?: string}} props text: undefined until one is known
 */
export function SentenceBox({ text, samples = [], onText, onSample, label = "Sentence" }) {
  const { typed, type, give, set } = useTyped(text ?? "", onText);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    give(typed);
  };
  /** @param {Sample} sample */
  const pick = (sample) => {
    set(sample.text ?? "");
    if (onSample) onSample(sample);
    else give(sample.text ?? "");
  };
  return html`<div class="sentencebox">
    <label class="sentencebox-field">
      <span class="legend-text">${label}</span>
      <textarea
        rows="1"
        spellcheck=${false}
        autocomplete="off"
        value=${typed}
        onInput=${(/** @type {any} */ event) => type(event.target.value)}
        onKeyDown=${key}
      ></textarea>
    </label>
    ${text !== undefined && !typed.trim() && html`<p class="trouble" role="status">Nothing to read yet. Type a sentence or pick one.</p>`}
    ${samples.length > 0 &&
    html`<ul class="examples" aria-label="Examples">
      ${samples.map(
        (sample) =>
          html`<li>
            <button type="button" class="example" aria-pressed=${sample.text === typed} onClick=${() => pick(sample)}>
              ${sample.title}
            </button>
          </li>`,
      )}
    </ul>`}
  </div>`;
}
