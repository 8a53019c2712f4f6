/**
 * The bank page: three sentences with one word in common, laid out so that it stands in one column.
 *
 *     tokens, belief in the last class after every word
 *        --target()-->   where "bank" is, in which column every word stands
 *        --tipping()-->  the word that moves the belief most
 */

/** @typedef {{text: string, known: boolean}} Token */
/**
 * One sentence as it was read.
 * @typedef {object} Line
 * @property {string} text
 * @property {Token[]} tokens
 * @property {number[]} beliefs   in `label` after every word
 * @property {number | null} both the two-way reader's belief, read at the word
 * @property {number[] | null} swapped  beliefs once the state of another sentence was carried here
 * @property {number} at          index of the word asked about
 */

/** What is asked about. */
export const WORD = "bank";

/** The lesson's sentences: the clue before the word, after it, and after it for the other sense. */
export const LESSON = [
  "I went to the river bank.",
  "I went to the bank to deposit money.",
  "I went to the bank and watched the river.",
];

/** Where the word asked about stands, the first of them; −1 where it does not. @param {Token[]} tokens */
export const target = (tokens) => tokens.findIndex(({ text }) => /^banks?$/.test(text.toLowerCase()));

/**
 * Columns that all sentences share, so that the word stands in one of them.
 * @param {Line[]} lines
 */
export function columnsOf(lines) {
  const before = Math.max(0, ...lines.map(({ at }) => at));
  const after = Math.max(0, ...lines.map(({ at, tokens }) => tokens.length - 1 - at));
  return { word: before, count: before + 1 + after };
}

/** How far each word moved the belief; the first from what is believed before any word. @param {number[]} beliefs @param {number} start */
const moves = (beliefs, start) => beliefs.map((belief, t) => belief - (t ? beliefs[t - 1] : start));

/**
 * The word that moves the belief most, and from where to where.
 * @param {number[]} beliefs
 * @param {number} start
 */
export function tipping(beliefs, start) {
  const all = moves(beliefs, start).map(Math.abs);
  const t = all.indexOf(Math.max(...all));
  return { t, from: t ? beliefs[t - 1] : start, to: beliefs[t] };
}

/** @typedef {"before" | "at" | "after"} Place where the clue stands, seen from the word */

/** @param {Line} line @param {number} start @returns {Place} */
export function cluePlace({ beliefs, at }, start) {
  const { t } = tipping(beliefs, start);
  return t < at ? "before" : t === at ? "at" : "after";
}

/**
 * The curve as a path in a box of `count` columns by 100: belief 1 at the top.
 * @param {number[]} beliefs
 * @param {number} first column of the first word
 * @param {number} [from] only from this word on
 */
export const path = (beliefs, first, from = 0) =>
  `M${beliefs.slice(from).map((belief, k) => `${first + from + k + 0.5},${(100 * (1 - belief)).toFixed(2)}`).join("L")}`;

/** The same down to the axis, to be filled. @param {number[]} beliefs @param {number} first */
export const area = (beliefs, first) =>
  `${path(beliefs, first)}L${first + beliefs.length - 0.5},100L${first + 0.5},100Z`;
