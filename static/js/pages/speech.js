/**
 * The speech room: a spoken word, what the network hears of it, and its belief while it is said.
 *
 *     address (stores/url), look, store --room--> views/speech/room.js
 */
import { html, render, useEffect } from "gridtime/lib/html.js";
import { createHearing } from "gridtime/stores/hearing.js";
import { keepSound } from "gridtime/stores/pictures.js";
import * as ui from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { SpeechRoom } from "gridtime/views/speech/room.js";

const store = createHearing();

function App() {
  const { model, sample, picture } = state.value;
  useEffect(() => void store.want({ model, sample, picture }), [model, sample, picture]);
  return html`<${SpeechRoom} room=${{ address: state.value, patch, look: ui.look(), store, keep: keepSound }} onRetry=${store.retry} />`;
}

const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
