/**
 * A text that was read, as its own words again: tokens with offsets -> pieces, lines, states.
 *
 *     "Don't go." + [do 0–2, n't 2–5, go 6–8, . 8–9] -> Do·n't go·.     (· glued: no space before)
 *     lines: the project's sentences, or a book cut at its sentence ends
 *
 * Offsets count code points, as the API sends them.
 */

/** @typedef {{text: string, known: boolean, start: number, end: number}} Token */
/** @typedef {0 | 1 | 2} Gap before a piece: none, a space, an empty line */
/** @typedef {{text: string, gap: Gap, known: boolean}} Piece */
/** @typedef {{start: number, end: number, sentence: number}} Line rows start…end; `sentence` its place in the corpus, −1 in a text */
/**
 * What a reader made of a text: row t of `h` [T, H] is after piece t. `fresh[t]`: the memory was at
 * zero before it.
 * @typedef {{key: string, title: string, pieces: Piece[], lines: Line[], fresh: Uint8Array, h: Float32Array, hidden: number}} States
 */

/** The longest text that is read, in words and signs. */
export const MOST = 20000;

/** The longest line of a text, in words: a list without full stops is cut too. */
const LONGEST = 40;

/** @param {string} text */
const points = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text) : text);

/** @param {string} between @returns {Gap} */
const gapOf = (between) => (/\n\s*\n/.test(between) ? 2 : between ? 1 : 0);

/** @param {string} text @param {Token[]} tokens @returns {Piece[]} */
export function pieces(text, tokens) {
  const all = points(text);
  /** @param {number} a @param {number} b */
  const cut = (a, b) => (typeof all === "string" ? all.slice(a, b) : all.slice(a, b).join(""));
  return tokens.map(({ start, end, known }, k) => ({
    text: cut(start, end), known, gap: k === 0 ? 0 : gapOf(cut(tokens[k - 1].end, start)),
  })); // prettier-ignore
}

const STOP = /^[.!?…]+$/u;
const CLOSER = /^["”’)\]]+$/u;

/** Whether a sentence ends with piece t: a stop, or what closes a quotation right after one. @param {Piece[]} all @param {number} t */
function ends(all, t) {
  const [before, now, next] = [all[t - 1], all[t], all[t + 1]];
  const closes = CLOSER.test(now.text) && now.gap === 0 && before !== undefined && STOP.test(before.text);
  return (STOP.test(now.text) || closes) && !(next && next.gap === 0 && (CLOSER.test(next.text) || STOP.test(next.text)));
}

/** A text's lines: they end with its sentences, at an empty line, or when too long. @param {Piece[]} all @returns {Line[]} */
export function linesOf(all) {
  /** @type {Line[]} */
  const lines = [];
  let start = 0;
  all.forEach((_, t) => {
    const next = all[t + 1];
    if (next && next.gap !== 2 && !ends(all, t) && t + 1 - start < LONGEST) return;
    lines.push({ start, end: t + 1, sentence: -1 });
    start = t + 1;
  });
  return lines;
}

/**
 * @param {string} key @param {string} title @param {string} text
 * @param {{about: {tokens: Token[]}, h: {shape: number[], data: ArrayLike<number>}}} read
 * @returns {States}
 */
export function ofText(key, title, text, { about, h }) {
  const all = pieces(text, about.tokens);
  const fresh = new Uint8Array(all.length);
  fresh[0] = 1;
  return { key, title, pieces: all, lines: linesOf(all), fresh, h: /** @type {Float32Array} */ (h.data), hidden: h.shape[1] };
}

/**
 * @param {string} key
 * @param {{about: {tokens: Token[], sentences?: {sentence: number, text: string, start: number, end: number}[]}, h: {shape: number[], data: ArrayLike<number>}}} read
 * @returns {States}
 */
export function ofCorpus(key, { about, h }) {
  const rows = about.sentences ?? [];
  const all = rows.flatMap(({ text, start, end }) => pieces(text, about.tokens.slice(start, end)));
  const fresh = new Uint8Array(all.length);
  for (const { start } of rows) fresh[start] = 1;
  const lines = rows.map(({ start, end, sentence }) => ({ start, end, sentence }));
  return { key, title: "the project's sentences", pieces: all, lines, fresh, h: /** @type {Float32Array} */ (h.data), hidden: h.shape[1] };
}

/** Pieces as text again. @param {Piece[]} part */
export const written = (part) => part.map(({ text, gap }, k) => (k && gap ? ` ${text}` : text)).join("");

/** At least as many tokens as the reader will make of it. */
const TOKEN = /cannot|\d+|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\d_]+|[\p{L}\p{M}]+|\S/giu;

/**
 * The beginning of a text that holds no more tokens than may be read, cut after a whole word.
 * @param {string} text @param {number} most
 * @returns {{text: string, cut: boolean}}
 */
export function beginning(text, most) {
  let count = 0;
  for (const { 0: found, index } of text.matchAll(TOKEN)) {
    count += found.toLowerCase() === "cannot" ? 2 : 1;
    if (count > most) return { text: text.slice(0, index), cut: true };
  }
  return { text, cut: false };
}
