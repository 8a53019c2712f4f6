/**
 * How a piece is chosen: the likeliest next ones, and the candidates of the beam search.
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { percent } from "gridtime/math/format.js";
import { beginnings, shown } from "gridtime/math/translating.js";
import { piecesOf, searchSays, writtenUntil } from "gridtime/views/translate/scene.js";

/** @typedef {import("gridtime/views/translate/scene.js").Told} Told */
/** @typedef {import("gridtime/views/translate/scene.js").Side} Side */

/** Of a step the likeliest pieces. @param {{side: Side, step: number}} props */
export function NextPiece({ side, step }) {
  const { predictions } = side.steps[step];
  const before = step ? `“${writtenUntil(side, step - 1)}”` : "the start";
  const taken = piecesOf(side)[step].text;
  return html`<section class="trans-next" aria-label="Next piece">
    <h2>After ${before} <small>piece ${step + 1}: the ${predictions.length} likeliest</small></h2>
    <ol>${predictions.map(({ label, probability }) => html`<li key=${label} class=${label === taken ? "is-chosen" : ""}>
      <b>${shown(label)}</b><span class="next-bar" aria-hidden="true"><i style=${{ width: `${100 * probability}%` }}></i></span><span class="num" data-value=${String(Math.fround(probability))}>${percent(probability)}</span>
    </li>`)}</ol>
  </section>`;
}

/** How a beginning fared. */
const FATES = { kept: "kept", ended: "ended", dropped: "dropped" };

/** Of a step the candidates, and what became of each. @param {{told: Told, side: Side, step: number, present: boolean}} props */
export function Candidates({ told, side, step, present }) {
  const all = beginnings(side.search, step, piecesOf(side));
  const most = present ? 8 : all.length;
  return html`<section class="trans-search" aria-label="Beam search">
    <h2>The search at piece ${step + 1} <small>sum of ln p, from the start</small></h2>
    <table><thead class="unseen"><tr><th scope="col">beginning</th><th scope="col">sum of ln p</th><th scope="col">what became of it</th></tr></thead>
      <tbody>${all.slice(0, most).map((one, k) => html`<tr key=${k} class="is-${one.fate} ${one.best ? "is-best" : ""}">
        <td lang="fr">${one.before} <b>${shown(one.text)}</b></td><td><${Num} value=${one.sum} digits=${2} /></td><td>${FATES[one.fate]}${one.best ? " ◀" : ""}</td>
      </tr>`)}</tbody></table>
    ${!present && html`<p class="small">${searchSays(told, side, step)} ◀ is the way of the answer, the best mean of ln p among those that ended.</p>`}
  </section>`;
}
