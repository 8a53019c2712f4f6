/**
 * The detection room: which picture and which network, and the view in the frame with its walk and keys.
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Frame } from "gridtime/components/frame.js";
import { Legend } from "gridtime/components/legend.js";
import { ARROWS, useRoomKeys } from "gridtime/components/roomkeys.js";
import { Trouble } from "gridtime/components/trouble.js";
import { Picker, usePicking } from "gridtime/views/compare/picture/source.js";
import { PHASES, foundSays, phaseOf, sceneOf, thresholds } from "gridtime/views/detect/scene.js";
import { View } from "gridtime/views/detect/view.js";
import { walk } from "gridtime/views/detect/walk.js";

/** @typedef {import("gridtime/views/detect/scene.js").Room} Room */
/** @typedef {import("gridtime/views/detect/scene.js").Scene} Scene */

/** A pen for several digits on one sheet, in its px. */
const SHEET = { side: 448, pen: 15, hint: "Draw several digits" };
/** What the address says of one picture alone. */
const OF_PICTURE = { cell: undefined, against: undefined };

const KEYS = {
  ArrowLeft: "cell to the left", ArrowRight: "cell to the right", ArrowUp: "cell above", ArrowDown: "cell below",
  j: "next box found", k: "previous box found", "+": "higher score threshold", "-": "lower score threshold", i: "new picture",
  ...Object.fromEntries(PHASES.map(({ text }, k) => [String(k + 1), text.toLowerCase()])),
}; // prettier-ignore

/** @param {Room} room @param {Scene | null} scene @returns {Record<string, () => void>} */
function actionsOf({ address, patch }, scene) {
  const open = () => patch({ open: address.open === "input" ? undefined : "input" });
  const phases = Object.fromEntries(PHASES.map(({ id }, k) => [String(k + 1), () => patch({ show: id === "kept" ? undefined : id })]));
  if (!scene) return { ...phases, i: open };
  const { seen, chosen, stay } = scene;
  /** @param {number} down @param {number} right */
  const move = (down, right) => () =>
    patch({ cell: [Math.max(0, Math.min(seen.rows - 1, chosen.row + down)), Math.max(0, Math.min(seen.columns - 1, chosen.column + right))], against: undefined });
  /** @param {number} by */
  const next = (by) => () => {
    if (!stay.length) return;
    const at = stay.findIndex(({ row, column }) => row === chosen.row && column === chosen.column);
    const to = stay[at < 0 ? 0 : (at + by + stay.length) % stay.length];
    patch({ cell: [to.row, to.column], against: undefined });
  };
  /** @param {number} by */
  const threshold = (by) => () => patch({ score: Math.max(1, Math.min(99, Math.round(100 * thresholds(address, seen).score) + by)) });
  return { ...phases, i: open, ArrowLeft: move(0, -1), ArrowRight: move(0, 1), ArrowUp: move(-1, 0), ArrowDown: move(1, 0), j: next(1), k: next(-1), "+": threshold(5), "-": threshold(-5) };
}

/** @param {{room: Room}} props */
function Head({ room }) {
  const { store, address, patch } = room;
  const seen = store.seen.value;
  if (!seen) return null;
  const rows = store.rows.value;
  /** @param {string} name */
  const sample = (name) => patch({ sample: name, picture: undefined, ...OF_PICTURE }, { push: true });
  return html`<div class="detect-head">
    <div class="row" role="group" aria-label="Samples">${seen.net.samples.map(({ name, title }) => html`<button key=${name} type="button" class="button" aria-pressed=${name === seen.sample} onClick=${() => (room.draw(undefined), sample(name))}>${title}</button>`)}</div>
    <button type="button" class="button" aria-expanded=${address.open === "input"} onClick=${() => patch({ open: address.open === "input" ? undefined : "input" })}>Draw, upload or camera</button>
    ${rows.length > 1 && html`<label class="field">Network <select value=${seen.net.row.id} onChange=${(/** @type {any} */ e) => (room.draw(undefined), patch({ model: e.target.value, sample: undefined, picture: undefined, layer: undefined, score: undefined, overlap: undefined, ...OF_PICTURE }, { push: true }))}>${rows.map(({ id, title }) => html`<option key=${id} value=${id}>${title}</option>`)}</select></label>`}
  </div>`;
}

/** @param {{room: Room, onRetry: () => void}} props */
export function DetectRoom({ room, onRetry }) {
  const { store, look, address, patch } = room;
  const seen = store.seen.value;
  const { score, overlap, cell, against, show } = address;
  const scene = useMemo(() => seen && sceneOf(address, seen), [seen, score, overlap, String(cell), against, show]);
  const pick = usePicking(/** @type {any} */ ({ ...room, patch: (/** @type {any} */ change, /** @type {any} */ how) => patch({ ...OF_PICTURE, ...change }, how) }), room.draw);
  useRoomKeys(KEYS, () => actionsOf(room, scene), look.present ? ARROWS : null);
  const legend = phaseOf(address) === "cells" ? html`<${Legend} kind="probability" limit=${1} label="score" scope="every cell" />` : html`<p class="legend">Yellow: the chosen cell and the box it proposes. Boxes are in pixels of the ${seen?.size ?? ""} × ${seen?.size ?? ""} square that the network sees.</p>`;
  return html`<${Frame} room="applications" heading="Detection: what is where in a picture" onRetry=${onRetry} walk=${walk(room)} legend=${legend} caption=${scene ? foundSays(scene) : "What is in the picture, and where?"}>
    <div class="detect">
      ${!look.present && html`<${Head} room=${room} />`}
      ${store.notice.value && html`<p class="trouble" role="status">${store.notice.value}</p>`}
      <${Trouble} problem=${store.problem.value} onRetry=${store.retry} /><${Busy} on=${store.busy.value} />
      ${!look.present && seen && html`<${Picker} open=${address.open === "input"} pair=${/** @type {any} */ (seen)} samples=${seen.net.samples} drawing=${seen.net.card.preprocessing.mode === "board" && SHEET} onPick=${pick} onClose=${() => patch({ open: undefined })} />`}
      ${scene && html`<${View} room=${room} scene=${scene} part=${look.present ? (address.stop ?? "all") : "all"} />`}
    </div>
  <//>`;
}
