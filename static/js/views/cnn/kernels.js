/**
 * The kernels that made a map: one sheet per input channel, on one canvas.
 *
 *     weight [O, c, kh, kw] at out -> c sheets of discs: area = size, filled +, ring −
 */

import { html, useLayoutEffect, useMemo, useRef } from "gridtime/lib/html.js";
import { colourOf, css, weight as weightTable } from "gridtime/math/colour.js";
import { channelsOf, geometry } from "gridtime/math/conv.js";
import { extent as largest } from "gridtime/math/colour.js";
import { weightName } from "gridtime/math/sources.js";
import { layout, tileAt, tilePlace } from "gridtime/math/wall.js";
import { useSize } from "gridtime/views/cnn/size.js";

/** @typedef {import("./room.js").Layer} Layer */
/** @typedef {import("./room.js").Tensor} Tensor */
/** @typedef {import("gridtime/math/colour.js").Theme} Theme */

/**
 * @param {CanvasRenderingContext2D} context @param {Tensor["data"]} values @param {number} from
 * @param {[number, number]} taps @param {number} limit @param {Theme} theme
 * @param {{x: number, y: number}} at @param {number} side
 */
function sheet(context, values, from, [kh, kw], limit, theme, at, side) {
  const step = side / Math.max(kh, kw);
  const table = weightTable(theme);
  for (let i = 0; i < kh * kw; i++) {
    const value = values[from + i] ?? 0;
    const radius = limit > 0 ? (step / 2 - 0.5) * Math.sqrt(Math.abs(value) / limit) : 0;
    const colour = css(colourOf(Math.sign(value) * limit, limit, table));
    const line = Math.max(1, Math.min(2, radius / 3));
    context.beginPath();
    context.arc(at.x + ((i % kw) + 0.5) * step, at.y + (Math.floor(i / kw) + 0.5) * step,
      Math.max(0.3, value < 0 ? radius - line / 2 : radius), 0, 2 * Math.PI);
    context.lineWidth = line;
    context.strokeStyle = context.fillStyle = colour;
    if (value < 0) context.stroke();
    else context.fill();
  }
}

/**
 * @param {{layer: Layer, channel: number, weights: Map<string, Tensor>|null, theme: Theme,
 *   strong: number[], onPick?: (input: number) => void}} props
 *   `strong`: input channels to frame, the strongest sources
 */
export function Kernels({ layer, channel, weights, theme, strong, onPick }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const { width, height, rem } = useSize(box);
  const values = weights?.get(weightName(layer, "weight"));
  const g = geometry(layer);
  const { first, count } = channelsOf(g, channel);
  const fit = useMemo(() => layout([count], { width: width - 10, height: Math.max(120, height - 10) },
    { least: Math.ceil(30 * rem), most: Math.floor(128 * rem), narrowest: 0, gutter: 0 }),
  [count, width, height, rem]);
  const [size] = fit.walls;
  const edge = size?.edge ?? fit.edge;
  const ratio = globalThis.devicePixelRatio || 1;
  const taps = g.kernel[0] * g.kernel[1];
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !values || !size) return;
    const limit = largest(values.data, channel * count * taps, (channel + 1) * count * taps);
    const ink = theme === "dark" ? "#363C45" : "#D5D9E0";
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.columns * edge + 2, size.height + 2);
    for (let c = 0; c < count; c++) {
      const at = tilePlace(size, c);
      context.strokeStyle = ink;
      context.lineWidth = 1;
      context.strokeRect(at.x + 0.5, at.y + 0.5, edge, edge);
      const inside = { x: at.x + 3, y: at.y + 3 };
      sheet(context, values.data, (channel * count + c) * taps, g.kernel, limit, theme, inside, edge - 5);
    }
  }, [values, channel, theme, fit, ratio]);
  const wide = (size?.columns ?? 1) * edge + 2;
  const tall = (size?.height ?? 1) + 1;
  /** @param {MouseEvent} event */
  const click = (event) => {
    const from = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const tile = size ? tileAt(size, count, event.clientX - from.left, event.clientY - from.top) : -1;
    if (tile >= 0) onPick?.(first + tile);
  };
  return html`<div class="kernels" ref=${box} tabindex="0" role="group" aria-label="Kernels, one sheet per input map">
    ${width > 0 && html`<div class="kernels-inside" style=${{ width: `${wide}px`, height: `${tall}px` }} onClick=${click}>
      <canvas ref=${canvas} width=${Math.round(wide * ratio)} height=${Math.round(tall * ratio)}
        style=${{ width: `${wide}px`, height: `${tall}px` }} role="img"
        aria-label=${`${count} kernels of ${g.kernel.join(" × ")}, one per input map`}></canvas>
      ${size && strong.map((input) => {
        const at = tilePlace(size, input - first);
        return html`<span class="kernel-mark" key=${input} aria-hidden="true"
          style=${{ left: `${at.x}px`, top: `${at.y}px`, width: `${edge + 1}px`, height: `${edge + 1}px` }}></span>`;
      })}
    </div>`}
  </div>`;
}
