/**
 * Numbers on the cells of a large map, where they are wide enough to be read: drawn on a canvas
 * over the map, never one element a cell.
 */

import { html, useLayoutEffect, useRef } from "gridtime/lib/html.js";
import { activation, colourOf, digitInk } from "gridtime/math/colour.js";
import { number } from "gridtime/math/format.js";

/** Narrowest cell, in px at root 16, that two decimals fit in. */
export const READABLE = 44;

/**
 * @param {{values: ArrayLike<number>, width: number, height: number, limit: number, edge: number,
 *   theme: import("gridtime/math/colour.js").Theme, digits?: number, least?: number, most?: number}} props
 *   `least`: px of a cell that its digits need; `most`: of a digit, at root 16
 */
export function CellNumbers({ values, width, height, limit, edge, theme, digits = 2, least = READABLE, most = 16 }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const side = edge / Math.max(width, height);
  const fits = side >= least;
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const ratio = (globalThis.devicePixelRatio || 1) * (element.clientWidth / (side * width));
    element.width = Math.round(side * width * ratio);
    element.height = Math.round(side * height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = `${Math.min(most, side / (digits > 0 ? 3.4 : 2))}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const table = activation(theme);
    for (let i = 0; i < width * height; i++) {
      const value = values[i] ?? 0;
      context.fillStyle = digitInk(colourOf(value, limit, table));
      context.fillText(number(value, digits), ((i % width) + 0.5) * side, (Math.floor(i / width) + 0.5) * side);
    }
  }, [values, width, height, limit, side, theme, fits, digits]);
  if (!fits) return null;
  return html`<canvas ref=${canvas} class="cell-numbers" aria-hidden="true"
    style=${{ width: `${(side * width) / 16}rem`, height: `${(side * height) / 16}rem` }}></canvas>`;
}
