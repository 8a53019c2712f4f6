/**
 * The same sentence by every network, one of them opened, each with its measured figure.
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { count } from "gridtime/math/format.js";
import { figuresOf } from "gridtime/math/translating.js";
import { bleuSays, nameOf } from "gridtime/views/translate/scene.js";

/** @typedef {import("gridtime/views/translate/scene.js").Room} Room */
/** @typedef {import("gridtime/views/translate/scene.js").Told} Told */
/** @typedef {import("gridtime/views/translate/scene.js").Side} Side */

/** @param {{room: Room, told: Told, side: Side}} props side: the one that is opened */
export function Answers({ room, told, side }) {
  return html`<section class="trans-answers" aria-label="Translations">
    ${room.look.present && html`<p class="trans-source">${told.text}</p>`}
    ${told.sides.map((one) => {
      const { head } = figuresOf(one.net.card);
      const [best] = one.sentences;
      return html`<div key=${one.net.row.id} class="trans-answer ${one === side ? "is-open" : ""}">
        <button type="button" class="button" aria-pressed=${one === side} onClick=${() => room.patch({ model: one.net.row.id, step: undefined })}>${nameOf(one)}</button>
        <p class="trans-said" lang="fr">${best.text}</p>
        <p class="small">score <${Num} value=${best.score} digits=${2} />${head && html` · <span class="num" data-value=${String(head.value)}>${bleuSays(one)}</span> on ${count(head.n)} sentences`}</p>
      </div>`;
    })}
    ${!room.look.present && html`<p class="small trans-limits">The score is the mean of ln p over the pieces. ${side.net.card.limits[0]}</p>`}
  </section>`;
}
