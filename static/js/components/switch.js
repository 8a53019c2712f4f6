/**
 * One of a few: a row of choices that touch, the chosen one marked.
 */
import { html } from "gridtime/lib/html.js";

/** @typedef {{id: string, text: any, title?: string}} Option `title` says more of it, under the pointer */

/** Read aloud instead of what stands there, only where it holds that too. @param {Option} option */
const spoken = ({ text, title }) => (title?.toLowerCase().includes(String(text).toLowerCase()) ? title : undefined);

/** @param {{name: string, options: Option[], chosen: string, onPick: (id: string) => void}} props */
export const Switch = ({ name, options, chosen, onPick }) =>
  html`<div class="switch-bar" role="group" aria-label=${name}>
    ${options.map(
      (option) =>
        html`<button key=${option.id} type="button" class="switch-choice" aria-pressed=${option.id === chosen} aria-label=${spoken(option)} title=${option.title} onClick=${() => onPick(option.id)}>${option.text}</button>`,
    )}
  </div>`;
