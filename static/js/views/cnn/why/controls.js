/**
 * What is explained, by which method, from which layer.
 */

import { html } from "gridtime/lib/html.js";
import { ALL, METHODS, mapLayers } from "gridtime/math/explain.js";
import { percent, shape } from "gridtime/math/format.js";
import { isNumber } from "gridtime/math/numberhead.js";
import { labelOf, layerOf } from "./chosen.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */

/** @param {Room} room @param {string} method */
export function chooseMethod(room, method) {
  room.patch({ method, signal: undefined, ...(room.present.peek() ? {} : { stop: undefined }) });
}

/** @param {Room} room @param {string} layer */
export function chooseLayer(room, layer) {
  const { method } = room.state.peek();
  room.patch({ layer, method: method ?? "gradcam", channel: undefined });
}

/** @param {{room: Room, method: string}} props */
function Methods({ room, method }) {
  const rows = [...Object.entries(METHODS), [ALL, "All four"]];
  return html`<div class="switch-row" role="group" aria-label="Method">
    ${rows.map(([id, title]) => html`<button key=${id} type="button" class="switch-button" aria-pressed=${id === method}
      onClick=${() => chooseMethod(room, id)}>${title}</button>`)}
  </div>`;
}

/** @param {{room: Room, run: Run}} props */
export function ClassPick({ room, run }) {
  return html`<label class="field">Class
    <select value=${labelOf(run, room.state.value)} onChange=${(/** @type {any} */ e) => room.patch({ class: e.target.value })}>
      ${run.predictions.map((p) => html`<option key=${p.label} value=${p.label}>${p.label}, ${percent(p.probability)}</option>`)}
    </select></label>`;
}

/** @param {{room: Room, run: Run}} props */
function LayerPick({ room, run }) {
  return html`<label class="field">Maps of
    <select value=${layerOf(run, room.state.value)?.name} onChange=${(/** @type {any} */ e) => chooseLayer(room, e.target.value)}>
      ${mapLayers(run.graph).map((layer) => html`<option key=${layer.name} value=${layer.name}>${layer.name}, ${shape(layer.output_shape)}</option>`)}
    </select></label>`;
}

/** @param {{room: Room, run: Run, method: string}} props */
export function Controls({ room, run, method }) {
  return html`<div class="why-controls">
    <${Methods} room=${room} method=${method} />
    ${!isNumber(run) && html`<${ClassPick} room=${room} run=${run} />`}
    ${(method === "gradcam" || method === ALL) && html`<${LayerPick} room=${room} run=${run} />`}
  </div>`;
}

/** @param {{cover: number, onCover: (cover: number) => void}} props */
export function Cover({ cover, onCover }) {
  return html`<label class="field why-cover">Map covers
    <input type="range" min="0" max="100" step="5" value=${Math.round(cover * 100)}
      onInput=${(/** @type {any} */ e) => onCover(Number(e.target.value) / 100)} />
    <output>${Math.round(cover * 100)} %</output></label>`;
}
