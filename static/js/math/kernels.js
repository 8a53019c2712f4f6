/**
 * Kernels that people made by hand, in whatever size a layer has, and the visitor's own as text.
 *
 *     name, rows × columns -> values, or none where the size is too small for it
 *     "3x3:0,-1,0,…" <-- parse / format --> values [rows · columns]
 *     pasted text --> as many numbers as there are in it
 */

/** @typedef {{rows: number, columns: number}} Size */

/** What the server takes. */
export const LARGEST = 1000;

/** 3 × 3 patterns; a larger kernel has them in its middle, zeros around.
 *  @type {Record<string, number[]>} */
const PATTERNS = {
  "Sobel x": [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  "Sobel y": [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  Laplacian: [0, 1, 0, 1, -4, 1, 0, 1, 0],
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
  emboss: [-2, -1, 0, -1, 1, 1, 0, 1, 2],
};

export const NAMES = ["Sobel x", "Sobel y", "Laplacian", "box blur", "Gaussian blur", "sharpen", "emboss", "identity"];

/** @type {Record<string, string>} what each does, in a sentence */
export const SAYS = {
  "Sobel x": "Answers strongly where it is dark on the left and bright on the right.",
  "Sobel y": "Answers strongly where it is dark above and bright below.",
  Laplacian: "Answers where a place differs from its neighbours.",
  "box blur": "Each place becomes the mean of its neighbourhood.",
  "Gaussian blur": "A mean in which near places count more.",
  sharpen: "Adds to each place what sets it apart from its neighbours.",
  emboss: "Light seems to fall from one corner.",
  identity: "Leaves everything as it is.",
};

/** Row `n` of Pascal's triangle, divided by its sum. @param {number} n @returns {number[]} */
function binomial(n) {
  let row = [1];
  while (row.length < n) row = [1, ...row.slice(1).map((v, i) => v + (row[i] ?? 0)), 1];
  const sum = row.reduce((a, b) => a + b, 0);
  return row.map((v) => v / sum);
}

/** @param {number} n */
const middle = (n) => Math.floor((n - 1) / 2);

/** @param {string} name @param {Size} size @returns {number[]|null} null: too small for it */
export function kernelOf(name, { rows, columns }) {
  const places = Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns]);
  const [cy, cx] = [middle(rows), middle(columns)];
  if (name === "identity") return places.map(([y, x]) => (y === cy && x === cx ? 1 : 0));
  if (name === "box blur") return places.map(() => 1 / (rows * columns));
  if (name === "Gaussian blur") {
    const [down, across] = [binomial(rows), binomial(columns)];
    return places.map(([y = 0, x = 0]) => (down[y] ?? 0) * (across[x] ?? 0));
  }
  const pattern = PATTERNS[name];
  if (!pattern || rows < 3 || columns < 3) return null;
  return places.map(([y = 0, x = 0]) => {
    const [py, px] = [y - cy + 1, x - cx + 1];
    return py >= 0 && py < 3 && px >= 0 && px < 3 ? (pattern[py * 3 + px] ?? 0) : 0;
  });
}

/** The name of a kernel made by hand, "" for one's own. @param {ArrayLike<number>} values @param {Size} size */
export function nameOf(values, size) {
  return NAMES.find((name) => {
    const known = kernelOf(name, size);
    return known?.every((v, i) => Math.abs(v - (values[i] ?? NaN)) < 1e-4) ?? false;
  }) ?? "";
}

/** @param {string|undefined} text of the URL @param {Size} size @returns {number[]|null} null where it does not fit */
export function parse(text, { rows, columns }) {
  const [head, list = ""] = (text ?? "").split(":");
  const values = list.split(",").map(Number);
  const fits = head === `${rows}x${columns}` && list !== "" && values.length === rows * columns;
  return fits && values.every((v) => Number.isFinite(v) && Math.abs(v) <= LARGEST) ? values : null;
}

/** @param {ArrayLike<number>} values @param {Size} size @returns {string} */
export const format = (values, { rows, columns }) =>
  `${rows}x${columns}:${Array.from(values, (v) => Number(v.toPrecision(6))).join(",")}`;

/** Every number in a pasted text; a decimal comma is one only where no other comma parts numbers.
 *  @param {string} text @returns {number[]} */
export function numbersIn(text) {
  const plain = text.replaceAll("\u2212", "-");
  const parted = /[\s;[\]]/.test(plain.trim()) && !/,\s/.test(plain) && !/\d,\d+,/.test(plain);
  const found = (parted ? plain.replaceAll(",", ".") : plain).match(/[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/gi);
  return (found ?? []).map(Number).filter(Number.isFinite);
}

/** @param {number} v @returns {number} what the server takes, of what was typed */
export const heldValue = (v) => (Number.isFinite(v) ? Math.max(-LARGEST, Math.min(LARGEST, v)) : 0);

/** @param {ArrayLike<number>} values @param {Size} size @returns {number[][]} row by row */
export function rowsOf(values, { rows, columns }) {
  return Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => values[y * columns + x] ?? 0));
}

/**
 * A kernel on one plane, stride 1, as large as the input: outside counts as 0.
 * @param {Size} size @returns {import("./conv.js").Geometry}
 */
export function sameGeometry({ rows, columns }) {
  return { kernel: [rows, columns], stride: [1, 1], padding: [middle(rows), middle(columns)], dilation: [1, 1], inputs: 1, outputs: 1, groups: 1 };
}
