/**
 * Training, seen: the same picture through the network as it was at saved moments.
 *
 *     slider -> URL `moment` -> the room runs with those weights -> kernels | maps | answer, and a
 *     curve of the held-out accuracy. Leaving the tab takes `moment` out of the URL again.
 */

import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { Dialog } from "gridtime/components/dialog.js";
import { Legend } from "gridtime/components/legend.js";
import { live } from "gridtime/components/live.js";
import { exact } from "gridtime/components/num.js";
import { count, percent } from "gridtime/math/format.js";
import { byName, kind } from "gridtime/math/groups.js";
import { accuracySays, momentAt, momentsOf, stepSays } from "gridtime/math/moments.js";
import { weightName } from "gridtime/math/sources.js";
import { tenths } from "gridtime/math/trust.js";
import { ClassBars, named } from "gridtime/views/cnn/classes.js";
import { PatternWall } from "gridtime/views/cnn/cortex/patternwall.js";
import { Gallery, LayerSwitch } from "gridtime/views/cnn/looks/gallery.js";
import { channelOf, layerOf, layersOf, measured } from "gridtime/views/cnn/looks/where.js";
import { rootScale, useSize } from "gridtime/views/cnn/size.js";
import { Curve } from "gridtime/views/cnn/training/curve.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("gridtime/math/moments.js").Moment} Moment */

/** ms a step of playing, as everywhere. */
const BEAT = 600;

/** @param {Room} room @returns {{moments: Moment[], at: number}} */
function standing(room) {
  const moments = momentsOf(room.net.value?.card.snapshots?.steps, measured(room)?.moments);
  return { moments, at: momentAt(moments, room.state.value.moment) };
}

/** The last moment is the trained network itself. @param {Room} room @param {number} to */
function go(room, to) {
  const { moments } = standing(room);
  const at = Math.max(0, Math.min(moments.length - 1, to));
  const moment = moments[at];
  if (!moment) return;
  room.patch({ moment: at === moments.length - 1 ? undefined : moment.step });
  live(`${stepSays(moment)}: ${accuracySays(moment)}`);
}

/** @param {Room} room @param {number} by */
function stepLayer(room, by) {
  const [run, choice] = [room.run.peek(), room.choice.peek()];
  if (!run || !choice) return;
  const layers = layersOf(run, undefined);
  const now = layerOf(run, layers, choice.layer);
  const next = now && layers[Math.max(0, Math.min(layers.length - 1, layers.indexOf(now) + by))];
  if (next) room.patch({ layer: next.name, channel: undefined, cell: undefined });
}

/** @param {Room} room */
export function keys(room) {
  /** @param {number} by @returns {(event: KeyboardEvent) => unknown} */
  const by = (by) => (event) => {
    if (room.present.peek() && event.target === document.body) return false;
    return go(room, standing(room).at + by);
  };
  return {
    keys: {
      ArrowRight: by(1), ArrowLeft: by(-1), Home: () => go(room, 0), End: () => go(room, Infinity),
      j: () => stepLayer(room, 1), k: () => stepLayer(room, -1),
      p: () => /** @type {HTMLElement|null} */ (document.querySelector(".training-play"))?.click(),
    },
    description: {
      ArrowRight: "next moment of the training", ArrowLeft: "previous moment", Home: "untrained", End: "trained",
      j: "next layer", k: "previous layer", p: "play the training",
    },
  };
}

/** @param {Room} _room @param {Run} run @param {Choice} choice */
export function legend(_room, run, choice) {
  const layer = layerOf(run, layersOf(run, undefined), choice.layer);
  const range = layer && run.ranges.get(layer.name)?.range;
  if (!range) return null;
  return html`<${Legend} limit=${range.limit} from=${range.least < 0 ? undefined : 0} label=${layer.name} scope="this layer, at this moment" />`;
}

/** @param {Room} room @param {Run} run */
export function caption(room, run) {
  const { moments, at } = standing(room);
  const moment = moments[at];
  const [best] = run.predictions;
  if (!moment) return "No moments of the training were saved with this network.";
  return `${stepSays(moment)}: ${accuracySays(moment)}. Here it gives ${named(best?.label ?? "")} ${percent(best?.probability ?? 0)}.`;
}

/** First, a few on the way, last. @param {Room} room @param {Run} run */
export function walk(room, run) {
  const { moments } = standing(room);
  const last = moments.length - 1;
  if (last < 1) return [];
  const some = [...new Set([0, 1, Math.round(last / 3), Math.round((2 * last) / 3), last])];
  const stops = some.map((at) => ({
    id: `moment-${at}`, apply: () => go(room, at),
    caption: at === standing(room).at ? caption(room, run) : stepSays(/** @type {Moment} */ (moments[at])),
  }));
  return [...stops, { id: "curve", caption: "Held-out accuracy at the saved moments.", apply: () => go(room, last) }];
}

