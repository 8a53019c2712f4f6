/**
 * The sum behind a gate, on demand: the five largest products, the others as one, biases, total.
 *
 *     x₁₂ × w + … + "109 others" + bias + bias = sum ── σ ──> gate
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { Waterfall } from "gridtime/components/waterfall.js";
import { symbol } from "gridtime/views/rnn/lanes.js";

/** @typedef {ReturnType<typeof import("gridtime/math/cell.js").behind>} Sum */
/** @typedef {import("gridtime/math/dot.js").Term} Term */

/** @param {Term} term */
function termName({ source, index }) {
  if (source === "bias") return index === 0 ? "bias b" : "bias b′";
  return source === "x" ? `word, no. ${index}` : `state, unit ${index}`;
}

/** @param {{term: Term}} props */
const Row = ({ term }) =>
  html`<tr>
    <th scope="row">${termName(term)}</th>
    <td><${Num} value=${term.input} digits=${3} /></td>
    <td class="times">× <i class="weight ${term.weight < 0 ? "is-minus" : ""}" aria-hidden="true"></i> <${Num} value=${term.weight} digits=${3} /></td>
    <td>= <${Num} value=${term.product} digits=${3} /></td>
  </tr>`;

/** What the cell does with the sum. @type {Record<string, string>} */
const THEN = { sigmoid: "σ", tanh: "tanh" };

/** @param {{sum: Sum, signal: string, name: string, kind: string, value: number, word: string, onClose: () => void}} props */
export function Behind({ sum, signal, name, kind, value, word, onClose }) {
  const { largest, others, biases, total, then } = sum;
  const parts = [
    ...largest.map((term) => ({ label: termName(term), value: term.product })),
    ...(others.count ? [{ label: `${others.count} others`, value: others.value }] : []),
    ...biases.map((term) => ({ label: termName(term), value: term.product })),
  ];
  return html`<section class="behind" aria-label="The sum behind the ${name}" data-gate=${signal}>
    <header class="behind-head">
      <h2>${name} <span class="lane-symbol">${symbol(kind, signal)}</span></h2>
      <button type="button" class="button" onClick=${onClose}>Close</button>
    </header>
    <p class="behind-about">The five largest of ${others.count + largest.length} products: this unit's own weights times the numbers of “<bdi>${word}</bdi>” and of the last state.</p>
    <${Waterfall} terms=${parts} total=${total} totalLabel="sum" digits=${3} label="Terms of the sum" />
    ${
      then !== "sum" &&
      html`<p class="behind-then"><span>${THEN[then]}(<${Num} value=${total} digits=${3} />) =</span> <b><${Num} value=${value} digits=${3} /></b></p>`
    }
    <details class="behind-terms">
      <summary>Inputs and weights</summary>
      <table>
        <thead><tr><th scope="col">term</th><th scope="col">input</th><th scope="col">weight</th><th scope="col">product</th></tr></thead>
        <tbody>${largest.map((term) => html`<${Row} key=${termName(term)} term=${term} />`)}</tbody>
      </table>
    </details>
  </section>`;
}
