/**
 * The forecast room: a series, what the network reads of it, and what it says comes next.
 *
 *     address (stores/url), look, store --room--> views/forecast/room.js
 */
import { html, render, useEffect } from "gridtime/lib/html.js";
import { createForecasting } from "gridtime/stores/forecasting.js";
import * as ui from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { ForecastRoom } from "gridtime/views/forecast/room.js";

const store = createForecasting();

function App() {
  const { model, sample, text, channel, origin, season } = state.value;
  useEffect(() => void store.want({ model, sample, text, channel, origin, season }), [model, sample, text, channel, origin, season]);
  return html`<${ForecastRoom} room=${{ address: state.value, patch, look: ui.look(), store }} onRetry=${store.retry} />`;
}

const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
