/**
 * Drawing walls: many small maps on one canvas.
 *
 *     plane of each channel --colour table--> one scratch image, maps below one another
 *                           --drawImage-----> tiles of the wall, 1 px lines between them
 *
 * The scratch canvas and its image are reused; a wall is drawn only when its own numbers, limits,
 * size or theme change.
 */

import { digitInk, colourOf } from "gridtime/math/colour.js";

/** @typedef {import("gridtime/math/scales.js").Tensor} Tensor */
/**
 * @typedef {object} WallSpec
 * @property {Tensor} tensor [C, H, W] or [n]
 * @property {(channel: number) => number} limitOf
 * @property {number} columns tiles a row @property {number} edge px of a tile, one line included
 * @property {number} first the first tile drawn (a shelf shows a part) @property {number} count
 * @property {number} shift px that the first tile is left of the canvas
 * @property {Uint8ClampedArray} table @property {string} line colour of the lines
 */

/** Taller images are refused by some browsers. */
const TALLEST = 8192;
/** @type {HTMLCanvasElement|undefined} */
let scratch;
/** @type {ImageData|undefined} */
let image;
/** @type {WeakMap<Uint8ClampedArray, Uint32Array>} */
const packed = new WeakMap();

/** The colour table as RGBA words, so that a pixel is one write. @param {Uint8ClampedArray} table */
export function words(table) {
  const known = packed.get(table);
  if (known) return known;
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) {
    bytes.set([table[i * 3] ?? 0, table[i * 3 + 1] ?? 0, table[i * 3 + 2] ?? 0, 255], i * 4);
  }
  const made = new Uint32Array(bytes.buffer);
  packed.set(table, made);
  return made;
}

/** @param {number} width @param {number} height @returns {CanvasRenderingContext2D|null} */
function scratchOf(width, height) {
  scratch ??= document.createElement("canvas");
  if (scratch.width !== width) scratch.width = width;
  if (scratch.height < height) scratch.height = height;
  return scratch.getContext("2d", { willReadFrequently: true });
}

/** @param {number} width @param {number} height */
function imageOf(width, height) {
  if (image?.width !== width || image.height < height) image = new ImageData(width, height);
  return image;
}

/**
 * @param {Uint32Array} pixels @param {number} at @param {Tensor["data"]} values @param {number} from
 * @param {number} length @param {number} limit @param {Uint32Array} colours
 */
function fill(pixels, at, values, from, length, limit, colours) {
  const scale = limit > 0 ? 127 / limit : 0;
  for (let i = 0; i < length; i++) {
    const entry = Math.round((values[from + i] ?? 0) * scale);
    pixels[at + i] = colours[128 + (entry < -127 ? -127 : entry > 127 ? 127 : entry)] ?? 0;
  }
}

/**
 * Draws tiles `first` to `first + count` of a wall at the canvas' size in device pixels.
 * @param {HTMLCanvasElement} canvas @param {WallSpec} spec @param {number} ratio device px per px
 */
export function drawWall(canvas, spec, ratio) {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { tensor, columns, first } = spec;
  const [channels = 0, height = 1, width = 1] = tensor.shape;
  const last = Math.min(channels, first + spec.count);
  const side = spec.edge * ratio;
  context.clearRect(0, 0, canvas.width, canvas.height);
  const batch = Math.max(1, Math.floor(TALLEST / height));
  for (let from = first; from < last; from += batch) {
    const to = Math.min(last, from + batch);
    const small = planes(spec, from, to, width, height);
    if (!small) return;
    context.imageSmoothingEnabled = side < width;
    context.imageSmoothingQuality = "medium";
    for (let channel = from; channel < to; channel++) {
      const x = Math.round((channel % columns) * side - spec.shift * ratio);
      const y = Math.round(Math.floor(channel / columns) * side);
      const line = Math.max(1, Math.round(ratio));
      const inner = Math.round(side) - line;
      context.fillStyle = spec.line;
      context.fillRect(x, y, inner + 2 * line, inner + 2 * line);
      context.drawImage(small, 0, (channel - from) * height, width, height,
        x + line, y + line, inner, inner);
      if (spec.limitOf(channel) === 0 || isZero(tensor, channel)) {
        zero(context, x + line, y + line, inner, spec.table);
      }
    }
  }
}

/**
 * @param {WallSpec} spec @param {number} from @param {number} to @param {number} width
 * @param {number} height @returns {HTMLCanvasElement|undefined} the maps, below one another
 */
function planes(spec, from, to, width, height) {
  const small = scratchOf(width, height * (to - from));
  if (!small) return undefined;
  const target = imageOf(width, height * (to - from));
  const pixels = new Uint32Array(target.data.buffer);
  const colours = words(spec.table);
  for (let channel = from; channel < to; channel++) {
    const area = width * height;
    fill(pixels, (channel - from) * area, spec.tensor.data, channel * area, area,
      spec.limitOf(channel), colours);
  }
  small.putImageData(target, 0, 0, 0, 0, width, height * (to - from));
  return scratch;
}

/** @param {Tensor} tensor @param {number} channel */
function isZero(tensor, channel) {
  const area = tensor.data.length / Math.max(1, tensor.shape[0] ?? 1);
  for (let i = channel * area; i < (channel + 1) * area; i++) if (tensor.data[i] !== 0) return false;
  return true;
}

/** A map that is 0 everywhere carries its 0. @param {CanvasRenderingContext2D} context
 *  @param {number} x @param {number} y @param {number} side @param {Uint8ClampedArray} table */
function zero(context, x, y, side, table) {
  context.fillStyle = digitInk(colourOf(0, 1, table));
  context.font = `${Math.round(side * 0.45)}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText("0", x + side / 2, y + side / 2);
}
