/**
 * The corpus's states as faint dots: one canvas, drawn once.
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";

/** @param {HTMLCanvasElement} canvas @param {{frame: import("gridtime/math/plane.js").Frame, dots: Float32Array}} props */
function draw(canvas, { frame: { width, height, x, y }, dots }) {
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(ratio, ratio);
  context.fillStyle = getComputedStyle(canvas).getPropertyValue("--edge");
  context.globalAlpha = 0.3;
  const size = Math.max(2, Math.min(width, height) / 240);
  for (let k = 0; k < dots.length; k += 2) context.fillRect(x(dots[k]) - size / 2, y(dots[k + 1]) - size / 2, size, size);
}

/** @param {{frame: import("gridtime/math/plane.js").Frame, dots: Float32Array, theme: string}} props */
export function Dots(props) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const { frame, dots, theme } = props;
  useEffect(() => {
    if (canvas.current) draw(canvas.current, props);
  }, [frame, dots, theme]);
  return html`<canvas ref=${canvas} class="plane-dots" role="img" aria-label="${(dots.length / 2).toLocaleString("en")} states of the project's sentences on the plane"></canvas>`;
}
