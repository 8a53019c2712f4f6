/**
 * The writing room: a beginning, how it goes on, and the view in the frame with its walk and keys.
 *
 *     pen: letters that are written so far; Play and → write the next one, End all of them
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { Legend } from "gridtime/components/legend.js";
import { Notices } from "gridtime/components/notices.js";
import { ARROWS, useRoomKeys } from "gridtime/components/roomkeys.js";
import { SentenceBox } from "gridtime/components/sentencebox.js";
import { Trouble } from "gridtime/components/trouble.js";
import { number, percent } from "gridtime/math/format.js";
import { SIGNALS, readers } from "gridtime/math/readers.js";
import { spoken } from "gridtime/math/writing.js";
import { Player } from "gridtime/views/rnn/aside.js";
import { RoomLegend } from "gridtime/views/rnn/legend.js";
import { usePlay } from "gridtime/components/play.js";
import { waitingLine } from "gridtime/views/rnn/unitcard.js";
import { HOTTEST, LENGTHS, statesOf, stepOf, wantOf } from "gridtime/views/write/scene.js";
import { View } from "gridtime/views/write/view.js";
import { walk } from "gridtime/views/write/walk.js";

/** @typedef {import("gridtime/views/write/scene.js").Room} Room */
/** @typedef {import("gridtime/stores/writing.js").Made} Made */

const KEYS = {
  ArrowRight: "next letter", ArrowLeft: "letter before", "Shift+ArrowRight": "eight letters on", "Shift+ArrowLeft": "eight letters back",
  Home: "first letter", End: "last letter", j: "next state", k: "previous state", c: "next unit", "Shift+c": "previous unit",
  p: "write, or stop", "+": "faster", "-": "slower", r: "another draw", i: "new beginning",
}; // prettier-ignore

/** ms a letter. */
const PACE = 240;

/** What is written so far, and what writes on. @param {Room} room @param {Made | null} made */
function usePen(room, made) {
  const [pen, setPen] = useState(Infinity);
  const { patch, look, address } = room;
  const count = made?.letters.length ?? 0;
  const step = made ? stepOf(address, made) : 0;
  /** To a letter; the pen goes with it where it has not been. @param {number} k */
  const to = (k) => {
    const next = Math.max(0, Math.min(count - 1, k));
    setPen((now) => (k === Infinity ? Infinity : Math.max(now, next + 1)));
    patch({ step: next, ...(look.present ? {} : { stop: undefined }) });
  };
  const play = usePlay(() => (step >= count - 1 ? false : (to(step + 1), true)), look.still, PACE);
  useEffect(() => {
    setPen(Infinity);
    play.stop();
  }, [made?.key]);
  const toggle = () => {
    const fresh = pen >= count && (step === 0 || step >= count - 1);
    if (play.playing || !fresh) return play.toggle();
    setPen(1);
    patch({ step: 0 });
    if (!look.still) play.toggle();
  };
  return { pen, to, step, play: { ...play, toggle } };
}

/** @param {any[]} list @param {any} from @param {number} by */
const along = (list, from, by) => list[(list.indexOf(from) + by + list.length) % list.length];

/** @param {Room} room @param {Made | null} made @param {ReturnType<typeof usePen>} pen @returns {Record<string, () => void>} */
function actsOf(room, made, { to, step, play }) {
  const { address, patch } = room;
  const states = made && statesOf(made, address, 12);
  /** @param {number} by */
  const state = (by) => () => {
    const ids = states ? SIGNALS[states.reader.kind].map(({ id }) => id) : ["h"];
    const id = along(ids, address.signal ?? "h", by);
    patch({ signal: id === "h" ? undefined : id });
  };
  /** @param {number} by */
  const unit = (by) => () => states && patch({ unit: along(states.units, states.unit, by) });
  /** @param {number} by */
  const go = (by) => () => to(step + by);
  return {
    ArrowRight: go(1), ArrowLeft: go(-1), "Shift+ArrowRight": go(8), "Shift+ArrowLeft": go(-8), Home: () => to(0), End: () => to(Infinity),
    j: state(1), k: state(-1), c: unit(1), "Shift+c": unit(-1), p: play.toggle, "+": () => play.faster(1), "-": () => play.faster(-1),
    r: () => another(room), i: () => /** @type {HTMLElement | null} */ (document.querySelector(".sentencebox textarea"))?.focus(),
  }; // prettier-ignore
}

