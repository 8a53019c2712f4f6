/**
 * The shift test: move the picture, see how far every layer moves with it.
 *
 *     picture to drag | input, conv map, pooled map: before, moved | the best classes: before, moved
 *     plot: every layer, changed by %: this picture  | the same over the held-out split, with its n
 */
import { signal } from "@preact/signals-core";
import { html, useEffect, useMemo } from "gridtime/lib/html.js";
import { changeBy, changesOf, keptSays, pooledRow, shiftSays, studyRows, twinOf } from "gridtime/math/shift.js";
import { count } from "gridtime/math/format.js";
import { activationLegend } from "gridtime/views/cnn/legends.js";
import { useRuns } from "gridtime/views/cnn/otherruns.js";
import { MapPairs, layersShown } from "./maps.js";
import { MoveAnswer, Mover, moveBy } from "./mover.js";
import { Plot } from "./plot.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("gridtime/math/shift.js").Change} Change */
/** @typedef {import("gridtime/math/shift.js").Measure} Measure */

/** @param {Room} room @returns {Measure} */
const measureOf = (room) => (room.state.value.signal === "back" ? "back" : "asIs");

/** The furthest of the two directions, as the held-out measurement counts. @param {[number, number]} shift */
const furthest = ([dx, dy]) => Math.max(Math.abs(dx), Math.abs(dy));

/** What the last drawing found, for the foot and the walk: a sentence about this picture, and one
 *  about the held-out split. */
const said = signal("");
const saidHeld = signal("");

/** @param {any} pair @param {Run} run @returns {boolean} the network on show is the twin without pooling */
const isSkip = (pair, run) => Boolean(pair && pair.skipping === run.model);

/** @param {{room: Room}} props */
function MeasureSwitch({ room }) {
  const now = measureOf(room);
  return html`<div class="stage-switch" role="group" aria-label="What is measured">
    <button type="button" aria-pressed=${now === "asIs"} onClick=${() => room.patch({ signal: undefined })}>as it is</button>
    <button type="button" aria-pressed=${now === "back"} onClick=${() => room.patch({ signal: "back" })}>after moving the map back</button>
  </div>`;
}

/** The runs that the change is measured between: the same network, not moved; and the twin's two.
 *  @param {Room} room @param {Run} run @param {string} chosen the layer that the sentence is about */
function useShift(room, run, chosen) {
  const shift = room.shift.value;
  const edits = room.edits.value;
  const moved = furthest(shift) > 0;
  const pair = twinOf(room.models.value, run.model);
  const which = pair ? { model: pair.twin } : undefined;
  const runs = useRuns(room, run, [
    ...(edits.length && moved ? [{ key: "still", options: { edits } }] : []),
    ...(which && moved ? [{ key: "twin", options: {}, which }, { key: "twinMoved", options: { shift }, which }] : []),
  ]);
  const still = edits.length && moved ? runs.still : room.plain.value;
  const own = useMemo(() => (still ? changesOf(still, run, shift) : []), [still, run, shift.join()]);
  const { twin: a, twinMoved: b } = runs;
  const twin = useMemo(() => (a && b && moved ? changesOf(a, b, shift) : null), [a, b, shift.join()]);
  const says = shiftSays(furthest(shift), own, twin, measureOf(room), isSkip(pair, run), chosen);
  useEffect(() => void (said.value = says), [says]);
  return { still, own, twin, pair, shift, moved, says };
}

/** @param {{room: Room, run: Run, own: Change[], twin: Change[]|null, pair: any, chosen: string, onPick: (name: string) => void}} props */
function HerePlot({ room, run, own, twin, pair, chosen, onPick }) {
  const measure = measureOf(room);
  const series = [
    { name: run.model, main: true, values: own.map((row) => changeBy(row, measure)) },
    ...(twin && pair ? [{ name: pair.twin, main: false, values: own.map((row) => valueIn(twin, row.name, measure)) }] : []),
  ];
  return html`<${Plot} title="This picture" narrow=${!room.wide.value} label="This picture: every layer, changed by" names=${own.map((row) => row.name)}
    kinds=${own.map((row) => row.kind)} series=${series} chosen=${chosen} onPick=${onPick} />`;
}

/** @param {Change[]} rows @param {string} name @param {Measure} measure @returns {number} */
function valueIn(rows, name, measure) {
  const row = rows.find((one) => one.name === name);
  return row ? changeBy(row, measure) : NaN;
}

/** What was measured over the held-out split at this shift, as rows and as a sentence.
 *  @param {Room} room @param {Run} run @param {any} pair @param {number} px @param {string} chosen */
function heldOf(room, run, pair, px, chosen) {
  const shift = room.studies.value?.shift;
  if (!shift) return null;
  const other = pair ? room.studyOf(pair.twin)?.shift : undefined;
  const graph = room.net.value?.graph ?? run.graph;
  const at = Math.min(Math.max(...shift.pixels), Math.max(1, px || 3));
  const own = studyRows(shift, graph, at);
  const twin = other ? studyRows(other, graph, at) : null;
  const skips = isSkip(pair, run);
  const says = `${shiftSays(at, own, twin, measureOf(room), skips, chosen)} ${keptSays(shift, other, at, skips)}`.trim();
  return { shift, at, own, twin, says };
}

