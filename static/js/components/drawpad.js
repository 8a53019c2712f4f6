/**
 * A sheet to draw on, with pen, finger or mouse.
 *
 *   pointer -> ink on white -> PNG, one at a time, the newest wins -> onDraw(blob)
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";

const SIDE = 280;
/** Of the sheet; about MNIST's own pen. */
const PEN = SIDE / 14;

/** @typedef {{side?: number, pen?: number, hint?: string, ink?: string, paper?: string}} Sheet its own pixels, the pen's width in them, and colours */

/** @param {CanvasRenderingContext2D} context @param {string} paper */
function clean(context, paper) {
  context.fillStyle = paper;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

/**
 * Encodes while the pen moves without falling behind: never two at once.
 * @param {HTMLCanvasElement} canvas
 * @param {(blob: Blob) => void} give
 */
function encoder(canvas, give) {
  let running = false;
  let again = false;
  const ask = () => {
    if (running) return void (again = true);
    running = true;
    canvas.toBlob((blob) => {
      running = false;
      if (blob) give(blob);
      if (again) {
        again = false;
        ask();
      }
    });
  };
  return ask;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2D} context
 * @param {() => void} changed
 */
function listen(canvas, context, changed) {
  /** @type {[number, number] | null} */
  let last = null;
  /** @param {PointerEvent} event @returns {[number, number]} */
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * canvas.width, ((event.clientY - box.top) / box.height) * canvas.height];
  };
  /** @param {PointerEvent} event */
  const line = (event) => {
    if (!last) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) {
      const next = place(part);
      context.beginPath();
      context.moveTo(...last);
      context.lineTo(...next);
      context.stroke();
      last = next;
    }
    changed();
  };
  /** @param {PointerEvent} event */
  const down = (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
    context.beginPath();
    context.moveTo(...last);
    context.lineTo(last[0] + 0.1, last[1]);
    context.stroke();
    changed();
  };
  const up = () => void (last = null);
  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", line);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
}

/**
 * @param {{onDraw: (blob: Blob) => void, onClear?: () => void} & Sheet} props
 */
export function DrawPad({ onDraw, onClear, side = SIDE, pen = PEN, hint = "Draw a digit", ink = "#000", paper = "#FFF" }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const give = useRef(onDraw);
  give.current = onDraw;
  const [empty, setEmpty] = useState(true);
  const context = () => canvas.current?.getContext("2d", { willReadFrequently: true });
  useEffect(() => {
    const brush = context();
    if (!brush || !canvas.current) return;
    clean(brush, paper);
    Object.assign(brush, { lineWidth: pen, lineCap: "round", lineJoin: "round", strokeStyle: ink });
    const ask = encoder(canvas.current, (blob) => give.current(blob));
    listen(canvas.current, brush, () => (setEmpty(false), ask()));
  }, []);
  const reset = () => {
    const brush = context();
    if (brush) clean(brush, paper);
    setEmpty(true);
    onClear?.();
  };
  return html`<div class="drawpad">
    <div class="drawpad-sheet">
      <canvas ref=${canvas} width=${side} height=${side} role="img" aria-label="Sheet to draw on with a pen, finger or mouse"></canvas>
      ${empty && html`<p class="drawpad-hint" aria-hidden="true">${hint}</p>`}
    </div>
    <button type="button" class="button" disabled=${empty} onClick=${reset}>Clear the sheet</button>
  </div>`;
}
