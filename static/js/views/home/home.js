/**
 * The question, two living panels on one clock, and the ways in.
 *
 *   desk: everything        present: what the stop's caption names, and nothing else
 */
import { html } from "gridtime/lib/html.js";
import { PicturePanel } from "gridtime/views/home/picturepanel.js";
import { SentencePanel } from "gridtime/views/home/sentencepanel.js";

/** @typedef {import("gridtime/views/home/picturepanel.js").Picture} Picture */
/** @typedef {import("gridtime/views/home/sentencepanel.js").Sentence} Sentence */
/** @typedef {import("gridtime/views/home/clock.js").Clock} Clock */
/** @typedef {{path: string, title: string}} Room */
/**
 * @typedef {object} Stop
 * @property {string} id
 * @property {string} caption
 * @property {("question" | "picture" | "sentence")[]} shows
 * @property {boolean} [votes] hides the belief, so that the class can vote
 */

/** @type {Stop[]} */
export const STOPS = [
  {
    id: "question",
    caption: "A CNN looks at the whole picture at once. An RNN reads one word after another and remembers.",
    shows: ["question", "picture", "sentence"],
  },
  {
    id: "at-once",
    caption: "A layer of the CNN appears everywhere in one moment: no place waits for another.",
    shows: ["picture"],
  },
  {
    id: "in-line",
    caption: "The RNN cell reads one word, changes its memory, and carries it to the next word.",
    shows: ["sentence"],
  },
  { id: "vote", caption: "What will it say? Vote, then press on.", shows: ["sentence"], votes: true },
  { id: "answer", caption: "After every word, the belief if the sentence ended here.", shows: ["sentence"] },
  {
    id: "both",
    caption: "On one clock: the CNN's line is as long as its layers, the RNN's as long as the text.",
    shows: ["picture", "sentence"],
  },
];

/** @type {Record<string, string>} where a room's title is no name of a network */
const WAYS = { "/compare": "Compare them", "/applications": "See what they are used for" };

/** What a link to a room says. @param {Room} room */
const wayTo = ({ path, title }) => ({ path, title: WAYS[path] ?? `Open the ${title}` });

/** @param {{rooms: Room[]}} props */
function Ways({ rooms }) {
  const links = [...rooms.map(wayTo), { path: "/lessons#lesson=difference", title: "Start the lesson" }, { path: "/docs", title: "API" }];
  return html`<p class="ways">
    ${links.map(({ path, title }, i) => html`${i > 0 && html`<span aria-hidden="true"> · </span>`}<a href=${path}>${title}</a>`)}
  </p>`;
}

/** @param {{clock: Clock, still: boolean}} props still: reduced motion, where Play becomes Step */
function Play({ clock, still }) {
  const [word, act] = still ? ["Step", clock.step] : clock.playing ? ["Show all", clock.rest] : ["Replay", clock.play];
  return html`<button type="button" class="button" onClick=${act}>${word}</button>`;
}

/**
 * @param {{picture: Picture | null, sentence: Sentence | null, rooms: Room[], clock: Clock,
 *   theme: import("gridtime/math/colour.js").Theme, present: boolean, still: boolean, stop?: Stop,
 *   children?: import("gridtime/lib/html.js").Children}} props
 */
export function Home({ picture, sentence, rooms, clock, theme, present, still, stop, children }) {
  const shows = present ? (stop ?? STOPS[0]).shows : ["question", "picture", "sentence"];
  const panels = shows.filter((part) => part !== "question").length;
  const hideFrom = present && stop?.votes && sentence ? Math.ceil(sentence.tokens.length / 2) : Infinity;
  return html`<div class="home ${panels === 1 ? "home-one" : ""}">
    ${shows.includes("question") &&
    html`<div class="home-question">
      <h1>What is the difference between a convolutional and a recurrent neural network?</h1>
      ${!present && html`<p>${STOPS[0].caption}</p>`}
    </div>`}
    ${!shows.includes("question") && html`<h1 class="unseen">CNN and RNN</h1>`}
    <div class="panels">
      ${shows.includes("picture") && html`<${PicturePanel} picture=${picture} beat=${clock.beat} theme=${theme} />`}
      ${shows.includes("sentence") && html`<${SentencePanel} sentence=${sentence} beat=${clock.beat} theme=${theme} hideFrom=${hideFrom} />`}
    </div>
    ${!present && html`<div class="home-ways"><${Ways} rooms=${rooms} /><${Play} clock=${clock} still=${still} /></div>`}
    ${!present && children}
  </div>`;
}
