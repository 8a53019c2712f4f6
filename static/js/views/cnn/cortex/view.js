/**
 * The visual cortex: what was found in cats, beside what this network's first layer has learnt.
 *
 *     two sentences of 1959 and 1962 | kernels by measured kind | one kernel, its angle and its map
 */

import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { Legend } from "gridtime/components/legend.js";
import { live } from "gridtime/components/live.js";
import { Num, exact } from "gridtime/components/num.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { number, percent } from "gridtime/math/format.js";
import { extent, groupOf, kind } from "gridtime/math/groups.js";
import { plane } from "gridtime/math/maps.js";
import { KINDS } from "gridtime/math/patterns.js";
import { weightName } from "gridtime/math/sources.js";
import { Kinds, KindsTable, inOrder } from "gridtime/views/cnn/cortex/kinds.js";
import { PatternWall } from "gridtime/views/cnn/cortex/patternwall.js";
import { Rose } from "gridtime/views/cnn/cortex/rose.js";
import { Kernels } from "gridtime/views/cnn/kernels.js";
import { measured, plainRun } from "gridtime/views/cnn/looks/where.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("gridtime/math/selectivity.js").Kernel} Kernel */

const FOUND = "In 1959 David Hubel and Torsten Wiesel reported that single cells in the visual cortex of cats answer to a bar or an edge of light at one place and of one orientation, and hardly to light spread evenly.";
const THEN = "In 1962 they told simple cells, for which the place of the edge matters, from complex cells, which answer to its orientation anywhere in a larger field, and proposed that each kind gathers the answers of the one before.";
const SOURCES = "Hubel and Wiesel, Journal of Physiology 148, 574–591 (1959) and 160, 106–154 (1962).";

/** @param {Room} room @param {Run} run @param {Choice} choice */
function standing(room, run, choice) {
  const edges = measured(room)?.edges;
  const layer = run.graph.find((l) => (edges ? l.name === edges.layer : kind(l) === "conv"));
  const kernels = edges?.channels;
  const weights = room.learned.value ?? room.weights.value;
  const weight = layer && weights?.get(weightName(layer, "weight"));
  const own = layer && choice.layer && groupOf(run.graph, choice.layer.name)?.id === groupOf(run.graph, layer.name)?.id;
  const order = inOrder(kernels, layer ? extent(layer).channels : 0);
  const clearest = [...order].sort((a, b) => clear(kernels?.[b]) - clear(kernels?.[a]))[0] ?? 0;
  const channel = own && choice.channel >= 0 ? Math.min(order.length - 1, choice.channel) : clearest;
  return { edges, layer, kernels, weight, order, channel };
}

/** @param {Kernel|undefined} k */
const clear = (k) => (k?.kind === "edge" ? k.index : 0);

/** @param {Room} room @param {Layer} layer @param {number} channel */
function pick(room, layer, channel) {
  room.patch({ layer: layer.name, channel, cell: undefined });
  live(`Kernel ${channel}`);
}

/** @param {Room} room @param {number} by */
function step(room, by) {
  const [run, choice] = [room.run.peek(), room.choice.peek()];
  if (!run || !choice) return;
  const { layer, order, channel } = standing(room, run, choice);
  const next = order[Math.max(0, Math.min(order.length - 1, order.indexOf(channel) + by))];
  if (layer && next !== undefined) pick(room, layer, next);
}

/** @param {Room} room */
export function keys(room) {
  /** @param {number} by @returns {(event: KeyboardEvent) => unknown} */
  const arrow = (by) => (event) => (room.present.peek() && event.target === document.body ? false : step(room, by));
  return {
    keys: { c: () => step(room, 1), "Shift+c": () => step(room, -1), ArrowRight: arrow(1), ArrowLeft: arrow(-1) },
    description: { c: "next kernel", "Shift+c": "previous kernel", ArrowRight: "next kernel", ArrowLeft: "previous kernel" },
  };
}

/** @param {Room} room @param {Run} run @param {Choice} choice */
export function legend(room, run, choice) {
  const { layer } = standing(room, run, choice);
  const range = layer && run.ranges.get(layer.name)?.range;
  return range ? html`<${Legend} limit=${range.limit} label=${layer.name} scope="layer" />` : null;
}

/** @param {Kernel[]|undefined} kernels @param {string} [name] @returns {string} */
function edgesSay(kernels, name = "its first layer") {
  if (!kernels?.length) return "The kernels of this network were not measured.";
  const edges = kernels.filter((k) => k.kind === "edge").length;
  if (!edges) return `By the measure none of the ${kernels.length} kernels of ${name} is an oriented edge filter.`;
  return `By the measure ${edges} of the ${kernels.length} kernels of ${name} ${edges === 1 ? "is an oriented edge filter" : "are oriented edge filters"}: learnt from pictures, written by nobody.`;
}

/** @param {Room} room @param {Run} run @param {Choice} choice */
export function caption(room, run, choice) {
  const { kernels, layer } = standing(room, run, choice);
  return edgesSay(kernels, layer?.name);
}

