/**
 * Order: the same words, or the same pixels, in another order.
 *
 *     sentence | picture, a change -> above: as it is and as it becomes
 *     every network before → after on this input   |   the same over a held-out split
 */
import { html, useEffect, useState } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Notices } from "gridtime/components/notices.js";
import { Num } from "gridtime/components/num.js";
import { SentenceBox } from "gridtime/components/sentencebox.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { PICTURE_CHANGES, WORD_CHANGES, pairOf } from "gridtime/math/order.js";
import { doubtsSay } from "gridtime/math/unusual.js";
import { Picker, usePicking } from "gridtime/views/compare/picture/source.js";
import { Held, Plotted } from "gridtime/views/compare/order/held.js";
import { Pictures } from "gridtime/views/compare/order/pictures.js";
import { SEEDS, changeOf, foundOf, isPicture, labelOf, liveRows, seedOf } from "gridtime/views/compare/order/scene.js";
import { PARTS } from "gridtime/views/compare/order/walk.js";
import { DRAWN, Moved } from "gridtime/views/compare/order/words.js";

export { caption, walk } from "gridtime/views/compare/order/walk.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */

const MODES = [{ id: "sentence", text: "Sentence" }, { id: "picture", text: "Picture" }];

export const legend = () => html`<p class="legend">○ in its order, ● changed. Whiskers: 95 % intervals, held-out figures only.</p>`;

/** @param {() => Room} room */
export function keys(room) {
  const again = () => changeOf(room().address).again && room().patch({ seed: (seedOf(room().address) + 1) % SEEDS });
  /** @param {number} by */
  const other = (by) => () => {
    const found = foundOf(room());
    if (!found) return;
    const [n, at] = [found.classes.length, found.classes.indexOf(labelOf(room().address, found))];
    room().patch({ class: found.classes[(at + by + n) % n] });
  };
  return { keys: { o: again, c: other(1), "Shift+c": other(-1) }, description: { o: "another order", c: "next class", "Shift+c": "previous class" } };
}

/** The address names input and change; the store reads them. @param {Room} room @param {Blob | undefined} drawing */
function useWish({ address, stores }, drawing) {
  const { sample, text, picture, range } = address;
  const [change, seed] = [changeOf(address).id, seedOf(address)];
  const of = isPicture(address);
  useEffect(() => {
    if (of) stores.order.wantPicture({ sample, picture, drawing, change, seed });
    else stores.order.wantText({ sample, text, change, seed, pair: change === "swapped" ? range : undefined });
  }, [of, sample, text, picture, drawing, change, seed, String(range)]);
  useEffect(() => stores.order.wantHeld(), []);
}

