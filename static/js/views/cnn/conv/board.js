/**
 * A map that a window walks over, or that it fills: padding around it, places still empty, both by
 * hand.
 *
 *     values, mask -> Pixels;  window, cell, unread cells -> Marks
 *     pad          -> a hatched ring: outside the picture, counts as 0
 *     pointer down and along -> onPoint([y, x] in cells, fractions)      arrow keys -> onKey
 */

import { html, useState } from "gridtime/lib/html.js";
import { digitsNow } from "gridtime/components/num.js";
import { number } from "gridtime/math/format.js";
import { Marks, Zeros } from "gridtime/views/cnn/conv/boardmarks.js";
import { Pixels } from "gridtime/views/cnn/conv/boardpixels.js";

/** @typedef {import("gridtime/math/slide.js").Box} Box */
/** @typedef {[number, number]} Cell */
/**
 * @typedef {object} BoardProps
 * @property {ArrayLike<number>} values @property {number} width @property {number} height
 * @property {number} limit @property {"activation"|"grey"} [kind]
 * @property {ArrayLike<number>} [drawn] what is painted, where that is not the values
 * @property {number} size px at root 16 of the longer side, padding included
 * @property {string} label @property {import("gridtime/math/colour.js").Theme} theme
 * @property {boolean} hatch @property {Cell} [pad] cells on each side
 * @property {Uint8Array|null} [mask] 1 where a place is computed
 * @property {Box|null} [window] @property {Cell} [taps] rows and columns of taps
 * @property {Cell} [dilation] @property {Cell|null} [chosen]
 * @property {(Box & {use: string})[]} [shades] rows and columns of the padded input that no window reads
 * @property {number} [beat] ms a turn takes: the window must arrive within it
 * @property {(point: Cell) => void} [onPoint] @property {(event: KeyboardEvent) => boolean} [onKey]
 * @property {number} [digits] whole numbers in every cell: 0; the ring's zeros too
 * @property {number} [letters] px at root 16 of the largest digit
 * @property {any} [title] @property {string} [name] class @property {() => void} [onTable]
 */

/** @param {Cell} at @param {BoardProps} board @returns {string} */
function says([y, x], { values, width, height, mask, digits }) {
  if (y < 0 || x < 0 || y >= height || x >= width) return "outside: counts as 0";
  const where = `row ${y}, column ${x}: `;
  if (mask && !mask[y * width + x]) return `${where}not computed yet`;
  return where + number(values[y * width + x] ?? 0, digits === 0 ? 0 : digitsNow(2));
}

/**
 * Where a pointer is, in cells of the map; outside it in the ring.
 * @param {PointerEvent} event @param {import("./boardmarks.js").Frame} frame @returns {Cell}
 */
function pointOf(event, { down, across, pad }) {
  const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
  return [
    ((event.clientY - box.top) / box.height) * down - pad[0],
    ((event.clientX - box.left) / box.width) * across - pad[1],
  ];
}

/**
 * What makes the board act: pointer, drag and keys.
 * @param {BoardProps} board @param {import("./boardmarks.js").Frame} frame @param {(at: Cell|null) => void} hover
 */
function acting(board, frame, hover) {
  const { onPoint, onKey } = board;
  if (!onPoint) return { role: "img" };
  return {
    role: "application", "aria-roledescription": "map", tabindex: 0,
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture?.(event.pointerId);
      onPoint(pointOf(event, frame));
    },
    onPointerMove: (/** @type {PointerEvent} */ event) => {
      const here = pointOf(event, frame);
      hover([Math.floor(here[0]), Math.floor(here[1])]);
      if (event.buttons & 1) onPoint(here);
    },
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !onKey?.(event)) return;
      event.preventDefault();
      hover(null);
    },
  };
}

/** @param {BoardProps} props */
export function Board(props) {
  const { width, height, size, label, pad = [0, 0], chosen, onPoint } = props;
  const [at, setAt] = useState(/** @type {Cell|null} */ (null));
  const frame = { down: height + 2 * pad[0], across: width + 2 * pad[1], pad };
  const { down, across } = frame;
  const box = { width: `${((across / Math.max(down, across)) * size) / 16}rem`, aspectRatio: `${across} / ${down}` };
  const inner = {
    left: `${(pad[1] / across) * 100}%`, top: `${(pad[0] / down) * 100}%`,
    width: `${(width / across) * 100}%`, height: `${(height / down) * 100}%`,
  };
  const on = at ?? chosen;
  const padded = pad[0] + pad[1] > 0;
  return html`<figure class="board ${props.name ?? ""}">
    <figcaption class="board-title">${props.title ?? label}</figcaption>
    <div class="board-box ${padded ? "is-padded" : ""} ${onPoint ? "board-acts" : ""}" style=${box}
      aria-label=${label} onPointerLeave=${() => setAt(null)} ...${acting(props, frame, setAt)}>
      <div class="board-map" style=${inner}><${Pixels} ...${props} /></div>
      ${props.digits === 0 && padded && html`<${Zeros} frame=${frame} size=${size} most=${props.letters} />`}
      <${Marks} board=${props} frame=${frame} />
    </div>
    <div class="board-foot small"><output>${on ? says(on, props) : "\u00a0"}</output>
      ${props.onTable && html`<button type="button" class="link" onClick=${props.onTable}>As table</button>`}</div>
  </figure>`;
}
