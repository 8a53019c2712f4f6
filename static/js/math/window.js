/**
 * Which words of a long text are on screen, and which rows that needs of the server.
 *
 *     whole text  0 ………………………………………… T
 *     window            [start ── end)          24 words, a quarter of them before the chosen one
 *     rows fetched     [start−1 ── end)         one more: a step needs the state before it
 */

/** @typedef {{start: number, end: number}} Window */

/**
 * The window of `size` words that holds word `step`; `near` keeps an earlier window while it still holds it.
 * @param {number} step
 * @param {number} total
 * @param {number} size
 * @param {Window} [near]
 * @returns {Window}
 */
export function windowOf(step, total, size, near) {
  if (total <= size) return { start: 0, end: total };
  if (near && near.end - near.start === size && near.end <= total && step >= near.start && step < near.end)
    return near;
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
