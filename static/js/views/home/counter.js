/**
 * The waiting line as both panels wear it: one place for each layer or word that must wait.
 */
import { html } from "gridtime/lib/html.js";

/** Beyond this, places become too small to count. */
const MOST = 48;

/** @param {{total: number, done: number, text: string}} props */
export function Counter({ total, done, text }) {
  const places = Array.from({ length: Math.min(total, MOST) }, (_, i) => i);
  return html`<div class="counter">
    <p>${text}</p>
    <div class="counter-line" aria-hidden="true">
      ${places.map((i) => html`<span class=${i < done ? "is-done" : ""}></span>`)}
    </div>
  </div>`;
}
