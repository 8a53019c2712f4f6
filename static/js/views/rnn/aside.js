/**
 * Around the strip: the answer so far, Play, and who waits for whom.
 */
import { html } from "gridtime/lib/html.js";
import { beliefAt } from "gridtime/math/scene.js";
import { Num } from "gridtime/components/num.js";
import { Share } from "gridtime/views/rnn/words.js";
import { heldAt, waitingLine } from "gridtime/views/rnn/unitcard.js";

/**
 * Play, and how fast.
 * @param {{play: ReturnType<typeof import("gridtime/components/play.js").usePlay>, still: boolean}} props
 */
export function Player({ play, still }) {
  return html`<div class="player">
    <button type="button" class="button" aria-pressed=${play.playing} title="Play (P)" onClick=${play.toggle}>${still ? "Step" : play.playing ? "Stop" : "Play"}</button>
    ${!still && html`<button type="button" class="button" title="Speed (+ −)" aria-label="Speed × ${play.speed}" onClick=${() => play.faster(play.speed >= 4 ? -1 : 1)}>× ${play.speed}</button>`}
  </div>`;
}

/** Where a reader that answers once has read. @param {import("gridtime/math/scene.js").Reading} reading */
function whereRead({ place, tokens }) {
  const word = place && !place.ends && tokens[place.at].text;
  return word ? html`Read at “<bdi>${word}</bdi>”, the whole text known:` : "With the whole text read, from both ends:";
}

/**
 * The answer at the chosen word, large.
 * @param {{s: import("gridtime/math/scene.js").Scene, hidden: boolean}} props
 */
export function Answer({ s, hidden }) {
  const running = s.reading.shares !== null;
  const belief = running ? beliefAt(s, s.step) : s.reading.final[s.shown];
  const end = s.step === s.total - 1;
  return html`<div class="answer">
    <p class="answer-if">${running ? (s.reading.noun === "letter" ? "The next letter, here:" : end ? "At its end:" : html`If the sentence ended at “<bdi>${s.reading.tokens[s.step].text}</bdi>”:`) : whereRead(s.reading)}</p>
    <p class="answer-level">${belief === null ? "not read yet" : hidden ? "?" : html`${s.label} <${Share} value=${belief} />`}</p>
    ${s.effects && html`<p>Unit ${s.unit}${s.place === 1 ? " moves the answer most" : ""}. ${heldAt(s)}, it moves the score by <${Num} value=${s.effects[s.unit]} />.</p>`}
  </div>`;
}

/**
 * "Waiting line: 6 words; longer text, longer line."
 * @param {{s: import("gridtime/math/scene.js").Scene}} props
 */
export function Waiting({ s }) {
  const layers = new Set(s.reading.readers.map((r) => `${r.node}${r.layer}`)).size;
  return html`<p class="waiting">${waitingLine(s.total, layers, s.reading.noun)}</p>`;
}
