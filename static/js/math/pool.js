/**
 * One cell of a pooling layer: which values its window covers and which one it keeps.
 *
 *     input [C, H, W] ─ window at (y, x) ─> values [n] -> the largest, their mean, or the first
 *
 * Adaptive (global) pooling has windows that follow from the two sizes, as in torch.
 */

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {import("./groups.js").Extent} Extent */
/** @typedef {import("./conv.js").Values} Values */
/**
 * @typedef {{rows: [number, number], columns: [number, number]}} Window first and one past the last,
 *   as torch counts them: may begin below 0 or end beyond the map where there is padding
 * @typedef {{window: Window, values: Float32Array, inside: boolean[], width: number, divisor: number,
 *   winner: number, total: number, average: boolean, skip: boolean, counts: boolean}} PoolCell
 *   `values` row by row, 0 outside; `winner` the index of the one that is kept (−1 for averages);
 *   `counts`: what lies outside counts as 0, else it is left out
 */

/** @param {unknown} value @param {number} axis @param {number} fallback @returns {number} */
function axisOf(value, axis, fallback) {
  if (typeof value === "number") return value;
  if (Array.isArray(value) && value.length) return value[Math.min(axis, value.length - 1)];
  return fallback;
}

/** @param {Layer} layer @returns {boolean} */
export function isAverage(layer) {
  return layer.op.includes("avg");
}

/** Of every window the first value, the others left out. @param {Layer} layer @returns {boolean} */
export function isSkip(layer) {
  return layer.op.includes("skip");
}

/**
 * Places along one axis that output position `at` covers.
 * @param {Layer} layer @param {number} axis 0 rows, 1 columns @param {number} at
 * @param {number} from size of the input @param {number} to size of the output
 * @returns {[number, number]}
 */
export function span(layer, axis, at, from, to) {
  if (layer.op.startsWith("adaptive")) {
    return [Math.floor((at * from) / to), Math.ceil(((at + 1) * from) / to)];
  }
  const a = layer.attributes;
  const size = axisOf(a.kernel_size, axis, 1);
  const stride = axisOf(a.stride, axis, size) || size;
  const padding = axisOf(a.padding, axis, 0);
  const first = at * stride - padding;
  const dilation = axisOf(a.dilation, axis, 1);
  return [first, first + (size - 1) * dilation + 1];
}

/**
 * @param {Layer} layer @param {Values} input [C, H, W] flat @param {Extent} size
 * @param {Extent} output @param {number} channel @param {number} y @param {number} x
 * @returns {PoolCell}
 */
export function poolCell(layer, input, size, output, channel, y, x) {
  const rows = span(layer, 0, y, size.height, output.height);
  const columns = span(layer, 1, x, size.width, output.width);
  const steps = [axisOf(layer.attributes.dilation, 0, 1), axisOf(layer.attributes.dilation, 1, 1)];
  const average = isAverage(layer);
  /** @type {number[]} */ const values = [];
  /** @type {boolean[]} */ const inside = [];
  let width = 0;
  for (let row = rows[0]; row < rows[1]; row += average ? 1 : (steps[0] ?? 1)) {
    width = 0;
    for (let column = columns[0]; column < columns[1]; column += average ? 1 : (steps[1] ?? 1)) {
      const within = row >= 0 && row < size.height && column >= 0 && column < size.width;
      inside.push(within);
      values.push(within ? (input[(channel * size.height + row) * size.width + column] ?? 0) : 0);
      width += 1;
    }
  }
  const divisor = average ? countOf(layer, rows, columns, size, inside) : 1;
  const skip = isSkip(layer);
  const counts = average && divisor > inside.filter(Boolean).length;
  const winner = average ? -1 : skip ? inside.indexOf(true) : largest(values, inside);
  const total = average
    ? values.reduce((sum, value) => sum + value, 0) / divisor
    : (values[winner] ?? 0);
  return {
    window: { rows, columns }, values: Float32Array.from(values), inside, width, divisor, winner,
    total, average, skip, counts,
  };
}

/** What becomes of the cells that lie outside the map; "" where there are none. @param {PoolCell} cell */
export function outsideSays({ inside, counts }) {
  const out = inside.filter((within) => !within).length;
  if (!out) return "";
  const [lie, they] = out === 1 ? ["lies", "it"] : ["lie", "they"];
  const does = counts ? `${they} count${out === 1 ? "s" : ""} as 0` : `${they} ${out === 1 ? "does" : "do"} not count`;
  return `${out} of the ${inside.length} cells ${lie} outside the map: ${does}.`;
}

/** The first largest, as torch keeps it. @param {number[]} values @param {boolean[]} inside */
function largest(values, inside) {
  let best = -1;
  values.forEach((value, i) => {
    if (inside[i] && (best < 0 || value > (values[best] ?? 0))) best = i;
  });
  return best;
}

/**
 * What an average divides by. A window that reaches beyond the padding is cut there (ceil_mode).
 * @param {Layer} layer @param {[number, number]} rows @param {[number, number]} columns
 * @param {Extent} size @param {boolean[]} inside
 */
function countOf(layer, rows, columns, size, inside) {
  const a = layer.attributes;
  if (a.divisor_override) return a.divisor_override;
  if (layer.op.startsWith("adaptive") || a.count_include_pad === false) {
    return inside.filter(Boolean).length;
  }
  const bottom = Math.min(rows[1], size.height + axisOf(a.padding, 0, 0));
  const right = Math.min(columns[1], size.width + axisOf(a.padding, 1, 0));
  return (bottom - rows[0]) * (right - columns[0]);
}
