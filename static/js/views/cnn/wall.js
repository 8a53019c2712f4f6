/**
 * A wall of maps: one canvas for all channels of a layer, a marker on the chosen one.
 *
 *     pointer -> tile and cell -> onHover        click -> onPick, again -> onOpen
 *
 * On a narrow screen the wall is a shelf: one row of tiles that scrolls, drawn only where it shows.
 */

import { html, useEffect, useLayoutEffect, useRef, useState } from "gridtime/lib/html.js";
import { activation } from "gridtime/math/colour.js";
import { rangeFor } from "gridtime/math/scales.js";
import { tileAt, tilePlace } from "gridtime/math/wall.js";
import { drawWall } from "gridtime/views/cnn/paint.js";

/** @typedef {import("gridtime/math/scales.js").Tensor} Tensor */
/** @typedef {import("gridtime/math/wall.js").Wall} WallSize */
/**
 * @typedef {object} WallProps
 * @property {string} layer @property {Tensor} tensor
 * @property {import("gridtime/math/scales.js").LayerRange} range
 * @property {import("gridtime/math/scales.js").Scope} scope
 * @property {import("gridtime/math/scales.js").Range} network
 * @property {WallSize} size
 * @property {import("gridtime/math/colour.js").Theme} theme
 * @property {number} chosen channel, −1 for none @property {string} label
 * @property {boolean} [shelf]
 * @property {(channel: number, cell: [number, number]) => void} [onHover] channel −1: left
 * @property {(channel: number) => void} [onPick]
 */

/** @param {WallProps} props */
export function Wall(props) {
  const { layer, tensor, range, scope, network, size, theme, chosen, shelf = false } = props;
  const { edge } = size;
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const [view, setView] = useState({ from: 0, width: 0 });
  const channels = tensor.shape[0] ?? 0;
  const width = shelf ? Math.min(view.width || 400, size.width) : size.columns * edge + 1;
  const ratio = globalThis.devicePixelRatio || 1;
  useLayoutEffect(() => {
    if (!canvas.current) return;
    const spec = {
      tensor, edge, columns: size.columns, table: activation(theme),
      limitOf: (/** @type {number} */ c) => rangeFor(scope, range, c, network).limit,
      first: shelf ? Math.floor(view.from / edge) : 0,
      count: shelf ? Math.ceil(width / edge) + 1 : channels,
      shift: shelf ? view.from : 0, line: theme === "dark" ? "#838B98" : "#737A87",
    };
    drawWall(canvas.current, spec, ratio);
  }, [tensor, scope, network.limit, size.columns, size.rows, edge, theme, view.from, width, ratio]);

  /** @param {PointerEvent|MouseEvent} event @returns {[number, [number, number]]} */
  const under = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const x = event.clientX - box.left + (shelf ? view.from : 0);
    const y = event.clientY - box.top;
    const tile = tileAt(size, channels, x, y);
    if (tile < 0) return [-1, [0, 0]];
    const at = tilePlace(size, tile);
    const [, h = 1, w = 1] = tensor.shape;
    /** @type {(v: number, n: number) => number} */
    const cell = (v, n) => Math.max(0, Math.min(n - 1, Math.floor(((v - 1) / (edge - 1)) * n)));
    return [tile, [cell(y - at.y, h), cell(x - at.x, w)]];
  };
  /** @param {Event} event */
  const scrolled = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget);
    setView({ from: box.scrollLeft, width: box.clientWidth });
  };
  const mark = chosen >= 0 ? tilePlace(size, chosen) : null;
  const picture = html`<canvas
      ref=${canvas} class="wall-canvas" data-layer=${layer} data-columns=${size.columns} role="img" aria-label=${props.label}
      width=${Math.round(width * ratio)} height=${Math.round((size.rows * edge + 1) * ratio)}
      style=${{ width: `${width}px`, height: `${size.rows * edge + 1}px` }}
      onPointerMove=${(/** @type {PointerEvent} */ e) => props.onHover?.(...under(e))}
      onPointerLeave=${() => props.onHover?.(-1, [0, 0])}
      onClick=${(/** @type {MouseEvent} */ e) => pick(under(e)[0], props.onPick)}
    ></canvas>`;
  const marker = mark && html`<span class="wall-mark" aria-hidden="true"
    style=${{ left: `${mark.x}px`, top: `${mark.y}px`, width: `${edge + 1}px`, height: `${edge + 1}px` }}></span>`;
  if (!shelf) return html`<div class="wall" style=${{ height: `${size.height}px` }}>${picture}${marker}</div>`;
  return html`<${Shelf} width=${size.width} height=${size.height} mark=${mark?.x} onScroll=${scrolled}
    onSize=${(/** @type {number} */ w) => setView((v) => ({ ...v, width: w }))} label=${props.label}>
    ${picture}${marker}<//>`;
}

/** @param {number} channel @param {((channel: number) => void)|undefined} onPick */
function pick(channel, onPick) {
  if (channel >= 0) onPick?.(channel);
}

/** @param {any} props */
function Shelf({ width, height, mark, label, onScroll, onSize, children }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => onSize(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (mark === undefined || !box.current) return;
    const { scrollLeft, clientWidth } = box.current;
    if (mark < scrollLeft || mark + height > scrollLeft + clientWidth) {
      box.current.scrollTo({ left: Math.max(0, mark - clientWidth / 2) });
    }
  }, [mark]);
  return html`<div class="shelf" ref=${box} onScroll=${onScroll} tabindex="0" role="region" aria-label=${label}>
    <div class="shelf-inside" style=${{ width: `${width}px`, height: `${height}px` }}>${children}</div>
  </div>`;
}
