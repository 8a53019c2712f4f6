/**
 * Which came first? Two signs that the visitor places, six networks that answer, and how often each
 * was right at every distance.
 *
 *     the sequence, what one cell sees, what the readers say on the way
 *     six answers, what they can know  |  accuracy against distance
 */
import { html, useEffect } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Switch } from "gridtime/components/switch.js";
import { Trouble } from "gridtime/components/trouble.js";
import { distanceOf, heldOf, lengthsOf, placingOf, resized, signsOf, spread, swapped } from "gridtime/math/first.js";
import { afterSays, outsideSays, shortSays, standingsOf, verdict, verdicts } from "gridtime/math/firstsays.js";
import { count, plural } from "gridtime/math/format.js";
import { Answers, Vote } from "gridtime/views/compare/first/answers.js";
import { About, LaneFigures, PlotFigures } from "gridtime/views/compare/first/figures.js";
import { Lane } from "gridtime/views/compare/first/lane.js";
import { Plot } from "gridtime/views/compare/first/plot.js";
import { sizeOf } from "gridtime/views/compare/first/scene.js";
import { Strip } from "gridtime/views/compare/first/strip.js";

/** @typedef {import("gridtime/views/compare/more.js").Room} Room */
/** @typedef {import("gridtime/math/first.js").First} First */
/** @typedef {import("gridtime/math/first.js").Placing} Placing */
/** @typedef {import("gridtime/math/first.js").Answered} Answered */
/** @typedef {{strip?: boolean, fields?: boolean, lane?: boolean, vote?: boolean, answers?: boolean, plot?: boolean, says?: boolean}} Shown */

/** What a stop shows. @type {Record<string, Shown>} */
const PARTS = {
  all: { strip: true, fields: true, lane: true, answers: true, plot: true, says: true },
  vote: { strip: true, vote: true },
  one: { strip: true, fields: true, lane: true, answers: true },
  distances: { plot: true, says: true },
};

export const legend = () =>
  html`<p class="legend">Filled: “A first”, hatched: “B first”. LSTM solid, GRU dashed, RNN dotted, CNNs dash-dot; the chosen thick.</p>`;

/** @param {Room} room */
export function caption({ stores, address }) {
  const first = stores.first.figures.value;
  return first ? shortSays(first, placingOf(address.signs, first)) : "Two signs in a sequence: which of them came first?";
}

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ stores, address }) {
  const first = stores.first.figures.value;
  if (!first) return [];
  const placing = placingOf(address.signs, first);
  const apart = plural(distanceOf(placing), "place");
  return [
    { id: "vote", caption: `Two signs, ${apart} apart. Which network can say which of them came first? Vote, then press on.` },
    { id: "one", caption: shortSays(first, placing), notes: "One answer may be right by chance: move a sign and look again." },
    { id: "distances", caption: `Every distance: what no cell sees at once, a pooled CNN cannot know.`, notes: "Where a line touches chance, say “it guesses”. A reader needs the last sign alone: this plot does not say how far it remembers." },
  ]; // prettier-ignore
}

/** No figures: what was never measured, and what measures it. @param {{store: Room["stores"]["first"]}} props */
function Nothing({ store }) {
  const problem = store.missing.value;
  if (/** @type {any} */ (problem)?.status !== 404) return html`<${Trouble} problem=${problem} onRetry=${store.load} /><${Busy} on=${!problem} />`;
  return html`<p class="trouble" role="status">${problem?.message} The command <code>python -m app.training.first</code> trains and measures them.</p>`;
}

/** @param {{first: First, placing: Placing, go: (placing: Placing) => void}} props */
function Head({ first, placing, go }) {
  const distance = distanceOf(placing);
  const lengths = lengthsOf(first);
  return html`<div class="compare-head first-head">
    <div class="first-apart" role="group" aria-label="Distance of the signs">
      <button type="button" class="button" aria-label="Nearer" onClick=${() => go(spread(placing, distance - 1))}>−</button>
      <output>${plural(distance, "place")} apart</output>
      <button type="button" class="button" aria-label="Further" onClick=${() => go(spread(placing, distance + 1))}>+</button></div>
    <button type="button" class="button" onClick=${() => go(swapped(placing))}>Swap A and B</button>
    <button type="button" class="button" onClick=${() => go({ ...placing, seed: placing.seed + 1 })}>Other fillers</button>
    ${lengths.length > 1 && html`<${Switch} name="Length of the sequence" chosen=${String(placing.length)} onPick=${(/** @type {string} */ id) => go(resized(placing, Number(id)))}
      options=${lengths.map((length) => ({ id: String(length), text: `${length} places`, title: length === first.length ? `${length} places, as in training` : `${length} places, longer than in training` }))} />`}
  </div>`;
}

