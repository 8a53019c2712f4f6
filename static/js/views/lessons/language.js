/**
 * The language switch: one button a language that there are texts in.
 */
import { html } from "gridtime/lib/html.js";

/** @typedef {import("gridtime/math/lesson.js").Texts} Texts */

/** @param {{texts: Texts, onPick: (lang: string) => void}} props */
export function Languages({ texts, onPick }) {
  if (texts.languages.length < 2) return null;
  return html`<div class="languages" role="group" aria-label=${texts.words.language} lang=${texts.lang}>
    ${texts.languages.map(
      ({ lang, name }) =>
        html`<button type="button" class="button" lang=${lang} aria-pressed=${lang === texts.lang} onClick=${() => onPick(lang)}>${name}</button>`,
    )}
  </div>`;
}
