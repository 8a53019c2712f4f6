/**
 * Which words of a long text are on screen, and which rows that needs of the server.
 *
 *     whole text  0 ………………………………………… T
 *     window            [start ── end)          24 words, a quarter of them before the chosen one
 *     rows fetched     [start−1 ── end)         one more: a step needs the state before it
 */

/** @typedef {{start: number, end: number}} Window */

/** @param {Window} window @param {number} step */
const inside = ({ start, end }, step) => step >= start && step < end;

/**
 * The window of `size` words that holds word `step`. It stays where it is while it holds the word,
 * turns by a page for a word of the next page, and keeps some words before one just past its edge.
 * @param {number} step
 * @param {number} total
 * @param {number} size
 * @param {Window} [near] the window on screen
 * @returns {Window}
 */
export function windowOf(step, total, size, near) {
  if (total <= size) return { start: 0, end: total };
  if (near && near.end - near.start === size && near.end <= total) {
    if (inside(near, step)) return near;
    const page = turned(near, step < near.start ? -1 : 1, total);
    const walked = step === near.end || step === near.start - 1;
    if (!walked && inside(page, step)) return page;
  }
  const half = Math.floor(size / 2);
  const start = Math.floor(step / half) * half - Math.floor(half / 2);
  const held = Math.min(Math.max(0, start), total - size);
  return { start: held, end: held + size };
}

/**
 * The window one page before or after.
 * @param {Window} window
 * @param {-1 | 1} way
 * @param {number} total
 * @returns {Window}
 */
export function turned(window, way, total) {
  const size = window.end - window.start;
  const start = Math.min(Math.max(0, window.start + way * size), Math.max(0, total - size));
  return { start, end: Math.min(total, start + size) };
}

/**
 * The word to choose so that the view turns by exactly one page.
 * @param {Window} window
 * @param {number} step
 * @param {-1 | 1} way
 * @param {number} total
 */
export function turnedStep(window, step, way, total) {
  const page = turned(window, way, total);
  const size = page.end - page.start;
  const edge = Math.floor(size / 4);
  return page.start + Math.max(edge, Math.min(size - 1 - edge, step - window.start));
}

/**
 * The rows to ask for: the window and one word each side, so that both directions have their last state.
 * @param {Window} window
 * @param {number} total
 */
export const rowsFor = (window, total) => ({
  start: Math.max(0, window.start - 1),
  end: Math.min(total, window.end + 1),
});

/** Width of a letter as a part of its height, on the generous side. */
const LETTER = 0.59;

/**
 * Size of a word in its column: as large as fits, never over `most` or under `least`.
 * @param {string} word
 * @param {number} width
 * @param {number} most
 * @param {number} least
 */
export function wordSize(word, width, most, least) {
  return Math.max(least, Math.min(most, Math.floor(width / (Math.max(1, [...word].length) * LETTER))));
}
