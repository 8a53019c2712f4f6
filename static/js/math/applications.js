/**
 * What convolutional and recurrent networks are used for, and which view shows each use at work.
 *
 *     USES --the networks and pages that this server has--> shown
 *     an answer of the API --answerSays--> what a card of the page says
 */
import { number, percent } from "gridtime/math/format.js";

/** @typedef {"space" | "time" | "both"} Group */
/**
 * @typedef {object} Use
 * @property {string} id
 * @property {string} title the field's name of the task
 * @property {Group} group
 * @property {string} model whose sample is answered, and whose figure stands there
 * @property {string} [sample] the first one where nothing is named
 * @property {string} view where the use is taken apart
 * @property {string} takes what goes in, and what comes out
 * @property {string} inside what that view shows of the network
 * @property {Record<string, unknown>} [options]
 */
/** @typedef {{id: string, title: string, rule: string, caption: string}} Heading */

/** @type {Record<Group, Heading>} */
export const GROUPS = {
  space: { id: "space", title: "Grids in space: CNN", rule: "A kernel finds the same thing at every place.", caption: "A picture is a grid. A CNN gives it one class, a box around each thing, or a class for every pixel." },
  time: { id: "time", title: "Sequences in time: RNN", rule: "A state carries on what was read.", caption: "A text, a sound, a series is a sequence. An RNN, GRU or LSTM reads it step by step and carries a state." },
  both: { id: "both", title: "Both: CNN, then RNN", rule: "A kernel on every frame, a state from frame to frame.", caption: "A video is both: a CNN reads each frame, an LSTM reads what it found, frame after frame." },
}; // prettier-ignore

/** @type {Use[]} */
export const USES = [
  { id: "classification", title: "Image classification", group: "space", model: "photos", sample: "coffee", view: "/cnn#model=photos&sample=coffee", takes: "A photo in, one class out", inside: "maps of every layer, pooling, votes for each class" },
  { id: "detection", title: "Object detection", group: "space", model: "detect-digits", sample: "scattered", view: "/detect", takes: "A picture in, a box and a class for each thing out", inside: "a grid of boxes before and after suppression, thresholds, the map behind a box" },
  { id: "segmentation", title: "Image segmentation", group: "space", model: "segment-nuclei", sample: "touching", view: "/segment", takes: "A picture in, a class for every pixel out", inside: "maps that shrink and grow again, skip connections to switch off, scores at a pixel" },
  { id: "translation", title: "Machine translation", group: "time", model: "translate-attention", sample: "lost-key", view: "/translate#sample=lost-key", takes: "English in, French out", inside: "the state handed over, attention, the search, the same without attention" },
  { id: "generation", title: "Text generation", group: "time", model: "letters-lstm", sample: "harbour", view: "/write", takes: "A beginning in, the text goes on", inside: "the next letter's shares, how one is drawn, temperature, states", options: { generate: { length: 60, temperature: 0.5, seed: 1 } } },
  { id: "sentiment", title: "Sentiment analysis", group: "time", model: "sentiment-lstm", sample: "not-bad", view: "/rnn#model=sentiment-lstm&sample=not-bad", takes: "A sentence in, an opinion out", inside: "belief after every word, gates, what each word wrote into memory" },
  { id: "speech", title: "Speech recognition", group: "time", model: "speech-gru", sample: "seven", view: "/speech#sample=seven", takes: "A spoken digit in, the digit out", inside: "wave, log-mel picture, states, belief while the word is said" },
  { id: "forecast", title: "Time-series forecasting", group: "time", model: "forecast-gru", sample: "airline", view: "/forecast", takes: "A series in, its next season out", inside: "window, states, an interval, naive forecasts beside it, what came" },
  { id: "video", title: "Video analysis", group: "both", model: "video-lstm", sample: "clockwise", view: "/video", takes: "A clip in, its movement out", inside: "maps of each frame, states over frames, frames shuffled or reversed" },
]; // prettier-ignore

/**
 * The uses that can be seen here.
 * @param {string[]} models ids
 * @param {string[]} paths of the pages
 */
export const usesOf = (models, paths) =>
  USES.filter(({ model, view }) => models.includes(model) && paths.includes(view.split("#")[0]));

/** @param {Use[]} uses @returns {{group: Group, uses: Use[]}[]} in the order of GROUPS, none empty */
export const grouped = (uses) =>
  /** @type {Group[]} */ (Object.keys(GROUPS))
    .map((group) => ({ group, uses: uses.filter((use) => use.group === group) }))
    .filter(({ uses: some }) => some.length > 0);

/** @typedef {Record<string, any>} Prediction */
/** @typedef {{text: string, value?: number}} Said value: the exact number that `text` rounds */

/** @type {Record<string, (predictions: Prediction[]) => Said>} what is said, by the card's task */
const SAYS = {
  classification: ([{ label, probability }]) => ({ text: `${label}, ${percent(probability)}`, value: probability }),
  regression: ([{ value, unit }]) => ({ text: `${number(value, 1)} ${unit}`, value }),
  generation: ([{ text }]) => ({ text: `${text}…` }),
  translation: ([{ text }]) => ({ text }),
  forecast: ([{ values }]) => ({ text: `next: ${values.slice(0, 3).map((/** @type {number} */ v) => number(v, 0)).join(", ")}…`, value: values[0] }),
  detection: (found) => ({ text: `${found.length} found: ${found.map(({ label }) => label).join(", ")}` }),
  segmentation: ([{ classes, share }]) => {
    const most = share.indexOf(Math.max(...share.slice(1)), 1); // the first class is what lies behind
    return { text: `${classes[most]}: ${percent(share[most])} of the picture`, value: share[most] };
  },
};

/** @param {string} task @param {Prediction[]} predictions @returns {Said | null} null: no sentence fits */
export const answerSays = (task, predictions) => (predictions.length ? (SAYS[task]?.(predictions) ?? null) : null);
