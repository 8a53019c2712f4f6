/**
 * The overview on a projector: one thing at a time, as large as it goes.
 *
 *     stop -> picture | one group's maps beside the picture | vote | answer
 */

import { html, useMemo, useRef } from "gridtime/lib/html.js";
import { extent } from "gridtime/math/groups.js";
import { columnsOf, shownStage } from "gridtime/math/choice.js";
import { layout } from "gridtime/math/wall.js";
import { ClassBars } from "gridtime/views/cnn/classes.js";
import { pick } from "gridtime/views/cnn/column.js";
import { OriginalCanvas } from "gridtime/views/cnn/original.js";
import { FieldFrame, LiveField, Seen } from "gridtime/views/cnn/seen.js";
import { useSize } from "gridtime/views/cnn/size.js";
import { stopOf } from "gridtime/views/cnn/walk.js";
import { Wall } from "gridtime/views/cnn/wall.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Layer} Layer */

/** px at root 16 of a map, at most: as large as its group leaves room for. */
const MAP = 192 / 1.5;

/** @param {{room: Room, run: Run, layer: Layer}} props */
function Maps({ room, run, layer }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const { width, height, rem } = useSize(box);
  const count = extent(layer).channels;
  const fit = useMemo(() => layout([count], { width, height: Math.max(height, 200) },
    { least: Math.ceil(24 * rem), most: Math.floor(MAP * rem), narrowest: width, gutter: 0 }),
  [count, width, height, rem]);
  const tensor = run.tensors.get(layer.name);
  const range = run.ranges.get(layer.name);
  const choice = room.choice.value;
  return html`<div class="present-maps" ref=${box}>
    ${tensor && range && width > 0 && html`<${Wall} layer=${layer.name} tensor=${tensor} range=${range}
      scope=${room.scope.value} network=${run.network} size=${fit.walls[0]}
      theme=${room.theme.value} label=${`${layer.name}: ${count} maps`}
      chosen=${choice?.layer === layer ? choice.channel : -1}
      onHover=${(/** @type {number} */ channel, /** @type {[number, number]} */ cell) =>
        (room.hover.value = channel < 0 ? null : { layer: layer.name, channel, cell })}
      onPick=${(/** @type {number} */ channel) => pick(room, layer.name, channel)} />`}
  </div>`;
}

/** @param {{room: Room, run: Run, layer?: Layer}} props */
function Picture({ room, run, layer }) {
  const lives = room.hover.value || room.choice.value?.layer === layer;
  return html`<div class="present-picture seen-box">
    <${Seen} run=${run} card=${room.net.value?.card} label="What the network saw" />
    ${layer && (lives ? html`<${LiveField} room=${room} />` : html`<${FieldFrame} run=${run} layer=${layer} />`)}
  </div>`;
}

/** @param {{room: Room, run: Run}} props */
export function PresentOverview({ room, run }) {
  const { stop = "picture", every = false, show } = room.state.value;
  const original = room.original.value;
  const group = columnsOf(run.graph, every).find((g) => stopOf(g.id) === stop);
  if (group) {
    const layer = shownStage(group, show, run.tensors);
    return html`<div class="present-group">
      <${Picture} room=${room} run=${run} layer=${layer} />
      <${Maps} room=${room} run=${run} layer=${layer} />
    </div>`;
  }
  if (stop === "predict") return html`<div class="present-two"><${Picture} room=${room} run=${run} /></div>`;
  if (stop === "answer") {
    return html`<div class="present-group"><${Picture} room=${room} run=${run} />
      <div class="present-answer"><${ClassBars} run=${run} /></div></div>`;
  }
  return html`<div class="present-two">
    ${original?.bitmap && html`<div class="original-box" style=${{ aspectRatio: `${original.width} / ${original.height}` }}>
      <${OriginalCanvas} original=${original} /></div>`}
    <${Picture} room=${room} run=${run} />
  </div>`;
}
