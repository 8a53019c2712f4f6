/**
 * The forecast room: which series, its season, and the view in the frame with its walk and keys.
 */
import { html } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { Legend } from "gridtime/components/legend.js";
import { useRoomKeys } from "gridtime/components/roomkeys.js";
import { Trouble } from "gridtime/components/trouble.js";
import { extent } from "gridtime/math/colour.js";
import { labelAt } from "gridtime/math/forecast.js";
import { plural } from "gridtime/math/format.js";
import { Paste } from "gridtime/views/forecast/paste.js";
import { originsOf, stepOf, titleOf } from "gridtime/views/forecast/scene.js";
import { View } from "gridtime/views/forecast/view.js";
import { walk } from "gridtime/views/forecast/walk.js";

/** @typedef {import("gridtime/views/forecast/scene.js").Room} Room */
/** @typedef {import("gridtime/views/forecast/scene.js").Seen} Seen */

/** @param {Room} room @param {Seen | null} seen */
const keysOf = ({ address, patch }, seen) => {
  /** @param {number} by in steps */
  const origin = (by) => () => {
    if (!seen) return;
    const [first, last] = originsOf(seen);
    patch({ origin: Math.max(first, Math.min(last, (address.origin ?? seen.input.origin) + by)) });
  };
  const season = seen?.input.season.steps ?? 1;
  /** @param {number} by */
  const step = (by) => () => void (seen && patch({ step: Math.max(0, Math.min(seen.total - 1, stepOf(address, seen) + by)) }));
  return { ArrowLeft: origin(-1), ArrowRight: origin(1), "Shift+ArrowLeft": origin(-season), "Shift+ArrowRight": origin(season), Home: origin(-Infinity), End: origin(Infinity), c: step(1), "Shift+c": step(-1) };
};

const KEYS = { ArrowLeft: "origin one step back", ArrowRight: "origin one step on", "Shift+ArrowLeft": "origin a season back", "Shift+ArrowRight": "origin a season on", Home: "earliest origin", End: "forecast from the end", c: "look at the next step", "Shift+c": "look at the step before" };

/** @param {{room: Room, seen: Seen | null}} props */
function Head({ room: { address, patch }, seen }) {
  const fresh = { sample: undefined, text: undefined, channel: undefined, origin: undefined, season: undefined, step: undefined, unit: undefined };
  const columns = seen?.series.columns ?? [];
  return html`<div class="forecast-head">
    ${seen && html`<div class="row" role="group" aria-label="Series">${seen.net.samples.map(({ name, title }) => html`<button key=${name} type="button" class="button" aria-pressed=${name === seen.sample?.name} onClick=${() => patch({ ...fresh, sample: name }, { push: true })}>${title}</button>`)}</div>`}
    <${Paste} text=${address.text ?? ""} onText=${(/** @type {string} */ text) => patch({ ...fresh, text }, { push: true })} />
    ${seen && !seen.sample && columns.length > 1 && html`<label class="field">Column <select value=${seen.series.column} onChange=${(/** @type {any} */ e) => patch({ channel: Number(e.target.value), origin: undefined, step: undefined })}>${columns.map((name, k) => html`<option key=${k} value=${k}>${name}</option>`)}</select></label>`}
    ${seen && html`<label class="field">Season <input type="number" class="forecast-season" min=${seen.net.card.preprocessing.shortest} max=${seen.net.card.preprocessing.longest} value=${seen.input.season.steps} onChange=${(/** @type {any} */ e) => patch({ season: Number(e.target.value) || undefined, step: undefined })} /> steps</label>`}
  </div>`;
}

/** Where the forecast starts. @param {Seen} seen */
const originSays = ({ series, input }) => `Forecast after ${labelAt(series.labels, input.origin - 1)}: ${plural(input.ahead, "step")} ahead.`;

/** @param {{room: Room, onRetry: () => void}} props */
export function ForecastRoom({ room, onRetry }) {
  const { store, look, address } = room;
  const seen = store.seen.value;
  useRoomKeys(KEYS, () => keysOf(room, seen), look.present ? /Arrow|Home|End/ : null);
  const input = seen?.tensors.get("input");
  const legend = input && html`<${Legend} limit=${extent(input.data) || 1} scope="what it sees" /><p class="legend">States have a limit of their own.</p>`;
  return html`<${Frame} room="applications" heading="Forecast: a series, and what comes next" onRetry=${onRetry} walk=${walk(room)} legend=${legend} caption=${seen ? `${titleOf(seen)}. ${originSays(seen)}` : "A series of numbers, and what comes next."}>
    <div class="forecast-room ${look.hatch ? "hatch" : ""}">
      ${!look.present && html`<${Head} room=${room} seen=${seen} />`}
      <${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Busy} on=${store.busy.value} />
      ${seen && html`<${View} room=${room} seen=${seen} part=${look.present ? (address.stop ?? "all") : "all"} />`}
    </div>
  <//>`;
}
