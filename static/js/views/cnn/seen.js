/**
 * "What the network saw": its input as a picture, with the field of a cell framed on it.
 *
 *     input tensor + mean, std of the card -> one pixel a value -> scaled by CSS, not smoothed
 *     cell -> field box -> a frame in per cent: moving it draws no pixel anew
 */

import { html, useLayoutEffect, useRef } from "gridtime/lib/html.js";
import { clip, fieldBox, inputSize, middle } from "gridtime/math/fields.js";
import { extent } from "gridtime/math/groups.js";
import { seenPicture } from "gridtime/math/maps.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {import("./room.js").Layer} Layer */

/** @type {ImageData|undefined} */
let image;

/**
 * @param {{run: Run, card: Record<string, any>|undefined, label: string, class?: string}} props
 */
export function Seen({ run, card, label, class: name = "" }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const { width, height } = inputSize(run.graph);
  const tensor = run.tensors.get("input");
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !tensor) return;
    if (image?.width !== width || image.height !== height) image = new ImageData(width, height);
    seenPicture(tensor, card?.preprocessing ?? {}, image.data);
    context.putImageData(image, 0, 0);
  }, [tensor, card, width, height]);
  return html`<canvas ref=${canvas} width=${width} height=${height} class="seen ${name}"
    role="img" aria-label=${label}></canvas>`;
}

/**
 * The field of one cell, framed. Without `cell` a cell near the middle of the layer.
 * @param {{run: Run, layer: Layer, cell?: [number, number]}} props
 */
export function FieldFrame({ run, layer, cell }) {
  const input = inputSize(run.graph);
  const centre = middle(extent(layer));
  const [y, x] = cell ?? [centre.y, centre.x];
  const box = clip(fieldBox(layer, y, x, input), input);
  const style = {
    left: `${(box.x / input.width) * 100}%`, top: `${(box.y / input.height) * 100}%`,
    width: `${(box.width / input.width) * 100}%`, height: `${(box.height / input.height) * 100}%`,
  };
  return html`<span class="field-frame" style=${style} aria-hidden="true"></span>`;
}

/**
 * The field of the cell under the pointer, else of the chosen cell.
 * @param {{room: Room, frame?: (props: any) => any}} props `frame` draws it: on the network's input
 *   by default
 */
export function LiveField({ room, frame = FieldFrame }) {
  const run = room.run.value;
  const choice = room.choice.value;
  const hover = room.hover.value;
  if (!run) return null;
  const layer = hover
    ? run.graph.find((l) => l.name === hover.layer)
    : choice?.layer;
  if (!layer) return null;
  return html`<${frame} room=${room} run=${run} layer=${layer} cell=${hover?.cell ?? choice?.cell} />`;
}
