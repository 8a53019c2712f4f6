/**
 * All maps of one layer on one canvas, every channel one tile with an edge line, its colours up to
 * the map's own largest value: at this size the pattern counts.
 *
 *   values [C, h, w] -> C tiles, column by column, at device pixels
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { activation, css, extent, paint, rgb } from "gridtime/math/colour.js";

/** @typedef {import("gridtime/math/colour.js").Theme} Theme */
/**
 * @typedef {object} WallData
 * @property {string} name of the layer whose output this is
 * @property {number[]} shape [C, h, w], or [C] of a vector
 * @property {Float32Array} values
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {WallData} wall
 * @param {Theme} theme
 * @param {number} columns
 * @param {number} side device px of a tile, its gap included
 */
function drawTiles(context, { shape, values }, theme, columns, side) {
  const [count, height = 1, width = 1] = shape;
  const scratch = new OffscreenCanvas(width, height);
  const small = /** @type {OffscreenCanvasRenderingContext2D} */ (scratch.getContext("2d"));
  const image = small.createImageData(width, height);
  const rows = Math.ceil(count / columns);
  const edge = Math.round(globalThis.devicePixelRatio || 1);
  context.imageSmoothingEnabled = width > side; // smaller than its data: average, do not drop
  context.imageSmoothingQuality = "high";
  context.fillStyle = css(rgb(theme === "dark" ? "#838B98" : "#737A87"));
  for (let c = 0; c < count; c++) {
    const from = c * width * height;
    const limit = extent(values, from, from + width * height);
    paint(values, width, height, limit, activation(theme), image, from);
    small.putImageData(image, 0, 0);
    const x = Math.round(Math.floor(c / rows) * side);
    const y = Math.round((c % rows) * side);
    const inner = Math.floor(side) - edge * 3;
    context.fillRect(x, y, inner + edge * 2, inner + edge * 2);
    context.drawImage(scratch, x + edge, y + edge, inner, inner);
  }
}

/**
 * @param {{wall: WallData, theme: Theme, columns: number, side: number, lit: boolean, now: boolean}} props
 *   side in rem; lit: computed by now; now: in this very beat
 */
export function Wall({ wall, theme, columns, side, lit, now }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const rows = Math.ceil(wall.shape[0] / columns);
  useEffect(() => {
    const draw = () => {
      const element = canvas.current;
      const context = element?.getContext("2d");
      if (!element || !context) return;
      const device = element.clientWidth * (globalThis.devicePixelRatio || 1);
      element.width = Math.round(device);
      element.height = Math.round((device * rows) / columns);
      drawTiles(context, wall, theme, columns, device / columns);
    };
    draw();
    const observer = new ResizeObserver(draw);
    if (canvas.current) observer.observe(canvas.current);
    return () => observer.disconnect();
  }, [wall, theme, columns, rows, side]);
  const size = { width: `${columns * side}rem`, height: `${rows * side}rem` };
  const label = `${wall.name}: ${wall.shape[0]} maps`;
  return html`<div class="wall ${lit ? "is-lit" : ""} ${now ? "is-now" : ""}" style=${size} role="img" aria-label=${label}>
    <canvas ref=${canvas} aria-hidden="true"></canvas>
  </div>`;
}
