/**
 * How unlike the training data an input is: scores on one axis, and what the page says of each.
 *
 *     this picture, noise, flat colours, foreign samples -> score, threshold -> familiar or not
 */

import { scaleLinear } from "d3-scale";
import { html } from "gridtime/lib/html.js";
import { Num, exact } from "gridtime/components/num.js";
import { seenPixels } from "gridtime/components/gathered.js";
import { keepPixels, useTried } from "gridtime/components/tried.js";
import { Pixels } from "gridtime/components/pixels.js";
import { SaveBars } from "gridtime/components/saveplot.js";
import { count, number, percent } from "gridtime/math/format.js";
import { familiarityFigure, nothing } from "gridtime/math/trust.js";
import { doubtSays } from "gridtime/math/unusual.js";
import { inputSize } from "gridtime/math/fields.js";
import { named } from "gridtime/views/cnn/classes.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("gridtime/components/tried.js").Try} Try */
/** @typedef {import("gridtime/components/tried.js").Said} Said */

/** How the measure is worked out, by its name in the card. @type {Record<string, string>} */
const MEASURES = {
  cosine: "the cosine of its last maps' largest values to the nearest class mean", max_logit: "the largest logit", energy: "the logarithm of the summed e^logits", max_probability: "the largest share",
};

/** @param {any} known the card's familiarity @returns {string} */
function measureSays({ method, also }) {
  const first = MEASURES[method] ?? method;
  return also ? `${first}, lowered where ${also.tensor} is unlike that of any picture it learned` : first;
}

/** @type {Map<number, Try[]>} made once a size */
const made = new Map();

/** Pictures of nothing. @param {number} side @returns {Try[]} */
function nothings(side) {
  const known = made.get(side);
  if (known) return known;
  const fresh = [
    { name: "noise", title: "Noise: every pixel by chance", pixels: nothing("noise", side) },
    { name: "grey", title: "Flat grey", pixels: nothing([128, 128, 128], side) },
    { name: "green", title: "Flat green", pixels: nothing([60, 160, 70], side) },
  ];
  made.set(side, fresh);
  return fresh;
}

/** Samples whose title says that they are none of the classes. @param {Room} room @returns {Try[]} */
const foreign = (room) => (room.net.value?.samples ?? []).filter(({ title }) => /none of/i.test(title))
  .map(({ name, title }) => ({ name, title: title.split(":")[0] ?? title, sample: name }));

/** @param {Said|undefined} said @param {boolean} own @returns {string} */
function verdict(said, own) {
  const [best] = said?.predictions ?? [];
  if (!said || !best) return "Computing…";
  if (!said.familiarity.familiar) return doubtSays(said.familiarity, "pictures");
  const answer = `${named(best.label)} ${percent(best.probability)}`;
  return own ? `Like its test pictures. It gives ${answer}.` : `Not noticed: it gives ${answer}. The measure misses some.`;
}

/** @param {{domain: [number, number], said: Said|undefined, threshold: number, below: boolean}} props */
function Axis({ domain, said, threshold, below }) {
  const x = scaleLinear(domain, [0, 100]).clamp(true);
  const at = x(threshold);
  return html`<span class="score-track" aria-hidden="true">
    <i class="score-odd" style=${below ? { left: 0, width: `${at}%` } : { left: `${at}%`, right: 0 }}></i>
    <b style=${{ left: `${at}%` }}></b>
    ${said && html`<u style=${{ left: `${x(said.familiarity.score)}%` }}></u>`}</span>`;
}

/** @param {Room} room @param {Try} one */
async function take(room, one) {
  const picture = one.pixels ? await keepPixels(one.pixels) : undefined;
  room.patch({ picture, sample: one.sample, crop: undefined }, { push: true });
}

/** @param {{room: Room, run: Run, one: Try|null, said: Said|undefined, axis: any}} props `one` null: the picture on show */
function Row({ room, run, one, said, axis }) {
  const words = verdict(said, one === null);
  const odd = said?.familiarity.familiar === false;
  const input = run.tensors.get("input");
  const thumb = one?.pixels ? html`<${Pixels} picture=${one.pixels} label="" />`
    : one ? html`<img src=${`/api/v1/models/${encodeURIComponent(run.model)}/samples/${encodeURIComponent(one.sample ?? "")}`} alt="" width="64" height="64" />`
    : input && html`<${Pixels} picture=${seenPixels(input, room.net.value?.card.preprocessing ?? {})} label="" />`;
  const inside = html`<span class="try-thumb">${thumb}</span>
    <span class="try-words"><strong>${one?.title ?? "The picture in the room"}</strong>
      <span class=${odd ? "try-odd" : ""}>${words}</span></span>
    <span class="try-score">${said ? html`<${Num} value=${said.familiarity.score} />` : ""}</span>
    <${Axis} ...${axis} said=${said} />`;
  if (!one) return html`<li class="try is-here">${inside}</li>`;
  return html`<li><button type="button" class="try" title="Have this picture in the room" onClick=${() => take(room, one)}>${inside}</button></li>`;
}

/** @param {{room: Room, run: Run, part: string}} props */
export function Familiar({ room, run, part }) {
  const { width } = inputSize(run.graph);
  const tries = [...nothings(Math.max(32, width)), ...foreign(room)];
  const said = useTried(run.model, tries);
  const card = room.net.value?.card;
  const figure = card && familiarityFigure(card);
  const here = run.familiarity && { predictions: run.predictions, familiarity: run.familiarity };
  if (!here) return html`<section class="trust-familiar"><h2>Is it like the pictures it was tested on?</h2><p>This network has no measure for that.</p></section>`;
  const { threshold } = here.familiarity;
  const scores = [threshold, here.familiarity.score, ...Object.values(said).map((s) => s.familiarity.score)];
  const judged = [{ label: "the picture in the room", value: here.familiarity.score },
    ...tries.flatMap(({ name, title }) => (said[name] ? [{ label: title, value: said[name].familiarity.score }] : []))];
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const axis = { domain: [low - (high - low) * 0.08, high + (high - low) * 0.08], threshold, below: card?.familiarity?.direction !== "above" };
  return html`<section class="trust-familiar" aria-label="Familiarity">
    <h2>Is it like the pictures it was tested on?</h2>
    <p class="small">Score: ${card?.familiarity && measureSays(card.familiarity)}. ${axis.below ? "Below" : "Above"} <${Num} value=${threshold} /> (hatched) the page says so instead of a class:
      only ${percent(here.familiarity.share)} of its test pictures lie there. ${figure && html`Told apart from foreign pictures with an AUROC of <b class="num" data-value=${exact(figure.value)}>${number(figure.value, 2)}</b> (0.5 is chance), n = ${count(figure.n)}: ${figure.split}.`}</p>
    <ol class="tries">
      <${Row} room=${room} run=${run} one=${null} said=${here} axis=${axis} />
      ${part !== "familiar" && tries.map((one) => html`<${Row} key=${one.name} room=${room} run=${run} one=${one} said=${said[one.name]} axis=${axis} />`)}
    </ol>
    <${SaveBars} name="familiarity" title=${`Familiarity; the page doubts ${axis.below ? "below" : "above"} ${number(threshold, 2)}`}
      bars=${judged} text=${(/** @type {number} */ v) => number(v, 2)}
      rows=${[["input", "score"], ...judged.map((one) => [one.label, one.value]), ["threshold", threshold]]} />
  </section>`;
}
