/**
 * The video room: which clip, in which order, and the view in the frame with its walk and keys.
 */
import { html } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { CameraClip, FileClip } from "gridtime/components/filmer.js";
import { Frame } from "gridtime/components/frame.js";
import { Legend } from "gridtime/components/legend.js";
import { Mover } from "gridtime/components/mover.js";
import { useWalked } from "gridtime/components/play.js";
import { ARROWS, useRoomKeys } from "gridtime/components/roomkeys.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { ORDERS } from "gridtime/math/clip.js";
import { extent } from "gridtime/math/colour.js";
import { labelOf, mapsAt, settledSays, stepOf } from "gridtime/views/video/scene.js";
import { View } from "gridtime/views/video/view.js";
import { walk } from "gridtime/views/video/walk.js";

/** @typedef {import("gridtime/views/video/scene.js").Room} Room */
/** @typedef {import("gridtime/stores/watching.js").Seen} Seen */

/** ms a frame while it plays. */
const PACE = 250;
const FRESH = { step: undefined, class: undefined, order: undefined, seed: undefined, stop: undefined };

/** @param {Room} room @param {Seen | null} seen */
const keysOf = (room, seen) => {
  /** @param {number} by */
  const step = (by) => () => void (seen && room.patch({ step: Math.max(0, Math.min(seen.total - 1, stepOf(room.address, seen) + by)) }));
  /** @param {number} by */
  const other = (by) => () => {
    if (!seen) return;
    const n = seen.classes.length;
    room.patch({ class: seen.classes[(labelOf(room.address, seen) + by + n) % n] });
  };
  /** @param {number} by */
  const order = (by) => () => {
    if (!seen) return;
    const n = ORDERS.length;
    room.patch({ order: ORDERS[(ORDERS.findIndex(({ id }) => id === seen.how) + by + n) % n].id, seed: undefined });
  };
  return { ArrowRight: step(1), ArrowLeft: step(-1), Home: step(-Infinity), End: step(Infinity), c: other(1), "Shift+c": other(-1), w: order(1), "Shift+w": order(-1) };
};

const KEYS = { ArrowRight: "one frame on", ArrowLeft: "one frame back", Home: "first frame", End: "last frame", c: "next movement", "Shift+c": "previous movement", w: "next order of the frames", "Shift+w": "previous order", p: "play the clip" };

/** @param {Room} room @param {Seen | null} seen */
const playOf = ({ address, patch, look }, seen) => ({
  at: seen ? stepOf(address, seen) : 0, last: seen ? seen.total - 1 : 0, of: seen?.key, still: look.still, pace: PACE,
  go: (/** @type {number} */ step) => patch({ step }),
}); // prettier-ignore

/** A clip of one's own. @param {{room: Room, count: number, onClip: (blob: Blob) => void}} props */
function Own({ room, count, onClip }) {
  const open = room.address.open === "own";
  /** @param {Event} event */
  const toggled = (event) => {
    const now = /** @type {HTMLDetailsElement} */ (event.currentTarget).open;
    if (now !== open) room.patch({ open: now ? "own" : undefined });
  };
  return html`<details class="clip-own" open=${open} onToggle=${toggled}><summary class="button">A clip of your own</summary>
    ${open && html`<div class="clip-ways"><${Mover} count=${count} onClip=${onClip} />
      <div class="clip-elsewhere"><p class="mover-says">Or bring one: an animated GIF or WebP, a short film, two seconds of the camera.</p><div class="row"><${FileClip} count=${count} onClip=${onClip} /><${CameraClip} count=${count} open=${open} onClip=${onClip} /></div>
        <p class="small">A film is taken apart in this browser: ${count} frames of it go to this server, and none is kept there.</p></div></div>`}
  </details>`;
}

/** @param {{room: Room, seen: Seen | null, playing: boolean, onPlay: () => void}} props */
function Head({ room, seen, playing, onPlay }) {
  /** @param {Blob} blob */
  const picked = async (blob) => room.patch({ ...FRESH, picture: await room.keep(blob), sample: undefined, open: undefined }, { push: true });
  const [net, networks] = [room.store.network.value, room.store.networks.value];
  if (!net) return null;
  return html`<div class="clip-head">
    <div class="clip-samples" role="group" aria-label="Clips">${net.samples.map(({ name, title }) => html`<button key=${name} type="button" class="button" aria-pressed=${name === seen?.sample} onClick=${() => room.patch({ ...FRESH, sample: name, picture: undefined }, { push: true })}>${title}</button>`)}</div>
    <${Own} room=${room} count=${net.card.preprocessing.frames} onClip=${picked} />
    ${networks.length > 1 && html`<label class="field">Network <select value=${net.row.id} onChange=${(/** @type {any} */ e) => room.patch({ ...FRESH, model: e.target.value, sample: undefined, layer: undefined, channel: undefined, unit: undefined }, { push: true })}>${networks.map(({ id, title }) => html`<option key=${id} value=${id}>${title}</option>`)}</select></label>`}
    ${seen && html`<div class="clip-tools">
      <${Switch} name="Order of the frames" options=${ORDERS.map(({ id, text }) => ({ id, text }))} chosen=${seen.how} onPick=${(/** @type {string} */ id) => room.patch({ order: id === "plain" ? undefined : id, seed: id === "held" ? stepOf(room.address, seen) : undefined })} />
      ${seen.how === "shuffled" && html`<button type="button" class="button" onClick=${() => room.patch({ seed: seen.seed + 1 })}>Shuffle again</button>`}
      <button type="button" class="button" aria-pressed=${playing} onClick=${onPlay}>${playing ? "Stop" : "Play"}</button>
      <label class="field">Belief in <select value=${seen.classes[labelOf(room.address, seen)]} onChange=${(/** @type {any} */ e) => room.patch({ class: e.target.value })}>${seen.classes.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>
    </div>`}
  </div>`;
}

/** @param {{room: Room, onRetry: () => void}} props */
export function VideoRoom({ room, onRetry }) {
  const { store, look, address } = room;
  const seen = store.seen.value;
  const { playing, play } = useWalked(playOf(room, seen));
  useRoomKeys(KEYS, () => ({ ...keysOf(room, seen), p: play }), look.present ? ARROWS : null);
  const maps = seen && mapsAt(address, seen);
  const legend = maps && html`<${Legend} limit=${extent(maps.data) || 1} from=${maps.data.some((v) => v < 0) ? undefined : 0} scope="maps of ${maps.maps.from}" /><p class="legend">Other rows have limits of their own. Frames: black 0, white the largest value.</p>`;
  return html`<${Frame} room="applications" heading="Video: a clip, frame by frame" onRetry=${onRetry} walk=${walk(room)} legend=${legend} caption=${seen ? settledSays(seen) : "One clip, read frame by frame."}>
    <div class="video ${look.hatch ? "hatch" : ""}">
      ${!look.present && html`<${Head} room=${room} seen=${seen} playing=${playing} onPlay=${play} />`}
      ${store.notice.value && html`<p class="trouble" role="status">${store.notice.value}</p>`}
      <${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Busy} on=${store.busy.value} />
      ${seen && html`<${View} room=${room} seen=${seen} part=${look.present ? (address.stop ?? "all") : "all"} />`}
    </div>
  <//>`;
}
