/**
 * The translation room: an English sentence read, a French one written, with and without attention.
 *
 *     address (stores/url), look, store --room--> views/translate/room.js
 */
import { html, render, useEffect } from "gridtime/lib/html.js";
import { createTranslating } from "gridtime/stores/translating.js";
import * as ui from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { TranslateRoom } from "gridtime/views/translate/room.js";

const store = createTranslating();

function App() {
  const { sample, text, beam } = state.value;
  useEffect(() => void store.want({ sample, text, beam }), [sample, text, beam]);
  return html`<${TranslateRoom} room=${{ address: state.value, patch, look: ui.look(), store }} onRetry=${store.retry} />`;
}

const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
