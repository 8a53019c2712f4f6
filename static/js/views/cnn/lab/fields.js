/**
 * The lab's controls and words: five numbers with their bounds, the formula worked out, the notes.
 */

import { html, useState } from "gridtime/lib/html.js";
import { FIELDS, FILLINGS, NAMES, held, notes, worked } from "gridtime/math/lab.js";
import { outputSize } from "gridtime/math/sizes.js";

/** @typedef {import("gridtime/math/lab.js").Lab} Lab */
/** @typedef {import("gridtime/math/lab.js").Field} Field */

/** @param {{field: Field, value: number, onValue: (value: number) => void}} props */
function NumberField({ field, value, onValue }) {
  const { name, least, most } = FIELDS[field];
  const change = (/** @type {any} */ event) => {
    const typed = event.target.value === "" ? NaN : Number(event.target.value);
    onValue(typed);
    event.target.value = String(held(field, typed).value); // what was typed may have been held back
  };
  return html`<div class="lab-field">
    <label for=${`lab-${field}`}>${name} <i>${field}</i></label>
    <input type="range" min=${least} max=${most} step="1" value=${value} aria-label=${`${name}, ${least} to ${most}`} onInput=${change} />
    <input id=${`lab-${field}`} type="number" inputmode="numeric" min=${least} max=${most} step="1" value=${value} onChange=${change} />
  </div>`;
}

/** @param {{lab: Lab, set: (change: Partial<Lab>) => void}} props */
export function Fields({ lab, set }) {
  const [says, setSays] = useState("");
  /** @param {Field} field @param {number} typed */
  const take = (field, typed) => {
    const { value, says: what } = held(field, typed);
    setSays(what);
    set({ [field]: value });
  };
  return html`<form class="lab-fields" aria-label="The five numbers" onSubmit=${(/** @type {Event} */ e) => e.preventDefault()}>
    ${NAMES.map((field) => html`<${NumberField} key=${field} field=${field} value=${lab[field]} onValue=${(/** @type {number} */ v) => take(field, v)} />`)}
    <label class="lab-filling">Weights
      <select value=${lab.kernel} onChange=${(/** @type {any} */ e) => set({ kernel: e.target.value })}>
        ${Object.entries(FILLINGS).map(([id, name]) => html`<option key=${id} value=${id}>${name}</option>`)}
      </select></label>
    <p class="small" role="status">${says}</p>
    <p class="small">The numbers are your picture in squares: 0 dark, 9 bright.</p>
  </form>`;
}

/** @param {{lab: Lab}} props */
export function Formula({ lab }) {
  const size = outputSize(lab);
  const steps = worked(lab);
  return html`<div class="lab-formula" role="math" aria-label=${`Output size: ${steps.join(" = ")}`}>
    <p><span class="term-name">output</span> = ⌊(<i>n</i> + 2<i>p</i> − <i>d</i> · (<i>k</i> − 1) − 1) ÷ <i>s</i>⌋ + 1</p>
    <p>${steps.slice(0, -1).map((step, i) => html`<span key=${i}><span class="operator"> = </span>${step}</span>`)}
      <span class="operator"> = </span><b class="focus" data-value=${size}>${steps[steps.length - 1]}</b></p>
  </div>`;
}

/** @param {{lab: Lab}} props */
export function Notes({ lab }) {
  return html`<ul class="notes lab-notes" aria-label="What these numbers do">${notes(lab).map((note) => html`<li key=${note}>${note}</li>`)}</ul>`;
}
