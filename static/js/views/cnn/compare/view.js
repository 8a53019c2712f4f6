/**
 * Compare two: pictures through one network, or networks on one picture, with one selection.
 *
 *     room.run | other run (against) -> pictures, answers, one map of each
 */

import { html } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Trouble } from "gridtime/components/trouble.js";
import { formatAgainst, matchLayer, startLayer } from "gridtime/math/compare.js";
import { mapLayers } from "gridtime/math/explain.js";
import { percent, shape } from "gridtime/math/format.js";
import { extent } from "gridtime/math/groups.js";
import { strongestCell, strongestMap } from "gridtime/math/maps.js";
import { isNumber, numberSays } from "gridtime/math/numberhead.js";
import { unusualSays } from "gridtime/math/unusual.js";
import { named } from "gridtime/views/cnn/classes.js";
import { Seen } from "gridtime/views/cnn/seen.js";
import { Answers } from "./answers.js";
import { Maps } from "./maps.js";
import { against, offered, useOther } from "./other.js";
import { DropOn, OWN, OwnPick } from "./own.js";

export { keys, walk } from "./moves.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("gridtime/math/compare.js").Against} Against */

/** @param {{room: Room, what: Against}} props */
function AgainstPick({ room, what }) {
  const { models, samples } = offered(room);
  return html`<label class="field">Beside it
    <select value=${formatAgainst(what)} onChange=${(/** @type {any} */ e) => room.patch({ against: e.target.value })}>
      ${what.kind === "picture" && html`<optgroup label="Your own"><option value=${formatAgainst(what)}>${OWN}</option></optgroup>`}
      ${samples.length > 0 && html`<optgroup label="Another picture, this network">
        ${samples.map((s) => html`<option key=${s.name} value=${`sample:${s.name}`}>${s.title}</option>`)}</optgroup>`}
      ${models.length > 0 && html`<optgroup label="Another network, this picture">
        ${models.map((m) => html`<option key=${m.id} value=${`model:${m.id}`}>${m.title}</option>`)}</optgroup>`}
    </select></label>
    <${OwnPick} room=${room} />`;
}

/** @param {{room: Room, run: Run, layer: Layer, channel: number}} props */
function LayerPick({ room, run, layer, channel }) {
  return html`<label class="field">Layer
      <select value=${layer.name} onChange=${(/** @type {any} */ e) => room.patch({ layer: e.target.value, channel: undefined, cell: undefined })}>
        ${mapLayers(run.graph).map((l) => html`<option key=${l.name} value=${l.name}>${l.name}, ${shape(l.output_shape)}</option>`)}
      </select></label>
    <label class="field">Channel <input type="number" min="0" max=${extent(layer).channels - 1} value=${channel}
      onChange=${(/** @type {any} */ e) => room.patch({ layer: layer.name, channel: Math.max(0, Math.min(extent(layer).channels - 1, Math.round(Number(e.target.value) || 0))) })} /></label>`;
}

/** What is selected in the first run. @param {Run} run @param {Choice} choice @param {Run|null} other */
export function selection(run, choice, other) {
  const layer = /** @type {Layer} */ (startLayer(run.graph, choice.layer?.name, other?.graph));
  const range = run.ranges.get(layer.name);
  const tensor = run.tensors.get(layer.name);
  if (choice.layer?.name === layer.name) return { layer, channel: choice.channel, cell: choice.cell };
  const channel = range ? strongestMap(range) : 0;
  return { layer, channel, cell: tensor ? strongestCell(tensor, channel) : /** @type {[number, number]} */ ([0, 0]) };
}

/** @param {Room} room @param {Against} what @returns {[string, string]} what the two are called */
function namesOf(room, what) {
  const net = room.net.value;
  const title = (/** @type {string|undefined} */ id) => room.models.value.find((row) => row.id === id)?.title ?? id ?? "";
  if (what.kind === "model") return [title(net?.id), title(what.id)];
  const first = room.original.value?.title ?? "This picture";
  if (what.kind === "picture") return [first, OWN];
  return [first, net?.samples.find((s) => s.name === what.id)?.title ?? what.id];
}

