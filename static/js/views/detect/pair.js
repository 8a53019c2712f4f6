/**
 * Two boxes and how much they overlap: why one of them falls, or why both stay.
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { areaOf, shared } from "gridtime/math/boxes.js";
import { number, percent } from "gridtime/math/format.js";
import { boxSays, fateSays, whereSays } from "gridtime/views/detect/scene.js";

/** @typedef {import("gridtime/views/detect/scene.js").Room} Room */
/** @typedef {import("gridtime/views/detect/scene.js").Scene} Scene */

/** The overlap worked out. @param {{scene: Scene}} props */
function Overlap({ scene }) {
  const { found, place, other, overlap } = scene;
  const [a, b] = [found[place], found[other]];
  const { width, height, both, joined, iou } = shared(a.box, b.box);
  const falls = iou > overlap;
  return html`<div class="detect-iou">
    <p><span class="detect-what">Both cover</span> <${Num} value=${width} /> × <${Num} value=${height} /> = <b><${Num} value=${both} digits=${1} /></b> px²</p>
    <p><span class="detect-what">Together</span> <${Num} value=${areaOf(a.box)} digits=${1} /> + <${Num} value=${areaOf(b.box)} digits=${1} /> − <${Num} value=${both} digits=${1} /> = <b><${Num} value=${joined} digits=${1} /></b> px²</p>
    <p><span class="detect-what">IoU</span> <${Num} value=${both} digits=${1} /> / <${Num} value=${joined} digits=${1} /> = <b class="detect-score"><${Num} value=${iou} digits=${3} /></b> ${falls ? ">" : "≤"} ${number(overlap, 2)}: ${falls ? `the same thing seen twice; the lower score, ${percent(Math.min(a.score, b.score))}, falls.` : "two things; both may stay."}</p>
  </div>`;
}

/** The boxes that fell to the chosen one. @param {{room: Room, scene: Scene}} props */
function Fallen({ room, scene }) {
  const { found, place, other } = scene;
  const all = found.map((cell, k) => ({ cell, k })).filter(({ cell, k }) => cell.by === place && k !== place);
  if (!all.length) return null;
  return html`<ul class="detect-fallen" aria-label="Boxes that fell to it">${all.map(({ cell, k }) => html`<li key=${k}><button type="button" class="example" aria-pressed=${k === other} onClick=${() => room.patch({ against: `${cell.row},${cell.column}` })}>${whereSays(cell)}: ${boxSays(scene, cell)}, IoU ${number(shared(found[place].box, cell.box).iou, 2)}</button></li>`)}</ul>`;
}

/** @param {{room: Room, scene: Scene, brief?: boolean}} props */
export function PairPanel({ room, scene, brief = false }) {
  const { place, other, chosen, found } = scene;
  return html`<section class="detect-pair" aria-label="Suppression">
    <h2>${fateSays(scene)}</h2>
    ${!brief && html`<p class="small">Best first: every box that overlaps a better one that stays (intersection over union above the threshold) falls to it, whatever the two are called.</p>`}
    ${other < 0 && html`<p>No other box that scores enough overlaps it. Choose another one.</p>`}
    ${other >= 0 && html`<p>Chosen: ${whereSays(chosen)}, ${boxSays(scene, chosen)}. Dashed: ${whereSays(found[other])}, ${boxSays(scene, found[other])}.</p><${Overlap} scene=${scene} />`}
    ${!brief && place >= 0 && html`<${Fallen} room=${room} scene=${scene} />`}
  </section>`;
}
