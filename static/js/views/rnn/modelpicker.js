/**
 * Which network reads; only where there is a choice.
 */
import { html } from "gridtime/lib/html.js";

/** @param {{models: import("gridtime/api/client.js").ModelRow[], chosen: string, onPick: (id: string) => void}} props */
export function ModelPicker({ models, chosen, onPick }) {
  if (models.length < 2)
    return models.length ? html`<span class="modelpicker">${models[0].title}</span>` : null;
  return html`<label class="modelpicker">
    <span class="unseen">Network</span>
    <select value=${chosen} onChange=${(/** @type {any} */ event) => onPick(event.target.value)}>
      ${models.map(({ id, title }) => html`<option key=${id} value=${id}>${title}</option>`)}
    </select>
  </label>`;
}
