/**
 * The home page: a picture through the CNN and a sentence through the LSTM, on one clock.
 *
 *   /models -> first picture CNN, first LSTM -> sample -> atlas | trace -> signals -> Home
 */
import { html, render, useMemo } from "gridtime/lib/html.js";
import * as api from "gridtime/api/client.js";
import { createRequest } from "gridtime/stores/request.js";
import { present, reducedMotion, theme } from "gridtime/stores/ui.js";
import { state } from "gridtime/stores/url.js";
import { Frame } from "gridtime/components/frame.js";
import { pageRows } from "gridtime/components/header.js";
import { Trouble } from "gridtime/components/trouble.js";
import { Legend } from "gridtime/components/legend.js";
import { useClock } from "gridtime/views/home/clock.js";
import { Home, STOPS } from "gridtime/views/home/home.js";
import { fitting, pictureOf, sentenceOf } from "gridtime/views/home/load.js";
import { Networks } from "gridtime/views/home/networks.js";
import { isRecurrent, layersInLine } from "gridtime/math/waiting.js";

/** @typedef {import("gridtime/views/home/home.js").Stop} Stop */
/** @typedef {import("gridtime/views/home/picturepanel.js").Picture} Picture */
/** @typedef {import("gridtime/views/home/sentencepanel.js").Sentence} Sentence */
/** @typedef {import("gridtime/api/client.js").ModelRow} ModelRow */
/** @typedef {import("gridtime/components/modelcard.js").Card} Card */

/**
 * The network a panel shows: the preferred one, or any that fits.
 * @param {ModelRow[]} rows
 * @param {string} preferred
 * @param {(row: ModelRow) => boolean} fits
 */
function choose(rows, preferred, fits) {
  const row = rows.find(({ id }) => id === preferred) ?? rows.find(fits);
  if (!row) throw new Error("This server has no such network yet.");
  return row.id;
}

/** @returns {Promise<Picture>} */
async function loadPicture() {
  const id = choose(await api.models(), "photos", (row) => row.kind === "cnn" && row.input === "image" && row.task === "classification");
  const [sample] = await api.samples(id);
  return pictureOf(await api.atlas(id, sample.name), sample);
}

/** @returns {Promise<Sentence>} */
async function loadSentence() {
  const id = choose(await api.models(), "sentiment-lstm", (row) => row.kind === "lstm" && row.input === "text" && row.task === "classification");
  const [model, samples] = await Promise.all([api.model(id), api.samples(id)]);
  const layers = model.graph.filter(isRecurrent).map((node) => node.name);
  const traced = await api.trace(id, { sample: fitting(samples).name }, {}, { layers: layers.slice(-1) });
  return sentenceOf(traced, model.card.classes);
}

const picture = /** @type {import("gridtime/stores/request.js").Request<Picture>} */ (createRequest());
const sentence = /** @type {import("gridtime/stores/request.js").Request<Sentence>} */ (createRequest());
const cards = /** @type {import("gridtime/stores/request.js").Request<Card[]>} */ (createRequest());

async function loadCards() {
  const rows = await api.models();
  const all = await Promise.all(rows.map(({ id }) => api.model(id)));
  return all.map((model) => /** @type {Card} */ (model.card));
}

async function load() {
  // The two panels first: the cards are read when both are drawn.
  await Promise.all([picture.run(loadPicture), sentence.run(loadSentence)]);
  await cards.run(loadCards);
}

const LEGEND = "states; each map up to its own largest value";

function Page() {
  const shown = { picture: picture.value.value, sentence: sentence.value.value };
  const last = Math.max(
    shown.picture ? layersInLine(shown.picture.graph) : 0,
    shown.sentence ? shown.sentence.tokens.length : 0,
  );
  const still = reducedMotion.value;
  const whole = Boolean(shown.picture && shown.sentence);
  const clock = useClock(last, whole && !still && !present.value);
  const walk = useMemo(() => {
    /** @param {Stop} stop */
    const apply = (stop) => (still || stop.votes || stop.id === "question" ? clock.rest() : clock.play());
    return STOPS.map((stop) => ({ ...stop, apply: () => apply(stop) }));
  }, [still, clock.play, clock.rest]);
  const stop = STOPS.find(({ id }) => id === state.value.stop);
  const problem = picture.problem.value ?? sentence.problem.value ?? cards.problem.value;
  const rooms = pageRows().filter((row) => row.nav && row.path !== "/");
  const legend = whole && html`<${Legend} label="activations" scope=${LEGEND} limit=${1} />`;
  return html`<${Frame} room="home" walk=${walk} onRetry=${load} legend=${legend} caption="Real trained networks. Every number is their own.">
    ${problem?.name !== "NoContact" && html`<${Trouble} problem=${problem} onRetry=${load} />`}
    <${Home}
      picture=${shown.picture}
      sentence=${shown.sentence}
      rooms=${rooms}
      clock=${clock}
      theme=${theme.value}
      present=${present.value}
      still=${still}
      stop=${stop}
    >
      <${Networks} cards=${cards.value.value ?? []} />
    <//>
  <//>`;
}

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
load();
app.replaceChildren();
render(html`<${Page} />`, app);
