/**
 * The input, a conv map and the map after pooling: in its place above, moved below, on one scale.
 */
import { html } from "gridtime/lib/html.js";
import { groups, kind } from "gridtime/math/groups.js";
import { strongestMap } from "gridtime/math/maps.js";
import { rangeFor } from "gridtime/math/scales.js";
import { SideMap } from "gridtime/views/cnn/sidemap.js";
import { Seen } from "gridtime/views/cnn/seen.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("../room.js").Layer} Layer */

const EDGE = 124;
const EDGE_PRESENT = 230;
const EDGE_PHONE = 108;

/**
 * The conv and the pooling that are shown: of the chosen layer's group or the next one that pools.
 * @param {Run} run @param {Choice} choice @returns {Layer[]} at most two
 */
export function layersShown(run, choice) {
  const pools = groups(run.graph).filter((group) => group.stages.some((stage) => kind(stage) === "pool"));
  const at = run.graph.findIndex((layer) => layer.name === choice.layer?.name);
  const group = pools.find((one) => one.stages.some((stage) => stage.name === choice.layer?.name))
    ?? pools.find((one) => run.graph.indexOf(one.head) >= at) ?? pools[pools.length - 1];
  const maps = run.graph.filter((layer) => kind(layer) === "conv");
  if (!group) return maps.slice(0, 1);
  return group.stages.filter((stage) => kind(stage) === "conv" || kind(stage) === "pool").slice(0, 2);
}

/** @param {{room: Room, still: Run, run: Run, layer: Layer, channel: number, size: number}} props */
function Pair({ room, still, run, layer, channel, size }) {
  const limit = Math.max(...[still, run].map((of) => {
    const range = of.ranges.get(layer.name);
    return range ? rangeFor(room.scope.value, range, channel, of.network).limit : 0;
  }));
  const both = { room, layer, channel, size, limit };
  return html`<div class="shift-pair">
    <${SideMap} ...${both} run=${still} title=${`${layer.name}, channel ${channel}`} /><${SideMap} ...${both} run=${run} title="moved" /></div>`;
}

/** @param {{room: Room, still: Run, run: Run, layers: Layer[], channel: number}} props `channel` −1: none is chosen */
export function MapPairs({ room, still, run, layers, channel }) {
  const size = room.present.value ? EDGE_PRESENT : room.wide.value ? EDGE : EDGE_PHONE;
  const last = layers[layers.length - 1];
  const range = last && still.ranges.get(last.name);
  const wanted = channel >= 0 ? channel : range ? strongestMap(range) : 0;
  const card = room.net.value?.card;
  const width = { width: `${size / 16}rem` };
  return html`<section class="shift-maps" aria-label="Maps in their place, and moved">
    <div class="shift-pair"><figure><figcaption>input</figcaption><div class="seen-box" style=${width}><${Seen} run=${still} card=${card} label="The input in its place" /></div></figure>
      <figure><figcaption>moved</figcaption><div class="seen-box" style=${width}><${Seen} run=${run} card=${card} label="The input, moved" /></div></figure></div>
    ${layers.map((layer) => html`<${Pair} key=${layer.name} room=${room} still=${still} run=${run} layer=${layer} size=${size}
      channel=${Math.min(wanted, (layer.output_shape[0] ?? 1) - 1)} />`)}
  </section>`;
}