/** Which change, drawn how, seen in which class. @param {{room: Room}} props */
function Controls({ room }) {
  const { address, patch } = room;
  const found = foundOf(room);
  const change = changeOf(address);
  const seed = seedOf(address);
  return html`<div class="compare-head">
    <${Switch} name="Change the order" options=${isPicture(address) ? PICTURE_CHANGES : WORD_CHANGES} chosen=${change.id} onPick=${(/** @type {string} */ order) => patch({ order, range: undefined })} />
    ${change.again && html`<button type="button" class="button" onClick=${() => patch({ seed: (seed + 1) % SEEDS })}>Again</button><span class="small">order <${Num} value=${seed} digits=${0} /></span>`}
    ${change.id === "swapped" && html`<span class="small">Choose two words below.</span>`}
    ${found && html`<label class="field">Belief in <select value=${labelOf(address, found)} onChange=${(/** @type {any} */ e) => patch({ class: e.target.value })}>${found.classes.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>`}
  </div>`;
}

/** @param {{room: Room, pick: (picked: any) => void}} props */
function Source({ room, pick }) {
  const [open, setOpen] = useState(false);
  const { address, patch, stores } = room;
  const mode = html`<${Switch} name="What is read" options=${MODES} chosen=${isPicture(address) ? "picture" : "sentence"} onPick=${(/** @type {string} */ show) => patch({ show, order: undefined, range: undefined, seed: undefined, class: undefined, sample: undefined, model: undefined, against: undefined })} />`;
  if (isPicture(address)) {
    const net = stores.order.pictures.value?.[0];
    const found = stores.order.picture.value;
    return html`<div class="compare-head">${mode}<button type="button" class="button" aria-expanded=${open} onClick=${() => setOpen(!open)}>New picture</button><p class="small">${found?.done}</p></div>
      <${Picker} open=${open} pair=${found} samples=${net?.samples ?? []} drawing=${net?.card.preprocessing.mode === "digit"} onPick=${pick} onClose=${() => setOpen(false)} />`;
  }
  const gone = { range: undefined, class: undefined, stop: undefined };
  return html`<div class="order-source">${mode}<${SentenceBox} text=${address.text ?? stores.order.sentence.value?.text} samples=${stores.order.texts.value?.[0].samples ?? []}
    onText=${(/** @type {string} */ text) => patch({ ...gone, text, sample: undefined })}
    onSample=${(/** @type {any} */ sample) => patch({ ...gone, sample: sample.name, text: undefined }, { push: true })} /></div>`;
}

/** As it is, and as it becomes. @param {{room: Room, alone: boolean}} props alone: with nothing beside it */
function Input({ room, alone }) {
  const { address, look, patch, stores } = room;
  if (isPicture(address)) {
    const found = stores.order.picture.value;
    return found && html`<${Pictures} found=${found} edge=${look.present ? (alone ? 264 : 196) : look.narrow ? 152 : 176} />`;
  }
  const found = stores.order.sentence.value;
  if (!found) return null;
  const pair = changeOf(address).id === "swapped" ? pairOf(found.words, address.range) : null;
  return html`<${Moved} found=${found} pair=${pair} down=${look.narrow} onPick=${(/** @type {number} */ k) => pair && !pair.includes(k) && patch({ range: [pair[1], k] })} />
    ${!look.present && html`<${Notices} answer=${found.answer} doubts=${[]} />`}
    ${found.why && html`<p class="trouble" role="status">${found.why}</p>`}
    ${found.words.length > DRAWN && html`<p class="small">The first ${DRAWN} of ${found.words.length} words are drawn; all networks read all of them.</p>`}`;
}

/** Every network on this input. @param {{room: Room}} props */
function Live({ room }) {
  const found = foundOf(room);
  const label = found ? labelOf(room.address, found) : "";
  const rows = found ? liveRows(found.reads, label) : [];
  const what = isPicture(room.address) ? "picture" : "sentence";
  const doubts = found ? doubtsSay(found.reads.map(({ net, judged }) => ({ name: net.name, judged })), `${what}s`) : [];
  const head = html`<h2>This ${what}${label && `: belief in ${label}`}</h2>`;
  return html`<section class="order-live" aria-label="This ${what}">
    ${rows.length ? html`<${Plotted} room=${room} rows=${rows} name="order-this-${what}" label="Belief in ${label} before and after, this ${what}" axis="belief in ${label} ○ → ●, n 1">${head}<//>` : head}
    ${doubts.length > 0 && html`<p class="small">Changed, it is unlike what they were tested on. ${doubts.join(" ")}</p>`}</section>`;
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const [drawing, draw] = useState(/** @type {Blob | undefined} */ (undefined));
  const pick = usePicking(room, draw);
  useWish(room, drawing);
  const { look, stores } = room;
  const { order: store } = stores;
  const show = PARTS[part] ?? PARTS.all;
  const found = foundOf(room);
  return html`<div class="order ${look.present ? `is-${part}` : ""} ${isPicture(room.address) ? "is-picture" : "is-sentence"}" data-key=${found?.key}>
    ${!look.present && html`<${Source} room=${room} pick=${pick} /><${Controls} room=${room} />`}
    ${store.notice.value && html`<p class="trouble" role="status">${store.notice.value}</p>`}<${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Busy} on=${store.busy.value} />
    ${show.input && html`<section class="order-input" aria-label="As it is, and in its new order"><${Input} room=${room} alone=${!show.live} /></section>`}
    ${(show.live || show.held) && html`<div class="order-plots">
      ${show.live && html`<${Live} room=${room} />`}
      ${show.held && html`<section class="order-held" aria-label="Held out"><${Held} room=${room} /></section>`}</div>`}
  </div>`;
}