/** @param {{room: Room, run: Run, pair: any, px: number, chosen: string, onPick: (name: string) => void}} props */
function HeldPlot({ room, run, pair, px, chosen, onPick }) {
  const measure = measureOf(room);
  const held = heldOf(room, run, pair, px, chosen);
  useEffect(() => void (saidHeld.value = held?.says ?? ""), [held?.says]);
  if (room.studies.value === null) return html`<p class="busy">Computing…</p>`;
  if (!held) return html`<div class="shift-plot"><h3>Over the held-out split</h3>
    <p class="small">Nothing was measured for this network over its held-out split.</p></div>`;
  const { shift, at, own, twin, says } = held;
  const series = [
    { name: run.model, main: true, values: own.map((row) => changeBy(row, measure)) },
    ...(twin && pair ? [{ name: pair.twin, main: false, values: own.map((row) => valueIn(twin, row.name, measure)) }] : []),
  ];
  return html`<${Plot} title=${`${count(shift.n)} held-out pictures, moved ${at} px: ${shift.direction}`} narrow=${!room.wide.value}
    label=${`${count(shift.n)} held-out pictures: every layer, changed by`} names=${own.map((row) => row.name)}
    kinds=${own.map((row) => row.kind)} series=${series} chosen=${chosen} onPick=${onPick}>
    ${!room.present.value && html`<p class="small shift-held">${says}</p>`}
  <//>`;
}

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function View({ room, run, choice, part }) {
  const layers = layersShown(run, choice);
  const chosen = choice.layer?.name ?? layers[layers.length - 1]?.name ?? "";
  const { still, own, twin, pair, shift, moved, says } = useShift(room, run, chosen);
  const px = furthest(shift);
  if (!still || !run.exact) return html`<p class="busy">Computing…</p>`;
  const shows = (/** @type {string} */ name) => part === "all" || part === name;
  const onPick = (/** @type {string} */ layer) => room.patch({ layer, channel: undefined, cell: undefined });
  return html`<div class="shift part-${part}">
    ${(shows("picture") || shows("maps")) && html`<div class="shift-top">
      ${shows("picture") && html`<${Mover} room=${room} run=${run} />`}
      ${shows("maps") && html`<${MapPairs} room=${room} still=${still} run=${run} layers=${layers} channel=${choice.layer ? choice.channel : -1} />`}
      ${(shows("picture") || part === "all") && html`<${MoveAnswer} room=${room} still=${still} run=${run} />`}
    </div>`}
    ${(shows("plot") || shows("held")) && html`<section class="shift-plots" aria-label="Every layer, changed by">
      ${!room.present.value && html`<header><p class="effect-says" role="status">${says}
        ${!pair && moved && html`<span class="small">${withoutTwin(run, own)}</span>`}</p><${MeasureSwitch} room=${room} /></header>`}
      <div class="shift-two">
        ${shows("plot") && html`<${HerePlot} room=${room} run=${run} own=${own} twin=${twin} pair=${pair} chosen=${chosen} onPick=${onPick} />`}
        ${shows("held") && html`<${HeldPlot} room=${room} run=${run} pair=${pair} px=${px} chosen=${chosen} onPick=${onPick} />`}
      </div>
    </section>`}
  </div>`;
}

/** @param {Run} run @param {Change[]} own */
function withoutTwin(run, own) {
  return `${pooledRow(own) ? "" : "This network has no pooling. "}“${run.model}” has no twin trained without pooling: what pooling itself adds cannot be told from one network.`;
}

/** @returns {string} */
export const caption = () => said.value || "Conv maps move with the picture.";

/** @param {Room} room @param {Run} run @param {Choice} choice the scales of the maps on screen */
export const legend = (room, run, choice) => layersShown(run, choice).map((layer) => activationLegend(room, run, layer, choice.channel));

/** @param {Room} room */
export function walk(room) {
  const px = furthest(room.shift.value);
  return [
    { id: "picture", caption: px ? `The picture, moved ${px} px. The uncovered edge is filled with the mean colour.` : "Move the picture with the arrow buttons, or drag it." },
    { id: "maps", caption: "Conv maps move with the picture." },
    { id: "plot", caption: said.value || "How far every layer moved." },
    { id: "held", caption: saidHeld.value || "The same, measured over the held-out pictures." },
  ];
}

/** @param {Room} room */
export function keys(room) {
  /** @type {Record<string, [number, number]>} */
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  /** @type {Record<string, (event: KeyboardEvent) => unknown>} */
  const keys = {};
  for (const [key, [dx, dy]] of Object.entries(ways)) {
    keys[key] = () => (room.present.peek() && dx ? false : moveBy(room, dx, dy));
    keys[`Shift+${key}`] = () => moveBy(room, dx * 8, dy * 8);
  }
  keys.Home = () => (room.move([0, 0]), true);
  return { keys, description: { ArrowLeft: "move the picture", ArrowRight: "move the picture", ArrowUp: "move the picture", ArrowDown: "move the picture", Home: "the picture back to its place" } };
}
