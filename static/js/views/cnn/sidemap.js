/**
 * A map beside the arithmetic: with the window on it, or with the cell that is computed.
 */

import { html } from "gridtime/lib/html.js";
import { CanvasMap } from "gridtime/components/canvasmap.js";
import { extent } from "gridtime/math/groups.js";
import { plane } from "gridtime/math/maps.js";
import { rangeFor } from "gridtime/math/scales.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Layer} Layer */

/**
 * px at root 16 of a map beside the arithmetic.
 * @param {Room} room @param {number} desk @param {number} present
 */
export function edgeFor(room, desk, present) {
  if (room.present.value) return present;
  return room.wide.value ? desk : 320;
}

/**
 * @param {{room: Room, run: Run, layer: Layer, channel: number, size: number, title: string,
 *   chosen?: [number, number], window?: {y: number, x: number, height: number, width: number},
 *   onChoose?: (cell: [number, number]) => void, limit?: number}} props `limit` where two maps share one
 */
export function SideMap({ room, run, layer, channel, size, title, chosen, window, onChoose, limit: shared }) {
  const tensor = run.tensors.get(layer.name);
  if (!tensor) return html`<figure class="side-map"><figcaption>${title}</figcaption></figure>`;
  const { width, height } = extent(layer);
  const range = run.ranges.get(layer.name);
  const values = plane(tensor, channel);
  const limit = shared ?? (range
    ? rangeFor(room.scope.value, range, channel, run.network).limit
    : inputLimit(tensor.data));
  return html`<figure class="side-map">
    <figcaption>${title}</figcaption>
    <${CanvasMap} values=${values} width=${width} height=${height} limit=${limit} size=${size}
      chosen=${chosen} field=${window} readout=${false} onChoose=${onChoose}
      label=${onChoose ? `${title}. Arrow keys move the cell.` : title} />
  </figure>`;
}

/** The network's own input has no wall; its planes share one scale. @param {ArrayLike<number>} values */
export function inputLimit(values) {
  let limit = 0;
  for (let i = 0; i < values.length; i++) limit = Math.max(limit, Math.abs(values[i] ?? 0));
  return limit;
}
