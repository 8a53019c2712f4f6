/**
 * Words deleted, replaced, swapped in a text: simply another text.
 *
 *     text, token {start, end} (code points) -> text
 *     tokens before, tokens now --pairs--> columns [{before, now}]: one is null where a word came or went
 */

/** @typedef {{start: number, end: number}} Place */
/** @typedef {{before: number | null, now: number | null}} Column rows of the two texts */

/** @param {string} text @param {Place} place */
function around(text, { start, end }) {
  const points = [...text];
  return [points.slice(0, start).join(""), points.slice(start, end).join(""), points.slice(end).join("")];
}

/** One space fewer where there were two. @param {string} text @param {Place} place */
export function without(text, place) {
  const [before, , after] = around(text, place);
  if (!before.trim()) return after.trimStart();
  return /\s$/.test(before) && /^([\s,.;:!?]|$)/.test(after) ? before.trimEnd() + after : before + after;
}

/** @param {string} text @param {Place} place @param {string} word */
export function replaced(text, place, word) {
  const [before, , after] = around(text, place);
  return before + word.trim() + after;
}

/** Two words change places; what stands between them stays. @param {string} text @param {Place} a the earlier @param {Place} b */
export function swapped(text, a, b) {
  const points = [...text];
  const part = (/** @type {number} */ from, /** @type {number} */ to) => points.slice(from, to).join("");
  return part(0, a.start) + part(b.start, b.end) + part(a.end, b.start) + part(a.start, a.end) + part(b.end, points.length);
}

/**
 * What of two texts belongs together: the same beginning, the same end, and between them what came
 * in place of what went.
 * @param {{text: string}[]} before @param {{text: string}[]} now @returns {Column[]}
 */
export function pairs(before, now) {
  const least = Math.min(before.length, now.length);
  let head = 0;
  while (head < least && before[head].text === now[head].text) head += 1;
  let tail = 0;
  while (tail < least - head && before[before.length - 1 - tail].text === now[now.length - 1 - tail].text) tail += 1;
  const [gone, come] = [before.length - head - tail, now.length - head - tail];
  const middle = Array.from({ length: Math.max(gone, come) }, (_, k) => ({
    before: k < gone ? head + k : null,
    now: k < come ? head + k : null,
  }));
  return [
    ...Array.from({ length: head }, (_, k) => ({ before: k, now: k })),
    ...middle,
    ...Array.from({ length: tail }, (_, k) => ({ before: before.length - tail + k, now: now.length - tail + k })),
  ];
}

/**
 * What was done to the words, in words; "" where they are the same.
 * @param {{text: string}[]} before @param {{text: string}[]} now
 */
export function rewordingSays(before, now) {
  const columns = pairs(before, now).filter(({ before: a, now: b }) => a === null || b === null || before[a].text !== now[b].text);
  const gone = columns.flatMap(({ before: a }) => (a === null ? [] : [before[a].text]));
  const come = columns.flatMap(({ now: b }) => (b === null ? [] : [now[b].text]));
  if (!columns.length) return "";
  if (!come.length) return `without “${gone.join(" ")}”`;
  if (!gone.length) return `with “${come.join(" ")}” added`;
  return `with “${come.join(" ")}” for “${gone.join(" ")}”`;
}
