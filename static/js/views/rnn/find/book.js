/**
 * A text of the visitor's own to look through: pasted, dropped or opened. It is read once by the
 * network and kept nowhere but in this page.
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Trouble } from "gridtime/components/trouble.js";
import { MOST } from "gridtime/math/lines.js";

/** Milliseconds without a key before pasted text is read. */
const QUIET = 600;

/** @param {{model: string, states: import("gridtime/stores/states.js").StatesStore}} props */
export function Book({ model, states }) {
  const given = states.given.value;
  const [said, say] = useState("");
  const [over, setOver] = useState(false);
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  useEffect(() => states.wantBook(model), [model, given]);
  useEffect(() => () => clearTimeout(timer.current), []);
  /** @param {File | null | undefined} file */
  const open = async (file) => {
    if (file) say(await states.open(file));
  };
  /** @param {any} event */
  const typed = ({ target: { value } }) => {
    clearTimeout(timer.current);
    say("");
    timer.current = setTimeout(() => value.trim() && states.give(value, "your text"), QUIET);
  };
  /** @param {DragEvent} event */
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    const text = event.dataTransfer?.getData("text/plain");
    if (event.dataTransfer?.files[0]) open(event.dataTransfer.files[0]);
    else if (text) states.give(text, "your text");
  };
  return html`<div class="book ${over ? "is-over" : ""}" onDragOver=${(/** @type {DragEvent} */ e) => (e.preventDefault(), setOver(true))} onDragLeave=${() => setOver(false)} onDrop=${drop}>
    ${given
      ? html`<p><b><bdi>${given.name}</bdi></b>${given.cut ? `: longer than ${MOST.toLocaleString("en")} words and signs; its beginning is read.` : ""} <button type="button" class="link" onClick=${states.leave}>Another text</button></p>`
      : html`<label class="book-field"><span>Paste a text, a book if you like (up to ${MOST.toLocaleString("en")} words), or drop a .txt file. It is read once and kept nowhere.</span>
          <textarea rows="3" spellcheck=${false} onInput=${typed}></textarea></label>
        <label class="button book-open">Open a file<input class="unseen" type="file" accept=".txt,text/plain" onChange=${(/** @type {any} */ e) => open(e.target.files?.[0])} /></label>`}
    ${said && html`<p class="trouble" role="alert">${said}</p>`}
    <${Trouble} problem=${states.book.problem.value} onRetry=${states.book.retry} />
    <${Busy} on=${states.book.busy.value} />
  </div>`;
}