/** @param {{run: Run, card: Record<string, any>|undefined, name: string}} props */
function Picture({ run, card, name }) {
  const best = run.predictions[0];
  return html`<figure class="compare-picture"><figcaption>${name}</figcaption>
    <div class="seen-box"><${Seen} run=${run} card=${card} label=${`What the network saw: ${name}`} /></div>
    ${best && html`<p>${isNumber(run) ? numberSays(run) : `${named(best.label)} ${percent(best.probability)}`}</p>`}
    ${run.familiarity?.familiar === false && html`<p class="small">${unusualSays(run.familiarity, "pictures")}</p>`}
  </figure>`;
}

/** How layer and place were matched, where that is not plain. @param {{by: string, layer: Layer, there: Layer|undefined}} props */
function Matched({ by, layer, there }) {
  if (by === "name") return null;
  if (by === "none") return html`<p class="trouble" role="status">The other network has nothing in the place of ${layer.name}. Choose an earlier layer.</p>`;
  return html`<p class="small">No layer there is called ${layer.name}; ${there?.name} stands in the same place.</p>`;
}

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function View({ room, run: now, choice, part }) {
  const wanted = against(room);
  const other = useOther(room, now, wanted);
  const { a: run, b, what } = other.pair ?? { a: now, b: null, what: wanted };
  if (!wanted || !what) return html`<p>There is nothing to compare with: one network, one picture.</p>`;
  const { layer, channel, cell } = selection(run, choice, b);
  const present = room.present.value;
  const stop = present ? part : "all";
  const card = room.net.value?.card;
  const names = namesOf(room, what);
  const same = what.kind !== "model";
  const match = b ? matchLayer(run.graph, b.graph, layer) : null;
  return html`<div class="compare part-${stop}">
    ${!present && html`<div class="why-controls"><${AgainstPick} room=${room} what=${wanted} /><${LayerPick} room=${room} run=${run} layer=${layer} channel=${channel} /></div>`}
    <${Trouble} problem=${other.problem} onRetry=${other.again} />
    ${b ? html`<div class="compare-top">
        ${stop !== "maps" && html`<div class="compare-pictures ${stop === "predict" ? "is-hidden" : ""}">
          <${Picture} run=${run} card=${card} name=${names[0]} />
          <${DropOn} room=${room}><${Picture} run=${b} card=${same ? card : cardless(b)} name=${names[1]} /><//></div>`}
        ${(stop === "all" || stop === "answers") && html`<${Answers} a=${run} b=${b} names=${names} />`}
      </div>
      ${match && (stop === "all" || stop === "maps") && html`<${Matched} by=${match.by} layer=${layer} there=${match.layer} />`}
      ${match?.layer && (stop === "all" || stop === "maps") && html`<${Maps} room=${room} channel=${channel} cell=${cell} same=${same}
        a=${{ run, layer, name: names[0] }} b=${{ run: b, layer: match.layer, name: names[1] }} />`}
      ${!same && room.asking()?.options.edits && !present && html`<p class="small">Your changes are made in the first network only.</p>`}`
      : html`<${Busy} />`}
  </div>`;
}

/** Another network's card is not here: its input is stretched between its own limits. @param {Run} run */
function cardless(run) {
  const data = run.tensors.get("input")?.data ?? [];
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) [low, high] = [Math.min(low, data[i] ?? 0), Math.max(high, data[i] ?? 0)];
  const span = high - low || 1;
  return { preprocessing: { mean: [-low / span, -low / span, -low / span], std: [1 / span, 1 / span, 1 / span] } };
}

/** Each map has its own legend beside it. */
export const legend = () => null;

/** @param {Room} room */
export function caption(room) {
  const what = against(room);
  if (what?.kind === "model") return "One picture, two networks: the same place framed in both.";
  return "Two pictures, one network: the same layer, channel and cell in both.";
}
