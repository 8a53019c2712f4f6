/**
 * Which came first, in words that follow from the figures.
 *
 *     figures, the visitor's placing --standingsOf--> of each network: what it can know (Sort), and
 *     how it went over many sequences (Went) --> notes, sentences
 *
 * What can be known is read off the field; whether it is, off what was measured nearest to this
 * distance, over many sequences: one answer may be right by chance. A network that cannot know is
 * judged by all distances beyond its field together: of many points one lies off 50 % by chance.
 */
import { distanceOf, heldOf, linesOf, nameOf, ordered } from "gridtime/math/first.js";
import { count, plural } from "gridtime/math/format.js";
import { holds, listed, shareSays, together } from "gridtime/math/rates.js";

/** @typedef {import("gridtime/math/rates.js").Rate} Rate */
/** @typedef {import("gridtime/math/first.js").First} First */
/** @typedef {import("gridtime/math/first.js").Model} Model */
/** @typedef {import("gridtime/math/first.js").Said} Said */
/** @typedef {import("gridtime/math/first.js").Answered} Answered */
/** @typedef {import("gridtime/math/first.js").Placing} Placing */
/** @typedef {import("gridtime/math/first.js").Point} Point */
/** @typedef {"cannot" | "kept" | "sees" | "reads"} Sort knows nothing, by its places, in one cell, by reading */
/** @typedef {"guesses" | "worse" | "right"} Went */
/** `beyond`: of one that cannot know, all distances from its field on. @typedef {{model: Model, name: string, sort: Sort, went?: Went, point?: Point, beyond?: Rate}} Standing */

export const CHANCE = 0.5;

/** Standard errors within which all sequences together still count as guessed. */
const SURE = 3;

/** @param {{field: number | null}} net @param {number | null} only @param {number} distance @returns {Sort} */
export function sortOf({ field }, only, distance) {
  if (field === null) return "reads";
  if (distance < field) return "sees";
  return only === null ? "cannot" : "kept";
}

/** @param {Rate} rate @returns {Went} */
const wentOf = (rate) => (holds(rate, CHANCE) ? "guesses" : rate.value < CHANCE ? "worse" : "right");

/** @param {First} first @param {Placing} placing @returns {Standing[]} */
export function standingsOf(first, placing) {
  const lines = linesOf(first, placing.length);
  return ordered(first.models).map((model) => {
    const sort = sortOf(model, model.only, distanceOf(placing));
    const point = heldOf(first, model.model, placing);
    const far = (lines.find(({ id }) => id === model.model)?.points ?? []).filter(({ distance }) => distance >= (model.field ?? 0));
    const beyond = sort === "cannot" && far.length ? together(far.map(({ accuracy }) => accuracy), SURE) : undefined;
    const rate = beyond ?? point?.accuracy;
    return { model, name: nameOf(model), sort, point, beyond, went: rate && wentOf(rate) };
  });
}

/** Beside a network's name. @param {Standing} standing */
export function noteOf({ model, sort, went }) {
  if (!went) return `weights for ${model.only} places only`;
  if (sort === "reads") return "all before, in order";
  if (sort === "sees") return `${model.field} places: both signs`;
  if (sort === "cannot") return `${model.field} places: cannot know${went === "guesses" ? ", guesses" : ""}`;
  return `${model.field} places, not pooled: ${went === "right" ? "can" : "could"}`;
}

/** "50.3 % right at distance 20" @param {Point} point */
const measured = ({ accuracy, distance }) => `${shareSays(accuracy.value)} right at distance ${distance}`;

/** @param {Standing} standing @param {Point} point */
function cannotSays({ model, name, went, beyond }, point) {
  const all = beyond ? `, ${shareSays(beyond.value)} of ${count(beyond.n)} at all from ${model.field} on` : "";
  const figures = `${measured(point)}${all}`;
  const end = went === "guesses" ? `it guesses (${figures})` : `what it answers hangs on something else (${figures})`;
  return `${name}: its field of ${model.field} places is shorter than the way between the signs, and where a cell stood is not kept. It cannot know: ${end}.`;
}

