/**
 * The writing room: a network goes on with a text, one drawn letter after another.
 *
 *     address (stores/url), look, store --room--> views/write/room.js
 */
import { html, render, useEffect } from "gridtime/lib/html.js";
import * as ui from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { HEATS, createWriting, heatsKey } from "gridtime/stores/writing.js";
import { wantOf } from "gridtime/views/write/scene.js";
import { WriteRoom } from "gridtime/views/write/room.js";

const store = createWriting();

function App() {
  const want = wantOf(state.value);
  useEffect(() => void store.want(want), [JSON.stringify(want)]);
  const made = store.made.value;
  const versions = made && store.heats.value?.key === heatsKey(made) ? store.heats.value : null;
  return html`<${WriteRoom} room=${{ address: state.value, patch, look: ui.look(), store }} versions=${versions} temperatures=${HEATS} onRetry=${store.retry} />`;
}

const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
