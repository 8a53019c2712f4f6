/**
 * Words in another order, as the study of the held-out splits changes them (app/training/reorder.py).
 *
 *     words, change, seed --> places: where each word of the new order came from | why not
 *     places --> the new words, the lines of those that moved
 *
 * Punctuation stays where it stands: a full stop at the front would say that a text was changed.
 */

/** @typedef {number[]} Places place k holds what stood at places[k] */
/** @typedef {{places: Places, why?: undefined} | {places: null, why: string}} Reordered why: in words, where a change cannot be made */
/** @typedef {{seed: number, pair?: [number, number]}} Draw pair: the two words to swap */

/** Words between where a negation stood and where it is put, at least. */
const FAR = 3;
/** As app/training/sentences.py has them. */
const NEGATIONS = new Set("not n't never no nothing none nobody neither nor without hardly cannot barely lacks".split(" "));

/** What can be done to a sentence; `again`: another draw gives another order. */
export const WORD_CHANGES = [
  { id: "shuffled", text: "Shuffle", title: "Shuffle the words", done: "The words are shuffled", again: true },
  { id: "reversed", text: "Reverse", title: "Reverse the words", done: "The words are reversed", again: false },
  { id: "swapped", text: "Swap two", title: "Swap two words", done: "Two words are swapped", again: false },
  { id: "negation", text: "Move the negation", title: "Move the negation away from its word", done: "The negation is moved", again: true },
];
/** What can be done to a picture; `of`, `how`: the API's option; `held`: as the study names it. */
export const PICTURE_CHANGES = [
  { id: "rows", text: "Rows", title: "Shuffle the rows", done: "The rows are shuffled", of: "rows", how: "shuffled", held: "rows", again: true },
  { id: "columns", text: "Columns", title: "Shuffle the columns", done: "The columns are shuffled", of: "columns", how: "shuffled", held: "columns", again: true },
  { id: "pixels", text: "Pixels", title: "Shuffle the pixels", done: "The pixels are shuffled", of: "pixels", how: "shuffled", held: "pixels", again: true },
  { id: "upside", text: "Rows reversed", title: "Rows reversed: the last first", done: "The rows are reversed", of: "rows", how: "reversed", held: "", again: false },
];

/** The option of the API. @param {typeof PICTURE_CHANGES[0]} change @param {number} seed */
export const optionOf = ({ of, how }, seed) => ({ order: how === "reversed" ? { of, how } : { of, how, seed } });

/** A stream of numbers in [0, 1), the same for a seed (mulberry32). @param {number} seed */
export function stream(seed) {
  let a = (seed + 1) * 0x9e3779b9;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Places of the words; punctuation has no letter and no digit. @param {string[]} words */
export const spoken = (words) => words.flatMap((word, k) => (/[\p{L}\p{N}]/u.test(word) ? [k] : []));

/** All places as they are, but at `at` those of `order`. @param {number} count @param {Places} at @param {Places} order @returns {Places} */
function put(count, at, order) {
  const places = Array.from({ length: count }, (_, k) => k);
  at.forEach((to, k) => (places[to] = order[k]));
  return places;
}

/** @param {Places} items @param {() => number} random */
function drawn(items, random) {
  const found = [...items];
  for (let k = found.length - 1; k > 0; k -= 1) {
    const other = Math.floor(random() * (k + 1));
    [found[k], found[other]] = [found[other], found[k]];
  }
  return found;
}

/** @param {string[]} words @param {Draw} draw @returns {Reordered} */
function shuffled(words, { seed }) {
  const at = spoken(words);
  if (new Set(at.map((k) => words[k])).size < 2) return { places: null, why: "It takes two different words to shuffle." };
  const random = stream(seed);
  const same = (/** @type {Places} */ order) => order.every((from, k) => words[from] === words[at[k]]);
  let order = at;
  while (same(order)) order = drawn(at, random);
  return { places: put(words.length, at, order) };
}

/** @param {string[]} words @returns {Reordered} */
function reversed(words) {
  const at = spoken(words);
  const back = [...at].reverse();
  if (back.every((from, k) => words[from] === words[at[k]])) return { places: null, why: "Backwards it is the same." };
  return { places: put(words.length, at, back) };
}

/** The two words to swap: those chosen, else the first and the last. @param {string[]} words @param {Draw["pair"]} pair @returns {[number, number]} */
export function pairOf(words, pair) {
  const at = spoken(words);
  const fits = pair && pair[0] !== pair[1] && pair.every((k) => k >= 0 && k < words.length);
  return fits ? pair : [at[0] ?? 0, at[at.length - 1] ?? 0];
}

/** @param {string[]} words @param {Draw} draw @returns {Reordered} */
function swapped(words, { pair }) {
  const two = pairOf(words, pair);
  if (words[two[0]] === words[two[1]]) return { places: null, why: "Choose two different words above." };
  return { places: put(words.length, two, [two[1], two[0]]) };
}

/** The first negation, farthest away first. @param {string[]} words @param {Draw} draw @returns {Reordered} */
function strayed(words, { seed }) {
  const at = spoken(words);
  const here = at.findIndex((k) => NEGATIONS.has(words[k].toLowerCase()));
  if (here < 0) return { places: null, why: "This sentence has no negation (not, n't, never, no…): nothing to move." };
  const there = at.map((_, n) => n).filter((n) => Math.abs(n - here) >= FAR);
  if (!there.length) return { places: null, why: `No place is ${FAR} words away from “${words[at[here]]}”: the sentence is too short.` };
  there.sort((a, b) => Math.abs(b - here) - Math.abs(a - here));
  const order = at.filter((_, n) => n !== here);
  order.splice(there[seed % there.length], 0, at[here]);
  return { places: put(words.length, at, order) };
}

/** @type {Record<string, (words: string[], draw: Draw) => Reordered>} */
const MAKES = { shuffled, reversed, swapped, negation: strayed };

/** @param {string[]} words @param {string} change @param {Draw} draw @returns {Reordered} */
export const reorder = (words, change, draw) => MAKES[change](words, draw);

/** Words in their new order. @param {string[]} words @param {Places} places */
export const inOrder = (words, places) => places.map((from) => words[from]);

/** The one word that jumped over all the others, or −1: they only made way. @param {{from: number, to: number}[]} all */
export function jumped(all) {
  const ways = all.map(({ from, to }) => Math.sign(to - from));
  const alone = [-1, 1].flatMap((way) => (ways.filter((one) => one === way).length === 1 && all.length > 2 ? [ways.indexOf(way)] : []));
  return alone.length === 1 ? all[alone[0]].from : -1;
}

/** Words that stand elsewhere now. @param {Places} places */
export const moves = (places) => places.flatMap((from, to) => (from === to ? [] : [{ from, to }]));
