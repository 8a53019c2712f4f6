/**
 * One unit of a linear layer: the vector it reads, the votes that add up to it, and for the answer
 * what becomes of the sum.
 *
 *     flattened vector | votes per channel or per place, the others, bias = logit | shares, or a number
 *     "for cat" · "cat rather than dog": the difference of two units' weights votes in the same way
 */

import { html } from "gridtime/lib/html.js";
import { SaveFalls } from "gridtime/components/saveplot.js";
import { Waterfall } from "gridtime/components/waterfall.js";
import { factorOn } from "gridtime/math/edits.js";
import { answerLayer, byName, extent, source } from "gridtime/math/groups.js";
import { number } from "gridtime/math/format.js";
import { weightName } from "gridtime/math/sources.js";
import { others, placeVotes, rather, strongest, vote } from "gridtime/math/votes.js";
import { isNumber } from "gridtime/views/cnn/classes.js";
import { Equation } from "gridtime/views/cnn/equation.js";
import { MOST_TAPS, NumberGrid } from "gridtime/views/cnn/grid.js";
import { inputLimit } from "gridtime/views/cnn/sidemap.js";
import { NumberHead, Shares } from "gridtime/views/cnn/voteshares.js";
import { Vector } from "gridtime/views/cnn/votevector.js";
import { Trailing } from "gridtime/components/trailing.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Choice} Choice */
/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {import("gridtime/math/votes.js").Vote} Vote */
/** @typedef {{found: Vote, weightOf: (entry: number) => number, value: number, name: string, changed: number, factor: number}} Counted
 *    `changed`: what the visitor's factor on the unit adds to the network's own sum */

const NAMED = 6;

/** The class that a chosen one is held against: the one the link names, else the best other one; −1 for none.
 *  @param {Room} room @param {Run} run @param {number} chosen @param {boolean} [on] whether it is asked for */
function otherClass(room, run, chosen, on = room.state.value.beat === "rather") {
  const { signal } = room.state.value;
  const classes = room.classes.value;
  if (!on || classes.length < 2) return -1;
  const named = classes.indexOf(signal ?? "");
  if (named >= 0 && named !== chosen) return named;
  return classes.indexOf(run.predictions.find((p) => p.label !== classes[chosen])?.label ?? "");
}

/**
 * @param {Room} room @param {Run} run @param {Layer} layer @param {number} unit @param {number} other
 * @param {number} area @returns {Counted|null}
 */
function counted(room, run, layer, unit, other, area) {
  const before = source(byName(run.graph), layer);
  const input = before && run.tensors.get(before.name);
  const output = run.tensors.get(layer.name);
  const weight = room.weights.value?.get(weightName(layer, "weight"));
  if (!input || !output || !weight) return null;
  const bias = room.weights.value?.get(weightName(layer, "bias"))?.data;
  const n = input.data.length;
  const classes = room.classes.value;
  const answers = layer.name === answerLayer(run.graph)?.name;
  const edits = room.applied.value;
  const at = (/** @type {number} */ i) => output.data[i] ?? 0;
  if (other >= 0) {
    const row = rather(weight.data, bias, n, unit, other);
    const found = vote(input.data, row.weight, row.bias, 0, area);
    const value = at(unit) - at(other);
    return { found, weightOf: (i) => row.weight[i] ?? 0, value, factor: 1, changed: offBy(edits, layer.name, [unit, other]) ? value - found.total : 0,
      name: `${classes[unit]} − ${classes[other]}` };
  }
  const found = vote(input.data, weight.data, bias, unit, area);
  const factor = factorOn(edits, layer.name, unit);
  const name = !answers ? `unit ${unit}` : isNumber(run) ? "the number" : `logit of ${classes[unit] ?? unit}`;
  return { found, weightOf: (i) => weight.data[unit * n + i] ?? 0, value: at(unit), name, factor, changed: factor === 1 ? 0 : at(unit) - found.total };
}

/** @param {import("gridtime/math/edits.js").Edit[]} edits @param {string} layer @param {number[]} units */
const offBy = (edits, layer, units) => units.some((unit) => factorOn(edits, layer, unit) !== 1);

/** The largest by name, the rest as one, the bias, and what the visitor changed.
 *  @param {ArrayLike<number>} values @param {(index: number) => string} label @param {Counted} sum */
function termsOf(values, label, { found, changed, factor }) {
  const shown = strongest(values, NAMED);
  const rest = others(values, shown);
  return [
    ...shown.map((t) => ({ label: label(t.index), value: t.value })),
    ...(rest.count ? [{ label: rest.count === 1 ? "1 other" : `${rest.count} others`, value: rest.value }] : []),
    { label: "bias", value: found.bias },
    ...(changed ? [{ label: factor === 1 ? "changed" : `changed: × ${number(factor, 2)}`, value: changed }] : []),
  ];
}

