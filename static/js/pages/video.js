/**
 * The video room: a clip, what a CNN sees in each frame, and what an LSTM makes of their order.
 *
 *     address (stores/url), look, store --room--> views/video/room.js
 */
import { html, render, useEffect } from "gridtime/lib/html.js";
import { keepClip } from "gridtime/stores/pictures.js";
import * as ui from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { createWatching } from "gridtime/stores/watching.js";
import { VideoRoom } from "gridtime/views/video/room.js";

const store = createWatching();

function App() {
  const { model, sample, picture, order, seed } = state.value;
  useEffect(() => void store.want({ model, sample, picture, order, seed }), [model, sample, picture, order, seed]);
  return html`<${VideoRoom} room=${{ address: state.value, patch, look: ui.look(), store, keep: keepClip }} onRetry=${store.retry} />`;
}

const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
