/**
 * Shares as teal bars in a track: the full track is 100 %.
 */
import { html, steady } from "gridtime/lib/html.js";
import { percent } from "gridtime/math/format.js";
import { exact } from "gridtime/components/num.js";

/** @typedef {{label: string, value: number, chosen?: boolean}} Bar value in 0..1 */

/**
 * @param {{bars: Bar[], rest?: Bar, onPick?: (label: string) => void, label?: string}} props
 *   rest: the others taken together, so that all adds up to 100 %
 */
const Rows = ({ bars, rest, onPick, label = "Probabilities" }) =>
  html`<ol class="bars" aria-label=${label}>
    ${bars.map((bar) => html`<${BarRow} key=${bar.label} ...${bar} onPick=${onPick} />`)}
    ${rest && html`<${BarRow} key="rest" ...${rest} />`}
  </ol>`;

export const Bars = steady(Rows);

/** @param {Bar & {onPick?: (label: string) => void}} props */
function BarRow({ label, value, chosen = false, onPick }) {
  const name = onPick
    ? html`<button
        type="button"
        class="bar-name"
        aria-pressed=${chosen}
        onClick=${() => onPick(label)}
      >
        ${label}
      </button>`
    : html`<span class="bar-name">${label}</span>`;
  return html`<li class="bar ${chosen ? "is-chosen" : ""}">
    ${name}
    <span class="bar-value" data-value=${exact(value)}>${percent(value)}</span>
    <span class="track" aria-hidden="true">
      <span class="track-fill" style=${{ width: `${Math.max(0, Math.min(1, value)) * 100}%` }}></span>
    </span>
  </li>`;
}
