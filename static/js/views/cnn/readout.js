/**
 * One line that says what is under the pointer, else what is chosen.
 *
 *     hover (layer, channel, cell) -> "conv1, channel 3, row 5, column 7: −0.42"
 *
 * It alone is drawn anew while the pointer moves.
 */

import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { number } from "gridtime/math/format.js";
import { cell as cellOf } from "gridtime/math/maps.js";
import { isDead } from "gridtime/math/scales.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */

/** @param {{room: Room}} props */
export function Readout({ room }) {
  const run = room.run.value;
  const hover = room.hover.value;
  const choice = room.choice.value;
  const layer = hover?.layer ?? choice?.layer?.name;
  const channel = hover?.channel ?? choice?.channel ?? -1;
  const [y, x] = hover?.cell ?? choice?.cell ?? [0, 0];
  const tensor = layer ? run?.tensors.get(layer) : undefined;
  if (!run || !layer || !tensor) return html`<p class="readout">\u00a0</p>`;
  const place = tensor.shape.length > 1 ? `, row ${y}, column ${x}` : "";
  return html`<p class="readout">
    ${layer}, channel ${channel}${place}: <${Num} value=${cellOf(tensor, channel, y, x)} />
    ${deadSays(run, layer, channel)}
  </p>`;
}

/** @param {Run} run @param {string} layer @param {number} channel */
export function deadSays(run, layer, channel) {
  const range = run.ranges.get(layer);
  return range && isDead(range, channel) ? " · 0 everywhere here." : "";
}

/** A cell in one sentence. @param {Run} run @param {string} layer @param {number} channel
 *  @param {[number, number]} cell @returns {string} */
export function cellSays(run, layer, channel, [y, x]) {
  const tensor = run.tensors.get(layer);
  return tensor ? `${layer}, channel ${channel}, row ${y}, column ${x}: ${number(cellOf(tensor, channel, y, x), 3)}.` : "";
}

/** What the chosen map is, as the foot's sentence. @param {Run} run @param {string} layer
 *  @param {number} channel @returns {string} */
export function mapSays(run, layer, channel) {
  const range = run.ranges.get(layer);
  const channels = run.tensors.get(layer)?.shape[0] ?? 0;
  if (!range) return "";
  if (isDead(range, channel)) return `${layer}, channel ${channel} of ${channels}: 0 everywhere here.`;
  const [low, high] = [range.lows[channel] ?? 0, range.highs[channel] ?? 0];
  if (run.tensors.get(layer)?.shape.length === 1) return `${layer}, unit ${channel} of ${channels}: ${number(low)}.`;
  return `${layer}, channel ${channel} of ${channels}: from ${number(low)} to ${number(high)}.`;
}