/** @param {{moments: Moment[]}} props */
function Table({ moments }) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" class="link table-link" onClick=${() => setOpen(true)}>Show as table</button>
    <${Dialog} open=${open} title="Accuracy during the training" onClose=${() => setOpen(false)}>
      <table class="layer-table"><thead><tr><th scope="col">steps</th><th scope="col">held-out accuracy</th><th scope="col">n</th></tr></thead>
        <tbody>${moments.map(({ step, accuracy, n }) => html`<tr key=${step}><th scope="row">${count(step)}</th>
          <td data-value=${accuracy === undefined ? undefined : exact(accuracy)}>${accuracy === undefined ? "not measured" : tenths(accuracy)}</td><td>${n === undefined ? "" : count(n)}</td></tr>`)}</tbody></table>
    <//>`;
}

/** @param {{room: Room, run: Run}} props */
function FirstKernels({ room, run }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const { width, rem } = useSize(box, [room.present.value]);
  const head = run.graph.find((layer) => kind(layer) === "conv");
  const weight = head && room.weights.value?.get(weightName(head, "weight"));
  const many = weight?.shape[0] ?? 0;
  const columns = Math.ceil(Math.sqrt(many * 0.8)) || 1;
  const edge = Math.max(8, Math.min(Math.floor(56 * rem), Math.floor((width - 2) / columns)));
  return html`<section class="training-kernels" aria-label="Kernels of the first layer" ref=${box}>
    <h2>${head?.name}: ${many || ""} kernels</h2>
    ${weight && width > 0 && html`<${PatternWall} weight=${weight} channels=${Array.from({ length: many }, (_, c) => c)} edge=${edge} columns=${columns}
      label=${`The ${many} kernels of ${head?.name} as patterns`} />`}
    ${head && !weight && html`<p class="small">Computing…</p>`}
    ${!room.present.value && html`<p class="small">Each as the pattern it answers to, to its own largest weight; grey is 0.</p>`}
  </section>`;
}

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function View({ room, run, choice, part }) {
  const { moments, at } = standing(room);
  const [playing, setPlaying] = useState(false);
  const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
  const layers = layersOf(run, undefined);
  const layer = layerOf(run, layers, choice.layer && byName(run.graph).get(choice.layer.name));
  useEffect(() => () => room.patch({ moment: undefined }), []);
  useEffect(() => {
    if (!playing) return undefined;
    if (at >= moments.length - 1) return void setPlaying(false);
    const timer = setTimeout(() => go(room, at + 1), BEAT);
    return () => clearTimeout(timer);
  }, [playing, at, run]);
  if (moments.length < 2) return html`<p>No moments of the training were saved with this network, so there is nothing to slide through.</p>`;
  const play = () => {
    if (still) return go(room, at >= moments.length - 1 ? 0 : at + 1);
    if (!playing && at >= moments.length - 1) go(room, 0);
    return setPlaying(!playing);
  };
  const now = /** @type {Moment} */ (moments[at]);
  const baseline = room.net.value?.card.metrics?.find((/** @type {any} */ m) => m.unit === "share" && m.n === now.n);
  return html`<div class="training part-${part === "curve" ? "curve" : "moment"}">
    ${part !== "curve" && html`<div class="training-three">
      <${FirstKernels} room=${room} run=${run} />
      <section class="training-maps looks-layer" aria-label=${`Maps of ${layer?.name}`}>
        <h2>${layer?.name}: maps of this picture</h2>
        ${!room.present.value && layer && html`<${LayerSwitch} room=${room} layers=${layers} layer=${layer} onLayer=${(/** @type {Layer} */ l) => room.patch({ layer: l.name, channel: undefined, cell: undefined })} />`}
        ${layer && html`<${Gallery} room=${room} run=${run} layer=${layer} channel=${channelOf(run, layer, choice)} pictures=${null}
          most=${72} onPick=${(/** @type {number} */ c) => room.patch({ layer: layer.name, channel: c, cell: undefined })} />`}
      </section>
      <section class="training-answer" aria-label="The answer at this moment"><h2>Its answer</h2><${ClassBars} run=${run} /></section>
    </div>`}
    <section class="training-time" aria-label="Moments of the training">
      <header class="row"><h2>${stepSays(now)}${at === moments.length - 1 ? ": the trained network" : ""}</h2>
        <span class="training-accuracy" data-value=${now.accuracy === undefined ? undefined : exact(now.accuracy)}>${accuracySays(now)}</span>
        <button type="button" class="button training-play" aria-pressed=${playing} onClick=${play}>${still ? "Step" : playing ? "Pause" : "Play"}</button>
        ${!room.present.value && html`<${Table} moments=${moments} />`}</header>
      <${Curve} key=${rootScale()} moments=${moments} at=${at} chance=${baseline?.baseline} chanceName=${baseline?.baseline_name} onGo=${(/** @type {number} */ to) => go(room, to)} />
      ${!room.present.value && html`<p class="small">Training steps along the axis, not to scale: a mark is a moment whose weights were kept.</p>`}
    </section>
  </div>`;
}
