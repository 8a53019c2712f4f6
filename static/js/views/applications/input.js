/**
 * What goes in, small: a picture, a text, a name of what can only be heard.
 */
import { html } from "gridtime/lib/html.js";

/** @typedef {import("gridtime/api/client.js").Sample} Sample */
/** @typedef {import("gridtime/stores/applications.js").Given} Given */

/** @param {{sample: Sample, given: Given | undefined}} props */
export function Input({ sample }) {
  if (sample.text !== undefined) return html`<p class="use-text">“${sample.text.trim()}${/[.!?]$/.test(sample.text.trim()) ? "" : " …"}”</p>`;
  if (sample.kind === "image") return html`<div class="use-picture"><img src=${sample.url} alt=${sample.title} loading="lazy" /></div>`;
  return html`<p class="use-text">${sample.title}${sample.drawing ? ", made by a synthesiser" : ""}</p>`;
}
