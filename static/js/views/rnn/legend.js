/**
 * The legend of what is on screen: the scale of states, or the track of gates; the level of belief.
 */
import { html } from "gridtime/lib/html.js";
import { Legend } from "gridtime/components/legend.js";

/** @param {{s: import("gridtime/math/scene.js").Scene, tab: string, scope: string, limit: number}} props */
export function RoomLegend({ s, tab, scope, limit }) {
  if (tab === "step") return html`<${Legend} limit=${limit} label="bars" scope="this input" />`;
  if (s.signal.form === "gate") {
    return html`<figure class="legend"><figcaption>${s.signal.name} ${s.signal.id}</figcaption>
      <div class="legend-scale"><span>0</span><i class="legend-gate" aria-hidden="true"></i><span>1</span></div></figure>`;
  }
  const says = scope === "map" ? "each unit to its own largest" : "this layer";
  return html`<${Legend} limit=${s.limit} label="${s.signal.name} ${s.signal.id}" scope=${says} />`;
}
