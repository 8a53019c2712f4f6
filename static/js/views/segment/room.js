/**
 * The segmentation room: which network, which picture, and the view in the frame with its walk and keys.
 */
import { html, useState } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { PicturePicker } from "gridtime/components/inputpicker.js";
import { Legend } from "gridtime/components/legend.js";
import { useRoomKeys } from "gridtime/components/roomkeys.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { extent } from "gridtime/math/colour.js";
import { loudest } from "gridtime/math/unet.js";
import { drawable } from "gridtime/views/segment/answer.js";
import { toggle } from "gridtime/views/segment/ladder.js";
import { channelOf, layerOf, maskOf } from "gridtime/views/segment/scene.js";
import { View } from "gridtime/views/segment/view.js";
import { summary, walk } from "gridtime/views/segment/walk.js";

/** @typedef {import("gridtime/views/segment/scene.js").Room} Room */
/** @typedef {import("gridtime/views/segment/scene.js").Read} Read */

/** The sheet to draw on: what the network was shown is bright on black. */
const SHEET = { ink: "#e8e8e8", paper: "#0a0a0a", pen: 26, hint: "Draw bright blobs" };
/** So many bridges have a key of their own. */
const DIGITS = 9;

/** @param {Room} room @param {Read | null} read @returns {Record<string, () => void>} */
function keysOf(room, read) {
  if (!read) return {};
  const layer = layerOf(room.address, read);
  /** @param {number} by */
  const channel = (by) => () => room.patch({ layer: layer.name, channel: Math.max(0, Math.min(layer.output_shape[0] - 1, channelOf(room.address, read, layer) + by)) });
  /** @param {number} by */
  const stage = (by) => () => {
    const { stages } = read.net.u;
    const at = stages.findIndex(({ layers }) => layers.includes(layer));
    const { top } = stages[Math.max(0, Math.min(stages.length - 1, at + by))];
    const tensor = read.tensors.get(top.name);
    room.patch({ layer: top.name, channel: tensor ? loudest(/** @type {any} */ (tensor)) : undefined });
  };
  const bridges = Object.fromEntries(read.net.u.bridges.slice(0, DIGITS).map(({ name }, k) => [String(k + 1), () => toggle(room, read, name)]));
  return { j: stage(1), k: stage(-1), c: channel(1), "Shift+c": channel(-1), x: () => room.patch({ edits: undefined }), ...bridges };
}

const KEYS = {
  j: "next stage of the U", k: "previous stage", c: "next channel", "Shift+c": "previous channel", x: "all skip connections on",
  ...Object.fromEntries(Array.from({ length: DIGITS }, (_, k) => [String(k + 1), `skip connection ${k + 1} off or on`])),
}; // prettier-ignore

/** @param {{room: Room, read: Read | null, open: boolean, onOpen: (open: boolean) => void}} props */
function Head({ room, read, open, onOpen }) {
  const nets = room.store.nets.value;
  const fresh = { sample: undefined, picture: undefined, crop: undefined, edits: undefined, layer: undefined, channel: undefined, cell: undefined, class: undefined };
  return html`<div class="seg-head">
    ${nets.length > 1 && html`<${Switch} name="Network" chosen=${read?.net.row.id ?? ""} options=${nets.map(({ row }) => ({ id: row.id, text: row.title }))} onPick=${(/** @type {string} */ model) => room.patch({ ...fresh, model }, { push: true })} />`}
    ${read && html`<div class="seg-samples" role="group" aria-label="Samples">${read.net.samples.map(({ name, title }) => html`<button key=${name} type="button" class="button" aria-pressed=${name === read.sample} onClick=${() => room.pick({ sample: name })}>${title}</button>`)}</div>`}
    <button type="button" class="button" aria-expanded=${open} onClick=${() => onOpen(!open)}>Your own picture</button>
  </div>`;
}

/** @param {{room: Room, read: Read, open: boolean, onClose: () => void}} props */
function Picker({ room, read, open, onClose }) {
  const sheet = drawable(read.net.card.classes) ? SHEET : false;
  return html`<section class="compare-picker" aria-label="New picture" hidden=${!open}>
    <header><h2>New picture</h2><button type="button" class="button" onClick=${onClose}>Close</button></header>
    <${PicturePicker} key=${read.net.row.id} open=${open} samples=${read.net.samples} drawing=${sheet} chosen=${read.sample}
      onPick=${(/** @type {any} */ picked) => (room.pick(picked), !picked.live && picked.name !== "drawing.png" && onClose())} />
  </section>`;
}

/** @param {{room: Room, onRetry: () => void}} props */
export function SegmentRoom({ room, onRetry }) {
  const { store, look, address } = room;
  const read = store.read.value;
  const [open, setOpen] = useState(false);
  useRoomKeys({ ...KEYS, i: "new picture" }, () => ({ ...keysOf(room, read), i: () => setOpen(!open) }));
  const scores = read?.tensors.get("logits");
  const shares = address.show === "probabilities";
  const legend = scores && html`<${Legend} kind=${shares ? "probability" : "activation"} limit=${shares ? 1 : extent(scores.data) || 1} scope="the class maps" label=${shares ? "share" : "score"} /><p class="legend">Maps of the U have a limit of their own each.</p>`;
  const ready = read && maskOf(read).length > 0;
  return html`<${Frame} room="applications" heading="Segmentation: a class for every pixel" onRetry=${onRetry} walk=${walk(room)} legend=${legend} caption=${read ? summary(address, read) : "A class for every pixel."}>
    <div class="segment ${look.hatch ? "hatch" : ""}">
      ${!look.present && html`<${Head} room=${room} read=${read} open=${open} onOpen=${setOpen} />${read && html`<${Picker} room=${room} read=${read} open=${open} onClose=${() => setOpen(false)} />`}`}
      ${store.notice.value && html`<p class="trouble" role="status">${store.notice.value}</p>`}
      <${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Busy} on=${store.busy.value} />
      ${ready && html`<${View} room=${room} read=${read} part=${look.present ? (address.stop ?? "") : ""} />`}
    </div>
  <//>`;
}
