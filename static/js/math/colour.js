/**
 * Value -> colour. The stops are LOOK's; between them, straight lines in OKLab.
 *
 *   stops --OKLab--> table of 256 colours --paint(values, limit)--> ImageData
 *
 * Diverging tables: entry 128 is exactly 0, entries 1 and 255 are -1 and +1, symmetric.
 * The probability table runs 0..1 over entries 0..255.
 */

/** @typedef {"light" | "dark"} Theme */
/** @typedef {Uint8ClampedArray} Table 256 * 3 bytes, RGB */
/** @typedef {[number, number, number]} RGB */

/** @type {Record<string, Record<Theme, string[]>>} */
const STOPS = {
  activation: {
    light: ["#7F3200", "#DB873B", "#F3F3F1", "#5B9AD0", "#0B4384"],
    dark: ["#FFB871", "#B0641F", "#22262C", "#3C7AB3", "#8FC7FF"],
  },
  weight: {
    light: ["#0F5029", "#63A377", "#F3F3F1", "#A686C4", "#5B2A83"],
    dark: ["#86D9A0", "#3A8051", "#22262C", "#8560A6", "#D6B3F2"],
  },
  probability: {
    light: ["#F3F3F1", "#A9D5D2", "#4FA3A3", "#0B6E72", "#06484D"],
    dark: ["#22262C", "#24585B", "#2F8A8C", "#5CC8C8", "#B5F0EE"],
  },
};

/**
 * @param {string} hex
 * @returns {RGB}
 */
export function rgb(hex) {
  const n = parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/** @param {number} v sRGB 0..255 -> linear 0..1 */
const linear = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);

/** @param {number} v linear 0..1 -> sRGB 0..255 */
const gamma = (v) => 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

/**
 * @param {RGB} colour
 * @returns {RGB} L, a, b
 */
export function toOklab(colour) {
  const [r, g, b] = colour.map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/**
 * @param {RGB} lab
 * @returns {RGB} sRGB 0..255, unrounded and unclamped
 */
export function fromOklab([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/**
 * The colour at x in 0..1 along evenly spaced stops.
 * @param {RGB[]} labs
 * @param {number} x
 */
function along(labs, x) {
  const place = Math.min(Math.max(x, 0), 1) * (labs.length - 1);
  const i = Math.min(Math.floor(place), labs.length - 2);
  const t = place - i;
  return fromOklab(/** @type {RGB} */ (labs[i].map((v, k) => v + t * (labs[i + 1][k] - v))));
}

/** @type {Map<string, Table>} */
const tables = new Map();
/** @type {WeakSet<Table>} */
const sequential = new WeakSet();

/**
 * @param {string} kind
 * @param {Theme} theme
 * @returns {Table}
 */
function table(kind, theme) {
  const known = tables.get(kind + theme);
  if (known) return known;
  const labs = STOPS[kind][theme].map((hex) => toOklab(rgb(hex)));
  const made = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const x = kind === "probability" ? i / 255 : (i - 1) / 254;
    made.set(along(labs, x), i * 3);
  }
  if (kind === "probability") sequential.add(made);
  tables.set(kind + theme, made);
  return made;
}

/** @param {Theme} theme */
export const activation = (theme) => table("activation", theme);
/** @param {Theme} theme */
export const weight = (theme) => table("weight", theme);
/** @param {Theme} theme */
export const probability = (theme) => table("probability", theme);

/**
 * Entry of a table for v, where ±limit are the ends (0..limit for probability).
 * @param {number} v
 * @param {number} limit
 * @param {Table} colours
 */
export function entry(v, limit, colours) {
  const x = limit > 0 && v === v ? Math.max(-1, Math.min(1, v / limit)) : 0;
  return sequential.has(colours) ? Math.round(Math.max(x, 0) * 255) : 128 + Math.round(127 * x);
}

/**
 * @param {number} v
 * @param {number} limit
 * @param {Table} colours
 * @returns {RGB}
 */
export function colourOf(v, limit, colours) {
  const i = entry(v, limit, colours) * 3;
  return [colours[i], colours[i + 1], colours[i + 2]];
}

/** @param {RGB} colour */
export const css = ([r, g, b]) => `rgb(${r} ${g} ${b})`;

/** @param {RGB} colour */
const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/**
 * WCAG contrast of two colours, 1..21.
 * @param {RGB} a
 * @param {RGB} b
 */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/**
 * Digits on a cell: black or white, whichever stands out more.
 * @param {RGB} colour
 * @returns {"#000" | "#FFF"}
 */
export function digitInk(colour) {
  return contrast(colour, [0, 0, 0]) >= contrast(colour, [255, 255, 255]) ? "#000" : "#FFF";
}

/**
 * Write one map, row-major, into RGBA pixels.
 * @param {ArrayLike<number>} values [height * width]
 * @param {number} width
 * @param {number} height
 * @param {number} limit values at ±limit get the ends of the scale
 * @param {Table} colours
 * @param {{data: Uint8ClampedArray}} out width x height pixels
 * @param {number} [offset] first value to read
 */
export function paint(values, width, height, limit, colours, out, offset = 0) {
  const pixels = out.data;
  for (let i = 0; i < width * height; i++) {
    const c = entry(values[offset + i], limit, colours) * 3;
    pixels[i * 4] = colours[c];
    pixels[i * 4 + 1] = colours[c + 1];
    pixels[i * 4 + 2] = colours[c + 2];
    pixels[i * 4 + 3] = 255;
  }
}

/**
 * The largest |v|: a limit that shows every value.
 * @param {ArrayLike<number>} values
 * @param {number} [from]
 * @param {number} [to]
 */
export function extent(values, from = 0, to = values.length) {
  let limit = 0;
  for (let i = from; i < to; i++) {
    const v = Math.abs(values[i]);
    if (v > limit) limit = v;
  }
  return limit;
}