/** The next seed. @param {Room} room */
const another = ({ address, patch }) => patch({ seed: (wantOf(address).seed + 1) % 2 ** 31 });

/** Temperature, length, seed. @param {{room: Room, made: Made | null}} props */
function Controls({ room, made }) {
  const { address, patch } = room;
  const { heat, seed, length } = wantOf(address);
  const lengths = LENGTHS.includes(length) ? LENGTHS : [...LENGTHS, length].sort((a, b) => a - b);
  return html`<div class="write-controls">
    <label class="field heat"><span>Temperature</span><input type="range" min="0" max=${HOTTEST} step="5" value=${heat} aria-valuetext=${heat ? number(heat / 100) : "0: always the likeliest"} onInput=${(/** @type {any} */ e) => patch({ heat: Number(e.target.value) })} /><output>${number(heat / 100)}</output></label>
    <label class="field">Letters <select value=${length} onChange=${(/** @type {any} */ e) => patch({ rows: Number(e.target.value), step: undefined })}>${lengths.map((n) => html`<option key=${n} value=${n}>${n}</option>`)}</select></label>
    <button type="button" class="button" title="Another draw (R)" disabled=${heat === 0} onClick=${() => another(room)}>Another draw</button><span class="small">${heat ? `seed ${seed}` : "always the likeliest letter: no draw"}</span>
    ${made && html`<span class="write-wait small">${waitingLine(made.lead + made.letters.length, readers(made.net.graph).length, "letter")}</span>`}
  </div>`;
}

/** @param {{room: Room, made: Made | null, pen: ReturnType<typeof usePen>}} props */
function Head({ room, made, pen }) {
  const { address, patch, look } = room;
  const leave = { step: undefined, unit: undefined, stop: undefined };
  const samples = room.store.net.value?.samples ?? [];
  const text = address.text ?? made?.text ?? samples.find(({ name }) => name === address.sample)?.text;
  return html`<div class="room-head">
    <${SentenceBox} label="Beginning" text=${text} samples=${samples} onText=${(/** @type {string} */ text) => patch({ ...leave, text, sample: undefined })}
      onSample=${(/** @type {{name: string}} */ { name }) => patch({ ...leave, sample: name, text: undefined }, { push: true })} />
    ${made && html`<${Player} play=${pen.play} still=${look.still} />`}
    <div class="room-status"><${Controls} room=${room} made=${made} /></div>
    <div class="room-status"><${Trouble} problem=${room.store.problem.value} onRetry=${room.store.retry} />${made && html`<${Notices} answer=${made.answer} />`}<${Busy} on=${room.store.busy.value} /></div>
  </div>`;
}

/** The letter looked at, in one sentence. @param {Made} made @param {number} step */
const says = ({ letters }, step) => `Letter ${step + 1} of ${letters.length} is ${spoken(letters[step].text)}: the network gave it ${percent(letters[step].probability)}.`;

/** @param {{room: Room, versions: import("gridtime/stores/writing.js").Heats | null, temperatures: number[], onRetry: () => void}} props versions: of this beginning, seed and length */
export function WriteRoom({ room, versions, temperatures, onRetry }) {
  const { store, look, address } = room;
  const made = store.made.value;
  const pen = usePen(room, made);
  useRoomKeys(KEYS, () => actsOf(room, made, pen), look.present ? ARROWS : null);
  const states = made && statesOf(made, address, 1);
  const legend = made && html`<${Legend} kind="probability" limit=${1} scope="on the line; a full track is 100 %" />${states && html`<${RoomLegend} s=${states} tab="" scope="layer" />`}`;
  return html`<${Frame} room="applications" heading="Writing: a text, letter by letter" onRetry=${onRetry} walk=${walk(room, versions)} legend=${legend} caption=${made ? says(made, pen.step) : "A network that continues a text."}>
    <div class="room room-read write-room ${look.hatch ? "hatch" : ""}">
      ${!look.present && html`<${Head} room=${room} made=${made} pen=${pen} />`}
      ${look.present && html`<${Trouble} problem=${store.problem.value} onRetry=${store.retry} />`}
      ${made && html`<${View} room=${room} made=${made} part=${look.present ? (address.stop ?? "grow") : "all"} upto=${pen.pen} onStep=${pen.to} versions=${versions} temperatures=${temperatures} />`}
    </div>
  <//>`;
}
