/**
 * Which came first? Where two signs stand, what one cell sees of them, and what was measured.
 *
 *     address [a, b, length, seed] --placingOf--> Placing --moved, spread, resized--> Placing
 *     Placing, field of a CNN --bracketOf--> the places that the cell at the later sign sees
 *     figures, length --linesOf--> a line a network: accuracy against distance
 */

/** @typedef {import("gridtime/math/rates.js").Rate} Rate */
/** @typedef {{length: number, margin: number, distance: number, accuracy: Rate, seeds: number[]}} Point */
/** @typedef {{model: string, title: string, about: string, parameters: number, field: number | null, only: number | null, updates: number, points: Point[]}} Model */
/** @typedef {{command: string, seed: number, about: string, length: number, margin: number, symbols: number, budget: number, models: Model[]}} First */
/** @typedef {{model: string, title: string, field: number | null, sees_both: boolean | null, refused: string | null, probability: number | null, answer: "A" | "B" | null, right: boolean | null, steps: number[] | null}} Said */
/** @typedef {{length: number, nearest: number, furthest: number, distance: number, inside: boolean}} Trained */
/** @typedef {{settings: Placing, distance: number, first: "A" | "B", symbols: number[], trained: Trained, models: Said[]}} Answered */
/** Places counted from 0. @typedef {{a: number, b: number, length: number, seed: number}} Placing */
/** @typedef {"a" | "b"} Sign */
/** @typedef {{id: string, points: Point[]}} Line */
/** @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Box */

/** The six, by the name that the figures give them. @type {Record<string, string>} */
const NAMES = { pooled: "Pooled CNN", flatten: "Flatten CNN", dilated: "Dilated CNN", rnn: "RNN", gru: "GRU", lstm: "LSTM" };

/** @param {{model: string, title: string}} one */
export const nameOf = ({ model, title }) => NAMES[model] ?? title;

/** CNNs by how they end, then the cells from the plainest on; what is new comes last. @template {{model: string}} T @param {T[]} models @returns {T[]} */
export function ordered(models) {
  const all = Object.keys(NAMES);
  const place = (/** @type {{model: string}} */ { model }) => (all.includes(model) ? all.indexOf(model) : all.length);
  return [...models].sort((x, y) => place(x) - place(y));
}

/** Lengths that were measured, the one trained on first. @param {First} first */
export function lengthsOf({ length, models }) {
  const all = new Set([length, ...models.flatMap(({ points }) => points.map((point) => point.length))]);
  return [...all].sort((x, y) => Number(y === length) - Number(x === length) || x - y);
}

/** @param {number} value @param {number} low @param {number} high */
const within = (value, low, high) => Math.max(low, Math.min(high, value));

/** Both signs in the middle of the sequence, so far apart, A first. @param {number} distance @param {number} length @param {number} seed @returns {Placing} */
function middle(distance, length, seed) {
  const a = Math.floor((length - distance) / 2);
  return { a, b: a + distance, length, seed };
}

/** What a visitor meets: further apart than the narrowest field. @param {First} first @returns {Placing} */
export function startOf({ length, models }) {
  const narrow = Math.min(...models.map(({ field }) => field ?? length));
  return middle(within(Math.round(narrow * 1.5), 1, length - 1), length, 0);
}

/** The address's placing, as far as it fits. @param {number[] | undefined} signs @param {First} first @returns {Placing} */
export function placingOf(signs, first) {
  if (!signs) return startOf(first);
  const length = lengthsOf(first).includes(signs[2]) ? signs[2] : first.length;
  const [a, b] = signs.map((place) => within(place, 0, length - 1));
  return a === b ? startOf({ ...first, length }) : { a, b, length, seed: Math.max(0, signs[3]) };
}

/** For the address. @param {Placing} placing */
export const signsOf = ({ a, b, length, seed }) => [a, b, length, seed];

/** @param {Placing} placing */
export const distanceOf = ({ a, b }) => Math.abs(a - b);

/** A sign to a place; over the other sign it jumps, or stays where there is no place beyond. @param {Placing} placing @param {Sign} sign @param {number} to @returns {Placing} */
export function moved(placing, sign, to) {
  const other = sign === "a" ? placing.b : placing.a;
  const place = within(Math.round(to), 0, placing.length - 1);
  if (place !== other) return { ...placing, [sign]: place };
  const beyond = place + Math.sign(place - placing[sign]);
  return beyond < 0 || beyond >= placing.length ? placing : { ...placing, [sign]: beyond };
}

