/**
 * Walls: every channel of a layer as a square tile, as large as fits.
 *
 *     counts [channels per column], stage width × height
 *       -> edge (as large as fits, never under the floor) and one {columns, rows, width} per wall
 *
 * Tiles share their 1 px lines: tile k begins at k·edge, its picture at +1.
 */

/**
 * @typedef {{columns: number, rows: number, edge: number, width: number, height: number}} Wall in px,
 *   lines included; `edge` from one tile to the next
 * @typedef {{edge: number, walls: Wall[], width: number}} Layout `edge` that all have at least,
 *   `width`: all walls with their gutters
 * @typedef {{least: number, most: number, narrowest: number, gutter: number}} Bounds
 *   of an edge; `narrowest`: least width of a column, which its head needs
 */

/**
 * Walls next to each other, filled from the top left: the largest edge that fits all, then each
 * wall as large as its own column allows.
 * @param {number[]} counts @param {{width: number, height: number}} stage @param {Bounds} bounds
 * @returns {Layout}
 */
export function layout(counts, stage, { least, most, narrowest, gutter }) {
  let found = arrange(counts, stage.height, most, narrowest, gutter);
  for (let edge = most - 1; edge >= least && found.width > stage.width; edge--) {
    found = arrange(counts, stage.height, edge, narrowest, gutter);
  }
  const walls = found.walls.map((w, i) => grown(counts[i] ?? 0, w, stage.height, most));
  return { ...found, walls };
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
    columns, rows, edge, width: Math.max(narrowest, columns * edge + 1), height: rows * edge + 1,
  };
}

/** The same wall with the largest edge that its width and the height allow.
 *  @param {number} count @param {Wall} w @param {number} height @param {number} most @returns {Wall} */
function grown(count, w, height, most) {
  for (let edge = most; edge > w.edge; edge--) {
    const columns = Math.min(count, Math.floor((w.width - 1) / edge));
    const rows = Math.ceil(count / Math.max(1, columns));
    if (columns > 0 && rows * edge < height) return { ...w, edge, columns, rows, height: rows * edge + 1 };
  }
  return w;
}

/** @param {Wall} w @param {number} count @param {number} px @param {number} py
 *  @returns {number} the tile under a point, −1 for none */
export function tileAt(w, count, px, py) {
  const column = Math.floor(px / w.edge);
  const row = Math.floor(py / w.edge);
  const tile = row * w.columns + column;
  const inside = px >= 0 && py >= 0 && column < w.columns && row < w.rows;
  return inside && tile < count ? tile : -1;
}

/** @param {Wall} w @param {number} tile @returns {{x: number, y: number}} */
export function tilePlace(w, tile) {
  return { x: (tile % w.columns) * w.edge, y: Math.floor(tile / w.columns) * w.edge };
}

/** One step with an arrow key, kept inside. @param {Wall} w @param {number} count
 *  @param {number} tile @param {number} dx @param {number} dy @returns {number} */
export function stepTile(w, count, tile, dx, dy) {
  const next = tile + dx + dy * w.columns;
  return Math.max(0, Math.min(count - 1, next));
}
