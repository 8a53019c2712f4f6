/**
 * Walls of tiles: the largest tile with which all of a layer's maps fit their place.
 *
 *   64 maps + place 60 x 300 -> {side: 15, rows: 16, columns: 4}
 */

/** @typedef {{side: number, rows: number, columns: number}} Tiling side: gap included */

/**
 * @param {number} count tiles
 * @param {number} width
 * @param {number} height
 * @param {number} [most] the largest tile
 * @returns {Tiling}
 */
export function fitTiles(count, width, height, most = Infinity) {
  let best = { side: 0, rows: 1, columns: count };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const side = Math.min(width / columns, height / rows, most);
    if (side > best.side) best = { side, rows, columns };
  }
  return best;
}

/**
 * u8 codes of an atlas as values again: v = lo + code (hi - lo) / 255.
 * @param {Uint8Array | Float32Array} codes
 * @param {[number, number]} limits lo, hi
 */
export function dequantise(codes, [lo, hi]) {
  return Float32Array.from(codes, (code) => lo + (code * (hi - lo)) / 255);
}
