/**
 * How large a convolution's output is, and which cells of its input are read.
 *
 *     n, k, p, s, d -> ⌊(n + 2p − d·(k − 1) − 1) ÷ s⌋ + 1          (torch's formula)
 *     along one axis of the padded input: every cell read, skipped between taps, or left at the end
 */

/** @typedef {{n: number, k: number, p: number, s: number, d: number}} Axis size, kernel, padding, stride, dilation */
/** @typedef {"read"|"skipped"|"border"} Use */

/** @param {Axis} axis @returns {number} 0 or less: the window does not fit */
export const outputSize = ({ n, k, p, s, d }) => Math.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1;

/**
 * What becomes of each cell of the padded input: `border` is what no window reaches at the end.
 * @param {Axis} axis @returns {Use[]} [n + 2p]
 */
export function uses(axis) {
  const { n, k, p, s, d } = axis;
  const length = n + 2 * p;
  const places = Math.max(0, outputSize(axis));
  const end = places > 0 ? (places - 1) * s + d * (k - 1) + 1 : 0;
  /** @type {Use[]} */
  const found = Array.from({ length }, (_, i) => (i < end ? "skipped" : "border"));
  for (let place = 0; place < places; place++) {
    for (let tap = 0; tap < k; tap++) found[place * s + tap * d] = "read";
  }
  return found;
}

/** Cells left at the end, none of whose windows fit. @param {Axis} axis */
export const leftOver = (axis) => uses(axis).filter((use) => use === "border").length;

/** One axis of a layer's geometry.
 *  @param {Pick<import("./conv.js").Geometry, "kernel"|"stride"|"padding"|"dilation">} g
 *  @param {0|1} axis @param {number} n @returns {Axis} */
export function axisOf(g, axis, n) {
  return { n, k: g.kernel[axis], p: g.padding[axis], s: g.stride[axis], d: g.dilation[axis] };
}

/**
 * The rows and columns of the padded input that no window reads, as boxes on it.
 * @param {Axis} down @param {Axis} across
 * @returns {{y: number, x: number, height: number, width: number, use: Use}[]}
 */
export function shades(down, across) {
  const [height, width] = [down.n + 2 * down.p, across.n + 2 * across.p];
  const rows = uses(down).flatMap((use, y) => (use === "read" ? [] : [{ y, x: 0, height: 1, width, use }]));
  const columns = uses(across).flatMap((use, x) => (use === "read" ? [] : [{ y: 0, x, height, width: 1, use }]));
  return [...rows, ...columns];
}
