/**
 * "Show as table" of the overview: what every column shows, in numbers.
 */

import { html, useState } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { Num } from "gridtime/components/num.js";
import { fieldSays, inputSize } from "gridtime/math/fields.js";
import { shape } from "gridtime/math/format.js";
import { hasMap } from "gridtime/math/choice.js";
import { isDead } from "gridtime/math/scales.js";
import { strongestMap } from "gridtime/math/maps.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */

/** @param {{run: Run, layer: Layer}} props */
function LayerRow({ run, layer }) {
  const range = run.ranges.get(layer.name);
  if (!range) return null;
  const dead = range.limits.reduce((n, _, c) => n + (isDead(range, c) ? 1 : 0), 0);
  return html`<tr><th scope="row">${layer.name}</th><td>${layer.op}</td><td>${shape(layer.output_shape)}</td>
    <td><${Num} value=${range.range.least} digits=${3} /></td><td><${Num} value=${range.range.most} digits=${3} /></td>
    <td>${strongestMap(range)}</td><td>${dead}</td><td>${fieldSays(layer, inputSize(run.graph)).replace("One cell sees ", "")}</td></tr>`;
}

/** @param {{room: Room, run: Run, now: Choice}} props */
export function MapTable({ run, now }) {
  const [open, setOpen] = useState(false);
  if (now.tab !== "overview") return null;
  const heads = ["layer", "kind", "shape", "least", "most", "strongest channel", "0 everywhere", "one cell sees"];
  return html`<button type="button" class="link table-link" onClick=${() => setOpen(true)}>Show as table</button>
    <${Dialog} open=${open} title="Every layer" wide=${true} onClose=${() => setOpen(false)}>
      <div class="numbers-scroll" tabindex="0" role="region" aria-label="Every layer"><table class="layer-table">
        <thead><tr>${heads.map((name) => html`<th scope="col" key=${name}>${name}</th>`)}</tr></thead>
        <tbody>${run.graph.filter(hasMap).map((layer) => html`<${LayerRow} key=${layer.name} run=${run} layer=${layer} />`)}</tbody>
      </table></div>
    <//>`;
}
