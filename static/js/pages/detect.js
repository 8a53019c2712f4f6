/**
 * The detection room: a picture, what every cell of the grid proposes, and which boxes stay.
 *
 *     address (stores/url), look, store --room--> views/detect/room.js
 */
import { html, render, useEffect, useState } from "gridtime/lib/html.js";
import { createDetecting } from "gridtime/stores/detecting.js";
import { keep } from "gridtime/stores/pictures.js";
import { look } from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { DetectRoom } from "gridtime/views/detect/room.js";

const store = createDetecting();

function App() {
  const { model, sample, picture } = state.value;
  const [drawing, draw] = useState(/** @type {Blob | undefined} */ (undefined));
  useEffect(() => void store.want({ model, sample, picture, drawing }), [model, sample, picture, drawing]);
  return html`<${DetectRoom} room=${{ address: state.value, patch, look: look(), store, stores: { keep }, draw }} onRetry=${store.retry} />`;
}

const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
