/**
 * The networks of this server, each with its measured figure and its card.
 */
import { html, useState } from "gridtime/lib/html.js";
import { ModelCard, headline } from "gridtime/components/modelcard.js";

/** @typedef {import("gridtime/components/modelcard.js").Card} Card */

/** @param {{cards: Card[]}} props */
export function Networks({ cards }) {
  const [open, setOpen] = useState(/** @type {Card | null} */ (null));
  if (cards.length === 0) return null;
  return html`<section class="networks" aria-label="Networks">
    <h2 class="unseen">Networks</h2>
    <ul>
      ${cards.map(
        (card) =>
          html`<li>
            <button type="button" class="network-name" onClick=${() => setOpen(card)}>${card.title}</button>
            <p class="legend-text">${headline(card)}</p>
          </li>`,
      )}
    </ul>
    <${ModelCard} card=${open} onClose=${() => setOpen(null)} />
  </section>`;
}
