/**
 * Which layer is changed, and what a layer as a whole can become.
 *
 *     graph -> one button a layer, groups apart, changed ones marked
 *     activation -> ReLU · tanh · sigmoid · none      pooling -> maximum · average · every second value
 */
import { html } from "gridtime/lib/html.js";
import { hasMap } from "gridtime/math/choice.js";
import { drop, ownWay, put, replace, wayIn, ways } from "gridtime/math/edits.js";
import { groups, kind } from "gridtime/math/groups.js";
import { strongestMap } from "gridtime/math/maps.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */

/** @param {Room} room @param {string} name @returns {boolean} something of this layer is changed */
const isChanged = (room, name) =>
  room.edits.value.some((edit) => ("tensor" in edit ? edit.tensor : edit.layer) === name);

/** @param {{room: Room, run: Run, chosen: Layer}} props */
export function LayerPick({ room, run, chosen }) {
  /** @param {Layer} layer */
  const pick = (layer) => {
    const range = run.ranges.get(layer.name);
    room.patch({ layer: layer.name, channel: range ? strongestMap(range) : 0, cell: undefined });
  };
  return html`<nav class="layer-pick" aria-label="Layer to change">
    ${groups(run.graph).map((group) => html`<span class="layer-group" key=${group.id}>
      ${group.stages.filter(hasMap).map((layer) => html`<button type="button" key=${layer.name}
        aria-pressed=${layer.name === chosen.name} onClick=${() => pick(layer)}
        title=${isChanged(room, layer.name) ? `${layer.name} is changed` : layer.name}>
        ${layer.name}${isChanged(room, layer.name) && html`<span class="layer-dot" role="img" aria-label="changed"></span>`}</button>`)}
    </span>`)}
  </nav>`;
}

/** The layer as it was trained. @param {Room} room @param {string} name */
export const ownLayer = (room, name) => room.net.value?.graph.find((node) => node.name === name);

/**
 * What an activation or a pooling may become; the layer's own is marked as trained.
 * @param {{room: Room, layer: Layer, label?: string}} props
 */
export function WaySwitch({ room, layer, label = `What ${layer.name} does` }) {
  const own = ownLayer(room, layer.name);
  if (!own) return null;
  const list = ways(own);
  const trained = ownWay(own);
  const edit = room.edits.value.find((one) => one.op === "replace" && one.layer === own.name);
  const now = edit && "with" in edit ? edit.with : trained;
  // A kind that no word names (a leaky ReLU) is offered as itself.
  const shown = list.includes(trained) ? list : [trained, ...list];
  /** @param {string} way */
  const choose = (way) => {
    const rest = drop(room.edits.peek(), `replace ${own.name}`);
    if (way === trained) return room.edit(rest);
    return room.edit(trained ? replace(room.edits.peek(), own, way) : put(rest, { op: "replace", layer: own.name, with: way }));
  };
  return html`<div class="way-switch stage-switch" role="group" aria-label=${label}>
    ${shown.map((way) => html`<button type="button" key=${way} aria-pressed=${way === now} onClick=${() => choose(way)}>
      ${way ? wayIn(own, way) : own.op.replaceAll("_", " ")}${way === trained && html`<span class="way-own"> (trained)</span>`}</button>`)}
  </div>`;
}

/** @param {{room: Room, layer: Layer}} props */
export function LayerSwitch({ room, layer }) {
  const what = ownLayer(room, layer.name);
  if (!what || !ways(what).length) return null;
  const word = kind(what) === "pool" ? "pooling" : "activation";
  const changed = room.edits.value.some((one) => one.op === "replace" && one.layer === what.name);
  return html`<div class="whatif-way">
    <span>${layer.name}, ${word}:</span>
    <${WaySwitch} room=${room} layer=${layer} />
    ${changed && html`<p class="small">It was trained with ${trainedWith(what)}; that shows too.</p>`}
  </div>`;
}

/** @param {Layer} own @returns {string} the word in "It was trained with max" */
export function trainedWith(own) {
  const way = ownWay(own);
  if (way === "maxpool") return "max";
  return way ? wayIn(own, way) : own.op.replaceAll("_", " ");
}
