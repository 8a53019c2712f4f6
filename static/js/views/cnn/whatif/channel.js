/**
 * One channel under the visitor's hands: as trained | now, off, alone, times a factor.
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { drop, factorOn, put } from "gridtime/math/edits.js";
import { answerLayer, extent } from "gridtime/math/groups.js";
import { rangeFor } from "gridtime/math/scales.js";
import { SideMap } from "gridtime/views/cnn/sidemap.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */

const FURTHEST = 3;
const EDGE = 152;
const EDGE_PRESENT = 260;

/** "channel 3", "unit 3" or the class of a logit. @param {Room} room @param {Run} run
 *  @param {Layer} layer @param {number} channel @returns {string} */
export function unitName(room, run, layer, channel) {
  if (layer.name === answerLayer(run.graph)?.name) {
    const label = room.classes.value[channel];
    return label ? `logit of ${label}` : "the number";
  }
  return `${layer.output_shape.length > 1 ? "channel" : "unit"} ${channel}`;
}

/** @param {Room} room @param {Run} run @param {Layer} layer @param {number} channel */
function limitOf(room, run, layer, channel) {
  const range = run.ranges.get(layer.name);
  return range ? rangeFor(room.scope.value, range, channel, run.network).limit : 0;
}

/** @param {{room: Room, run: Run, plain: Run, layer: Layer, channel: number}} props */
function Before({ room, run, plain, layer, channel }) {
  const { height, width } = extent(layer);
  const size = room.present.value ? EDGE_PRESENT : EDGE;
  if (height * width > 1) {
    const limit = Math.max(limitOf(room, plain, layer, channel), limitOf(room, run, layer, channel));
    const both = { room, layer, channel, size, limit };
    return html`<div class="whatif-two">
      <${SideMap} ...${both} run=${plain} title="as trained" /><${SideMap} ...${both} run=${run} title="now" />
      <p class="small">Both on one scale, to <${Num} value=${limit} />.</p>
    </div>`;
  }
  const value = (/** @type {Run} */ of) => of.tensors.get(layer.name)?.data[channel] ?? 0;
  return html`<p class="equation"><${Num} value=${value(plain)} digits=${3} />
    <span>→</span> <${Num} value=${value(run)} digits=${3} class="focus" /></p>`;
}

/**
 * @param {{room: Room, name: string, factor: number, channel: number|null, tensor: string, what: string}} props
 */
function Factor({ room, name, factor, channel, tensor, what }) {
  const along = `${tensor} ${channel ?? "all"}`;
  /** @param {any} event */
  const set = (event) => {
    const value = Number(event.target.value);
    if (event.target.value === "" || !Number.isFinite(value)) return;
    room.scale(tensor, channel, Math.max(-100, Math.min(100, value)), { along });
  };
  return html`<div class="factor">
    <label class="factor-slide"><span>${name} times</span>
      <input type="range" min=${-FURTHEST} max=${FURTHEST} step="0.05" value=${factor} aria-label=${`${what} times`}
        onInput=${set} /></label>
    <input type="number" class="factor-number" step="0.25" min="-100" max="100" value=${Math.round(factor * 1e4) / 1e4}
      aria-label=${`${what} times, as a number`} onChange=${set} />
  </div>`;
}

/** @param {{room: Room, run: Run, plain: Run, layer: Layer, channel: number}} props */
export function Channel({ room, run, plain, layer, channel }) {
  const edits = room.edits.value;
  const name = unitName(room, run, layer, channel);
  const factor = factorOn(edits, layer.name, channel);
  const keep = edits.find((edit) => edit.op === "keep" && edit.tensor === layer.name);
  const alone = keep && "channel" in keep && keep.channel === channel;
  const all = edits.find((edit) => edit.op === "scale" && edit.tensor === layer.name && edit.channel === null);
  const { channels } = extent(layer);
  const own = edits.find((edit) => edit.op === "scale" && edit.tensor === layer.name && edit.channel === channel);
  return html`<div class="whatif-channel">
    <h2>${layer.name}, ${name}</h2>
    <${Before} room=${room} run=${run} plain=${plain} layer=${layer} channel=${channel} />
    ${!room.present.value && html`<div class="row">
      <button type="button" class="button" aria-pressed=${factor === 0} title="O"
        onClick=${() => room.scale(layer.name, channel, factor === 0 ? 1 : 0)}>Switch off</button>
      ${channels > 1 && html`<button type="button" class="button" aria-pressed=${Boolean(alone)}
        onClick=${() => room.edit(alone ? drop(edits, `keep ${layer.name}`)
          : put(drop(edits, `scale ${layer.name} ${channel}`), { op: "keep", tensor: layer.name, channel }))}>Keep alone</button>`}
    </div>
    <${Factor} room=${room} name=${name} what=${`${layer.name}, ${name}`} tensor=${layer.name} channel=${channel}
      factor=${own && "factor" in own ? own.factor : 1} />
    ${channels > 1 && html`<${Factor} room=${room} name=${`all ${channels}`} what=${`all of ${layer.name}`} tensor=${layer.name}
      channel=${null} factor=${all && "factor" in all ? all.factor : 1} />`}`}
  </div>`;
}
