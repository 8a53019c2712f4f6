/**
 * The speech room: which word, its sound, and the view in the frame with its walk and keys.
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { Legend } from "gridtime/components/legend.js";
import { Recorder } from "gridtime/components/recorder.js";
import { ARROWS, useRoomKeys } from "gridtime/components/roomkeys.js";
import { Trouble } from "gridtime/components/trouble.js";
import { extent } from "gridtime/math/colour.js";
import { frameAt } from "gridtime/math/sound.js";
import { labelOf, settledSays, stepOf } from "gridtime/views/speech/scene.js";
import { View } from "gridtime/views/speech/view.js";
import { walk } from "gridtime/views/speech/walk.js";

/** @typedef {import("gridtime/views/speech/scene.js").Room} Room */
/** @typedef {import("gridtime/stores/hearing.js").Heard} Heard */

/** @param {Room} room @param {Heard | null} heard */
const keysOf = (room, heard) => {
  /** @param {number} by */
  const step = (by) => () => void (heard && room.patch({ step: Math.max(0, Math.min(heard.total - 1, stepOf(room.address, heard) + by)) }));
  /** @param {number} by */
  const other = (by) => () => {
    if (!heard) return;
    const n = heard.classes.length;
    room.patch({ class: heard.classes[(labelOf(room.address, heard) + by + n) % n] });
  };
  return { ArrowRight: step(1), ArrowLeft: step(-1), "Shift+ArrowRight": step(8), "Shift+ArrowLeft": step(-8), Home: step(-Infinity), End: step(Infinity), c: other(1), "Shift+c": other(-1) };
};

const KEYS = { ArrowRight: "one frame on", ArrowLeft: "one frame back", "Shift+ArrowRight": "8 frames on", "Shift+ArrowLeft": "8 frames back", Home: "first frame", End: "last frame", c: "next digit", "Shift+c": "previous digit", p: "hear the word" };

/** The word is heard, and the marker goes with it. @param {Room} room @param {Heard | null} heard */
function usePlay(room, heard) {
  const [playing, setPlaying] = useState(false);
  const stop = useRef(() => undefined);
  useEffect(() => () => stop.current(), [heard?.key]);
  const play = () => {
    if (playing || !heard) return void stop.current();
    const { wave, rate } = heard.sound;
    const context = new AudioContext();
    const buffer = context.createBuffer(1, wave.length, rate);
    buffer.copyToChannel(/** @type {Float32Array<ArrayBuffer>} */ (wave), 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    const began = context.currentTime;
    let timer = 0;
    const follow = () => {
      const t = frameAt(context.currentTime - began, heard.answer.input.frame, heard.total);
      if (!room.look.still) room.patch({ step: Math.max(0, t) });
      timer = requestAnimationFrame(follow);
    };
    stop.current = () => {
      cancelAnimationFrame(timer);
      source.onended = null;
      if (context.state !== "closed") context.close();
      stop.current = () => undefined;
      setPlaying(false);
      return undefined;
    };
    source.onended = () => (stop.current(), room.patch({ step: undefined }));
    source.start();
    setPlaying(true);
    follow();
  };
  return { playing, play };
}

/** @param {{room: Room, heard: Heard | null, playing: boolean, onPlay: () => void}} props */
function Head({ room, heard, playing, onPlay }) {
  /** @param {Blob} blob */
  const picked = async (blob) => room.patch({ picture: await room.keep(blob), sample: undefined, step: undefined, class: undefined }, { push: true });
  const label = heard && labelOf(room.address, heard);
  return html`<div class="heard-head">
    ${heard && html`<div class="heard-words" role="group" aria-label="Words">${heard.net.samples.map(({ name, title }) => html`<button key=${name} type="button" class="button" aria-pressed=${name === heard.sample} onClick=${() => room.patch({ sample: name, picture: undefined, step: undefined, class: undefined }, { push: true })}>${title}</button>`)}</div>`}
    <${Recorder} onPick=${picked} />
    ${heard && html`<button type="button" class="button" aria-pressed=${playing} onClick=${onPlay}>${playing ? "Stop" : "Hear it"}</button>
      <label class="field">Belief in <select value=${heard.classes[label ?? 0]} onChange=${(/** @type {any} */ e) => room.patch({ class: e.target.value })}>${heard.classes.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>`}
  </div>`;
}

/** @param {{room: Room, onRetry: () => void}} props */
export function SpeechRoom({ room, onRetry }) {
  const { store, look, address } = room;
  const heard = store.heard.value;
  const { playing, play } = usePlay(room, heard);
  useRoomKeys(KEYS, () => ({ ...keysOf(room, heard), p: play }), look.present ? ARROWS : null);
  const input = heard?.tensors.get("input");
  const legend = input && html`<${Legend} limit=${extent(input.data) || 1} scope="the bands" /><p class="legend">States have a limit of their own. The line in the wave is the chosen moment.</p>`;
  return html`<${Frame} room="applications" heading="Speech: a word, frame by frame" onRetry=${onRetry} walk=${walk(room)} legend=${legend} caption=${heard ? settledSays(heard) : "One word, read frame by frame."}>
    <div class="speech ${look.hatch ? "hatch" : ""}">
      ${!look.present && html`<${Head} room=${room} heard=${heard} playing=${playing} onPlay=${play} />`}
      ${store.notice.value && html`<p class="trouble" role="status">${store.notice.value}</p>`}
      <${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Busy} on=${store.busy.value} />
      ${heard && html`<${View} room=${room} heard=${heard} part=${look.present ? (address.stop ?? "all") : "all"} />`}
    </div>
  <//>`;
}
