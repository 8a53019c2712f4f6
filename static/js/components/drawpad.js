/**
 * A sheet to draw on, a digit unless told otherwise, with pen, finger or mouse.
 *
 *   pointer -> ink on white -> PNG, one at a time, the newest wins -> onDraw(blob)
 */
import { html, useEffect, useRef, useState } from "gridtime/lib/html.js";

const SIDE = 280;
/** Of the sheet; about MNIST's own pen. */
const PEN = SIDE / 14;

/** @typedef {{ink: string, paper: string, pen: number, hint: string}} SheetKind pen: px of 280 */

/** @type {SheetKind} */
const DIGIT = { ink: "#000", paper: "#FFF", pen: PEN, hint: "Draw a digit" };

/** @param {CanvasRenderingContext2D} context @param {string} paper */
function clean(context, paper) {
  context.fillStyle = paper;
  context.fillRect(0, 0, SIDE, SIDE);
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
    return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE];
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
 * @param {{onDraw: (blob: Blob) => void, onClear?: () => void, kind?: SheetKind}} props
 */
export function DrawPad({ onDraw, onClear, kind = DIGIT }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const give = useRef(onDraw);
  give.current = onDraw;
  const [empty, setEmpty] = useState(true);
  const context = () => canvas.current?.getContext("2d", { willReadFrequently: true });
  useEffect(() => {
    const brush = context();
    if (!brush || !canvas.current) return;
    clean(brush, kind.paper);
    Object.assign(brush, { lineWidth: kind.pen, lineCap: "round", lineJoin: "round", strokeStyle: kind.ink });
    const ask = encoder(canvas.current, (blob) => give.current(blob));
    listen(canvas.current, brush, () => (setEmpty(false), ask()));
  }, []);
  const reset = () => {
    const brush = context();
    if (brush) clean(brush, kind.paper);
    setEmpty(true);
    onClear?.();
  };
  return html`<div class="drawpad">
    <div class="drawpad-sheet">
      <canvas ref=${canvas} width=${SIDE} height=${SIDE} role="img" aria-label="Sheet to draw on with a pen, finger or mouse"></canvas>
      ${empty && html`<p class="drawpad-hint" aria-hidden="true">${kind.hint}</p>`}
    </div>
    <button type="button" class="button" disabled=${empty} onClick=${reset}>Clear the sheet</button>
  </div>`;
}
