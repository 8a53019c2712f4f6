/**
 * One map, large.
 *
 *     picture with the field of the chosen cell | the map with its values | the kernels that made it
 */

import { html, useRef, useState } from "gridtime/lib/html.js";
import { Trailing } from "gridtime/components/trailing.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Num } from "gridtime/components/num.js";
import { TableDialog } from "gridtime/components/table.js";
import { fieldWords } from "gridtime/math/fields.js";
import { groupOf, kind, shortName } from "gridtime/math/groups.js";
import { plane } from "gridtime/math/maps.js";
import { rangeFor } from "gridtime/math/scales.js";
import { sources } from "gridtime/math/sources.js";
import { useArrival } from "gridtime/views/cnn/arrival.js";
import { CellNumbers } from "gridtime/views/cnn/cellnumbers.js";
import { Crumbs } from "gridtime/views/cnn/crumbs.js";
import { Kernels } from "gridtime/views/cnn/kernels.js";
import { OriginalField } from "gridtime/views/cnn/original.js";
import { deadSays } from "gridtime/views/cnn/readout.js";
import { FieldFrame, Seen } from "gridtime/views/cnn/seen.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */

/** Edge of the large map, in px at root 16. */
const LARGE = 560;
const LARGE_PHONE = 340;
const LARGE_PRESENT = 480;

/** @param {{room: Room, run: Run, layer: Layer, cell: [number, number]}} props */
export function PictureZone({ room, run, layer, cell }) {
  return html`<section class="lens-picture" aria-label="The field of this cell">
    <figure>
      <figcaption>What the network saw</figcaption>
      <div class="seen-box">
        <${Seen} run=${run} card=${room.net.value?.card} label="What the network saw, the field of the chosen cell framed" />
        <${FieldFrame} run=${run} layer=${layer} cell=${cell} />
      </div>
    </figure>
    ${!room.present.value && html`<p class="small">${fieldWords(run.graph, layer, cell)}</p>
      <${OriginalField} room=${room} run=${run} layer=${layer} cell=${cell} />`}
  </section>`;
}

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer}} props */
function KernelZone({ room, run, choice, layer }) {
  const head = groupOf(run.graph, layer.name)?.head;
  const weights = room.weights.value;
  if (!head || kind(head) !== "conv") return null;
  const strong = weights && run.exact
    ? sources(run.graph, run.tensors, weights, head, choice.channel).map((s) => s.channel) : [];
  const after = (groupOf(run.graph, layer.name)?.stages ?? [])
    .filter((s) => s !== head && run.graph.indexOf(s) <= run.graph.indexOf(layer));
  return html`<section class="lens-kernels" aria-label="The kernels that made it">
    <h3>The kernels that made it: one sheet per input map</h3>
    ${!weights && html`<p class="small">Computing…</p>`}
    <${Kernels} layer=${head} channel=${choice.channel} weights=${weights} theme=${room.theme.value} strong=${strong} />
    <p class="small">Disc: weight above 0. Ring: below 0. Area: its size. Framed: the five strongest sources.
      ${after.length > 0 && ` Then ${after.map(shortName).join(", ")}.`}</p>
  </section>`;
}

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer}} props */
export function MapZone({ room, run, choice, layer }) {
  const [table, setTable] = useState(false);
  const tensor = run.tensors.get(layer.name);
  const range = run.ranges.get(layer.name);
  if (!tensor || !range) return html`<section class="lens-map"><p>Computing…</p></section>`;
  const { channel, cell, size } = choice;
  const values = plane(tensor, channel);
  const { limit } = rangeFor(room.scope.value, range, channel, run.network);
  const hover = room.hover.value;
  const [y, x] = hover?.layer === layer.name ? hover.cell : cell;
  const edge = !room.wide.value ? LARGE_PHONE : room.present.value ? LARGE_PRESENT : LARGE;
  const label = `${layer.name}, channel ${channel}`;
  /** @param {[number, number]|null} at */
  const move = (at) => (room.hover.value = at ? { layer: layer.name, channel, cell: at } : null);
  return html`<section class="lens-map" aria-label=${label}>
    <div class="lens-big">
      <${CanvasMap} values=${values} width=${size.width} height=${size.height} limit=${limit}
        size=${edge} chosen=${cell} readout=${false} onMove=${move}
        label=${`${label}. Arrow keys move the cell, Enter takes it apart.`}
        onChoose=${(/** @type {[number, number]} */ c) => room.patch({ cell: c })}
        onOpen=${(/** @type {[number, number]} */ c) => room.patch({ cell: c, open: "cell", unit: undefined }, { push: true })} />
      <${CellNumbers} values=${values} width=${size.width} height=${size.height} limit=${limit}
        edge=${edge} theme=${room.theme.value} />
    </div>
    <p class="lens-readout"><output>row ${y}, column ${x}: <${Num} value=${values[y * size.width + x]} digits=${3} class="focus" />
      ${deadSays(run, layer.name, channel)}</output>
      ${!room.present.value && html`<span class="row"><button type="button" class="button" onClick=${() => room.patch({ open: "cell", unit: undefined }, { push: true })}>Take this cell apart</button>
      <button type="button" class="link" onClick=${() => setTable(true)}>Show as table</button></span>`}</p>
    <${TableDialog} open=${table} title=${label} onClose=${() => setTable(false)} values=${values} width=${size.width} height=${size.height} />
  </section>`;
}

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer}} props */
export function MapLens({ room, run, choice, layer }) {
  const { hover } = room;
  const cell = hover.value?.layer === layer.name ? hover.value.cell : choice.cell;
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  useArrival(box, ".lens-big [tabindex]", room);
  return html`<div class="map-lens" ref=${box}>
    <${Crumbs} room=${room} choice=${choice} />
    <div class="lens-zones">
      <${PictureZone} room=${room} run=${run} layer=${layer} cell=${cell} />
      <${MapZone} room=${room} run=${run} choice=${choice} layer=${layer} />
      ${!room.present.value && html`<${Trailing}><${KernelZone} room=${room} run=${run} choice=${choice} layer=${layer} /><//>`}
    </div>
  </div>`;
}
