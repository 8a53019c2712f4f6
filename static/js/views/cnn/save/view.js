/**
 * Save and script: what is on screen as files, and as commands that ask for the same.
 *
 *     a map     -> PNG as coloured, PNG raw with its limits, CSV
 *     the run   -> safetensors, npz
 *     its plots -> SVG, CSV
 *     the call  -> curl, Python
 */

import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { SaveButton, mapFiles } from "gridtime/components/save.js";
import { traceFiles } from "gridtime/components/savetrace.js";
import { fileName } from "gridtime/math/files.js";
import { Num } from "gridtime/components/num.js";
import { mapLayers, mapLayer } from "gridtime/math/explain.js";
import { shape } from "gridtime/math/format.js";
import { extent } from "gridtime/math/groups.js";
import { plane, strongestMap } from "gridtime/math/maps.js";
import { rangeFor } from "gridtime/math/scales.js";
import { Plots } from "./plots.js";
import { Script, nameOf } from "./script.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("../room.js").Layer} Layer */

const EDGE = 208;

/** The map meant: the one chosen in the room, else the strongest of the last layer with an extent.
 *  @param {Run} run @param {Choice} choice @returns {{layer: Layer, channel: number}|null} */
export function shownMap(run, choice) {
  const layer = mapLayer(run.graph, choice.layer?.name);
  if (!layer) return null;
  const range = run.ranges.get(layer.name);
  return { layer, channel: choice.layer === layer ? choice.channel : range ? strongestMap(range) : 0 };
}

/** @param {Room} room @returns {string} model and picture, for the names of files */
export function stem(room) {
  const asked = room.asking();
  if (!asked) return room.run.peek()?.model ?? "gridtime";
  const { input } = asked;
  const picture = "sample" in input ? input.sample : "blob" in input ? nameOf(input.blob).replace(/\.[^.]*$/, "") : "";
  return fileName(asked.id, picture);
}

/** @param {{room: Room, run: Run, layer: Layer, channel: number}} props */
function MapPick({ room, run, layer, channel }) {
  return html`<div class="save-picks">
    <label class="field">Layer <select value=${layer.name} onChange=${(/** @type {any} */ e) =>
      room.patch({ layer: e.target.value, channel: undefined })}>
      ${mapLayers(run.graph).map((l) => html`<option key=${l.name} value=${l.name}>${l.name}, ${shape(l.output_shape)}</option>`)}
    </select></label>
    <label class="field">Channel <input type="number" min="0" max=${extent(layer).channels - 1} value=${channel}
      onChange=${(/** @type {any} */ e) => room.patch({ layer: layer.name, channel: Math.max(0, Math.min(extent(layer).channels - 1, Math.round(Number(e.target.value) || 0))) })} /></label>
  </div>`;
}

/** @param {{room: Room, run: Run, layer: Layer, channel: number}} props */
function MapFiles({ room, run, layer, channel }) {
  const tensor = run.tensors.get(layer.name);
  const range = run.ranges.get(layer.name);
  if (!tensor || !range) return html`<p>Computing…</p>`;
  const { width, height } = extent(layer);
  const values = plane(tensor, channel);
  const { limit } = rangeFor(room.scope.value, range, channel, run.network);
  const items = mapFiles(fileName(stem(room), layer.name, channel), { values, width, height, limit }, room.theme.value);
  return html`<section class="save-map" aria-label="A map as a file">
    <h2>One map</h2>
    <${MapPick} room=${room} run=${run} layer=${layer} channel=${channel} />
    <div class="save-map-row">
      <${CanvasMap} values=${values} width=${width} height=${height} limit=${limit} size=${EDGE}
        label=${`${layer.name}, channel ${channel}`} table=${true} />
      <ul class="save-buttons">${items.map((item) => html`<li key=${item.name}><${SaveButton} item=${item} /></li>`)}</ul>
    </div>
    <p class="small">As coloured: ends of the scale at ±<${Num} value=${limit} digits=${3} />. Raw: level 0 is${" "}
      <${Num} value=${range.lows[channel] ?? 0} digits=${3} />, level 65535 is <${Num} value=${range.highs[channel] ?? 0} digits=${3} />;
      the file says so too.</p>
  </section>`;
}

/** @param {{room: Room}} props */
function RunFiles({ room }) {
  const asked = room.asking();
  if (!asked) return null;
  return html`<section class="save-run" aria-label="The run as a file">
    <h2>Every value of this run</h2>
    <ul class="save-buttons save-row">${traceFiles(asked, `${stem(room)}-trace`)
      .map((item) => html`<li key=${item.name}><${SaveButton} item=${item} /></li>`)}</ul>
    <p class="small">Every layer's output in float32, under the layer's name; with the changes on screen made.</p>
  </section>`;
}

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function View({ room, run, choice, part }) {
  const map = shownMap(run, choice);
  if (!run.exact || !map) return html`<p class="busy">Computing…</p>`;
  const shown = { layer: map.layer.name, channel: map.channel };
  const all = part === "all" || !room.present.value;
  return html`<div class="save">
    ${(all || part === "script") && html`<${Script} room=${room} run=${run} shown=${shown} />`}
    ${(all || part === "files") && html`<div class="save-files">
      <${MapFiles} room=${room} run=${run} layer=${map.layer} channel=${map.channel} />
      <${RunFiles} room=${room} />
      <${Plots} room=${room} run=${run} name=${stem(room)} />
    </div>`}
  </div>`;
}

/** The legend is the map's own limits, said beside it. */
export const legend = () => null;

/** @returns {import("gridtime/components/walk.js").Stop[]} */
export const walk = () => [
  { id: "script", caption: "The same numbers from a terminal or a notebook: the commands run as printed." },
  { id: "files", caption: "A map, the whole run, a plot: each as a file." },
];

export const caption = () => "Everything on screen came over the same REST API that these commands use.";
