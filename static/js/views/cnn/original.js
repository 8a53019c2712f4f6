/**
 * The visitor's picture as it came, and on it the field of a cell: the frame on the network's
 * input, carried back through the cut.
 */

import { html, useLayoutEffect, useRef } from "gridtime/lib/html.js";
import { clip, fieldBox, inputSize } from "gridtime/math/fields.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {import("./room.js").Original} Original */

/** Device pixels of the longer side of the drawn original. */
const SHARP = 720;

/** @param {{original: Original}} props */
export function OriginalCanvas({ original }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const { bitmap, width, height } = original;
  const scale = Math.min(1, SHARP / Math.max(width, height));
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !bitmap) return;
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, context.canvas.width, context.canvas.height);
  }, [bitmap]);
  return html`<canvas ref=${canvas} role="img" aria-label=${`Original: ${original.title}`}
    class=${Math.max(width, height) < 120 ? "original seen" : "original"}
    width=${Math.max(1, Math.round(width * scale))} height=${Math.max(1, Math.round(height * scale))}></canvas>`;
}

/**
 * The frame alone, on whatever shows the original.
 * @param {{room: Room, run: Run, layer: Layer, cell: [number, number]}} props
 */
export function OriginalFrame({ room, run, layer, cell }) {
  const original = room.original.value;
  const crop = run.input.crop;
  if (!original || !crop) return null;
  const input = inputSize(run.graph);
  const box = clip(fieldBox(layer, cell[0], cell[1], input), input);
  const size = run.input.original ?? original;
  const scale = crop.side / input.width;
  const style = {
    left: `${((crop.x + box.x * scale) / size.width) * 100}%`,
    top: `${((crop.y + box.y * scale) / size.height) * 100}%`,
    width: `${((box.width * scale) / size.width) * 100}%`,
    height: `${((box.height * scale) / size.height) * 100}%`,
  };
  return html`<span class="field-frame" style=${style} aria-hidden="true"></span>`;
}

/**
 * @param {{room: Room, run: Run, layer: Layer, cell: [number, number]}} props
 */
export function OriginalField({ room, run, layer, cell }) {
  const original = room.original.value;
  if (!original?.bitmap || !run.input.crop) return null;
  return html`<figure>
    <figcaption>On the original</figcaption>
    <div class="original-box" style=${{ aspectRatio: `${original.width} / ${original.height}` }}>
      <${OriginalCanvas} original=${original} />
      <${OriginalFrame} room=${room} run=${run} layer=${layer} cell=${cell} />
    </div>
  </figure>`;
}
