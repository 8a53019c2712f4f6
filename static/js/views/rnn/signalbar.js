/**
 * Above the units: which numbers are shown, in which order, and how many are not on screen.
 */
import { html } from "gridtime/lib/html.js";
import { Switch } from "gridtime/components/switch.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {import("gridtime/views/rnn/strip.js").Doings} Doings */

const SORTS = [
  {
    id: "effect",
    text: "effect",
    title: "Sort by effect: how far the answer moves with the unit held at zero",
  },
  { id: "size", text: "size", title: "Sort by size: the largest value" },
  { id: "number", text: "number", title: "Sort by the unit's number" },
];

/**
 * A layer and direction in words, from its tensors' prefix.
 * @param {import("gridtime/math/readers.js").Reader} r
 */
const layerName = (r) => `${r.node}, layer ${r.layer + 1}${r.reverse ? ", backwards" : ""}`;

/** @param {{s: Scene, shown: number, every: boolean, look: {narrow: boolean}, doings: Doings}} props */
export function SignalBar({ s, shown, every, look, doings }) {
  const { reading, reader, signal, signals, sort, effects } = s;
  const rest = reader.hidden - shown;
  const sorts = effects ? SORTS : SORTS.slice(1);
  return html`<div class="signalbar">
    ${
      reading.readers.length > 1 &&
      html`<${Switch} name="Layer" chosen=${reader.id} onPick=${doings.layer} options=${reading.readers.map((r) => ({ id: r.id, text: r.id, title: layerName(r) }))} />`
    }
    <${Switch} name="What is shown of every unit" chosen=${signal.id} onPick=${doings.signal}
      options=${signals.map(({ id, name }) => ({ id, text: id, title: `${name} ${id}` }))} />
    <p class="signalbar-name">${signal.name} of ${every ? `all ${reader.hidden}` : shown} units</p>
    <span class="signalbar-rest">
      <span class="signalbar-label">sorted by</span>
      <${Switch} name="Order of the units" chosen=${effects || sort !== "effect" ? sort : "size"} onPick=${doings.sort} options=${sorts} />
      ${!look.narrow && (rest > 0 || every) && html`<button type="button" class="button" aria-expanded=${every} onClick=${doings.every}>${every ? "12 units only" : `${rest} others`}</button>`}
      <button type="button" class="button" onClick=${doings.table}>Show as table</button>
    </span>
  </div>`;
}
