/**
 * A series of the visitor's own: a column pasted out of a table, or a file of text.
 *
 *     textarea | file --text--> onText
 */
import { html, useRef, useState } from "gridtime/lib/html.js";

/** Bytes: 20,000 values with their dates. */
const LARGEST = 2_000_000;
const EXAMPLE = "quarter;sales\n2022-1;8\n2022-2;3\n2022-3;5\n2022-4;9\n2023-1;9\n2023-2;4\n2023-3;6\n2023-4;11\n2024-1;10\n2024-2;4\n2024-3;7\n2024-4;12";

/** @param {{text: string, onText: (text: string) => void}} props text: what was pasted last */
export function Paste({ text, onText }) {
  const [open, setOpen] = useState(false);
  const [trouble, setTrouble] = useState("");
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  /** @param {string} given */
  const give = (given) => {
    setTrouble(given.trim() ? "" : "Nothing to read yet. Paste a column of numbers, oldest first.");
    if (given.trim()) onText(given);
  };
  /** @param {File | undefined} file */
  const read = async (file) => {
    if (!file) return;
    if (file.size > LARGEST) return setTrouble("This file is too large. Save the last years of one series alone.");
    const content = await file.text();
    if (field.current) field.current.value = content.slice(0, 20_000);
    give(content);
  };
  return html`<div class="forecast-own"><button type="button" class="button" aria-expanded=${open} onClick=${() => setOpen(!open)}>Your own series</button>
    ${open && html`<div class="forecast-paste">
      <label for="forecast-text">A column of a table, oldest value first. Names, dates and missing values may stand in it.</label>
      <textarea id="forecast-text" ref=${field} rows="6" spellcheck="false" placeholder=${EXAMPLE}>${text}</textarea>
      <div class="row"><button type="button" class="button" onClick=${() => give(field.current?.value ?? "")}>Read it</button>
        <label class="field">or a file (CSV) <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" onChange=${(/** @type {any} */ e) => read(e.target.files?.[0])} /></label></div>
      ${trouble && html`<p class="trouble" role="alert">${trouble}</p>`}
    </div>`}</div>`;
}
