/**
 * Numbers as files that other programs read.
 *
 *     map -> 16-bit grey and its limits      rows -> CSV      bars, a matrix of counts -> SVG
 *     words -> a file name
 */

/** @typedef {{label: string, value: number, from?: number, to?: number}} Bar from, to: where it begins and ends */

/**
 * A map as grey levels: value = low + level ÷ 65535 · (high − low).
 * @param {ArrayLike<number>} values @returns {{levels: Uint16Array, low: number, high: number}}
 */
export function toLevels(values) {
  const known = Array.from(values).filter((v) => !Number.isNaN(v));
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const span = high - low || 1;
  const levels = Uint16Array.from(values, (v) => (Number.isNaN(v) ? 0 : Math.round(((v - low) / span) * 65535)));
  return { levels, low, high };
}

/** What a raw file says of itself. @param {number} low @param {number} high */
export const limitsSay = (low, high) => `0 = ${low}, 65535 = ${high}; value = ${low} + level / 65535 * ${high - low}`;

/** A float32 in as few digits as read back the same; any other number as it is. @param {number} v */
export function plain(v) {
  if (Math.fround(v) !== v) return String(v);
  for (let digits = 1; digits <= 9; digits++) {
    const text = String(Number(v.toPrecision(digits)));
    if (Math.fround(Number(text)) === v) return text;
  }
  return String(v);
}

/** @param {unknown} cell */
function csvCell(cell) {
  const text = typeof cell === "number" ? plain(cell) : String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as RFC 4180 has them. @param {unknown[][]} rows */
export const csv = (rows) => rows.map((row) => row.map(csvCell).join(",") + "\r\n").join("");

/** A map as a table, one line a row. @param {ArrayLike<number>} values @param {number} width */
export function mapRows(values, width) {
  const all = Array.from(values);
  return Array.from({ length: Math.ceil(all.length / width) }, (_, y) => all.slice(y * width, (y + 1) * width));
}

/** @param {...(string|number|undefined)} words @returns {string} safe on any system */
export const fileName = (...words) =>
  words.filter((word) => word !== undefined && word !== "").join("-").replaceAll(/[^\p{L}\p{N}._-]+/gu, "_").slice(0, 120);

/** @param {string} text */
export const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const ROW = 28;
const NAMES = 180;
const TRACK = 420;
const WIDTH = 720;

/**
 * Bars as an SVG file of its own: shares from 0, or a sum where each begins as the last ended.
 * @param {{title: string, bars: Bar[], colour: (value: number) => string, text: (value: number) => string}} plot
 * @returns {string}
 */
export function barsSvg({ title, bars, colour, text }) {
  const ends = bars.flatMap(({ value, from = 0, to = from + value }) => [from, to, 0]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const x = (/** @type {number} */ v) => NAMES + ((v - low) / (high - low || 1)) * TRACK;
  const rows = bars.map(({ label, value, from = 0, to = from + value }, i) => {
    const y = 48 + i * ROW;
    const left = Math.min(x(from), x(to));
    return `  <text x="${NAMES - 10}" y="${y + 14}" text-anchor="end">${escaped(label)}</text>
  <rect x="${left.toFixed(2)}" y="${y}" width="${Math.max(1, Math.abs(x(to) - x(from))).toFixed(2)}" height="18" fill="${colour(value)}" stroke="#737A87"/>
  <text x="${WIDTH - 8}" y="${y + 14}" text-anchor="end">${escaped(text(value))}</text>`;
  });
  const bottom = 48 + bars.length * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 8}" width="${WIDTH}" height="${bottom + 8}" font-family="system-ui, sans-serif" font-size="14" fill="#16191D">
  <rect width="100%" height="100%" fill="#FFFFFF"/>
  <text x="8" y="24" font-weight="600">${escaped(title)}</text>
  <line x1="${x(0).toFixed(2)}" x2="${x(0).toFixed(2)}" y1="40" y2="${bottom}" stroke="#737A87"/>
${rows.join("\n")}
</svg>
`;
}

const CELL = 24;
/** Width of a letter, generously. */
const LETTER = 8;

/**
 * Counts of what is taken for what as an SVG file of its own; a cell's colour is its share of its row.
 * @param {{title: string, counts: number[][], names: string[], colour: (share: number) => [string, string]}} plot
 *   colour: of the cell, and of its digits
 * @returns {string}
 */
export function matrixSvg({ title, counts, names, colour }) {
  const room = 24 + LETTER * Math.max(...names.map((name) => name.length));
  const side = names.length * CELL;
  const left = (/** @type {number} */ i) => room + i * CELL;
  const top = (/** @type {number} */ i) => 32 + room + i * CELL;
  const cells = counts.flatMap((row, y) => row.map((n, x) => {
    const [fill, ink] = colour(n / Math.max(1, row.reduce((a, b) => a + b, 0)));
    return `  <rect x="${left(x)}" y="${top(y)}" width="${CELL}" height="${CELL}" fill="${fill}" stroke="#D5D9E0"/>${
      n ? `<text x="${left(x) + CELL / 2}" y="${top(y) + 16}" text-anchor="middle" fill="${ink}">${n}</text>` : ""}`;
  }));
  const words = names.map((name, i) => `  <text x="${room - 8}" y="${top(i) + 16}" text-anchor="end">${escaped(name)}</text>
  <text transform="translate(${left(i) + 16} ${top(0) - 8}) rotate(-90)">${escaped(name)}</text>`);
  const [width, height] = [room + side + 8, top(names.length) + 8];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="#16191D">
  <rect width="100%" height="100%" fill="#FFFFFF"/>
  <text x="8" y="24" font-size="14" font-weight="600">${escaped(title)}</text>
${words.join("\n")}
${cells.join("\n")}
</svg>
`;
}