/** @type {Record<Sort, (standing: Standing, point: Point) => string>} */
const SAYS = {
  cannot: cannotSays,
  kept: ({ name, went }, point) =>
    went === "right"
      ? `${name}: no cell sees both signs, but each place has weights of its own. With flatten it can, for this one length (${measured(point)}).`
      : `${name}: each place has weights of its own, so it could; here it did not learn to (${measured(point)}).`,
  sees: ({ name, model, went }, point) =>
    went === "right"
      ? `${name}: reaches as far as its field: ${model.field} places hold both signs (${measured(point)}).`
      : `${name}: its field of ${model.field} places holds both signs, yet here it is no better than chance (${measured(point)}).`,
  reads: ({ name, went }, point) =>
    `${name}: reads from left to right${went === "right" ? "" : ", but here it is no better than chance"} (${measured(point)}). The last sign it meets gives the order away, so this does not say how far it remembers.`,
};

/** What one network can know here. @param {Standing} standing */
export const verdict = (standing) =>
  standing.point ? SAYS[standing.sort](standing, standing.point) : `${standing.name}: it has weights for ${standing.model.only} places only.`;

/** CNNs one by one, readers in one sentence. @param {First} first @param {Placing} placing */
export function verdicts(first, placing) {
  const all = standingsOf(first, placing);
  const readers = all.filter(({ sort }) => sort === "reads");
  const said = all.filter(({ sort }) => sort !== "reads").map(verdict);
  if (!readers.length) return said;
  const shares = listed(readers.flatMap(({ name, point }) => (point ? [`${name} ${shareSays(point.accuracy.value)}`] : [])));
  return [...said, `At distance ${readers[0].point?.distance} ${shares} right: they read from left to right. The last sign they meet gives the order away, so this does not say how far they remember.`];
}

/** "is right in 98.0 %", "are right in 98.0 % or more" @param {number[]} shares */
function rightSays(shares) {
  const least = Math.min(...shares);
  const more = shares.some((share) => shareSays(share) !== shareSays(least)) ? " or more" : "";
  return `${shares.length > 1 ? "are" : "is"} right in ${shareSays(least)}${more}`;
}

/** One sentence for the foot: who guesses at this distance, who knows. @param {First} first @param {Placing} placing */
export function shortSays(first, placing) {
  const all = standingsOf(first, placing);
  const of = (/** @type {Went} */ wanted) => all.filter(({ went }) => went === wanted);
  const names = (/** @type {Standing[]} */ some) => listed(some.map(({ name }) => name));
  const [guess, worse, right] = [of("guesses"), of("worse"), of("right")];
  const parts = [
    guess.length ? `${names(guess)} ${guess.length > 1 ? "guess" : "guesses"}` : "",
    worse.length ? `${names(worse)} ${worse.length > 1 ? "are" : "is"} wrong more often than right` : "",
    right.length ? `${names(right)} ${rightSays(right.map(({ point }) => point?.accuracy.value ?? 0))}` : "",
  ];
  return `${plural(distanceOf(placing), "place")} apart: ${parts.filter(Boolean).join("; ")}.`;
}

/** Where the placing is not like those trained on. @param {Answered} answered */
export function outsideSays({ settings, trained }) {
  if (trained.inside) return "";
  if (settings.length !== trained.length) return `All were trained on ${trained.length} places; this sequence has ${settings.length}.`;
  return `In training no sign stood nearer than ${plural(trained.nearest, "place")} to an end: here one does.`;
}

/** "After place 43, sign B: A first LSTM 12 %, …", had it ended there. @param {Answered} answered @param {number} at */
export function afterSays({ symbols, models }, at) {
  const sign = symbols[at] === 0 ? "sign A" : symbols[at] === 1 ? "sign B" : "a filler";
  const shares = ordered(models).flatMap((said) => (said.steps ? [`${nameOf(said)} ${shareSays(said.steps[at])}`] : []));
  return `After place ${at + 1}, ${sign}: A first ${shares.join(", ")}.`;
}
