/**
 * What each network says of this sequence, and how often it was right at this distance.
 *
 *     name (chosen: thick in the plots) | what it can know | A came first, a level | says | held out
 */
import { html } from "gridtime/lib/html.js";
import { nameOf, ordered } from "gridtime/math/first.js";
import { noteOf, standingsOf } from "gridtime/math/firstsays.js";
import { intervalSays, shareSays } from "gridtime/math/rates.js";
import { Exact } from "gridtime/views/rnn/signal/figures.js";
import { CAP } from "gridtime/views/compare/first/scene.js";

/** @typedef {import("gridtime/math/first.js").First} First */
/** @typedef {import("gridtime/math/first.js").Said} Said */
/** @typedef {import("gridtime/math/first.js").Answered} Answered */
/** @typedef {import("gridtime/math/first.js").Point} Point */

/** A piece of a network's line. @param {{id: string, thick: boolean}} props */
const Sample = ({ id, thick }) =>
  html`<svg class="first-sample first-line is-${id} ${thick ? "is-thick" : ""}" viewBox="0 0 44 10" aria-hidden="true"><path class="run" d="M2 5H42" ...${CAP} /></svg>`;

/** @param {{said: Said}} props */
const Level = ({ said }) =>
  said.probability === null
    ? html`<td class="first-refused" colspan="2">${said.refused}</td>`
    : html`<td class="first-level"><span class="first-track"><span style=${{ width: `${said.probability * 100}%` }}></span></span><${Exact} value=${said.probability} text=${shareSays(said.probability)} /></td>
        <td class="first-answer ${said.right ? "" : "is-wrong"}"><b>${said.answer}</b> ${said.right ? "right" : "wrong"}</td>`;

/** @param {{point: Point | undefined}} props */
const Held = ({ point }) =>
  point
    ? html`<td class="first-held"><${Exact} value=${point.accuracy.value} text=${shareSays(point.accuracy.value)} /> <small>${intervalSays(point.accuracy)}</small></td>`
    : html`<td class="first-held">cannot read it</td>`;

/** @param {{first: First, answered: Answered, chosen: string, onPick: (model: string) => void}} props */
export function Answers({ first, answered, chosen, onPick }) {
  const standings = new Map(standingsOf(first, answered.settings).map((one) => [one.model.model, one]));
  const measured = [...standings.values()].find(({ point }) => point)?.point?.distance;
  return html`<table class="first-answers" data-signs=${[answered.settings.a, answered.settings.b, answered.settings.length, answered.settings.seed].join(",")}>
    <caption>Here ${answered.first} came first.</caption>
    <thead><tr><th scope="col">network</th><th scope="col" class="first-note">one cell sees</th><th scope="col">probability of “A first”</th><th scope="col">says</th><th scope="col">right at distance ${measured}</th></tr></thead>
    <tbody>${ordered(answered.models).map((said) => html`<tr key=${said.model} class=${said.model === chosen ? "is-thick" : ""} data-model=${said.model} title=${said.title}>
      <th scope="row"><button type="button" class="link" aria-pressed=${said.model === chosen} onClick=${() => onPick(said.model)}><${Sample} id=${said.model} thick=${said.model === chosen} />${nameOf(said)}</button></th>
      <td class="first-note">${standings.has(said.model) && noteOf(/** @type {import("gridtime/math/firstsays.js").Standing} */ (standings.get(said.model)))}</td>
      <${Level} said=${said} />
      <${Held} point=${standings.get(said.model)?.point} />
    </tr>`)}</tbody></table>`;
}

/** The same with every answer hidden. @param {{answered: Answered}} props */
export const Vote = ({ answered }) =>
  html`<ul class="first-vote">${ordered(answered.models).map((said) => html`<li key=${said.model}><span>${nameOf(said)}</span><b>?</b></li>`)}</ul>`;
