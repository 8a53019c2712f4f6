/**
 * First-layer kernels as the patterns they answer to: grey is 0, each to its own largest weight.
 *
 *     weight [O, c, kh, kw] -> one canvas of patterns, a line over each at its measured angle
 */

import { html, useLayoutEffect, useRef } from "gridtime/lib/html.js";
import { lineAt, pattern } from "gridtime/math/patterns.js";
import { tileAt, tilePlace, wall } from "gridtime/math/wall.js";

/** @typedef {import("gridtime/math/scales.js").Tensor} Tensor */
/** @typedef {import("gridtime/math/selectivity.js").Kernel} Kernel */

/** @type {HTMLCanvasElement|undefined} */
let scratch;

/**
 * One pattern, its proportions kept.
 * @param {CanvasRenderingContext2D} context @param {Tensor} weight @param {number} out
 * @param {number} x @param {number} y @param {number} side
 */
export function drawPattern(context, weight, out, x, y, side) {
  const { width, height, data } = pattern(weight, out);
  scratch ??= document.createElement("canvas");
  [scratch.width, scratch.height] = [width, height];
  scratch.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  const step = side / Math.max(width, height);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, x + (side - width * step) / 2, y + (side - height * step) / 2, width * step, height * step);
}

/** The angle of an edge: ink in a light halo, seen on any pattern.
 *  @param {CanvasRenderingContext2D} context @param {number} degrees @param {number} x @param {number} y @param {number} side */
function drawAngle(context, degrees, x, y, side) {
  const { x1, y1, x2, y2 } = lineAt(degrees, 0.46);
  context.lineCap = "round";
  for (const [colour, width] of /** @type {[string, number][]} */ ([["#16191D", 5], ["#FFD23F", 2.5]])) {
    context.strokeStyle = colour;
    context.lineWidth = (width * side) / 72;
    context.beginPath();
    context.moveTo(x + x1 * side, y + y1 * side);
    context.lineTo(x + x2 * side, y + y2 * side);
    context.stroke();
  }
}

/**
 * @param {{weight: Tensor, channels: number[], kernels?: Kernel[], edge: number, columns: number,
 *   chosen?: number, label: string, onPick?: (channel: number) => void}} props
 *   `edge` px of a tile; `kernels` by channel: edges get their line
 */
export function PatternWall({ weight, channels, kernels, edge, columns, chosen = -1, label, onPick }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const ratio = globalThis.devicePixelRatio || 1;
  const size = wall(channels.length, Math.min(columns, channels.length), edge, 0);
  const [width, height] = [size.columns * edge + 1, size.rows * edge + 1];
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    channels.forEach((channel, i) => {
      const { x, y } = tilePlace(size, i);
      const gap = Math.max(1.5, edge / 24); // neighbours must not read as one pattern
      drawPattern(context, weight, channel, x + gap, y + gap, edge + 1 - 2 * gap);
      const degrees = kernels?.[channel]?.kind === "edge" ? kernels[channel]?.degrees ?? null : null;
      if (degrees !== null) drawAngle(context, degrees, x, y, edge);
    });
  }, [weight, channels.join(), kernels, edge, size.columns, ratio]);
  /** @param {MouseEvent} event */
  const click = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const at = tileAt(size, channels.length, event.clientX - box.left, event.clientY - box.top);
    if (at >= 0) onPick?.(channels[at] ?? 0);
  };
  const at = channels.indexOf(chosen);
  const mark = at >= 0 ? tilePlace(size, at) : null;
  return html`<div class="wall patterns" style=${{ width: `${width}px`, height: `${height}px` }}>
    <canvas ref=${canvas} class=${onPick ? "wall-canvas" : ""} role="img" aria-label=${label} data-patterns=${channels.length}
      width=${Math.round(width * ratio)} height=${Math.round(height * ratio)}
      style=${{ width: `${width}px`, height: `${height}px` }} onClick=${click}></canvas>
    ${mark && html`<span class="wall-mark" aria-hidden="true" style=${{ left: `${mark.x}px`, top: `${mark.y}px`, width: `${edge + 1}px`, height: `${edge + 1}px` }}></span>`}
  </div>`;
}
