/**
 * The picture as it came, and on it the mask, at the place that the network read.
 *
 *     original -> canvas      mask -> one pixel a cell over the cut, as see-through as chosen
 *     pointer, arrows -> the pixel that is looked at      "Move the cut" -> the cut can be dragged
 */
import { html, useLayoutEffect, useRef, useState } from "gridtime/lib/html.js";
import { live } from "gridtime/components/live.js";
import { clip, fieldBox, inputSize } from "gridtime/math/fields.js";
import { percent } from "gridtime/math/format.js";
import { paintMask, valuesAt } from "gridtime/math/masks.js";
import { moved } from "gridtime/math/step.js";
import { OriginalCanvas } from "gridtime/views/cnn/original.js";
import { Cut } from "gridtime/views/cnn/picture.js";
import { aloneOf, cellIn, coverOf, layerOf, maskOf, pixelAt } from "gridtime/views/segment/scene.js";

/** @typedef {import("gridtime/views/segment/scene.js").Room} Room */
/** @typedef {import("gridtime/views/segment/scene.js").Read} Read */

/** The mask as pixels. @param {{mask: Float32Array, classes: string[], alone: number, width: number, height: number, cover: number}} props */
function Overlay({ mask, classes, alone, width, height, cover }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || mask.length !== width * height) return;
    const image = context.createImageData(width, height);
    paintMask(mask, classes, alone, image.data);
    context.putImageData(image, 0, 0);
  }, [mask, classes, alone, width, height]);
  return html`<canvas ref=${canvas} class="seg-mask" width=${width} height=${height} style=${{ opacity: cover / 100 }} aria-hidden="true"></canvas>`;
}

/** @param {{y: number, x: number, rows?: number, columns?: number, of: {width: number, height: number}, name: string}} props */
const Mark = ({ y, x, rows = 1, columns = 1, of, name }) =>
  html`<span class="marker ${name}" aria-hidden="true" style=${{ left: `${(x / of.width) * 100}%`, top: `${(y / of.height) * 100}%`, width: `${(columns / of.width) * 100}%`, height: `${(rows / of.height) * 100}%` }}></span>`;

/** "row 3, column 7: nucleus 97 %". @param {Read} read @param {[number, number]} pixel */
export function pixelSays({ net, tensors, found }, [y, x]) {
  const shares = tensors.get("probabilities");
  const mask = tensors.get(found.mask);
  if (!shares || !mask) return "";
  const k = mask.data[y * mask.shape[1] + x];
  return `row ${y}, column ${x}: ${net.card.classes[k]} ${percent(valuesAt(/** @type {any} */ (shares), [y, x])[k])}`;
}

/**
 * @param {{room: Room, read: Read, size: number, cover?: number, field?: boolean, mask?: Float32Array, label?: string, still?: boolean}} props
 *   size: px at root 16 of the longer side; mask: another one than the answer's; still: nothing to choose
 */
export function Sheet({ room, read, size, cover, field = true, mask = maskOf(read), label = "The picture and its mask", still = false }) {
  const [moving, setMoving] = useState(false);
  const [hover, setHover] = useState(/** @type {[number, number] | null} */ (null));
  const { address, patch } = room;
  const { original, answer, net } = read;
  const of = inputSize(net.graph);
  const { crop } = answer.input;
  const whole = answer.input.original;
  const longer = Math.max(whole.width, whole.height);
  const pixel = pixelAt(address, read);
  const layer = layerOf(address, read);
  const box = clip(fieldBox(/** @type {any} */ (layer), ...cellIn(address, read, layer), of), of);
  const place = { left: `${(crop.x / whole.width) * 100}%`, top: `${(crop.y / whole.height) * 100}%`, width: `${(crop.side / whole.width) * 100}%`, height: `${(crop.side / whole.height) * 100}%` };
  /** @param {PointerEvent | MouseEvent} event @returns {[number, number]} */
  const under = (event) => {
    const { left, top, width, height } = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    /** @type {(share: number, n: number) => number} */
    const cell = (share, n) => Math.max(0, Math.min(n - 1, Math.floor(share * n)));
    return [cell((event.clientY - top) / height, of.height), cell((event.clientX - left) / width, of.width)];
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const next = moved(event, pixel, of.width, of.height);
    if (!next || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    setHover(null);
    patch({ cell: next });
    live(pixelSays(read, next));
  };
  const acts = still ? { role: "img" } : {
    role: "application", tabindex: 0, "aria-roledescription": "map", onKeyDown: key,
    onPointerMove: (/** @type {PointerEvent} */ e) => setHover(under(e)), onPointerLeave: () => setHover(null),
    onClick: (/** @type {MouseEvent} */ e) => patch({ cell: under(e) }),
  }; // prettier-ignore
  return html`<div class="seg-sheet">
    <div class="original-box" style=${{ width: `${((size / 16) * whole.width) / longer}rem`, aspectRatio: `${whole.width} / ${whole.height}` }}>
      ${original?.bitmap ? html`<${OriginalCanvas} original=${original} />` : html`<p class="small">This browser cannot show the original; the network read it.</p>`}
      <div class="seg-place" style=${place} aria-label=${label} ...${acts}>
        <${Overlay} mask=${mask} classes=${net.card.classes} alone=${aloneOf(address, read)} ...${of} cover=${cover ?? coverOf(address)} />
        ${!still && field && html`<${Mark} y=${box.y} x=${box.x} rows=${box.height} columns=${box.width} of=${of} name="marker-field" />`}
        ${!still && html`<${Mark} y=${pixel[0]} x=${pixel[1]} of=${of} name="marker-cell" />`}
      </div>
      ${moving && html`<${Cut} crop=${crop} size=${whole} onCut=${(/** @type {{x: number, y: number, side: number}} */ c) => patch({ crop: [c.x, c.y, c.side] })} />`}
    </div>
    ${!still && !room.look.present && html`<p class="map-readout seg-readout"><output>${pixelSays(read, hover ?? pixel)}</output>
      <button type="button" class="link" aria-pressed=${moving} onClick=${() => setMoving(!moving)}>${moving ? "Cut is set" : "Move the cut"}</button></p>`}
  </div>`;
}
