/**
 * Where we are, and the way up: all maps › one map › one cell.
 */

import { html } from "gridtime/lib/html.js";
import { toWhatIf } from "gridtime/views/cnn/move.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Choice} Choice */

/** One level up: a cell to its map, a map to all maps. @param {Room} room */
export function up(room) {
  const choice = room.choice.peek();
  if (!choice || choice.tab === "overview") return false;
  const single = choice.size.height * choice.size.width <= 1;
  if (choice.opened && !single) room.patch({ open: undefined, stop: undefined });
  else room.patch({ tab: undefined, open: undefined, stop: undefined, cell: undefined });
  return true;
}

/** @param {{room: Room, choice: Choice, name?: string}} props `name` of a unit that has one */
export function Crumbs({ room, choice, name }) {
  const { layer, channel, cell, opened, size } = choice;
  const spatial = size.height * size.width > 1;
  const cellWords = `row ${cell[0]}, column ${cell[1]}`;
  return html`<nav class="crumbs" aria-label="Where you are">
    <button type="button" class="link" onClick=${() => room.patch({ tab: undefined, open: undefined, stop: undefined })}>All maps</button>
    <span aria-hidden="true">›</span>
    ${opened && spatial
      ? html`<button type="button" class="link" onClick=${() => up(room)}>${layer?.name}, ${name ?? `channel ${channel} of ${size.channels}`}</button>
        <span aria-hidden="true">›</span><h2>${cellWords}</h2>`
      : html`<h2>${layer?.name}, ${name ?? `channel ${channel} of ${size.channels}`}</h2>`}
    ${!room.present.value && html`<button type="button" class="link crumbs-whatif" title="W" onClick=${() => toWhatIf(room)}>What if it were off, or other?</button>`}
  </nav>`;
}
