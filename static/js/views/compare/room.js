/**
 * The compare room on screen: the chosen view in the frame, with its walk, legend and caption.
 */
import { html } from "gridtime/lib/html.js";
import { Frame } from "gridtime/components/frame.js";
import { More, TABS, isPart, partOf } from "gridtime/views/compare/more.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} RoomOf */

/** What belongs to one view and means nothing in the next. */
const OWN = ["stop", "model", "sample", "class", "unit", "step", "rows", "range", "open", "show", "order", "method", "seed", "against", "layer", "cell", "signs", "turn", "shift", "noise"];

/** @param {{room: RoomOf, said: string, onRetry: () => void}} props */
export function Room({ room, said, onRetry }) {
  const { address, look, patch } = room;
  const tab = isPart(address.tab) ? address.tab : TABS[0].id;
  const part = partOf(tab);
  const gone = Object.fromEntries(OWN.map((key) => [key, undefined]));
  return html`<${Frame} room="compare" heading="Compare: one input, two networks" tabs=${TABS} tab=${tab}
    onTab=${(/** @type {string} */ id) => patch({ ...gone, tab: id }, { push: true })} onRetry=${onRetry}
    walk=${part?.walk?.(room) ?? []} caption=${part?.caption?.(room)} legend=${part?.legend?.(room)}>
    <div class="compare ${look.hatch ? "hatch" : ""}">
      ${said && html`<p class="said">${said}</p>`}
      <${More} room=${room} id=${tab} part=${look.present ? (address.stop ?? "all") : "all"} />
    </div>
  <//>`;
}