/** @param {Kernel|undefined} k @param {number} channel @returns {string} */
function kernelSays(k, channel) {
  if (!k) return `Kernel ${channel}, not measured.`;
  const [one] = KINDS[k.kind] ?? [k.kind];
  const named = k.kind === "other" ? `${one}` : `by measure ${/^[aeiou]/.test(one) ? "an" : "a"} ${one}`;
  return `Kernel ${channel}: ${named}${k.kind === "edge" && k.degrees !== null ? ` at ${number(k.degrees, 0)}°` : ""}.`;
}

/** @param {Room} room @param {Run} run @param {Choice} choice */
export function walk(room, run, choice) {
  const { layer, kernels, channel } = standing(room, run, choice);
  if (!layer || measured(room) === null) return []; // a link's stop waits for its figures
  return [
    { id: "found", caption: "The finding that convolutional networks are said to be inspired by." },
    { id: "edges", caption: edgesSay(kernels, layer.name) },
    ...(kernels?.some((k) => k.kind !== "edge") ? [{ id: "rest", caption: "The others, named as they were measured." }] : []),
    { id: "one", caption: `${kernelSays(kernels?.[channel], channel)} Beside it, where it answers on this picture.` },
  ];
}

/** @param {{room: Room, run: Run, layer: Layer, channel: number, kernel: Kernel|undefined, weight: any}} props */
function One({ room, run, layer, channel, kernel, weight }) {
  const present = room.present.value;
  const tensor = run.tensors.get(layer.name);
  const range = run.ranges.get(layer.name);
  const { height, width } = extent(layer);
  return html`<section class="cortex-one" aria-label="One kernel">
    <h2>${kernelSays(kernel, channel)}</h2>
    <div class="cortex-pair">
      <${PatternWall} weight=${weight} channels=${[channel]} kernels=${kernel ? { [channel]: kernel } : undefined} edge=${present ? 340 : 132} columns=${1} label=${`Kernel ${channel} as the pattern it answers to`} />
      ${tensor && range && html`<${CanvasMap} values=${plane(tensor, channel)} width=${width} height=${height} limit=${range.range.limit}
        size=${present ? 226 : 132} label=${`Map of ${layer.name}, channel ${channel}`} />`}
    </div>
    ${kernel && html`<p class="small">Index <${Num} value=${kernel.index} />, ${kernel.degrees === null ? "no orientation" : html`edge at <span class="num" data-value=${exact(kernel.degrees)}>${number(kernel.degrees, 0)}°</span>`}, <span class="num" data-value=${exact(kernel.grey)}>${percent(kernel.grey)}</span> of it grey.</p>`}
    ${!present && html`<div class="cortex-sheets"><${Kernels} layer=${layer} channel=${channel} weights=${room.weights.value} theme=${room.theme.value} strong=${[]} /></div>
      <p class="small">Its weights, one sheet an input map: disc above 0, ring below.</p>`}
  </section>`;
}

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function View({ room, run: shown, choice, part }) {
  const run = plainRun(room, shown);
  const { edges, layer, kernels, weight, channel } = standing(room, run, choice);
  if (!layer) return html`<p>This network has no convolution, so no kernels to look at.</p>`;
  const present = room.present.value;
  const shows = (/** @type {string} */ id) => part === "all" || part === id;
  const onPick = (/** @type {number} */ c) => pick(room, layer, c);
  return html`<div class="cortex part-${part}">
    ${shows("found") && html`<section class="cortex-found" aria-label="What was found">
      <h2>What was found in the cat's visual cortex</h2>
      <p>${FOUND}</p><p>${THEN}</p><p class="small">${SOURCES}</p>
      ${part === "all" && html`<h2>What this network has learnt</h2><p>${edgesSay(kernels, layer.name)}</p>
        ${kernels && html`<${KindsTable} layer=${layer.name} kernels=${kernels} />`}`}
    </section>`}
    ${!weight && html`<p>Computing…</p>`}
    ${weight && (shows("edges") || shows("rest")) && html`<section class="cortex-kinds" aria-label="Kernels by kind">
      ${part === "all" && html`<h2>${layer.name}: each kernel as the pattern it answers to</h2>`}
      <${Kinds} weight=${weight} kernels=${kernels} chosen=${channel} onPick=${onPick} present=${present}
        only=${part === "edges" && kernels ? "edge" : part === "rest" ? "rest" : undefined} />
      ${part === "all" && html`<p class="small">Grey is 0, each to its own largest weight. A line shows the measured orientation of the edge.</p>
        ${edges && html`<details open><summary>The measure</summary><p class="small">${edges.measure}</p></details>`}`}
    </section>`}
    ${weight && (shows("one") || part === "edges") && html`<div class="cortex-side">
      ${kernels?.some((k) => k.kind === "edge") && part !== "one" && html`<figure><${Rose} kernels=${kernels} chosen=${channel} onPick=${onPick} />
        <figcaption>Orientation of each edge filter; longer: clearer (circle: index 1)
        <${SavePlot} name="orientations" label="orientations" rows=${() => [["kernel", "kind", "degrees", "index", "grey"],
          ...kernels.map((k, c) => [c, k.kind, k.degrees ?? "", k.index, k.grey])]} /></figcaption></figure>`}
      ${shows("one") && html`<${One} room=${room} run=${run} layer=${layer} channel=${channel} kernel=${kernels?.[channel]} weight=${weight} />`}
    </div>`}
  </div>`;
}
