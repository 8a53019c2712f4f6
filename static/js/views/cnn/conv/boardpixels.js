/**
 * The pixels of a board: its values, the numbers on large cells, the cover over what is not computed.
 *
 *     values -> canvas, one pixel a value        digits -> CellNumbers over it
 *     mask   -> canvas of paper with a dot a place, open where a place is computed
 */

import { html, useCallback, useEffect, useRef } from "gridtime/lib/html.js";
import { drawMap } from "gridtime/components/mapdrawing.js";
import { CellNumbers, READABLE } from "gridtime/views/cnn/cellnumbers.js";

/** @typedef {import("./board.js").BoardProps} BoardProps */

/** px of a cell that holds a whole number. */
const WHOLE = 12;

const PAPER = { light: "#FFFFFF", dark: "#121417" };
const DOT = { light: "#A3A9B5", dark: "#838B98" };

/**
 * What is not computed yet: paper, a dot a place.
 * @param {HTMLCanvasElement} canvas @param {Uint8Array} mask @param {number} width
 * @param {number} height @param {import("gridtime/math/colour.js").Theme} theme
 */
function cover(canvas, mask, width, height, theme) {
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  const context = canvas.getContext("2d");
  if (!context) return;
  const [w, h] = [canvas.width / width, canvas.height / height];
  const dot = Math.max(1, w * 0.14);
  context.fillStyle = PAPER[theme];
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = DOT[theme];
  for (let i = 0; i < mask.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (!mask[i]) context.fillRect((x + 0.5) * w - dot / 2, (y + 0.5) * h - dot / 2, dot, dot);
    else open(context, x, y, w, h);
  }
}

/** Cells end on whole pixels, so that no hair of paper is left between two.
 *  @param {CanvasRenderingContext2D} context @param {number} x @param {number} y
 *  @param {number} w @param {number} h */
function open(context, x, y, w, h) {
  const [left, top] = [Math.floor(x * w), Math.floor(y * h)];
  context.clearRect(left, top, Math.floor((x + 1) * w) - left, Math.floor((y + 1) * h) - top);
}

/** px at root 16 of one cell, and whether numbers fit into it. @param {BoardProps} props */
function cellSize({ width, height, size, pad = [0, 0], digits = 2 }) {
  const side = size / Math.max(width + 2 * pad[1], height + 2 * pad[0]);
  const least = digits === 0 ? WHOLE : READABLE;
  return { edge: side * Math.max(width, height), least, fits: side >= least };
}

/** @param {BoardProps} props */
export function Pixels(props) {
  const { values, drawn = values, width, height, limit, kind = "activation", theme, mask } = props;
  const { edge, least, fits } = cellSize(props);
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const over = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const bare = !props.hatch && fits; // the number's own sign is there
  const draw = useCallback(() => {
    const data = { values: drawn, width, height, offset: 0, limit, kind };
    if (canvas.current) drawMap(canvas.current, data, { theme, hatch: props.hatch, bare });
  }, [drawn, width, height, limit, kind, theme, props.hatch, bare]);
  const hide = useCallback(() => {
    if (over.current && mask) cover(over.current, mask, width, height, theme);
  }, [mask, width, height, theme]);
  useEffect(draw, [draw]);
  useEffect(hide, [hide]);
  useEffect(() => {
    if (!canvas.current) return undefined;
    const observer = new ResizeObserver(() => (draw(), hide()));
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, [draw, hide]);
  return html`<canvas ref=${canvas} aria-hidden="true"></canvas>
    ${kind === "activation" && html`<${CellNumbers} values=${values} width=${width} height=${height}
      limit=${limit} edge=${edge} theme=${theme} digits=${props.digits ?? 2} least=${least} most=${props.letters} />`}
    ${mask && html`<canvas ref=${over} class="board-cover" aria-hidden="true"></canvas>`}`;
}
