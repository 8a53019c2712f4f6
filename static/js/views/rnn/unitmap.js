/**
 * Units × words as one canvas: states as squares on the scale, gates as bars in a track 0–1.
 *
 *     rows (units) × columns (words of the window) -> cells -> canvas; marker and rows are DOM
 *     arrows: ← → another word, ↑ ↓ another unit; Enter or a second click opens the step
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { activation, colourOf, css, digitInk } from "gridtime/math/colour.js";

/** @typedef {{theme: "light" | "dark", hatch: boolean}} Look */
/**
 * @typedef {object} UnitMapProps
 * @property {number[]} units    rows, top to bottom
 * @property {{start: number, end: number}} window
 * @property {(t: number, unit: number) => number} value
 * @property {(unit: number) => number} limit
 * @property {boolean} gate      values 0 to 1
 * @property {number} unit       the chosen row
 * @property {number} step       the chosen column
 * @property {number} last       last word that is read
 * @property {string} label
 * @property {string} says       the chosen cell, in words
 * @property {Look} look
 * @property {(t: number, unit: number) => void} onChoose
 * @property {() => void} onOpen
 */

/** @typedef {{x: number, y: number, w: number, h: number}} Box */

/**
 * A state: a square on the ±1 scale, a slash where it is negative.
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {number} v
 * @param {number} limit
 * @param {Look} look
 * @param {number} ratio
 */
function drawState(context, { x, y, w, h }, v, limit, look, ratio) {
  const colour = colourOf(v, limit, activation(look.theme));
  context.fillStyle = css(colour);
  context.fillRect(x, y, w, h);
  if (v >= 0 || Math.min(w, h) < 12 * ratio) return;
  context.strokeStyle = digitInk(colour);
  context.lineWidth = ratio;
  context.beginPath();
  const reach = h * 0.3;
  for (const shift of look.hatch ? [-2, -1, 0, 1, 2] : [0]) {
    const middle = x + w / 2 + shift * reach * 1.4;
    context.moveTo(middle - reach, y + h / 2 + reach);
    context.lineTo(middle + reach, y + h / 2 - reach);
  }
  context.stroke();
}

/**
 * A gate: a bar in a track.
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {number} v
 * @param {[string, string]} colours
 * @param {number} ratio
 */
function drawGate(context, { x, y, w, h }, v, [track, bar], ratio) {
  context.fillStyle = track;
  context.fillRect(x, y, w, h);
  context.fillStyle = bar;
  context.fillRect(x, y + 4 * ratio, w * Math.max(0, Math.min(1, v)), h - 8 * ratio);
}

/** @param {HTMLCanvasElement} canvas @param {UnitMapProps} props */
function draw(canvas, { units, window, value, limit, gate, last, look }) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((v) => Math.round(v * ratio));
  const context = canvas.getContext("2d");
  if (!context || !width || !height) return;
  canvas.width = width;
  canvas.height = height;
  const columns = window.end - window.start;
  const gap = Math.max(1, Math.round(ratio));
  const style = getComputedStyle(canvas);
  /** @type {[string, string]} */
  const colours = [style.getPropertyValue("--panel"), style.getPropertyValue("--ink2")];
  units.forEach((unit, row) => {
    const [y, under] = [row, row + 1].map((k) => Math.round((k * height) / units.length));
    for (let k = 0; k < columns && window.start + k <= last; k += 1) {
      const [x, right] = [k, k + 1].map((n) => Math.round((n * width) / columns));
      const box = { x: x + gap, y: y + gap, w: right - x - 2 * gap, h: under - y - 2 * gap };
      const v = value(window.start + k, unit);
      if (gate) drawGate(context, box, v, colours, ratio);
      else drawState(context, box, v, limit(unit), look, ratio);
    }
  });
}

/** @type {Record<string, [number, number]>} words, units */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {UnitMapProps} props @param {KeyboardEvent} event */
function key({ units, unit, step, last, onChoose, onOpen }, event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter") return void (event.preventDefault(), onOpen());
  const far = event.shiftKey ? 8 : 1;
  const ends = { Home: -Infinity, End: Infinity }[event.key];
  const [by, down] = ends === undefined ? (WAYS[event.key] ?? [0, 0]).map((v) => v * far) : [ends, 0];
  if (!by && !down) return;
  event.preventDefault();
  const at = Math.max(0, units.indexOf(unit));
  onChoose(Math.max(0, Math.min(last, step + by)), units[Math.max(0, Math.min(units.length - 1, at + down))]);
}

/** @param {UnitMapProps} props */
export function UnitMap(props) {
  const { units, window, value, limit, gate, unit, step, last, label, says, look, onChoose, onOpen } = props;
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const latest = useRef(props);
  latest.current = props;
  const paint = () => {
    if (canvas.current) draw(canvas.current, latest.current);
  };
  useEffect(paint, [
    units.join(),
    window.start,
    window.end,
    value,
    limit,
    gate,
    last,
    look.theme,
    look.hatch,
  ]);
  useEffect(() => {
    const observer = new ResizeObserver(paint);
    if (canvas.current) observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  const columns = window.end - window.start;
  /** @param {MouseEvent} event */
  const click = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const t =
      window.start + Math.min(columns - 1, Math.floor(((event.clientX - box.left) / box.width) * columns));
    const row =
      units[Math.min(units.length - 1, Math.floor(((event.clientY - box.top) / box.height) * units.length))];
    if (t === step && row === unit) onOpen();
    else onChoose(Math.min(t, last), row);
  };
  const at = units.indexOf(unit);
  const column = { left: `${((step - window.start) / columns) * 100}%`, width: `${100 / columns}%` };
  const cell = { ...column, top: `${(at / units.length) * 100}%`, height: `${100 / units.length}%` };
  return html`<div
    class="unitmap"
    role="application"
    aria-roledescription="map"
    aria-label="${label}. ${says}"
    tabindex="0"
    style=${{ "--rows": String(units.length) }}
    onClick=${click}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => key(latest.current, event)}
  >
    <canvas ref=${canvas} aria-hidden="true"></canvas>
    ${step >= window.start && step < window.end && at >= 0 && html`<span class="marker unitmap-marker" style=${cell} aria-hidden="true"></span>`}
  </div>`;
}
