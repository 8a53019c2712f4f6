/**
 * The visitor's kernel in place of a learned one, and what the network then says.
 *
 *     layer, kernel, sheet -> edit {op: "kernel"} -> room.edit -> the run on show
 *     map as trained | map now | every class before and now
 */

import { html } from "gridtime/lib/html.js";
import { keyOf, drop, put } from "gridtime/math/edits.js";
import { extent } from "gridtime/math/groups.js";
import { channelName } from "gridtime/views/cnn/conv/maps.js";
import { SideMap } from "gridtime/views/cnn/sidemap.js";
import { Effect } from "gridtime/views/cnn/whatif/effect.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("./model.js").Model} Model */

const EDGE = { desk: 176, alone: 500, present: 252, phone: 168 };
/** Classes named beside the maps. */
const CLASSES = 7;

/** Puts the kernel in, or takes it out. @param {Room} room @param {Model} model @param {boolean} on */
export function putIn(room, { edit, layer, out, sheet, first }, on) {
  const list = room.edits.peek();
  room.patch({ layer: layer.name, channel: out, unit: sheet === null ? undefined : first + sheet });
  room.edit(on ? put(list, edit) : drop(list, keyOf(edit)), { along: on ? keyOf(edit) : undefined });
}

/** @param {{label: string, value: string, options: [string, string][], onPick: (value: string) => void}} props */
function Choose({ label, value, options, onPick }) {
  return html`<label class="kernel-choose"><span class="small">${label}</span>
    <select aria-label=${label} value=${value} onChange=${(/** @type {any} */ e) => onPick(e.target.value)}>
      ${options.map(([id, name]) => html`<option key=${id} value=${id}>${name}</option>`)}
    </select></label>`;
}

/** @param {{room: Room, model: Model, before: Layer|undefined}} props */
export function Where({ room, model, before }) {
  const { convs, layer, out, sheet, sheets, first, inside, size } = model;
  const sheetNames = Array.from({ length: sheets }, (_, i) => /** @type {[string, string]} */ (
    [String(i), before ? channelName(before, first + i) : `channel ${first + i}`]));
  return html`<div class="kernel-where">
    <${Choose} label="layer" value=${layer.name} options=${convs.map((l) => [l.name, l.name])}
      onPick=${(/** @type {string} */ name) => room.patch({ layer: name, channel: undefined, unit: undefined, cell: undefined })} />
    <${Choose} label="in place of kernel" value=${String(out)} options=${Array.from({ length: extent(layer).channels }, (_, i) => [String(i), String(i)])}
      onPick=${(/** @type {string} */ i) => room.patch({ layer: layer.name, channel: Number(i), unit: undefined })} />
    ${sheets > 1 && html`<${Choose} label="reads" value=${sheet === null ? "all" : String(sheet)}
      options=${[["all", `the mean of all ${sheets} input maps`], ...sheetNames]}
      onPick=${(/** @type {string} */ i) => room.patch({ layer: layer.name, channel: out, unit: i === "all" ? undefined : first + Number(i) })} />`}
    <span class="row">
      <button type="button" class="button kernel-put" onClick=${() => putIn(room, model, !inside)}>
        ${inside ? "Take it out" : "Put it into the network"}</button>
      <button type="button" class="button" title="Undo (Z)" disabled=${!room.changes.value} onClick=${() => room.undo()}>Undo</button>
      ${inside && layer.attributes.bias !== false && html`<label class="switch"><input type="checkbox" checked=${inside.bias === 0}
        onChange=${(/** @type {any} */ e) => room.edit(put(room.edits.peek(), { ...inside, bias: e.target.checked ? 0 : null }))} /> without its bias</label>`}
    </span>
    <p class="small">${size.rows} × ${size.columns}, as ${layer.name} has. ${sheet === null && sheets > 1 ? "Every sheet gets your values divided by their number." : ""}</p>
  </div>`;
}

/** @param {{room: Room, run: Run, model: Model, after: boolean}} props `after`: the network has answered */
export function Outcome({ room, run, model, after }) {
  const plain = room.plain.value ?? run;
  const { layer, out, inside } = model;
  const size = room.present.value ? (after ? EDGE.present : EDGE.alone) : room.wide.value ? EDGE.desk : EDGE.phone;
  const now = run.graph.find((l) => l.name === layer.name) ?? layer;
  return html`<div class="kernel-outcome">
    <div class="kernel-two">
      <${SideMap} room=${room} run=${plain} layer=${layer} channel=${out} size=${size} title=${`${layer.name}, channel ${out}: learned`} />
      <${SideMap} room=${room} run=${run} layer=${now} channel=${out} size=${size} title=${inside ? "with your kernel" : "now"} />
    </div>
    ${after && html`<${Effect} room=${room} run=${run} plain=${plain} most=${CLASSES}
      unchanged="Not in the network yet: put it in, and see what the answer does." />`}
  </div>`;
}
