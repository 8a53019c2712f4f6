/**
 * One column of the overview: a group (or a layer) with all its channels.
 *
 *     head: name, shape, limits, switch conv · ReLU · pool
 *     wall: every channel
 *     foot: the picture at 64 px, with the field of one cell
 */

import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { fieldSays, inputSize } from "gridtime/math/fields.js";
import { shape as shapeText } from "gridtime/math/format.js";
import { shortName } from "gridtime/math/groups.js";
import { hasMap, tabOf } from "gridtime/math/choice.js";
import { isDead } from "gridtime/math/scales.js";
import { FieldFrame, Seen } from "gridtime/views/cnn/seen.js";
import { Wall } from "gridtime/views/cnn/wall.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Group} Group */
/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {import("./room.js").Run} Run */

/**
 * The switch of a column's head, the last stage first in what is shown.
 * @param {{group: Group, shown: Layer, onShow: (layer: Layer) => void}} props
 */
export function StageSwitch({ group, shown, onShow }) {
  const stages = group.stages.filter(hasMap);
  if (stages.length < 2) return html`<div class="stage-switch"></div>`;
  return html`<div class="stage-switch" role="group" aria-label=${`Layer shown of ${group.id}`}>
    ${stages.map((stage) => html`<button type="button" key=${stage.name} title=${stage.name}
      aria-pressed=${stage === shown} onClick=${() => onShow(stage)}>${shortName(stage)}</button>`)}
  </div>`;
}

/**
 * What the colours of this wall run from and to.
 * @param {{run: Run, layer: Layer, scope: import("./room.js").Scope}} props
 */
export function Limits({ run, layer, scope }) {
  const range = run.ranges.get(layer.name);
  if (!range) return html`<p class="column-limits">Computing…</p>`;
  if (scope === "map") return html`<p class="column-limits">each map its own</p>`;
  const { least, limit } = scope === "network" ? run.network : range.range;
  const dead = countDead(range);
  return html`<p class="column-limits">
    <${Num} value=${least < 0 ? -limit : 0} digits=${least < 0 ? 2 : 0} /> to <${Num} value=${limit} />
    ${dead > 0 && html`<span title="0 everywhere here"> · ${dead} at 0</span>`}
  </p>`;
}

/** @param {import("gridtime/math/scales.js").LayerRange} range */
function countDead(range) {
  let dead = 0;
  range.limits.forEach((_, c) => (dead += isDead(range, c) ? 1 : 0));
  return dead;
}

/**
 * Its props change only with its own numbers, so that keys and hover elsewhere cost it nothing.
 * @param {{room: Room, run: Run, group: Group, shown: Layer, size: import("gridtime/math/wall.js").Wall,
 *   chosen: number, shelf: boolean, onShow: (group: Group, layer: Layer) => void}} props
 */
export function Column({ room, run, group, shown, size, chosen, shelf, onShow }) {
  const tensor = run.tensors.get(shown.name);
  const range = run.ranges.get(shown.name);
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    if (chosen >= 0) box.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen >= 0]);
  return html`<section class="column" ref=${box} data-group=${group.id} style=${shelf ? {} : { width: `${size.width}px` }}
    aria-label=${`${shown.name}, ${shapeText(shown.output_shape)}`}>
    <header class="column-head">
      <h2>${shown.name}</h2>
      <p class="column-shape">${shapeText(shown.output_shape)}</p>
      <${Limits} run=${run} layer=${shown} scope=${room.scope.value} />
      <${StageSwitch} group=${group} shown=${shown} onShow=${(/** @type {Layer} */ l) => onShow(group, l)} />
    </header>
    ${tensor && range && html`<${Wall} layer=${shown.name} tensor=${tensor} range=${range}
      scope=${room.scope.value} network=${run.network} size=${size}
      theme=${room.theme.value} chosen=${chosen} shelf=${shelf}
      label=${`${shown.name}: ${tensor.shape[0]} maps`}
      onHover=${(/** @type {number} */ channel, /** @type {[number, number]} */ cell) =>
        hover(room, shown.name, channel, cell)}
      onPick=${(/** @type {number} */ channel) => pick(room, shown.name, channel)} />`}
    <div class="column-field">
      <div class="field-picture">
        <${Seen} run=${run} card=${room.net.value?.card} label=${`The picture, ${fieldSays(shown, inputSize(run.graph))}`} />
        <${FieldFrame} run=${run} layer=${shown} />
      </div>
      <p>${fieldSays(shown, inputSize(run.graph))}</p>
    </div>
  </section>`;
}

/** @param {Room} room @param {string} layer @param {number} channel @param {[number, number]} cell */
function hover(room, layer, channel, cell) {
  const now = room.hover.peek();
  if (channel < 0) return void (now && (room.hover.value = null));
  const same = now?.layer === layer && now.channel === channel
    && now.cell[0] === cell[0] && now.cell[1] === cell[1];
  if (!same) room.hover.value = { layer, channel, cell };
}

/** A first click chooses, a second opens. @param {Room} room @param {string} layer @param {number} channel */
export function pick(room, layer, channel) {
  const choice = room.choice.peek();
  if (choice?.layer?.name === layer && choice.channel === channel && room.state.peek().channel !== undefined) {
    open(room, layer, channel);
  } else room.patch({ layer, channel, cell: undefined, stop: room.present.peek() ? room.state.peek().stop : undefined });
}

/** @param {Room} room @param {string} layer @param {number} channel */
export function open(room, layer, channel) {
  const found = room.run.peek()?.graph.find((l) => l.name === layer);
  if (!found) return;
  room.patch(
    { tab: tabOf(found), layer, channel, open: undefined, unit: undefined, stop: undefined },
    { push: true },
  );
}
