/**
 * The room's own controls: network, new picture, every layer.
 */

import { html } from "gridtime/lib/html.js";

/** @typedef {import("./room.js").Room} Room */

/** @param {{room: Room, open: boolean, onOpen: () => void}} props */
export function Toolbar({ room, open, onOpen }) {
  const rows = room.models.value;
  const now = room.run.value?.model ?? room.state.value.model ?? rows[0]?.id;
  const every = Boolean(room.state.value.every);
  return html`<div class="toolbar">
    <label class="field"><span class="unseen">Network</span>
      <select value=${now} onChange=${(/** @type {any} */ e) => room.chooseModel(e.target.value)}>
        ${rows.map((row) => html`<option key=${row.id} value=${row.id}>${row.title}</option>`)}
      </select></label>
    <button type="button" class="button" aria-expanded=${open} onClick=${onOpen} title="New picture (I)">New picture</button>
    <button type="button" class="button" aria-pressed=${every}
      onClick=${() => room.patch({ every: every ? undefined : true })}>Every layer</button>
  </div>`;
}
