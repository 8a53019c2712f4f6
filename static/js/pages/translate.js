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

/** How the page looks, for views that know no store. */
const look = () => ({
  theme: ui.theme.value,
  hatch: ui.hatch.value,
  present: ui.present.value,
  narrow: !ui.wide.value,
  still: ui.reducedMotion.value,
});

function App() {
  const { sample, text, beam } = state.value;
  useEffect(() => void store.want({ sample, text, beam }), [sample, text, beam]);
  return html`<${TranslateRoom} room=${{ address: state.value, patch, look: look(), store }} onRetry=${store.retry} />`;
}

const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
