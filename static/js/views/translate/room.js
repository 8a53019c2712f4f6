/**
 * The translation room: the sentence, the two networks, and the view in the frame with its walk and
 * keys.
 */
import { html } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { Legend } from "gridtime/components/legend.js";
import { useWalked } from "gridtime/components/play.js";
import { ARROWS, useRoomKeys } from "gridtime/components/roomkeys.js";
import { SentenceBox } from "gridtime/components/sentencebox.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { looksSay, piecesOf, sideOf, stepOf, untilOf } from "gridtime/views/translate/scene.js";
import { View } from "gridtime/views/translate/view.js";
import { walk } from "gridtime/views/translate/walk.js";

/** @typedef {import("gridtime/views/translate/scene.js").Room} Room */
/** @typedef {import("gridtime/views/translate/scene.js").Told} Told */

const BEAMS = [1, 2, 4, 8];
const KEYS = { ArrowRight: "next piece", ArrowLeft: "piece before", Home: "first piece", End: "all pieces", a: "with or without attention", p: "write it piece by piece" };

/** @param {Room} room @param {Told | null} told */
function keysOf(room, told) {
  if (!told) return {};
  const side = sideOf(room.address, told);
  const last = piecesOf(side).length - 1;
  /** @param {number} by */
  const step = (by) => () => room.patch({ step: Math.max(0, Math.min(last, stepOf(room.address, told, side) + by)) });
  const other = () => room.patch({ model: told.sides[(told.sides.indexOf(side) + 1) % told.sides.length].net.row.id });
  return { ArrowRight: step(1), ArrowLeft: step(-1), Home: step(-Infinity), End: step(Infinity), a: other };
}

/** The sentence, written piece by piece. @param {Room} room @param {Told | null} told */
function playOf({ address, patch, look }, told) {
  const side = told && sideOf(address, told);
  const [at, last] = side ? [untilOf(address, side), piecesOf(side).length - 1] : [0, 0];
  return { at, last, of: side ? `${told.key} ${side.net.row.id}` : undefined, still: look.still, go: (/** @type {number} */ step) => patch({ step }) };
}

/** @param {{room: Room, told: Told | null}} props */
function Head({ room, told }) {
  const { patch, store, address } = room;
  const fresh = { step: undefined, stop: undefined };
  return html`<div class="trans-head">
    <${SentenceBox} label="English sentence" text=${told ? (address.text ?? told.text) : undefined} samples=${store.samples.value}
      onText=${(/** @type {string} */ text) => patch({ text, sample: undefined, ...fresh })}
      onSample=${(/** @type {any} */ { name }) => patch({ sample: name, text: undefined, ...fresh }, { push: true })} />
    ${told && html`<div class="trans-beam"><span class="legend-text">Beginnings kept (beam)</span><${Switch} name="Beginnings kept" chosen=${String(told.beam)} options=${BEAMS.map((n) => ({ id: String(n), text: String(n) }))} onPick=${(/** @type {string} */ id) => patch({ beam: Number(id), ...fresh })} /></div>`}
  </div>`;
}

/** What was done to the text; what is new to the network stands as a warning. @param {{told: Told}} props */
function Done({ told }) {
  const steps = /** @type {{op: string, text: string}[]} */ (told.input.steps);
  return html`${steps.filter(({ op }) => op === "unknown").map(({ text }) => html`<p key=${text} class="trouble" role="status">${text}</p>`)}`;
}

/** @param {{room: Room, onRetry: () => void}} props */
export function TranslateRoom({ room, onRetry }) {
  const { store, look, address } = room;
  const told = store.told.value;
  const { playing, play } = useWalked(playOf(room, told));
  useRoomKeys(KEYS, () => ({ ...keysOf(room, told), p: play }), look.present ? ARROWS : null);
  const legend = told && html`<${Legend} limit=${1} scope="states, −1 to 1" /><p class="legend">“·” goes on with a word; “end” is a mark of its own.</p>`;
  return html`<${Frame} room="applications" heading="Translate: one sentence read, another written" onRetry=${onRetry} walk=${walk(room)} legend=${legend} caption=${told ? looksSay(told, sideOf(address, told), stepOf(address, told, sideOf(address, told))) : "One sentence is read, then another is written."}>
    <div class="translate ${look.hatch ? "hatch" : ""}">
      ${!look.present && html`<${Head} room=${room} told=${told} />`}
      <${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Busy} on=${store.busy.value} />
      ${told && !look.present && html`<${Done} told=${told} />`}
      ${told && html`<${View} room=${room} told=${told} part=${look.present ? (address.stop ?? "all") : "all"} playing=${playing} onPlay=${play} />`}
    </div>
  <//>`;
}