/** The sequence with what is known of it. @param {{room: Room, first: First, placing: Placing, answered: Answered | null, show: Shown, chosen: string, go: (placing: Placing) => void}} props */
function Sequence({ room, first, placing, answered, show, chosen, go }) {
  const { address, patch, look } = room;
  const fits = answered?.settings.length === placing.length && answered.settings.seed === placing.seed;
  const last = (answered?.settings.length ?? placing.length) - 1;
  const at = Math.max(0, Math.min(last, address.step ?? last));
  const outside = answered && outsideSays(answered);
  return html`<section class="first-sequence" aria-label="The sequence">
    <${Strip} placing=${placing} symbols=${fits ? answered.symbols : []} models=${first.models} size=${sizeOf(look)} fields=${Boolean(show.fields)} onPlacing=${go} />
    ${outside && html`<p class="first-outside" role="status">${outside}</p>`}
    ${show.lane && answered && html`<div><${Lane} answered=${answered} chosen=${chosen} at=${at} size=${sizeOf(look)} onAt=${(/** @type {number} */ step) => patch({ step: step === last ? undefined : step })} />
      <div class="first-files"><p class="first-after" role="status">${afterSays(answered, at)}</p>${!look.present && html`<${LaneFigures} answered=${answered} />`}</div></div>`}
  </section>`;
}

/** @param {{room: Room, part: string}} props */
export function View({ room, part }) {
  const { address, patch, look, stores: { first: store } } = room; // prettier-ignore
  useEffect(() => void (store.figures.value ?? store.load()), []);
  const first = store.figures.value;
  const placing = first && placingOf(address.signs, first);
  const key = placing && String(signsOf(placing));
  useEffect(() => void (placing && store.want(placing)), [key]);
  if (!first || !placing) return html`<div class="first"><${Nothing} store=${store} /></div>`;
  const answered = store.answered.value;
  const show = PARTS[part] ?? PARTS.all;
  const chosen = first.models.find(({ model }) => model === address.model)?.model ?? first.models.find(({ field, only }) => field !== null && only === null)?.model ?? first.models[0].model;
  const go = (/** @type {Placing} */ next) => patch({ signs: signsOf(next) });
  const pick = (/** @type {string} */ model) => patch({ model });
  const distance = distanceOf(placing);
  const held = first.models.map(({ model }) => heldOf(first, model, placing)).find(Boolean);
  return html`<div class="first ${look.present ? `is-${part}` : ""}">
    ${!look.present && html`<${Head} first=${first} placing=${placing} go=${go} />`}
    <${Trouble} problem=${store.problem.value} onRetry=${store.retry} />
    ${show.strip && html`<${Sequence} room=${room} first=${first} placing=${placing} answered=${answered} show=${show} chosen=${chosen} go=${go} />`}
    ${(show.answers || show.vote) && html`<section class="first-said" aria-label="Answers">
      ${!answered && html`<${Busy} on=${store.busy.value} />`}
      ${show.vote && answered && html`<${Vote} answered=${answered} />`}
      ${show.answers && answered && html`<${Answers} first=${first} answered=${answered} chosen=${chosen} onPick=${pick} />`}
      ${show.says && html`<p class="first-verdict" role="status">${standingsOf(first, placing).filter(({ model }) => model.model === chosen).map(verdict)}</p>`}</section>`}
    ${show.plot && html`<figure class="first-figure">
      <figcaption class="compare-title"><span>Right answers in ${placing.length} places${held ? `; n = ${count(held.accuracy.n)} a distance` : ""}; whiskers: 95 % interval</span>${!look.present && html`<${PlotFigures} first=${first} />`}</figcaption>
      <${Plot} first=${first} length=${placing.length} distance=${distance} chosen=${chosen} size=${sizeOf(look)} onDistance=${(/** @type {number} */ to) => go(spread(placing, to))} />
      ${look.present && html`<ul class="first-says">${verdicts(first, placing).map((text) => html`<li key=${text}>${text}</li>`)}</ul>`}</figure>`}
    ${!look.present && html`<${About} first=${first} />`}
  </div>`;
}
