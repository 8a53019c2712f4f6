/**
 * A pasted column of numbers -> a series, and what was done to read it, said.
 *
 *     text --lines, one kind of separator--> cells --which columns hold numbers--> one column
 *       --missing values on a straight line between their neighbours--> values, labels, notes
 *
 * It reads what spreadsheets copy and save: tabs, semicolons, commas or blanks between cells, quotes
 * around them, one line of names on top, a decimal comma where commas separate nothing.
 */
import { plural } from "gridtime/math/format.js";

/** @typedef {{values: number[], labels: string[], name: string, columns: string[], column: number, notes: string[]}} Series columns: names of those that hold numbers; column: the one that was read; notes: sentences */

const MISSING = /^(|na|n\/a|nan|null|none|-|\?|\.)$/i;
const NUMBER = /^[+\-\u2212]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Shares of a column that must be numbers. */
const MOSTLY = 0.4;

/** A cell as a number; NaN where it is missing or none. @param {string} cell @param {boolean} comma whether the decimal point is a comma */
export function numberOf(cell, comma = false) {
  const plain = (comma ? cell.replace(",", ".") : cell).replace("\u2212", "-");
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

/** What stands between cells. @param {string[]} lines */
export function separatorOf(lines) {
  const has = (/** @type {string} */ sign) => lines.filter((line) => line.includes(sign)).length >= lines.length / 2;
  if (has("\t")) return "\t";
  if (has(";")) return ";";
  // "3,5" on every line under a single name: a decimal comma.
  if (lines.length > 1 && !lines[0].includes(",") && lines.slice(1).every((line) => /^\s*[+-]?\d+(,\d+)?\s*$/.test(line))) return "";
  return has(",") ? "," : has(" ") && lines.every((line) => !Number.isNaN(numberOf(line.trim().split(/\s+/).at(-1) ?? ""))) ? " " : "";
}

/** @param {string} line @param {string} separator */
function cellsOf(line, separator) {
  if (!separator) return [line];
  if (separator === " ") return line.split(/\s+/);
  /** @type {string[]} */
  const cells = [];
  let [cell, quoted] = ["", false];
  for (const sign of line) {
    if (sign === '"') quoted = !quoted;
    else if (sign === separator && !quoted) [cell] = [(cells.push(cell), "")];
    else cell += sign;
  }
  return [...cells, cell];
}

/** @param {string} text @returns {string[][]} */
function tableOf(text) {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/).filter((line) => line.trim() && !line.startsWith("#"));
  if (!lines.length) return [];
  const separator = separatorOf(lines);
  const rows = lines.map((line) => cellsOf(line.trim(), separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1")));
  // All numbers on one line: read across.
  return rows.length === 1 && rows[0].length > 2 ? rows[0].map((cell) => [cell]) : rows;
}

/**
 * @param {string} text as it was pasted
 * @param {number} [wanted] which of the columns that hold numbers; the last where it names none
 * @returns {Series} with no values where there are none
 */
export function parseSeries(text, wanted) {
  const table = tableOf(text);
  const width = Math.max(0, ...table.map((row) => row.length));
  const comma = table.some((row) => row.some((cell) => /^[+-]?\d+,\d+$/.test(cell)));
  const read = (/** @type {string[]} */ row, /** @type {number} */ k) => numberOf(row[k] ?? "", comma);
  const head = table.length > 1 && table[0].some((cell, k) => !MISSING.test(cell) && Number.isNaN(read(table[0], k)) && table.slice(1, 6).some((row) => !Number.isNaN(read(row, k))));
  const rows = head ? table.slice(1) : table;
  const numeric = Array.from({ length: width }, (_, k) => k).filter((k) => rows.filter((row) => !Number.isNaN(read(row, k))).length > MOSTLY * rows.length);
  // A first column that counts up names the rows, unless it is all there is.
  const counts = (/** @type {number} */ k) => rows.every((row, i) => i === 0 || read(row, k) > read(rows[i - 1], k));
  const of = numeric.length > 1 && numeric[0] === 0 && counts(0) ? numeric.slice(1) : numeric;
  const nameOf = (/** @type {number} */ k) => (head && table[0][k]) || (of.length > 1 ? `column ${k + 1}` : "value");
  const place = wanted !== undefined && wanted >= 0 && wanted < of.length ? wanted : of.length - 1;
  const chosen = of[place];
  const columns = of.map(nameOf);
  if (chosen === undefined) return { values: [], labels: [], name: "", columns, column: 0, notes: [] };
  const found = filled(rows.map((row) => read(row, chosen)));
  const words = rows.filter((row) => Number.isNaN(read(row, chosen)) && !MISSING.test(row[chosen] ?? "")).length;
  const notes = [
    head ? `The first line was read as names: “${table[0].join(" · ").slice(0, 80)}”.` : "",
    of.length > 1 ? `Of ${of.length} columns with numbers “${nameOf(chosen)}” was read.` : "",
    words ? `${plural(words, "cell")} with words counted as missing.` : "",
    found.cut ? `${plural(found.cut, "missing value")} at the ends ${found.cut === 1 ? "was" : "were"} left out.` : "",
    found.gaps ? `${plural(found.gaps, "missing value")} within ${found.gaps === 1 ? "was" : "were"} filled on a straight line between the neighbours.` : "",
  ].filter(Boolean);
  const side = width > 1 && chosen !== 0 ? 0 : -1;
  const labels = found.places.map((i) => (side < 0 ? String(i + 1) : (rows[i][side] ?? "")));
  return { values: found.values, labels, name: nameOf(chosen), columns, column: place, notes };
}

/** Holes lie on the line between their neighbours; those at the ends are cut off. @param {number[]} raw */
function filled(raw) {
  const known = raw.flatMap((v, i) => (Number.isNaN(v) ? [] : [i]));
  const [first, last] = [known[0], known.at(-1) ?? -1];
  const places = Array.from({ length: last - first + 1 || 0 }, (_, k) => first + k);
  const values = places.map((i) => raw[i]);
  let gaps = 0;
  known.slice(1).forEach((to, k) => {
    const from = known[k];
    for (let i = from + 1; i < to; i++) {
      values[i - first] = raw[from] + ((raw[to] - raw[from]) * (i - from)) / (to - from);
      gaps++;
    }
  });
  return { values, places, gaps, cut: known.length ? raw.length - places.length : 0 };
}
