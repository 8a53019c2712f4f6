/**
 * All channels of a layer: the pictures made for them, or, where none were, their maps.
 *
 *     click, arrows, C Shift-C -> onPick(channel)        J K, the switch above -> onLayer(layer)
 */

import { html, useLayoutEffect, useMemo, useRef } from "gridtime/lib/html.js";
import { extent } from "gridtime/math/groups.js";
import { moved } from "gridtime/math/step.js";
import { layout, tileAt, tilePlace } from "gridtime/math/wall.js";
import { useSize } from "gridtime/views/cnn/size.js";
import { Wall } from "gridtime/views/cnn/wall.js";
import { drawTiles } from "gridtime/views/cnn/looks/atlas.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Layer} Layer */
/** @typedef {import("gridtime/math/selectivity.js").Look} Look */
/** @typedef {import("gridtime/math/wall.js").Wall} Size */
/** @typedef {{image: HTMLImageElement, look: Look}} Pictures */

/** Edges of a tile, in px at root 16. */
const LEAST = 28;
const MOST = 96;

/** @param {{pictures: Pictures, size: Size, count: number, layer: string, dark: boolean,
 *   onPick: (channel: number) => void}} props */
function Tiles({ pictures, size, count, layer, dark, onPick }) {
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const ratio = globalThis.devicePixelRatio || 1;
  const [width, height] = [size.columns * size.edge + 1, size.rows * size.edge + 1];
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) drawTiles(context, pictures.image, pictures.look, size, count, ratio, dark ? "#838B98" : "#737A87");
  }, [pictures.image, size, count, ratio, dark]);
  /** @param {MouseEvent} event */
  const click = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const tile = tileAt(size, count, event.clientX - box.left, event.clientY - box.top);
    if (tile >= 0) onPick(tile);
  };
  return html`<canvas ref=${canvas} class="wall-canvas" data-made=${layer} data-columns=${size.columns} role="img"
    aria-label=${`${count} made pictures, one a channel of ${layer}`}
    width=${Math.round(width * ratio)} height=${Math.round(height * ratio)}
    style=${{ width: `${width}px`, height: `${height}px` }} onClick=${click}></canvas>`;
}

/** @param {{room: Room, layers: Layer[], layer: Layer, onLayer: (layer: Layer) => void}} props */
export function LayerSwitch({ layers, layer, onLayer }) {
  return html`<div class="stage-switch" role="group" aria-label="Layer">
    ${layers.map((one) => html`<button type="button" key=${one.name} aria-pressed=${one === layer}
      onClick=${() => onLayer(one)}>${one.name}</button>`)}
  </div>`;
}

/**
 * @param {{room: Room, run: Run, layer: Layer, channel: number, pictures: Pictures|null,
 *   onPick: (channel: number) => void, most?: number}} props
 */
export function Gallery({ room, run, layer, channel, pictures, onPick, most = MOST }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const { width, height, rem } = useSize(box, [room.present.value]);
  const count = extent(layer).channels;
  const fit = useMemo(() => layout([count], { width, height: Math.max(160, height) },
    { least: Math.ceil(LEAST * rem), most: Math.floor(most * rem), narrowest: width, gutter: 0 }),
  [count, width, height, rem, most]);
  const size = /** @type {Size} */ (fit.walls[0]);
  const tensor = run.tensors.get(layer.name);
  const range = run.ranges.get(layer.name);
  const mark = width > 0 ? tilePlace(size, channel) : null;
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const at = /** @type {[number, number]} */ ([Math.floor(channel / size.columns), channel % size.columns]);
    const next = moved(event, at, size.columns, size.rows);
    if (!next) return;
    event.preventDefault();
    onPick(Math.min(count - 1, next[0] * size.columns + next[1]));
  };
  return html`<div class="looks-wall" ref=${box}>
    ${width > 0 && html`<div class="wall" role="application" tabindex="0" onKeyDown=${key}
      aria-label=${`Channels of ${layer.name}. Channel ${channel} is chosen; arrows choose another.`}
      style=${{ width: `${size.columns * size.edge + 1}px`, height: `${size.rows * size.edge + 1}px` }}>
      ${pictures
        ? html`<${Tiles} pictures=${pictures} size=${size} count=${count} layer=${layer.name} dark=${room.theme.value === "dark"} onPick=${onPick} />`
        : tensor && range && html`<${Wall} layer=${layer.name} tensor=${tensor} range=${range} scope=${room.scope.value}
          network=${run.network} size=${size} theme=${room.theme.value} label=${`${layer.name}: ${count} maps`} chosen=${-1} onPick=${onPick} />`}
      ${mark && html`<span class="wall-mark" aria-hidden="true"
        style=${{ left: `${mark.x}px`, top: `${mark.y}px`, width: `${size.edge + 1}px`, height: `${size.edge + 1}px` }}></span>`}
    </div>`}
  </div>`;
}
