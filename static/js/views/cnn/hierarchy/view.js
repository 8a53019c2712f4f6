/**
 * From edges to classes, as measured: one picture walked from layer to layer.
 *
 *     a column a group: field on the picture, strongest patch, map, made picture, what was measured
 *     -> the answer
 */

import { html, useState } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { seenPixels } from "gridtime/components/gathered.js";
import { live } from "gridtime/components/live.js";
import { Num, exact } from "gridtime/components/num.js";
import { SaveBars } from "gridtime/components/saveplot.js";
import { percent } from "gridtime/math/format.js";
import { extent } from "gridtime/math/groups.js";
import { inputSize } from "gridtime/math/fields.js";
import { RULE, preferredClasses, sideSays } from "gridtime/math/selectivity.js";
import { ClassBars, familiaritySays, named } from "gridtime/views/cnn/classes.js";
import { stopsOf } from "gridtime/views/cnn/hierarchy/stops.js";
import { Stop } from "gridtime/views/cnn/hierarchy/stop.js";
import { measured, plainRun } from "gridtime/views/cnn/looks/where.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("./stops.js").HierarchyStop} HierarchyStop */

/** px at root 16 of the small maps. */
const SMALL = 70;
const SMALL_PRESENT = 270;

/** @param {HierarchyStop[]} stops @param {Choice} choice */
const atOf = (stops, choice) => stops.findIndex(({ layer }) => layer.name === choice.layer?.name);

/** @param {Room} room @param {number} layers @param {number} channels */
function step(room, layers, channels) {
  const [run, choice] = [room.run.peek(), room.choice.peek()];
  if (!run || !choice) return;
  const stops = stopsOf(plainRun(room, run), measured(room), choice);
  const at = atOf(stops, choice);
  const stop = stops[at < 0 ? 0 : Math.max(0, Math.min(stops.length - 1, at + layers))];
  if (!stop) return;
  const channel = Math.max(0, Math.min(extent(stop.layer).channels - 1, stop.channel + (at < 0 ? 0 : channels)));
  room.patch({ layer: stop.layer.name, channel, cell: undefined, ...(room.present.peek() ? { stop: stop.id } : {}) });
  live(`${stop.name}. ${stop.title}`);
}

/** @param {Room} room */
export function keys(room) {
  return {
    keys: {
      j: () => step(room, 1, 0), k: () => step(room, -1, 0),
      c: () => step(room, 0, 1), "Shift+c": () => step(room, 0, -1),
    },
    description: { j: "next layer", k: "previous layer", c: "next channel", "Shift+c": "previous channel" },
  };
}

/** No colours but the maps', each with its own layer's limit. */
export const legend = () => html`<p class="legend-text">Maps: each layer its own limit. ${RULE}</p>`;

/** @param {Room} room @param {Run} run @param {Choice} choice @returns {string} */
export function caption(room, run, choice) {
  const stops = stopsOf(plainRun(room, run), measured(room), choice);
  const [first, last] = [stops[0], stops[stops.length - 1]];
  if (!first?.channels || !last?.channels) return "One picture, layer by layer: what one cell sees, and what answers most.";
  const input = inputSize(run.graph);
  return `Measured: one cell sees ${sideSays(first.layer, input)} at first, ${sideSays(last.layer, input)} at last; `
    + `${first.preferring} of ${first.channels.length} channels prefer a class, then ${last.preferring} of ${last.channels.length}.`;
}

/** @param {Room} room @param {Run} run @param {Choice} choice */
export function walk(room, run, choice) {
  const stops = stopsOf(plainRun(room, run), measured(room), choice);
  const [best] = run.predictions;
  const warning = familiaritySays(run);
  return [
    ...stops.map((stop) => ({ id: stop.id, caption: `${stop.name}: ${stop.title} ${stop.names}`, notes: RULE })),
    { id: "answer", caption: `${warning} It gives ${named(best?.label ?? "")} ${percent(best?.probability ?? 0)}.`.trim() },
  ];
}

/** @param {{run: Run, stops: HierarchyStop[]}} props */
function Table({ run, stops }) {
  const [open, setOpen] = useState(false);
  const heads = ["layer", "one cell sees", "channels", "prefer one class", "most often", "strongest here", "its value"];
  return html`<button type="button" class="link table-link" onClick=${() => setOpen(true)}>Show as table</button>
    <${Dialog} open=${open} title="From layer to layer" wide=${true} onClose=${() => setOpen(false)}>
      <div class="numbers-scroll" tabindex="0" role="region" aria-label="From layer to layer"><table class="layer-table">
        <thead><tr>${heads.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${stops.map((stop) => html`<tr key=${stop.id}><th scope="row">${stop.layer.name}</th><td>${sideSays(stop.layer, inputSize(run.graph))}</td>
          <td>${extent(stop.layer).channels}</td><td data-value=${exact(stop.preferring)}>${stop.channels ? stop.preferring : "not measured"}</td>
          <td>${preferredClasses(stop.channels ?? []).slice(0, 3).map(({ label, count }) => `${label} (${count})`).join(", ") || "none"}</td>
          <td>${stop.channel}</td><td><${Num} value=${stop.value} digits=${3} /></td></tr>`)}</tbody>
      </table></div>
    <//>`;
}

/** How many channels of each layer prefer one class, as a file. @param {{stops: HierarchyStop[]}} props */
function SavePreferring({ stops }) {
  const measured = stops.filter(({ channels }) => channels);
  if (!measured.length) return null;
  const shares = measured.map((stop) => ({ label: stop.layer.name, value: stop.preferring / extent(stop.layer).channels }));
  return html`<${SaveBars} name="preferring" title="Share of channels that prefer one class" text=${percent}
    bars=${shares}
    rows=${[["layer", "channels", "prefer one class"], ...measured.map((stop) => [stop.layer.name, extent(stop.layer).channels, stop.preferring])]} />`;
}

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function View({ room, run: shown, choice, part }) {
  const run = plainRun(room, shown);
  const stops = stopsOf(run, measured(room), choice);
  const input = run.tensors.get("input");
  if (!input || !stops.length) return html`<p>This network has no maps to walk through.</p>`;
  const picture = seenPixels(input, room.net.value?.card.preprocessing ?? {});
  const some = part === "all" ? stops : stops.filter(({ id }) => id === part);
  return html`<div class="hierarchy ${part === "all" ? "" : "hierarchy-one"}">
    <div class="hier-stops" tabindex="0" role="region" aria-label="Layer by layer">
      ${some.map((stop) => html`<${Stop} key=${stop.id} room=${room} run=${run} stop=${stop} picture=${picture}
        chosen=${choice.layer?.name === stop.layer.name} small=${room.present.value ? SMALL_PRESENT : SMALL} />`)}
      ${(part === "all" || part === "answer") && html`<section class="hier-stop hier-answer" aria-label="The answer">
        <header><h2>${run.graph[run.graph.length - 1]?.name}</h2>
          ${familiaritySays(run) && html`<p class="warning" role="note">${familiaritySays(run)}</p>`}</header>
        <${ClassBars} run=${run} /></section>`}
    </div>
    ${!room.present.value && html`<p class="row"><${Table} run=${run} stops=${stops} /><${SavePreferring} stops=${stops} /></p>`}
  </div>`;
}
