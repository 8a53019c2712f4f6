/**
 * The compare room: the same input through two kinds of network.
 *
 *     address (stores/url), look, stores --room--> the views of views/compare/more.js
 */
import { signal } from "@preact/signals-core";
import { html, render, useEffect, useState } from "gridtime/lib/html.js";
import * as client from "gridtime/api/client.js";
import { live } from "gridtime/components/live.js";
import { keep } from "gridtime/stores/pictures.js";
import { createOrdering } from "gridtime/stores/ordering.js";
import { createReaching } from "gridtime/stores/reaching.js";
import { createFirst } from "gridtime/stores/first.js";
import { createSpeed } from "gridtime/stores/speed.js";
import { createTwoReaders } from "gridtime/stores/tworeaders.js";
import { createTwoSentences } from "gridtime/stores/twosentences.js";
import * as ui from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";
import { Room } from "gridtime/views/compare/room.js";

/** What single views keep, for as long as the page is open. */
const stores = { readers: createTwoReaders(), sentences: createTwoSentences(), order: createOrdering(), reach: createReaching(), first: createFirst(), speed: createSpeed(), keep };
const models = signal(/** @type {client.ModelRow[]} */ ([]));

/** A view that needs the list says itself where it could not be had. */
const load = () => client.models().then((rows) => (models.value = rows), () => undefined);

const retry = () => {
  load();
  stores.readers.retry();
  stores.sentences.retry();
  stores.order.retry();
  stores.reach.retry();
  stores.first.retry();
  stores.speed.load();
};

function App() {
  const [said, say] = useState("");
  useEffect(() => {
    if (said) live(said);
    const timer = setTimeout(say, 5000, "");
    return () => clearTimeout(timer);
  }, [said]);
  const room = { address: state.value, patch, look: ui.look(), stores, models: models.value, say };
  return html`<${Room} room=${room} said=${said} onRetry=${retry} />`;
}

load();
const app = document.getElementById("app");
if (app) render(html`<${App} />`, app);
