/**
 * A map that a window walks over, or that it fills: padding around it, places still empty, both by
 * hand.
 *
 *     values -> pixels;  mask -> a cover over what is not computed yet
 *     pad    -> a hatched ring: outside the picture, counts as 0
 *     window, taps, chosen, unused -> marks in per cent: moving one draws no pixel anew
 *     pointer down and along -> onPoint([y, x] in cells, fractions)      arrow keys -> onKey
 */

import { html, useCallback, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { drawMap } from "gridtime/components/mapdrawing.js";
import { digitsNow } from "gridtime/components/num.js";
import { number } from "gridtime/math/format.js";
import { CellNumbers, READABLE } from "gridtime/views/cnn/cellnumbers.js";

/** @typedef {import("gridtime/math/slide.js").Box} Box */
/** @typedef {[number, number]} Cell */
/**
 * @typedef {object} BoardProps
 * @property {ArrayLike<number>} values @property {number} width @property {number} height
 * @property {number} limit @property {"activation"|"grey"} [kind] @property {ArrayLike<number>} [drawn] what is painted, where that is not the values
 * @property {number} size px at root 16 of the longer side, padding included
 * @property {string} label @property {import("gridtime/math/colour.js").Theme} theme
 * @property {boolean} hatch @property {Cell} [pad] cells on each side
 * @property {Uint8Array|null} [mask] 1 where a place is computed
 * @property {Box|null} [window] @property {Cell} [taps] rows and columns of taps @property {Cell} [dilation]
 * @property {Cell|null} [chosen] @property {(Box & {use: string})[]} [shades] rows and columns of the padded input that no window reads
 * @property {number} [beat] ms a turn takes: the window must arrive within it
 * @property {(point: Cell) => void} [onPoint] @property {(event: KeyboardEvent) => boolean} [onKey]
 * @property {number} [digits] whole numbers in every cell: 0; the ring's zeros too
 * @property {any} [title] @property {string} [name] class @property {() => void} [onTable]
 */

/** What is not computed yet: paper, a dot a place. @param {HTMLCanvasElement} canvas
 *  @param {Uint8Array} mask @param {number} width @param {number} height @param {boolean} dark */
function cover(canvas, mask, width, height, dark) {
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  const context = canvas.getContext("2d");
  if (!context) return;
  const [w, h] = [canvas.width / width, canvas.height / height];
  const dot = Math.max(1, w * 0.14);
  context.fillStyle = dark ? "#121417" : "#FFFFFF";
  for (let i = 0; i < mask.length; i++) {
    if (mask[i]) continue;
    const [x, y] = [Math.floor((i % width) * w), Math.floor(Math.floor(i / width) * h)];
    context.fillRect(x, y, Math.ceil(w) + 1, Math.ceil(h) + 1);
  }
  context.fillStyle = dark ? "#838B98" : "#A3A9B5";
  for (let i = 0; i < mask.length; i++) {
    if (mask[i]) context.clearRect(Math.floor((i % width) * w), Math.floor(Math.floor(i / width) * h), Math.ceil(w), Math.ceil(h));
    else context.fillRect(((i % width) + 0.5) * w - dot / 2, (Math.floor(i / width) + 0.5) * h - dot / 2, dot, dot);
  }
}

/** @param {{box: Box, across: number, down: number, name: string, style?: Record<string, string>}} props */
function Mark({ box, across, down, name, style = {} }) {
  const place = {
    left: `${(box.x / across) * 100}%`, top: `${(box.y / down) * 100}%`,
    width: `${(box.width / across) * 100}%`, height: `${(box.height / down) * 100}%`, ...style,
  };
  return html`<span class=${name} style=${place} aria-hidden="true"></span>`;
}

/** The cells that a spread-out kernel reads. @param {BoardProps} props @returns {Box[]} */
function tapBoxes({ window, taps = [1, 1], dilation = [1, 1] }) {
  if (!window || (dilation[0] === 1 && dilation[1] === 1)) return [];
  return Array.from({ length: taps[0] * taps[1] }, (_, i) => ({
    y: window.y + Math.floor(i / taps[1]) * dilation[0], x: window.x + (i % taps[1]) * dilation[1],
    height: 1, width: 1,
  }));
}

/** @param {BoardProps} props */
function Pixels(props) {
  const { values, drawn = values, width, height, limit, kind = "activation", theme, hatch, mask } = props;
  const canvas = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const over = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  const { pad = [0, 0], digits = 2 } = props;
  const edge = (props.size * Math.max(width, height)) / Math.max(width + 2 * pad[1], height + 2 * pad[0]);
  const least = digits === 0 ? 12 : READABLE;
  const bare = !hatch && edge / Math.max(width, height) >= least;
  const draw = useCallback(() => {
    if (canvas.current) drawMap(canvas.current, { values: drawn, width, height, offset: 0, limit, kind }, { theme, hatch, bare });
  }, [drawn, width, height, limit, kind, theme, hatch, bare]);
  const hide = useCallback(() => {
    if (over.current && mask) cover(over.current, mask, width, height, theme === "dark");
  }, [mask, width, height, theme]);
  useEffect(draw, [draw]);
  useEffect(hide, [hide]);
  useEffect(() => {
    if (!canvas.current) return undefined;
    const observer = new ResizeObserver(() => (draw(), hide()));
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, [draw, hide]);
  return html`<canvas ref=${canvas} aria-hidden="true"></canvas>
    ${kind === "activation" && html`<${CellNumbers} values=${values} width=${width} height=${height} limit=${limit} edge=${edge} theme=${theme}
      digits=${digits} least=${least} />`}
    ${mask && html`<canvas ref=${over} class="board-cover" aria-hidden="true"></canvas>`}`;
}

/** The ring's zeros, as text: few cells, and read with the rest.
 *  @param {{across: number, down: number, pad: Cell, size: number}} props */
function Zeros({ across, down, pad, size }) {
  const side = size / Math.max(across, down);
  const places = Array.from({ length: across * down }, (_, i) => [Math.floor(i / across), i % across])
    .filter(([y = 0, x = 0]) => y < pad[0] || x < pad[1] || y >= down - pad[0] || x >= across - pad[1]);
  return html`<span class="board-zeros" aria-hidden="true" style=${{ fontSize: `${Math.min(16, side / 2) / 16}rem` }}>
    ${places.map(([y = 0, x = 0]) => html`<span key=${`${y} ${x}`} style=${{ left: `${((x + 0.5) / across) * 100}%`, top: `${((y + 0.5) / down) * 100}%` }}>0</span>`)}
  </span>`;
}

/** @param {BoardProps} props */
export function Board(props) {
  const { values, width, height, size, label, pad = [0, 0], window, chosen, shades = [], mask, beat = 240 } = props;
  const [at, setAt] = useState(/** @type {Cell|null} */ (null));
  const [down, across] = [height + 2 * pad[0], width + 2 * pad[1]];
  const long = Math.max(down, across);
  const box = { width: `${((across / long) * size) / 16}rem`, aspectRatio: `${across} / ${down}` };
  /** @param {PointerEvent} event @returns {Cell} */
  const point = (event) => {
    const from = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    return [((event.clientY - from.top) / from.height) * down - pad[0], ((event.clientX - from.left) / from.width) * across - pad[1]];
  };
  /** @param {PointerEvent} event */
  const pressed = (event) => {
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture?.(event.pointerId);
    props.onPoint?.(point(event));
  };
  /** @param {PointerEvent} event */
  const moved = (event) => {
    const here = point(event);
    setAt([Math.floor(here[0]), Math.floor(here[1])]);
    if (event.buttons & 1) props.onPoint?.(here);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (props.onKey?.(event)) (event.preventDefault(), setAt(null));
  };
  const acts = Boolean(props.onPoint);
  const on = at ?? chosen;
  const inner = { left: `${(pad[1] / across) * 100}%`, top: `${(pad[0] / down) * 100}%`, width: `${(width / across) * 100}%`, height: `${(height / down) * 100}%` };
  const shift = (/** @type {Box} */ b) => ({ ...b, y: b.y + pad[0], x: b.x + pad[1] });
  const glide = { "--glide": `${Math.min(240, Math.round(beat * 0.7))}ms` };
  return html`<figure class="board ${props.name ?? ""}">
    <figcaption class="board-title">${props.title ?? label}</figcaption>
    <div class="board-box ${pad[0] + pad[1] > 0 ? "is-padded" : ""} ${acts ? "board-acts" : ""}" style=${box}
      role=${acts ? "application" : "img"} aria-roledescription=${acts ? "map" : undefined} aria-label=${label} tabindex=${acts ? 0 : undefined}
      onKeyDown=${acts ? key : undefined} onPointerDown=${acts ? pressed : undefined}
      onPointerMove=${acts ? moved : undefined} onPointerLeave=${() => setAt(null)}>
      <div class="board-map" style=${inner}><${Pixels} ...${props} /></div>
      ${props.digits === 0 && pad[0] > 0 && html`<${Zeros} across=${across} down=${down} pad=${pad} size=${size} />`}
      ${shades.map((one) => html`<${Mark} key=${`${one.y} ${one.x}`} name=${`board-unused board-${one.use}`} box=${one} across=${across} down=${down} />`)}
      ${shades.some((one) => one.use === "border") && html`<span class="board-tag" aria-hidden="true">unused</span>`}
      ${window && html`<${Mark} name="board-window" box=${shift(window)} across=${across} down=${down} style=${glide} />`}
      ${tapBoxes(props).map((tap, i) => html`<${Mark} key=${i} name="board-tap" box=${shift(tap)} across=${across} down=${down} style=${glide} />`)}
      ${chosen && html`<${Mark} name="board-cell" box=${{ y: chosen[0] + pad[0], x: chosen[1] + pad[1], height: 1, width: 1 }} across=${across} down=${down} style=${glide} />`}
    </div>
    <div class="board-foot small"><output>${on ? says(on, values, width, height, mask, props.digits) : "\u00a0"}</output>
      ${props.onTable && html`<button type="button" class="link" onClick=${props.onTable}>As table</button>`}</div>
  </figure>`;
}

/** @param {Cell} at @param {ArrayLike<number>} values @param {number} width @param {number} height
 *  @param {Uint8Array|null|undefined} mask @param {number|undefined} digits */
function says([y, x], values, width, height, mask, digits) {
  if (y < 0 || x < 0 || y >= height || x >= width) return "outside: counts as 0";
  const where = `row ${y}, column ${x}: `;
  if (mask && !mask[y * width + x]) return `${where}not computed yet`;
  return where + number(values[y * width + x] ?? 0, digits === 0 ? 0 : digitsNow(2));
}
