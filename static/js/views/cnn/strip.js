/**
 * A strip of a layer's maps to choose one from: the input channels above a convolution's sums.
 */

import { html } from "gridtime/lib/html.js";
import { ranges } from "gridtime/math/scales.js";
import { wall } from "gridtime/math/wall.js";
import { rootScale } from "gridtime/views/cnn/size.js";
import { Wall } from "gridtime/views/cnn/wall.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Layer} Layer */

/** Edge of a tile, in px at root 16. */
const EDGE = 40;

/**
 * @param {{room: Room, run: Run, layer: Layer, first: number, count: number, chosen: number,
 *   onPick: (channel: number) => void}} props
 */
export function Strip({ room, run, layer, first, count, chosen, onPick }) {
  const tensor = run.tensors.get(layer.name);
  if (!tensor) return null;
  const range = run.ranges.get(layer.name) ?? ranges(tensor);
  const edge = Math.round(EDGE * rootScale());
  const area = tensor.data.length / (tensor.shape[0] ?? 1);
  const part = count === tensor.shape[0] ? tensor : {
    shape: [count, ...tensor.shape.slice(1)],
    data: tensor.data.subarray(first * area, (first + count) * area),
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    onPick(Math.max(first, Math.min(first + count - 1, chosen + by * (event.shiftKey ? 8 : 1))));
  };
  return html`<div class="strip" role="application" tabindex="0" onKeyDown=${key}
    aria-label=${`Input maps. Channel ${chosen} is shown; left and right choose another.`}>
    <${Wall} layer=${`strip:${layer.name}`} tensor=${part} range=${range} scope=${room.scope.value}
      network=${run.network} size=${wall(count, count, edge, 0)} theme=${room.theme.value}
      chosen=${chosen - first} shelf=${true} label=${`Maps of ${layer.name}`}
      onPick=${(/** @type {number} */ c) => onPick(first + c)} />
  </div>`;
}
