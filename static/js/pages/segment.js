/**
 * The segmentation room: a picture, a class for each of its pixels, and the U that gives it.
 *
 *     address (stores/url), look, store --room--> views/segment/room.js
 */
import { html, render, useEffect, useState } from "gridtime/lib/html.js";
import { createMasks } from "gridtime/stores/masks.js";
import { keep } from "gridtime/stores/pictures.js";
import * as ui from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { usePicking } from "gridtime/views/compare/picture/source.js";
import { SegmentRoom } from "gridtime/views/segment/room.js";

const store = createMasks();

/** Another picture has a middle of its own. @param {Record<string, any>} change @param {{push?: boolean}} [how] */
const another = (change, how) => patch({ ...change, crop: undefined, cell: undefined }, how);

function App() {
  const [drawing, draw] = useState(/** @type {Blob | undefined} */ (undefined));
  const { model, sample, picture, crop, edits, layer } = state.value;
  useEffect(() => void store.want({ model, sample, picture, drawing, crop, edits, layer }), [model, sample, picture, drawing, String(crop), edits, layer]);
  const pick = usePicking(/** @type {any} */ ({ stores: { keep }, patch: another }), draw);
  return html`<${SegmentRoom} room=${{ address: state.value, patch, look: ui.look(), store, pick }} onRetry=${store.retry} />`;
}

const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
