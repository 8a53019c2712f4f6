/**
 * Legends for what is on screen, and only for that, with limits and scope.
 */

import { html } from "gridtime/lib/html.js";
import { Legend } from "gridtime/components/legend.js";
import { byName, extent, groupOf, kind, source } from "gridtime/math/groups.js";
import { channelsOf, geometry } from "gridtime/math/conv.js";
import { columnsOf, isSpatial, shownStage } from "gridtime/math/choice.js";
import { rangeFor, scopeName } from "gridtime/math/scales.js";
import { weightName } from "gridtime/math/sources.js";
import { inputOf } from "gridtime/views/cnn/apart.js";
import { MapTable } from "gridtime/views/cnn/maptable.js";
import { partOf } from "gridtime/views/cnn/more.js";
import { cycleScope } from "gridtime/views/cnn/move.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */

/** @param {Room} room @param {Run} run @param {Layer} layer @param {number} channel */
export function activationLegend(room, run, layer, channel) {
  const range = run.ranges.get(layer.name);
  if (!range) return null;
  const scope = room.scope.value;
  const { least, limit } = rangeFor(scope, range, channel, run.network);
  const words = { map: "this map", layer: "this layer", network: "the whole network" }[scope];
  return html`<${Legend} key=${layer.name} limit=${limit} from=${least < 0 ? undefined : 0}
    label=${layer.name} scope=${words} />`;
}

/** @param {Room} room @param {Run} run @param {Choice} choice */
function weightLegend(room, run, choice) {
  const head = choice.layer && groupOf(run.graph, choice.layer.name)?.head;
  const values = head && room.weights.value?.get(weightName(head, "weight"))?.data;
  if (!head || !values || kind(head) !== "conv") return null;
  const g = geometry(head);
  const length = channelsOf(g, choice.channel).count * g.kernel[0] * g.kernel[1];
  let limit = 0;
  for (let i = 0; i < length; i++) limit = Math.max(limit, Math.abs(values[choice.channel * length + i] ?? 0));
  return html`<${Legend} key="weights" kind="weight" limit=${limit} label="weights" scope="this kernel" />`;
}

/** Nothing is chosen: one legend for all columns. @param {Room} room @param {Run} run */
function overall(room, run) {
  const { every = false, show } = room.state.value;
  const columns = columnsOf(run.graph, every).map((group) => shownStage(group, show, run.tensors).name);
  const signed = columns.some((name) => (run.ranges.get(name)?.range.least ?? 0) < 0);
  if (room.scope.value === "network") {
    return html`<${Legend} limit=${run.network.limit} from=${run.network.least < 0 ? undefined : 0} scope="network" />`;
  }
  return html`<${Legend} limit=${1} from=${signed ? undefined : 0} label="activation ÷ limit"
    scope=${room.scope.value === "layer" ? "each layer its own" : "each map its own"} />`;
}

/** @param {Room} room @param {Run} run @param {Choice} choice */
function shown(room, run, choice) {
  const { layer, channel } = choice;
  if (!layer) return overall(room, run);
  if (!isSpatial(choice) && choice.tab !== "overview") {
    const from = source(byName(run.graph), layer);
    return from && extent(from).height > 1 ? activationLegend(room, run, from, channel) : null;
  }
  const list = [activationLegend(room, run, layer, channel)];
  const before = choice.opened ? source(byName(run.graph), layer) : undefined;
  if (choice.tab === "overview") return list;
  if (before && run.ranges.has(before.name)) {
    list.unshift(activationLegend(room, run, before, inputOf(room, run, choice, layer)));
  }
  if (kind(layer) === "conv" || !choice.opened) list.push(weightLegend(room, run, choice));
  return list;
}

/** @param {{room: Room, run: Run, choice: Choice}} props */
export function Legends({ room, run, choice }) {
  const own = partOf(choice.tab)?.legend;
  if (own) return html`<div class="legends">${own(room, run, choice)}</div>`;
  return html`<div class="legends">
    ${shown(room, run, choice)}
    <button type="button" class="link" onClick=${() => cycleScope(room)} title="Next colour scope (S)">Colours: ${scopeName(room.scope.value)}</button>
    <${MapTable} room=${room} run=${run} now=${choice} />
  </div>`;
}
