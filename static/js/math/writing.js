/**
 * A text being written: from the network's logits to the letter that is drawn.
 *
 *     logits [K] --softmax(z / T)--> shares [K] --largest first, end to end--> the line 0..1
 *                                                    a random number falls on one stretch
 *
 * The same arithmetic as app/tracing/writing.py: `draw`. Bits are −log2 of a share.
 */

/** @typedef {ArrayLike<number>} Numbers */
/** @typedef {{k: number, from: number, to: number}} Stretch  k: the letter */
/** @typedef {{k: number, now: number, plain: number}} Choice  its share at this temperature, and at 1 */

/** The place of the largest, the first of equals. @param {Numbers} values */
export function largest(values) {
  let best = 0;
  for (let k = 1; k < values.length; k += 1) if (values[k] > values[best]) best = k;
  return best;
}

/**
 * Shares of the letters; at temperature 0 all of it is the likeliest's.
 * @param {Numbers} logits [K]
 * @param {number} [temperature]
 */
export function sharesOf(logits, temperature = 1) {
  const best = largest(logits);
  const shares = new Float64Array(logits.length);
  if (temperature === 0) {
    shares[best] = 1;
    return shares;
  }
  let sum = 0;
  for (let k = 0; k < logits.length; k += 1) sum += shares[k] = Math.exp((logits[k] - logits[best]) / temperature);
  for (let k = 0; k < logits.length; k += 1) shares[k] /= sum;
  return shares;
}

/** Letters by their share, the largest first, equal ones in their own order. @param {Numbers} shares */
const ranked = (shares) => Array.from({ length: shares.length }, (_, k) => k).sort((a, b) => shares[b] - shares[a] || a - b);

/** All letters end to end on the line from 0 to 1. @param {Numbers} shares @returns {Stretch[]} */
export function lineOf(shares) {
  let at = 0;
  return ranked(shares).map((k) => ({ k, from: at, to: (at += shares[k]) }));
}

/** The stretch that a number in [0, 1) falls on. @param {Stretch[]} line @param {number} number */
export const fallsOn = (line, number) => line.find(({ to }) => number < to) ?? line[line.length - 1];

/** How open the choice is, in bits. @param {Numbers} shares */
export function entropy(shares) {
  let bits = 0;
  for (let k = 0; k < shares.length; k += 1) if (shares[k] > 0) bits -= shares[k] * Math.log2(shares[k]);
  return bits;
}

/**
 * The likeliest letters, and the others taken together. One that was drawn from further down has
 * the last place.
 * @param {Numbers} now @param {Numbers} plain @param {number} most
 * @param {number} [drawn] the letter that was drawn; −1 where none was
 * @returns {{rows: Choice[], others: {count: number, now: number, plain: number}}}
 */
export function choices(now, plain, most, drawn = -1) {
  const first = ranked(plain).slice(0, most);
  if (drawn >= 0 && !first.includes(drawn)) first[first.length - 1] = drawn;
  const rows = first.map((k) => ({ k, now: now[k], plain: plain[k] }));
  /** @param {Numbers} shares */
  const rest = (shares) => Math.max(0, first.reduce((left, k) => left - shares[k], 1));
  return { rows, others: { count: now.length - rows.length, now: rest(now), plain: rest(plain) } };
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

/**
 * Entropy over steps: the mean, at a temperature.
 * @param {Numbers[]} rows logits of each step
 * @param {number} temperature
 */
export const meanEntropy = (rows, temperature) => mean(rows.map((row) => entropy(sharesOf(row, temperature))));

/**
 * Bits that each letter cost, −log2 p of it after those before it. One that the network does not
 * know costs as much as the least likely letter, as in its familiarity.
 * @param {Numbers[]} rows logits before each letter
 * @param {number[]} ids
 * @returns {{bits: number, n: number} | null} null: no letter had one before it
 */
export function bitsPerLetter(rows, ids) {
  if (!ids.length) return null;
  const costs = ids.map((id, t) => {
    const shares = sharesOf(rows[t]);
    return -Math.log2(id < shares.length ? shares[id] : Math.min(...shares));
  });
  return { bits: mean(costs), n: costs.length };
}

/** Signs that cannot be seen, as they are drawn and as they are read aloud. @type {Record<string, [string, string]>} */
const UNSEEN = { " ": ["␣", "space"], "\n": ["↵", "line break"] };

/** @param {string} letter */
export const seen = (letter) => UNSEEN[letter]?.[0] ?? letter;
/** @param {string} letter */
export const spoken = (letter) => UNSEEN[letter]?.[1] ?? `“${letter}”`;

/**
 * Letters in words, so that a line breaks between words; each word keeps the space after it.
 * @template T
 * @param {T[]} letters
 * @param {(letter: T) => string} text
 * @returns {T[][]}
 */
export function inWords(letters, text) {
  /** @type {T[][]} */
  const words = [];
  letters.forEach((letter, k) => {
    if (k === 0 || /\s/.test(text(letters[k - 1]))) words.push([]);
    words[words.length - 1].push(letter);
  });
  return words;
}
