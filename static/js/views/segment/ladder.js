/**
 * The U: encoder maps shrink downwards, decoder maps grow upwards, bridges lead across.
 *
 *     row: [map of the encoder] --bridge, on or off--> [map of the decoder]     sizes to scale
 */
import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { figure } from "gridtime/components/modelcard.js";
import { extent } from "gridtime/math/colour.js";
import { plural } from "gridtime/math/format.js";
import { edits, rowsOf } from "gridtime/math/unet.js";
import { cellIn, channelOf, layerOf } from "gridtime/views/segment/scene.js";

/** @typedef {import("gridtime/views/segment/scene.js").Room} Room */
/** @typedef {import("gridtime/views/segment/scene.js").Read} Read */
/** @typedef {import("gridtime/math/unet.js").Stage} Stage */
/** @typedef {import("gridtime/math/unet.js").Bridge} Bridge */

/** Switch a bridge. @param {Room} room @param {Read} read @param {string} name */
export function toggle(room, read, name) {
  const off = read.off.includes(name) ? read.off.filter((one) => one !== name) : [...read.off, name];
  room.patch({ edits: off.length ? JSON.stringify(edits(off)) : undefined });
}

/** @param {{room: Room, read: Read, stage: Stage, unit: number}} props unit: px of a cell at root 16 */
function StageMap({ room, read, stage, unit }) {
  const { address, patch, look } = room;
  const chosen = layerOf(address, read);
  // A stage shows the layer that is looked at, else what it hands on.
  const open = !look.present && stage.layers.includes(chosen) && read.tensors.has(chosen.name);
  const layer = open ? chosen : stage.top;
  const tensor = read.tensors.get(layer.name);
  if (!tensor) return null;
  const [channels, height, width] = tensor.shape;
  const channel = channelOf(address, read, layer);
  const pick = () => patch({ layer: layer.name, channel: undefined });
  return html`<button type="button" class="seg-stage" aria-pressed=${!look.present && stage.layers.includes(chosen)} onClick=${pick}
      title="Channel ${channel} of ${layer.name}">
    <${CanvasMap} values=${tensor.data} offset=${channel * width * height} width=${width} height=${height} limit=${extent(tensor.data) || 1} size=${unit * width} chosen=${look.present ? null : cellIn(address, read, layer)} label="Channel ${channel} of ${layer.name}" />
    <span class="seg-stage-name"><b>${layer.name}</b>${plural(channels, "map")}, ${width} × ${height}</span>
  </button>`;
}

/** An arrow that is a switch. @param {{room: Room, read: Read, bridge: Bridge}} props */
function Arrow({ room, read, bridge }) {
  const on = !read.off.includes(bridge.name);
  const says = `${bridge.name}: ${plural(bridge.layer.output_shape[0], "map")} straight across`;
  return html`<button type="button" class="seg-bridge ${on ? "" : "is-off"}" aria-pressed=${on} aria-label="${says}, ${on ? "on" : "off"}" onClick=${() => toggle(room, read, bridge.name)}>
    <span class="seg-bridge-name">${bridge.name} <b>${on ? "on" : "off: zeros"}</b></span><i class="seg-arrow" aria-hidden="true"></i></button>`;
}

/** @param {{room: Room, read: Read, side: number, arm?: "down" | "both"}} props side: px at root 16 of the largest map */
export function Ladder({ room, read, side, arm = "both" }) {
  const rows = rowsOf(read.net.u);
  const unit = side / Math.max(...rows.map(({ down }) => down.width));
  const both = arm === "both";
  return html`<div class="seg-u ${both ? "" : "is-half"}" role="group" aria-label="Encoder, skip connections and decoder">
    ${rows.map(
      ({ down, up, bridge }) => html`<div key=${down.top.name} class="seg-row ${up ? "" : "is-bottom"}">
        <${StageMap} room=${room} read=${read} stage=${down} unit=${unit} />
        ${both && bridge && html`<${Arrow} room=${room} read=${read} bridge=${bridge} />`}
        ${both && up && !bridge && html`<span class="small seg-none">no skip connection</span>`}
        ${both && up && html`<${StageMap} room=${room} read=${read} stage=${up} unit=${unit} />`}
      </div>`,
    )}
  </div>`;
}

/** A network of the same classes that was trained without bridges, and its figure. @param {{room: Room, read: Read}} props */
function Twin({ room, read }) {
  const { net } = read;
  const same = (/** @type {Read["net"]} */ other) => String(other.card.classes) === String(net.card.classes);
  const other = room.store.nets.value.find((one) => same(one) && one !== net && one.u.bridges.length !== net.u.bridges.length);
  if (!other) return null;
  const [ours, theirs] = [net, other].map(({ card }) => card.metrics[0]);
  const open = () => room.patch({ model: other.row.id, edits: undefined, layer: undefined, channel: undefined }, { push: true });
  return html`<p class="small seg-twin">Trained ${net.u.bridges.length ? "without" : "with"} skip connections, on the same pictures: ${ours.name} <b class="num" data-value=${String(theirs.value)}>${figure(theirs.value, theirs.unit)}</b> on ${theirs.split}; this one <b class="num" data-value=${String(ours.value)}>${figure(ours.value, ours.unit)}</b>. One training each.${!room.look.present && html` <button type="button" class="link" onClick=${open}>Open ${other.row.title}</button>`}</p>`;
}

/** What switching means, and what it does not. @param {{room: Room, read: Read, brief?: boolean}} props */
export const SwitchedOff = ({ room, read, brief = false }) =>
  html`${read.net.u.bridges.length > 0 && html`<p class="small seg-honest">Off: zeros stand in the place of these maps. This network learned with them; switched off is not the same as a network trained without them.${brief ? "" : " Click an arrow, or press 1, 2, 3 …"}</p>`}<${Twin} room=${room} read=${read} />`;
