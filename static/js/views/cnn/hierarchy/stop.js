/**
 * One stop of the way: the field on the picture, the strongest patch, its map, the made picture.
 */

import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Num, exact } from "gridtime/components/num.js";
import { Pixels } from "gridtime/components/pixels.js";
import { fieldBox, inputSize } from "gridtime/math/fields.js";
import { plural } from "gridtime/math/format.js";
import { extent } from "gridtime/math/groups.js";
import { plane } from "gridtime/math/maps.js";
import { patchOf } from "gridtime/math/peaks.js";
import { sideSays } from "gridtime/math/selectivity.js";
import { Made, useAtlas } from "gridtime/views/cnn/looks/atlas.js";
import { FieldFrame } from "gridtime/views/cnn/seen.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("gridtime/math/peaks.js").Pixels} Picture */
/** @typedef {import("./stops.js").HierarchyStop} HierarchyStop */

/** The title as measured, with the share of channels that prefer one class as a bar.
 *  @param {{stop: HierarchyStop, sees: string}} props */
export function Title({ stop, sees }) {
  const { channels, preferring: n } = stop;
  if (!channels?.length) return html`<p class="hier-title">One cell sees ${sees}; its channels were not measured.</p>`;
  return html`<p class="hier-title">One cell sees <b class="hier-sees">${sees}</b>${"; "}
    <b class="num hier-count" data-value=${exact(n)}>${n}</b> of ${channels.length} channels prefer${n === 1 ? "s" : ""} one class.</p>
    <span class="track" aria-hidden="true"><span class="track-fill" style=${{ width: `${(n / channels.length) * 100}%` }}></span></span>`;
}

/** @param {{run: Run, stop: HierarchyStop, picture: Picture}} props */
function Cut({ run, stop, picture }) {
  const box = fieldBox(stop.layer, stop.cell[0], stop.cell[1], inputSize(run.graph));
  const label = `Strongest patch of ${stop.layer.name}, channel ${stop.channel}`;
  return html`<${Pixels} picture=${patchOf(picture, box)} label=${label} class="patch-cut" />`;
}

/** @param {{room: Room, run: Run, stop: HierarchyStop, size: number}} props */
function Map({ run, stop, size }) {
  const tensor = run.tensors.get(stop.layer.name);
  const range = run.ranges.get(stop.layer.name);
  const { height, width } = extent(stop.layer);
  if (!tensor || !range || height * width <= 1) return null;
  return html`<figure class="hier-map"><figcaption>its map</figcaption>
    <${CanvasMap} values=${plane(tensor, stop.channel)} width=${width} height=${height} limit=${range.range.limit}
      size=${size} label=${`Map of ${stop.layer.name}, channel ${stop.channel}`} /></figure>`;
}

/** @param {{run: Run, stop: HierarchyStop}} props */
function MadeFor({ run, stop }) {
  const image = useAtlas(run.model, stop.made?.name ?? "");
  if (!stop.look || !stop.made) return null;
  return html`<figure class="hier-made"><figcaption>made for it</figcaption>
    ${image && html`<${Made} image=${image} look=${stop.look} channel=${stop.channel}
      label=${`One picture that channel ${stop.channel} of ${stop.made.name} answers strongly to`} />`}</figure>`;
}

/**
 * @param {{room: Room, run: Run, stop: HierarchyStop, picture: Picture, chosen: boolean, small: number}} props
 *   `small`: px at root 16 of its map
 */
export function Stop({ room, run, stop, picture, chosen, small }) {
  const { layer, channel } = stop;
  const look = () => room.patch({ tab: "looks", layer: layer.name, channel, stop: undefined }, { push: true });
  const choose = () => room.patch({ layer: layer.name, channel, cell: undefined });
  return html`<section class="hier-stop ${chosen ? "is-chosen" : ""}" aria-label=${stop.name}>
    <header><h2><button type="button" class="hier-name" aria-pressed=${chosen} onClick=${choose}>${stop.name}</button></h2>
      <${Title} stop=${stop} sees=${sideSays(layer, inputSize(run.graph))} />
      <p class="small">${stop.names}</p></header>
    <figure class="hier-picture"><figcaption>where it is strongest</figcaption><div class="seen-box">
      <${Pixels} picture=${picture} label=${`The picture; the field of the strongest cell of ${layer.name} framed`} />
      <${FieldFrame} run=${run} layer=${layer} cell=${stop.cell} /></div></figure>
    <figure class="hier-cut"><figcaption>${layer.output_shape.length < 3 ? "unit" : "channel"} ${channel}: <${Num} value=${stop.value} class="hier-value" /></figcaption>
      <${Cut} run=${run} stop=${stop} picture=${picture} /></figure>
    <div class="hier-two"><${Map} room=${room} run=${run} stop=${stop} size=${small} /><${MadeFor} run=${run} stop=${stop} /></div>
    ${!room.present.value && html`<button type="button" class="link" onClick=${look}>All ${plural(extent(layer).channels, "channel")}</button>`}
  </section>`;
}
