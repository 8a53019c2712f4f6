/**
 * The kernel under the visitor's hands: kernels made by hand to load, a number field a value.
 *
 *     button -> values      field, arrows -> one value      paste -> as many as were copied
 *     disc over each number: area = size, filled +, ring −
 */

import { html } from "gridtime/lib/html.js";
import { colourOf, css, extent as largest, weight } from "gridtime/math/colour.js";
import { number } from "gridtime/math/format.js";
import { NAMES, SAYS, heldValue, kernelOf, numbersIn } from "gridtime/math/kernels.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("gridtime/math/colour.js").Theme} Theme */

/** @param {{value: number, limit: number, theme: Theme}} props */
function Disc({ value, limit, theme }) {
  const colour = css(colourOf(Math.sign(value) * limit, limit, weight(theme)));
  const radius = limit > 0 ? 9 * Math.sqrt(Math.abs(value) / limit) : 0;
  return html`<svg viewBox="-10 -10 20 20" aria-hidden="true">${value < 0
    ? html`<circle r=${Math.max(0, radius - 1)} fill="none" stroke=${colour} stroke-width="2" />`
    : html`<circle r=${radius} fill=${colour} />`}</svg>`;
}

/** @param {{model: Model, theme: Theme, set: (values: number[]) => void}} props */
export function Taps({ model, theme, set }) {
  const { values, size } = model;
  const limit = largest(values);
  /** @param {number} at */
  const typed = (at) => (/** @type {any} */ event) => {
    const value = heldValue(event.target.value === "" ? 0 : Number(event.target.value));
    set(values.map((v, i) => (i === at ? value : v)));
  };
  /** @param {number} at */
  const pasted = (at) => (/** @type {ClipboardEvent} */ event) => {
    const found = numbersIn(event.clipboardData?.getData("text") ?? "").map(heldValue);
    if (found.length < 2) return; // one number goes into its field, as everywhere
    event.preventDefault();
    const from = found.length >= values.length ? 0 : at;
    set(values.map((v, i) => found[i - from] ?? v));
  };
  return html`<div class="taps ${Math.max(size.rows, size.columns) > 3 ? "taps-many" : ""}" role="group" aria-label="Your kernel" style=${{ gridTemplateColumns: `repeat(${size.columns}, auto)` }}>
    ${values.map((value, i) => html`<span class="tap" key=${i}>
      <${Disc} value=${value} limit=${limit} theme=${theme} />
      <input type="number" step="0.25" inputmode="decimal" value=${Number(value.toPrecision(4))} data-value=${Math.fround(value)}
        aria-label=${`row ${Math.floor(i / size.columns)}, column ${i % size.columns}`} onChange=${typed(i)} onPaste=${pasted(i)} />
    </span>`)}
  </div>`;
}

/** What a flat area becomes: the sum of all values. @param {number[]} values @returns {string} */
export function sumSays(values) {
  const sum = values.reduce((a, b) => a + b, 0);
  const shown = number(sum, 2);
  if (Math.abs(sum) < 5e-4) return "The values add up to 0: a flat area gives 0, only differences are left.";
  if (Math.abs(sum - 1) < 5e-4) return "The values add up to 1: a flat area stays as it is.";
  return `The values add up to ${shown}: a flat area is multiplied by ${shown}.`;
}

/** @param {{model: Model, set: (values: number[]) => void, learned: number[]|null}} props */
export function Presets({ model, set, learned }) {
  return html`<div class="presets" role="group" aria-label="Load a kernel">
    ${NAMES.map((name) => {
      const values = kernelOf(name, model.size);
      return html`<button type="button" class="button" key=${name} aria-pressed=${model.name === name} disabled=${!values}
        title=${values ? SAYS[name] : "This layer's kernels are too small for it."} onClick=${() => values && set(values)}>${name}</button>`;
    })}
    ${learned && html`<button type="button" class="button" onClick=${() => set(learned)}>the learned one</button>`}
  </div>`;
}
