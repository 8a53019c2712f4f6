/**
 * The numbers behind both maps, as tables.
 */

import { html } from "gridtime/lib/html.js";
import { TableDialog } from "gridtime/components/table.js";
import { extent } from "gridtime/math/groups.js";
import { plane } from "gridtime/math/maps.js";

/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */

/**
 * @param {{open: string, onClose: () => void, run: Run, before: Layer, input: number, out: Float32Array,
 *   layer: Layer, channel: number}} props `open`: "in", "out" or ""
 */
export function Tables({ open, onClose, run, before, input, out, layer, channel }) {
  const tensor = run.tensors.get(before.name);
  const [from, to] = [extent(before), extent(layer)];
  if (!tensor) return null;
  return html`<${TableDialog} open=${open === "in"} title=${`${before.name}, channel ${input}`} onClose=${onClose}
      values=${plane(tensor, input)} width=${from.width} height=${from.height} />
    <${TableDialog} open=${open === "out"} title=${`${layer.name}, channel ${channel}`} onClose=${onClose}
      values=${out} width=${to.width} height=${to.height} />`;
}