/** @param {{room: Room, run: Run, chosen: number, other: number}} props */
function ForSwitch({ room, run, chosen, other }) {
  const classes = room.classes.value;
  const name = classes[chosen];
  const best = otherClass(room, run, chosen, true);
  const against = other >= 0 ? other : best;
  if (!name || against < 0) return null;
  return html`<div class="row votes-for">
    <div class="stage-switch" role="group" aria-label="What the votes are for">
      <button type="button" aria-pressed=${other < 0} onClick=${() => room.patch({ beat: undefined, signal: undefined })}>for ${name}</button>
      <button type="button" aria-pressed=${other >= 0} onClick=${() => room.patch({ beat: "rather" })}>${name} rather than ${classes[against]}</button>
    </div>
    ${other >= 0 && html`<label class="field small">rather than <select value=${classes[other]}
      onChange=${(/** @type {any} */ e) => room.patch({ signal: e.target.value })}>
      ${classes.map((label, i) => (i === chosen ? null : html`<option key=${label} value=${label}>${label}</option>`))}</select></label>`}
  </div>`;
}

/** @param {{room: Room, layer: Layer, before: Layer, sum: Counted}} props */
function Votes({ room, before, sum }) {
  const { height, width } = extent(before);
  const spatial = height * width > 1;
  const byPlace = spatial && room.state.value.sort === "place";
  const places = spatial ? placeVotes(sum.found.products, height * width) : new Float32Array();
  const noun = spatial ? "channel" : "unit";
  const values = byPlace ? places : sum.found.channels;
  const terms = byPlace
    ? termsOf(values, (i) => `row ${Math.floor(i / width)}, column ${i % width}`, sum)
    : termsOf(values, (i) => `${noun} ${i}`, sum);
  const all = values.reduce((a, b) => a + b, 0);
  return html`${spatial && html`<div class="stage-switch" role="group" aria-label="Votes added per">
      <button type="button" aria-pressed=${!byPlace} onClick=${() => room.patch({ sort: undefined })}>per channel</button>
      <button type="button" aria-pressed=${byPlace} onClick=${() => room.patch({ sort: "place" })}>per place</button></div>`}
    ${byPlace && Math.max(height, width) <= MOST_TAPS && html`<div class="votes-places"><${NumberGrid} values=${places} columns=${width} rows=${height}
      limit=${inputLimit(places)} theme=${room.theme.value} digits=${2} label="Votes per place" />
      <p class="small">Each place of the picture, all channels added: where the votes come from.</p></div>`}
    <${Waterfall} terms=${terms} total=${sum.value} totalLabel=${sum.name} digits=${3} label=${`Votes for ${sum.name}`} />
    <${SaveFalls} name="votes" title=${`Votes for ${sum.name}`} terms=${terms} total=${sum.value} totalLabel=${sum.name} />
    <${Equation} digits=${3} total=${sum.value} name=${sum.name} terms=${[
      { label: `${values.length} ${byPlace ? "places" : `${noun}s`}`, value: all }, { label: "bias", value: sum.found.bias },
      ...(sum.changed ? [{ label: "changed", value: sum.changed }] : [])]} />`;
}

/** @param {{room: Room, run: Run, choice: Choice, layer: Layer, part: string}} props */
export function VoteCellLens({ room, run, choice, layer, part }) {
  const before = source(byName(run.graph), layer);
  const input = before && run.tensors.get(before.name);
  if (!before || !input || !run.exact) return html`<p>Computing…</p>`;
  const { height, width } = extent(before);
  const answers = layer.name === answerLayer(run.graph)?.name;
  const other = answers ? otherClass(room, run, choice.channel) : -1;
  const sum = counted(room, run, layer, choice.channel, other, height * width);
  if (!sum) return html`<p>Computing…</p>`;
  const shows = (/** @type {string} */ name) => part === "all" || part === name;
  const wanted = room.state.value.unit ?? strongest(sum.found.products, 1)[0]?.index ?? 0;
  const entry = Math.max(0, Math.min(input.data.length - 1, wanted));
  return html`<div class="vote-cell part-${part}">
    ${shows("vector") && html`<${Vector} room=${room} run=${run} before=${before} values=${input.data} weightOf=${sum.weightOf} entry=${entry} />`}
    ${shows("votes") && html`<${Trailing}><section class="votes" aria-label=${`Votes for ${sum.name}`}>
      <h3>Votes: ${input.data.length} values × weights, added</h3>
      ${answers && !room.present.value && html`<${ForSwitch} room=${room} run=${run} chosen=${choice.channel} other=${other} />`}
      <${Votes} room=${room} layer=${layer} before=${before} sum=${sum} />
    </section><//>`}
    ${answers && shows("shares") && html`<${Trailing}>${isNumber(run) ? html`<${NumberHead} room=${room} run=${run} />`
      : html`<${Shares} room=${room} run=${run} chosen=${choice.channel} />`}<//>`}
  </div>`;
}
