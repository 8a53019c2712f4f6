/**
 * Walls of equal tiles: the largest tile with which all walls fit side by side.
 *
 *   channel counts [32, 48, 64] + box -> {side, rows, columns: [2, 3, 4]}
 */

/** @typedef {{side: number, rows: number, columns: number[]}} Tiling */

/**
 * @param {number[]} counts tiles of each wall
 * @param {number} side px of a tile, its gap included
 * @param {number} height px
 */
function tiling(counts, side, height) {
  const rows = Math.max(1, Math.floor(height / side));
  // Even columns: 20 tiles in 3 columns stand as 7, 7, 6, not 9, 9, 2.
  return { side, rows, columns: counts.map((n) => Math.ceil(n / rows)) };
}

/**
 * @param {number[]} counts
 * @param {{width: number, height: number, gap: number, least?: number, narrowest?: number, most?: number}} box
 *   gap: between walls; narrowest: width of a wall with few tiles; least, most: bounds of a tile
 * @returns {Tiling}
 */
export function fitTiles(counts, { width, height, gap, least = 6, narrowest = 0, most = 72 }) {
  const room = width - gap * (counts.length - 1);
  for (let side = most; side > least; side -= 0.5) {
    const made = tiling(counts, side, height);
    const used = made.columns.reduce((sum, n) => sum + Math.max(n * side, narrowest), 0);
    if (used <= room) return made;
  }
  return tiling(counts, least, height);
}

/**
 * u8 codes of an atlas as values again: v = lo + code (hi - lo) / 255.
 * @param {Uint8Array | Float32Array} codes
 * @param {[number, number]} limits lo, hi
 */
export function dequantise(codes, [lo, hi]) {
  return Float32Array.from(codes, (code) => lo + (code * (hi - lo)) / 255);
}
