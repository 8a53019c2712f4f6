/**
 * The maps behind a box: the score of its class in every cell, and the feature maps of a layer that
 * are strongest at its cell. Of the last layer, what each adds to the cell's own number.
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Num } from "gridtime/components/num.js";
import { Switch } from "gridtime/components/switch.js";
import { Waterfall } from "gridtime/components/waterfall.js";
import { added } from "gridtime/math/boxes.js";
import { extent } from "gridtime/math/colour.js";
import { fieldBox, fieldSays } from "gridtime/math/fields.js";
import { whereSays } from "gridtime/views/detect/scene.js";

/** @typedef {import("gridtime/views/detect/scene.js").Room} Room */
/** @typedef {import("gridtime/views/detect/scene.js").Scene} Scene */
/** @typedef {import("gridtime/views/detect/scene.js").Seen} Seen */

/** Maps that are drawn. */
const MOST = 4;
/** Maps of the last layer before the first class: objectness and four sides. */
const FIRST_CLASS = 5;

/** The layers whose maps have the grid of the cells, the last one's own left out. @param {Seen} seen */
export const layersOf = ({ net, tensors }) => net.graph.filter(({ name, output_shape: shape }) => shape.length === 3 && name !== "input" && name !== "logits" && tensors.has(name));

/** The layer looked at: the address's, else what the last one reads. @param {Record<string, any>} address @param {Seen} seen */
export function layerOf({ layer }, seen) {
  const all = layersOf(seen);
  return all.find(({ name }) => name === layer) ?? all[all.length - 1];
}

/** What of the square a cell of the layer sees. @param {Record<string, any>} address @param {Scene} scene */
export function fieldOf(address, { seen, chosen }) {
  const layer = layerOf(address, seen);
  return fieldBox(/** @type {any} */ (layer), chosen.row, chosen.column, { width: seen.size, height: seen.size });
}

/** Which map of the last layer is taken apart: the address's. @param {Record<string, any>} address @param {Scene} scene */
const outOf = ({ signal }, { chosen }) => (signal === "class" ? FIRST_CLASS + chosen.label : 0);

/** The strongest at the cell: by what they add where the last layer reads them, else by value. @param {Record<string, any>} address @param {Scene} scene */
export function strongest(address, scene) {
  const { seen, chosen } = scene;
  const layer = layerOf(address, seen);
  const features = /** @type {any} */ (seen.tensors.get(layer.name));
  const at = chosen.row * seen.columns + chosen.column;
  const last = seen.net.graph[seen.net.graph.length - 1];
  const read = last.inputs[0] === layer.name;
  const out = outOf(address, scene);
  const [weight, bias] = last.attributes.weights.map((/** @type {string} */ name) => seen.weights.get(name)?.data);
  const terms = added(read ? weight : new Float32Array(features.shape[0]).fill(1), read ? out : 0, features, at);
  const order = terms.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  return { layer, features, read, top: order.slice(0, MOST), rest: order.slice(MOST), bias: read ? bias[out] : 0, total: out ? chosen.logits[chosen.label] : chosen.logit };
}

/** @param {{room: Room, scene: Scene, brief?: boolean}} props */
export function MapsPanel({ room, scene, brief = false }) {
  const { address, patch, look } = room;
  const { seen, chosen } = scene;
  const name = seen.net.card.classes[chosen.label];
  const scores = useMemo(() => Float32Array.from(seen.cells, ({ objectness, shares }) => objectness * shares[chosen.label]), [seen, chosen.label]);
  const { layer, features, read, top, rest, bias, total } = strongest(address, scene);
  const cell = /** @type {[number, number]} */ ([chosen.row, chosen.column]);
  const limit = extent(features.data) || 1;
  const onChoose = (/** @type {[number, number]} */ next) => patch({ cell: next });
  const edge = look.present ? 208 : 136;
  const small = look.present ? 128 : 96;
  const terms = [...top.map(({ channel, product }) => ({ label: `map ${channel}`, value: product })), { label: `${rest.length} others`, value: rest.reduce((sum, { product }) => sum + product, 0) }, { label: "bias", value: bias }];
  return html`<section class="detect-maps" aria-label="Maps behind it">
    <div class="detect-class">
      <${CanvasMap} values=${scores} width=${seen.columns} height=${seen.rows} kind="probability" size=${edge} chosen=${cell} onChoose=${onChoose} readout=${false} label="Score of “${name}” in every cell. Chosen: ${whereSays(chosen)}" />
      <div><h2>Where “${name}” scores</h2><p>Objectness × probability of “${name}”, a number a cell. Here: <b><${Num} value=${scores[chosen.row * seen.columns + chosen.column]} digits=${3} /></b></p>
        ${!brief && html`<label class="field">Layer <select value=${layer.name} onChange=${(/** @type {any} */ e) => patch({ layer: e.target.value })}>${layersOf(seen).map((one) => html`<option key=${one.name} value=${one.name}>${one.name}</option>`)}</select></label>`}
        <p class="small">${fieldSays(/** @type {any} */ (layer), { width: seen.size, height: seen.size })} of the square (yellow frame).</p></div>
    </div>
    <h2>${read ? "The maps that add most here" : `The strongest maps of ${layer.name} here`}</h2>
    <ul class="detect-strong">${top.map(({ channel, value, weight, product }) => html`<li key=${channel}>
      <${CanvasMap} values=${features.data} offset=${channel * seen.rows * seen.columns} width=${seen.columns} height=${seen.rows} limit=${limit} size=${small} chosen=${cell} onChoose=${onChoose} readout=${false} label="Map ${channel} of ${layer.name}. Chosen: ${whereSays(chosen)}" />
      <p>map ${channel}: ${read ? html`<${Num} value=${value} /> × <${Num} value=${weight} /> = <b><${Num} value=${product} signed /></b>` : html`<b><${Num} value=${value} /></b>`}</p></li>`)}</ul>
    ${read && !brief && html`<div class="detect-sum"><${Switch} name="Which number of the cell" options=${[{ id: "objectness", text: "Objectness" }, { id: "class", text: `“${name}”` }]} chosen=${address.signal === "class" ? "class" : "objectness"} onPick=${(/** @type {string} */ id) => patch({ signal: id === "class" ? id : undefined })} />
      <${Waterfall} terms=${terms} total=${total} totalLabel=${address.signal === "class" ? `logit of “${name}”` : "objectness logit"} digits=${2} label="What adds up to the cell's number" /></div>`}
  </section>`;
}
