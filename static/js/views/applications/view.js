/**
 * The uses, a card each: what goes in, what the network answers, how often it is right.
 *
 *     Shown[], answers -> groups (space, time, both) -> cards     present: one group a stop
 */
import { html } from "gridtime/lib/html.js";
import { headline } from "gridtime/components/modelcard.js";
import { sentence } from "gridtime/components/trouble.js";
import { GROUPS, answerSays, grouped } from "gridtime/math/applications.js";
import { Input } from "gridtime/views/applications/input.js";

/** @typedef {import("gridtime/stores/applications.js").Shown} Shown */
/** @typedef {import("gridtime/stores/applications.js").Given} Given */
/** @typedef {import("gridtime/components/walk.js").Stop} Stop */

/** @param {{shown: Shown, given: Given | undefined}} props */
function Answer({ shown: { card }, given }) {
  if (!given) return html`<p class="use-answer use-waits">…</p>`;
  if (given instanceof Error) return html`<p class="use-answer use-waits">${sentence(given)}</p>`;
  const said = answerSays(card.task, given.predictions);
  return said && html`<p class="use-answer"><span data-value=${said.value === undefined ? undefined : String(said.value)}>${said.text}</span></p>`;
}

/** @param {{shown: Shown, given: Given | undefined, still: boolean}} props */
function Card({ shown, given, still }) {
  const { use, card, kind, sample } = shown;
  return html`<li class="use" data-use=${use.id}>
    <h3><a href=${use.view}>${use.title}</a> <span class="use-kind">${kind.toUpperCase()}</span></h3>
    <p class="use-takes">${use.takes}</p>
    <div class="use-sample"><${Input} sample=${sample} given=${given} still=${still} /><${Answer} shown=${shown} given=${given} /></div>
    <p class="use-inside"><strong>Inside:</strong> ${use.inside}.</p>
    <p class="use-figure legend-text">${headline(card)}</p>
  </li>`;
}

/** The stops of a projector: a group at a time. @param {Shown[]} all @returns {Stop[]} */
export const walk = (all) => grouped(all.map(({ use }) => use)).map(({ group }) => ({ id: group, caption: GROUPS[group].caption }));

/** @param {{all: Shown[], answers: Record<string, Given>, part: string, still: boolean}} props part: "all" or one group; still: reduced motion */
export function Applications({ all, answers, part, still }) {
  const groups = grouped(all.map(({ use }) => use)).filter(({ group }) => part === "all" || part === group);
  return html`<div class="uses ${part === "all" ? "" : "uses-part"}">
    ${groups.map(({ group, uses }) => html`<section aria-labelledby="uses-${group}">
      <h2 id="uses-${group}">${GROUPS[group].title} <span class="uses-rule">${GROUPS[group].rule}</span></h2>
      <ul class="uses-list ${uses.length > 3 ? "" : "is-few"}">
        ${uses.map((use) => html`<${Card} key=${use.id} shown=${/** @type {Shown} */ (all.find((one) => one.use === use))} given=${answers[use.id]} still=${still} />`)}
      </ul>
    </section>`)}
  </div>`;
}
