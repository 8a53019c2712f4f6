/**
 * The player of the window: play, step, speed, order, and how far it is.
 */

import { html } from "gridtime/lib/html.js";
import { count as counted } from "gridtime/math/format.js";
import { ORDERS, orderName } from "gridtime/math/slide.js";
import { SPEEDS, still } from "gridtime/views/cnn/conv/slide.js";

/** @typedef {import("./slide.js").Slide} Slide */

/** @param {{slide: Slide, orders?: boolean}} props */
export function Player({ slide, orders = true }) {
  const { playing, speed, order, filled, count } = slide;
  const reduced = still();
  const last = SPEEDS[SPEEDS.length - 1];
  return html`<div class="slide-player" role="group" aria-label="The window's walk">
    ${!reduced && html`<button type="button" class="button slide-play" title="Play or pause (P)" onClick=${slide.toggle}>
      <span aria-hidden="true">${playing ? "❚❚" : "▶"}</span> ${playing ? "Pause" : "Play"}</button>`}
    <button type="button" class="button" onClick=${slide.next} title=${reduced ? "One place further (P)" : "One place further"}>Step</button>
    ${!reduced && html`<span class="slide-speed" role="group" aria-label="Speed">
      <button type="button" class="button" aria-label="Slower" title="Slower (−)" disabled=${speed === SPEEDS[0]} onClick=${() => slide.faster(-1)}>−</button>
      <output aria-label="Speed">× ${speed}</output>
      <button type="button" class="button" aria-label="Faster" title="Faster (+)" disabled=${speed === last} onClick=${() => slide.faster(1)}>+</button>
    </span>`}
    ${orders && html`<span class="stage-switch" role="group" aria-label="Order of the places">
      ${ORDERS.map((one) => html`<button type="button" key=${one} aria-pressed=${one === order} onClick=${() => slide.choose(one)}>${orderName(one)}</button>`)}
    </span>`}
    <output class="slide-count small">${counted(filled)} of ${counted(count)} places</output>
    <button type="button" class="link" disabled=${filled >= count} onClick=${slide.finish}>Whole map</button>
  </div>`;
}
