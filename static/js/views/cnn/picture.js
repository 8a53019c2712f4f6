/**
 * The left column: the original with the cut, what the network saw, and what was done between.
 *
 *     bitmap -> canvas (fits the column)      cut [x, y, side] -> frame; drag, arrows, + and −
 */

import { html, useRef } from "gridtime/lib/html.js";
import { keepInside } from "gridtime/math/fields.js";
import { OriginalCanvas, OriginalFrame } from "gridtime/views/cnn/original.js";
import { LiveField, Seen } from "gridtime/views/cnn/seen.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Original} Original */
/** @typedef {{x: number, y: number, side: number}} Crop */

/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * The cut as a frame that moves: what lies in it is what the network gets.
 * @param {{crop: Crop, size: {width: number, height: number}, onCut: (crop: Crop) => void}} props
 */
export function Cut({ crop, size, onCut }) {
  const drag = useRef(/** @type {{x: number, y: number, crop: Crop, scale: number}|null} */ (null));
  const pending = useRef(0);
  /** One cut a frame at most. @param {Crop} next */
  const ask = (next) => {
    const kept = keepInside(next, size);
    cancelAnimationFrame(pending.current);
    pending.current = requestAnimationFrame(() => onCut(kept));
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const step = STEPS[event.key];
    const by = Math.max(1, Math.round(Math.min(size.width, size.height) / 50)) * (event.shiftKey ? 8 : 1);
    const grow = { "+": by, "=": by, "-": -by }[event.key];
    if (!step && !grow) return;
    event.preventDefault();
    event.stopPropagation();
    if (step) return ask({ ...crop, x: crop.x + step[0] * by, y: crop.y + step[1] * by });
    ask({ x: crop.x - (grow ?? 0) / 2, y: crop.y - (grow ?? 0) / 2, side: crop.side + (grow ?? 0) });
  };
  /** @param {PointerEvent} event */
  const down = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget);
    box.setPointerCapture(event.pointerId);
    const parent = /** @type {HTMLElement} */ (box.parentElement).getBoundingClientRect();
    drag.current = { x: event.clientX, y: event.clientY, crop, scale: size.width / parent.width };
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    const from = drag.current;
    if (!from) return;
    const dx = (event.clientX - from.x) * from.scale;
    const dy = (event.clientY - from.y) * from.scale;
    ask({ ...from.crop, x: from.crop.x + dx, y: from.crop.y + dy });
  };
  const style = {
    left: `${(crop.x / size.width) * 100}%`, top: `${(crop.y / size.height) * 100}%`,
    width: `${(crop.side / size.width) * 100}%`, height: `${(crop.side / size.height) * 100}%`,
  };
  return html`<div class="cut" style=${style} tabindex="0" role="application"
    aria-roledescription="movable cut"
    aria-label=${`Cut at ${crop.x}, ${crop.y}, ${crop.side} pixels wide. Arrow keys move it, plus and minus resize it.`}
    onKeyDown=${key} onPointerDown=${down} onPointerMove=${move}
    onPointerUp=${() => (drag.current = null)} onPointerCancel=${() => (drag.current = null)}></div>`;
}

/** @param {{room: Room}} props */
function Before({ room }) {
  const original = room.original.value;
  const report = room.run.value?.input ?? {};
  const size = report.original ?? { width: original?.width ?? 1, height: original?.height ?? 1 };
  if (!original) return html`<div class="original-place"></div>`;
  if (!original.bitmap) return html`<p class="small">This browser cannot show the original; the network read it.</p>`;
  return html`<div class="original-box" style=${{ aspectRatio: `${original.width} / ${original.height}` }}>
    <${OriginalCanvas} original=${original} />
    ${report.crop && html`<${Cut} crop=${report.crop} size=${size}
      onCut=${(/** @type {Crop} */ c) => room.cut([c.x, c.y, c.side])} />`}
    <${LiveField} room=${room} frame=${OriginalFrame} />
  </div>`;
}

/** @param {Original|null} original @returns {string} */
function titleOf(original) {
  if (!original) return "Original";
  return original.drawing ? `${original.title} (a drawing)` : original.title;
}

/** @param {{room: Room}} props */
export function PictureColumn({ room }) {
  const run = room.run.value;
  const original = room.original.value;
  const steps = /** @type {{op: string, text: string}[]} */ (run?.input.steps ?? []);
  return html`<section class="cnn-picture" aria-label="The picture">
    <figure>
      <figcaption title=${original?.credit ?? ""}>${titleOf(original)}</figcaption>
      <${Before} room=${room} />
    </figure>
    <figure>
      <figcaption>What the network saw</figcaption>
      <div class="seen-box">
        ${run && html`<${Seen} run=${run} card=${room.net.value?.card} label="What the network saw" />`}
        <${LiveField} room=${room} />
      </div>
    </figure>
    <ul class="steps small" aria-label="What was done to the picture">
      ${steps.map((step) => html`<li key=${step.op}>${step.text}</li>`)}
    </ul>
  </section>`;
}
