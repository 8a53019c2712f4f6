/**
 * Walls: every channel of a layer as a square tile, all walls of the stage with the same edge.
 *
 *     counts [channels per column], stage width × height
 *       -> edge (as large as fits, never under the floor) and one {columns, rows, width} per wall
 *
 * Tiles share their 1 px lines: tile k begins at k·edge, its picture at +1.
 */

/**
 * @typedef {{columns: number, rows: number, width: number, height: number}} Wall in px, lines included
 * @typedef {{edge: number, walls: Wall[], width: number}} Layout `width`: all walls with their gutters
 */

/**
 * Walls next to each other, filled from the top left.
 * @param {number[]} counts @param {{width: number, height: number}} stage @param {object} bounds
 * @param {number} bounds.least the floor of an edge @param {number} bounds.most its ceiling
 * @param {number} bounds.narrowest least width of a column (its head needs it)
 * @param {number} bounds.gutter @returns {Layout}
 */
export function layout(counts, stage, { least, most, narrowest, gutter }) {
  for (let edge = most; edge > least; edge--) {
    const found = arrange(counts, stage.height, edge, narrowest, gutter);
    if (found.width <= stage.width) return found;
  }
  return arrange(counts, stage.height, least, narrowest, gutter);
}

/**
 * @param {number[]} counts @param {number} height @param {number} edge @param {number} narrowest
 * @param {number} gutter @returns {Layout}
 */
function arrange(counts, height, edge, narrowest, gutter) {
  const most = Math.max(1, Math.floor((height - 1) / edge));
  const walls = counts.map((count) => wall(count, Math.ceil(count / most), edge, narrowest));
  const sum = walls.reduce((total, w) => total + w.width, 0);
  return { edge, walls, width: sum + gutter * Math.max(0, walls.length - 1) };
}

/**
 * One wall of at least `least` tile columns that also fills the narrowest column.
 * @param {number} count @param {number} least @param {number} edge @param {number} narrowest
 * @returns {Wall}
 */
export function wall(count, least, edge, narrowest) {
  const columns = Math.min(count, Math.max(least, Math.floor((narrowest - 1) / edge), 1));
  const rows = Math.ceil(count / columns);
  return {
    columns, rows, width: Math.max(narrowest, columns * edge + 1), height: rows * edge + 1,
  };
}

/** @param {Wall} w @param {number} edge @param {number} count @param {number} px @param {number} py
 *  @returns {number} the tile under a point, −1 for none */
export function tileAt(w, edge, count, px, py) {
  const column = Math.floor(px / edge);
  const row = Math.floor(py / edge);
  const tile = row * w.columns + column;
  const inside = px >= 0 && py >= 0 && column < w.columns && row < w.rows;
  return inside && tile < count ? tile : -1;
}

/** @param {Wall} w @param {number} edge @param {number} tile @returns {{x: number, y: number}} */
export function tilePlace(w, edge, tile) {
  return { x: (tile % w.columns) * edge, y: Math.floor(tile / w.columns) * edge };
}

/** One step with an arrow key, kept inside. @param {Wall} w @param {number} count
 *  @param {number} tile @param {number} dx @param {number} dy @returns {number} */
export function stepTile(w, count, tile, dx, dy) {
  const next = tile + dx + dy * w.columns;
  return Math.max(0, Math.min(count - 1, next));
}
