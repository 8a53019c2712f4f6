/**
 * A map laid over the grey picture: readout, keys and markers as on every map.
 *
 *     input tensor -> grey, one pixel a value ─┐
 *     map -> colours, clear where not computed ─┴─> canvas at device pixels, nothing smoothed
 */

import { html, useCallback, useEffect, useRef } from "gridtime/lib/html.js";
import { live } from "gridtime/components/live.js";
import { activation, colourOf } from "gridtime/math/colour.js";
import { cellAt, layOver, pointOf, toGrey } from "gridtime/math/explain.js";
import { number } from "gridtime/math/format.js";
import { seenPicture } from "gridtime/math/maps.js";
import { moved } from "gridtime/math/step.js";

/** @typedef {import("gridtime/math/explain.js").Box} Box */
/** @typedef {import("gridtime/math/explain.js").Size} Size */
/** @typedef {import("../room.js").Tensor} Tensor */
/** @typedef {[number, number]} Point y, x */
/**
 * @typedef {object} Look what is drawn
 * @property {Tensor} input @property {Record<string, any>} preprocessing
 * @property {ArrayLike<number>} values @property {Size} map @property {Box} at
 * @property {number} limit @property {number} cover 0..1
 * @property {import("gridtime/math/colour.js").Theme} theme
 */

/** @type {HTMLCanvasElement|undefined} one scratch canvas serves all */
let scratch;

/** @param {Size} size @returns {CanvasRenderingContext2D|null} */
function scratchOf({ width, height }) {
  scratch ??= document.createElement("canvas");
  scratch.width = width;
  scratch.height = height;
  return scratch.getContext("2d", { willReadFrequently: true });
}

/** @param {CanvasRenderingContext2D} context @param {Look} look */
export function draw(context, look) {
  const { canvas } = context;
  const [, height = 1, width = 1] = look.input.shape;
  context.imageSmoothingEnabled = false;
  const grey = scratchOf({ width, height });
  if (!grey) return;
  const picture = grey.createImageData(width, height);
  seenPicture(look.input, look.preprocessing, picture.data);
  toGrey(picture.data);
  grey.putImageData(picture, 0, 0);
  context.drawImage(grey.canvas, 0, 0, canvas.width, canvas.height);
  const over = scratchOf(look.map);
  if (!over) return;
  const map = over.createImageData(look.map.width, look.map.height);
  layOver(look.values, look.limit, look.cover, activation(look.theme), colourOf, map.data);
  over.putImageData(map, 0, 0);
  const [sx, sy] = [canvas.width / width, canvas.height / height];
  context.drawImage(over.canvas, look.at.x * sx, look.at.y * sy,
    look.map.width * look.at.width * sx, look.map.height * look.at.height * sy);
}

/** @param {{box: Box, input: Size, name: string}} props */
function Frame({ box, input, name }) {
  const style = {
    left: `${(box.x / input.width) * 100}%`, top: `${(box.y / input.height) * 100}%`,
    width: `${(box.width / input.width) * 100}%`, height: `${(box.height / input.height) * 100}%`,
  };
  return html`<span class="marker ${name}" style=${style} aria-hidden="true"></span>`;
}

/** A cell in words. @param {Look} look @param {Point} cell */
export function cellSays({ values, map }, [y, x]) {
  const value = values[y * map.width + x];
  const says = Number.isNaN(value) ? "not computed yet" : number(value, 3);
  return `row ${y}, column ${x}: ${says}`;
}

/**
 * @param {{look: Look, size: number, label: string, frame: (cell: Point) => Box, point: Point,
 *   onPoint: (point: Point|null, settled: boolean) => void}} props
 *   size: px at root 16; `point` is a pixel of the input; settled: clicked or by keys, not hovered;
 *   null: the pointer has left
 */
export function ExplainMap({ look, size, label, frame, point, onPoint }) {
  const ref = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const [, height = 1, width = 1] = look.input.shape;
  const paint = useCallback(() => {
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return;
    const ratio = globalThis.devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
    canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
    draw(context, look);
  }, [look.input, look.values, look.limit, look.cover, look.theme, look.at.x, look.at.width, look.preprocessing]);
  useEffect(paint, [paint]);
  useEffect(() => {
    if (!ref.current) return undefined;
    const observer = new ResizeObserver(paint);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [paint]);
  const cell = cellAt(look.at, look.map, point);
  // Two keys may come before the next drawing: the second starts where the first has led.
  const now = useRef(cell);
  now.current = cell;
  /** @param {PointerEvent|MouseEvent} event @param {boolean} settled */
  const under = (event, settled) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const y = Math.floor(((event.clientY - box.top) / box.height) * height);
    const x = Math.floor(((event.clientX - box.left) / box.width) * width);
    onPoint([Math.max(0, Math.min(height - 1, y)), Math.max(0, Math.min(width - 1, x))], settled);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = moved(event, now.current, look.map.width, look.map.height);
    if (!next) return;
    event.preventDefault();
    now.current = next;
    onPoint(pointOf(look.at, next), true);
    live(cellSays(look, next));
  };
  const longer = Math.max(width, height);
  const wide = `${((width / longer) * size) / 16}rem`;
  return html`<div class="map explain-map" style=${{ width: wide }}>
    <div class="map-box map-acts" style=${{ aspectRatio: `${width} / ${height}` }} role="application"
      aria-roledescription="map" aria-label=${`${label} Arrow keys move the cell.`} tabindex="0" onKeyDown=${key}
      onPointerMove=${(/** @type {PointerEvent} */ e) => under(e, false)} onPointerLeave=${() => onPoint(null, false)}
      onClick=${(/** @type {MouseEvent} */ e) => under(e, true)}>
      <canvas ref=${ref} aria-hidden="true"></canvas>
      <${Frame} box=${frame(cell)} input=${{ width, height }} name="marker-cell" />
    </div>
  </div>`;
}