/** So far apart, in the same order: the later sign moves, and the earlier where there is no place. @param {Placing} placing @param {number} distance @returns {Placing} */
export function spread(placing, distance) {
  const apart = within(distance, 1, placing.length - 1);
  const early = Math.min(placing.a, placing.b, placing.length - 1 - apart);
  return placing.a < placing.b ? { ...placing, a: early, b: early + apart } : { ...placing, a: early + apart, b: early };
}

/** The same distance and order in the middle of another length. @param {Placing} placing @param {number} length @returns {Placing} */
export function resized(placing, length) {
  const found = middle(Math.min(distanceOf(placing), length - 1), length, placing.seed);
  return placing.a < placing.b ? found : swapped(found);
}

/** @param {Placing} placing @returns {Placing} */
export const swapped = (placing) => ({ ...placing, a: placing.b, b: placing.a });

/**
 * The places that the cell at the later sign sees: itself and those before it. `cut`: some would
 * lie before the sequence.
 * @param {number} field @param {Placing} placing
 */
export function bracketOf(field, { a, b }) {
  const to = Math.max(a, b);
  const from = to - field + 1;
  return { from: Math.max(0, from), to, cut: from < 0, both: from <= Math.min(a, b) };
}

/** Every width of field once, with those that have it, in their order. @param {(Model | Said)[]} models @returns {{field: number, names: string[]}[]} */
export function fieldsOf(models) {
  const known = ordered(models).filter(({ field }) => field !== null);
  const widths = [...new Set(known.map(({ field }) => /** @type {number} */ (field)))].sort((x, y) => x - y);
  return widths.map((field) => ({ field, names: known.filter((one) => one.field === field).map(nameOf) }));
}

/** @param {First} first @param {number} length @returns {Line[]} those that can read this length */
export const linesOf = (first, length) =>
  ordered(first.models)
    .map(({ model, points }) => ({ id: model, points: points.filter((point) => point.length === length).sort((x, y) => x.distance - y.distance) }))
    .filter(({ points }) => points.length > 0);

/** What was measured nearest to a distance; of two as near the shorter. @param {Point[]} points @param {number} distance */
export const nearest = (points, distance) =>
  points.reduce((best, one) => (Math.abs(one.distance - distance) < Math.abs(best.distance - distance) ? one : best));

/** A network's point at this length nearest to this distance. @param {First} first @param {string} model @param {Placing} placing @returns {Point | undefined} */
export function heldOf(first, model, placing) {
  const line = linesOf(first, placing.length).find(({ id }) => id === model);
  return line && nearest(line.points, distanceOf(placing));
}

/** From a distance and a share to px: the axis begins below the lowest interval, 40 % at most. @param {Line[]} lines @param {Box} box */
export function placeOf(lines, box) {
  const points = lines.flatMap((line) => line.points);
  const far = Math.max(...points.map(({ distance }) => distance));
  const low = Math.floor(Math.min(0.4, ...points.map(({ accuracy }) => accuracy.interval[0])) * 10) / 10;
  const [wide, high] = [box.width - box.left - box.right, box.height - box.top - box.bottom];
  return {
    low, far,
    x: (/** @type {number} */ distance) => box.left + (far > 1 ? (distance - 1) / (far - 1) : 0.5) * wide,
    y: (/** @type {number} */ share) => box.top + ((1 - share) / (1 - low)) * high,
    at: (/** @type {number} */ px) => within(Math.round(1 + ((px - box.left) / wide) * (far - 1)), 1, far),
  }; // prettier-ignore
}

/** Distances to write at the axis: both ends, and between them as many as stand `gap` px apart. @param {number[]} distances @param {(distance: number) => number} x @param {number} gap */
export function written(distances, x, gap) {
  const [first, ...rest] = distances;
  const kept = rest.slice(-1);
  for (const distance of rest.slice(0, -1).reverse()) if (x(kept[0]) - x(distance) >= gap && x(distance) - x(first) >= gap) kept.unshift(distance);
  return [first, ...kept];
}
