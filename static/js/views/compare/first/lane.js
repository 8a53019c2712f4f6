/**
 * What the readers would say if the sequence ended there: a line each, under the places of the strip.
 *
 *     click, or arrows in the focused lane -> the place of the readout
 */
import { html } from "gridtime/lib/html.js";
import { keysAlong, pointed } from "gridtime/components/walkedplot.js";
import { nameOf, ordered } from "gridtime/math/first.js";
import { apart } from "gridtime/math/logplot.js";
import { BOX, CAP, placesOf } from "gridtime/views/compare/first/scene.js";

/** @typedef {import("gridtime/math/first.js").Answered} Answered */
/** @typedef {import("gridtime/math/first.js").Said} Said */

/** Room above the lane for its title, in letters' heights. */
const TITLE = 1.6;

/** @param {Answered} answered */
export const readersOf = ({ models }) => ordered(models).filter(({ steps }) => steps);

/** @param {{answered: Answered, chosen: string, at: number, size: import("gridtime/views/compare/first/scene.js").Size, onAt: (place: number) => void}} props */
export function Lane({ answered, chosen, at, size, onAt }) {
  const box = BOX[size];
  const readers = readersOf(answered);
  const { length, a, b } = answered.settings;
  const { x, at: placeAt } = placesOf(box, length);
  const top = box.letter * TITLE;
  const foot = top + box.lane;
  const y = (/** @type {number} */ share) => foot - share * box.lane;
  const right = box.width - box.right;
  const names = apart(readers.map((said) => ({ id: said.model, at: y(/** @type {number[]} */ (said.steps)[length - 1]) })), box.letter * 1.25, top + 4, foot);
  const key = keysAlong({ at, first: 0, last: length - 1 }, onAt);
  const point = pointed(box.width, (px) => onAt(placeAt(px)));
  const pathOf = (/** @type {Said} */ { steps }) => `M${(steps ?? []).map((share, k) => `${x(k).toFixed(1)} ${y(share).toFixed(1)}`).join("L")}`;
  return html`<div class="first-lane" role="application" tabindex="0" aria-roledescription="plot" aria-label="Probability that A came first after every place, of each reader. Left and right choose a place." onKeyDown=${key} onPointerDown=${point} onPointerMove=${point}>
    <svg viewBox="0 0 ${box.width} ${foot + box.letter * 0.5}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
      <text class="first-title" x=${box.left} y=${box.letter}>${size === "narrow" ? "“A first”, if it ended here" : "Reading from left to right: probability that A came first, if the sequence ended here"}</text>
      ${[0, 0.5, 1].map((share) => html`<g key=${share}><path class=${share === 0.5 ? "first-chance" : "first-grid"} d="M${box.left} ${y(share)}H${right}" /><text x=${box.left - 6} y=${y(share) + box.letter * 0.35} text-anchor="end">${share * 100} %</text></g>`)}
      ${[a, b].map((place, k) => html`<path key=${k} class="first-grid" d="M${x(place)} ${top}V${foot}" />`)}
      <path class="first-at" d="M${x(at)} ${top}V${foot}" />
      ${[...readers].sort((one, two) => Number(one.model === chosen) - Number(two.model === chosen)).map((said) => html`<g key=${said.model} class="first-line is-${said.model} ${said.model === chosen ? "is-thick" : ""}">
        <path class="run" d=${pathOf(said)} ...${CAP} />
        <circle cx=${x(at)} cy=${y(/** @type {number[]} */ (said.steps)[at])} r=${box.letter / 3} />
        <text class="first-name" x=${right + 6} y=${(names.get(said.model) ?? 0) + box.letter * 0.35}>${nameOf(said)}</text></g>`)}
    </svg>
  </div>`;
}
