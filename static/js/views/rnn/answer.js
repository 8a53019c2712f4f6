/**
 * Predict: what the unit gives to the answer, and the belief before and after the word.
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { Waterfall } from "gridtime/components/waterfall.js";
import { Share } from "gridtime/views/rnn/words.js";

/** @typedef {import("gridtime/math/answer.js").Vote} Vote */

/** A belief as a level lying down. @param {{name: string, value: number | null}} props */
function Belief({ name, value }) {
  if (value === null) return null;
  return html`<div class="lane belief">
    <span class="lane-label"><span class="lane-name">${name}</span></span>
    <span class="belief-track" aria-hidden="true"><i style=${{ "--level": String(value) }}></i></span>
    <span class="lane-value"><${Share} value=${value} /></span>
  </div>`;
}

/**
 * Before and after this word.
 * @param {{before: number | null, belief: number | null, label: string, first: boolean}} props
 */
export const Beliefs = ({ before, belief, label, first }) =>
  html`<div class="beliefs">
    <${Belief} name="${label} ${first ? "before any word" : "before"}" value=${before} />
    <${Belief} name="${label} now" value=${belief} />
  </div>`;

/**
 * The unit's share of the score and "the other 63".
 * @param {{vote: Vote | null, unit: number, label: string, against: string | null, layer: string, elsewhere?: string}} props
 *   `elsewhere`: the word at which the answer is read from this layer
 */
export function VotePanel({ vote, unit, label, against, layer, elsewhere }) {
  if (!vote && elsewhere)
    return html`<p class="vote-none">The answer is read from ${layer} at one word, “<bdi>${elsewhere}</bdi>”.</p>`;
  if (!vote)
    return html`<p class="vote-none">The answer is not read from ${layer}: this layer feeds the next one.</p>`;
  const parts = [
    { label: `unit ${unit}`, value: vote.product },
    { label: `the other ${vote.count}`, value: vote.others },
    { label: "bias", value: vote.bias },
  ];
  return html`<section class="vote" aria-label="What the unit gives to the answer">
    <h2>Score for ${label}${against ? html` rather than ${against}` : ""}</h2>
    <p class="vote-own">w · h = <${Num} value=${vote.w} digits=${3} /> × <${Num} value=${vote.h} digits=${3} /> = <${Num} value=${vote.product} digits=${3} /></p>
    <${Waterfall} terms=${parts} total=${vote.total} totalLabel="score" digits=${3} label="Terms of the score" />
    ${against && html`<p class="vote-about">Above 0: ${label}. Below: ${against}. The share is σ(score).</p>`}
  </section>`;
}
