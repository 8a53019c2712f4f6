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

/** How the page looks, for views that know no store. */
const look = () => ({
  theme: ui.theme.value,
  hatch: ui.hatch.value,
  present: ui.present.value,
  narrow: !ui.wide.value,
  still: ui.reducedMotion.value,
});

function App() {
  const { model, sample, picture } = state.value;
  useEffect(() => void store.want({ model, sample, picture }), [model, sample, picture]);
  return html`<${SpeechRoom} room=${{ address: state.value, patch, look: look(), store, keep: keepSound }} onRetry=${store.retry} />`;
}

const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
