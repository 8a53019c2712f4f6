/**
 * What one cell says: is something here, which, how sure, and where its four sides are.
 */
import { html } from "gridtime/lib/html.js";
import { Bars } from "gridtime/components/bars.js";
import { Num } from "gridtime/components/num.js";
import { SIDES } from "gridtime/math/boxes.js";
import { fateSays, whereSays } from "gridtime/views/detect/scene.js";

/** @typedef {import("gridtime/views/detect/scene.js").Scene} Scene */

/** Classes that are named; the others are taken together. */
const MOST = 4;

/** @param {{scene: Scene}} props */
function Shares({ scene: { chosen, seen } }) {
  const { classes } = seen.net.card;
  const order = chosen.shares.map((value, k) => ({ label: /** @type {string} */ (classes[k]), value })).sort((a, b) => b.value - a.value);
  const others = order.slice(MOST);
  const rest = others.length ? { label: `${others.length} others`, value: others.reduce((sum, { value }) => sum + value, 0) } : undefined;
  return html`<${Bars} label="Class probabilities" bars=${order.slice(0, MOST)} rest=${rest} />`;
}

/** Where each side comes from. @param {{scene: Scene}} props */
function Decode({ scene: { chosen, seen } }) {
  const { stride } = seen;
  return html`<table class="detect-decode">
    <caption>The cell's middle, and from there to each side: ${stride} px × e to the power of what the last layer says.</caption>
    <tbody>${SIDES.map(({ name, axis, sign }, k) => {
      const cut = chosen.box[k] !== chosen.raw[k];
      return html`<tr key=${name}><th scope="row">${name} side</th>
        <td>(${axis ? chosen.row : chosen.column} + ½) × ${stride}</td><td>${sign < 0 ? "−" : "+"} ${stride} × e<sup><${Num} value=${chosen.sides[k]} /></sup></td>
        <td>= <${Num} value=${chosen.middle[axis]} /> ${sign < 0 ? "−" : "+"} <${Num} value=${chosen.reach[k]} /></td>
        <td>= <b><${Num} value=${chosen.raw[k]} /></b>${cut && html`, cut to <b><${Num} value=${chosen.box[k]} /></b>`}</td></tr>`;
    })}</tbody>
  </table>`;
}

/** @param {{scene: Scene, brief?: boolean}} props brief: the caption says the rest */
export function CellPanel({ scene, brief = false }) {
  const { chosen, seen } = scene;
  return html`<section class="detect-cell" aria-label="The cell">
    <h2>Cell at ${whereSays(chosen)}</h2>
    <div class="detect-says">
      <p><span class="detect-what">Is something here?</span> objectness = 1 / (1 + e<sup>−(<${Num} value=${chosen.logit} />)</sup>) = <b><${Num} value=${chosen.objectness} digits=${4} /></b></p>
      <p><span class="detect-what">Which, if so?</span> softmax over ${seen.net.card.classes.length} classes:</p>
      <${Shares} scene=${scene} />
      <p><span class="detect-what">Score</span> <${Num} value=${chosen.objectness} digits=${4} /> × <${Num} value=${chosen.shares[chosen.label]} digits=${4} /> = <b class="detect-score"><${Num} value=${chosen.score} digits=${4} /></b> for “${seen.net.card.classes[chosen.label]}”</p>
    </div>
    <${Decode} scene=${scene} />
    ${!brief && html`<p class="small">${fateSays(scene)}</p>`}
  </section>`;
}
