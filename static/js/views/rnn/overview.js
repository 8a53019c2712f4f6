/**
 * A whole long text as one level curve, with the window that is on screen marked on it.
 *
 *     beliefs of all words -> canvas; what has not come yet is left open and said
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { count } from "gridtime/math/format.js";

/**
 * @typedef {object} OverviewProps
 * @property {"word" | "letter"} noun
 * @property {number} total
 * @property {{start: number, end: number}} window
 * @property {number} step
 * @property {(t: number) => number | null} belief
 * @property {string} label
 * @property {number} known     words whose belief has come
 * @property {{theme: string}} look
 * @property {(t: number) => void} onChoose
 * @property {(way: -1 | 1) => void} onTurn
 */

/** @param {HTMLCanvasElement} canvas @param {OverviewProps} props */
function draw(canvas, { total, belief }) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((v) => Math.round(v * ratio));
  const context = canvas.getContext("2d");
  if (!context || !width) return;
  canvas.width = width;
  canvas.height = height;
  const style = getComputedStyle(canvas);
  context.fillStyle = style.getPropertyValue("--prob");
  for (let x = 0; x < width; x += 1) {
    const p = belief(Math.min(total - 1, Math.floor((x / width) * total)));
    if (p !== null) context.fillRect(x, height * (1 - p), 1, height * p);
  }
  context.fillStyle = style.getPropertyValue("--edge");
  context.fillRect(0, Math.round(height / 2), width, Math.max(1, Math.round(ratio)));
}

/** @param {OverviewProps} props */
export function Overview(props) {
  const { noun, total, window, belief, label, known, look, onChoose, onTurn } = props;
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const latest = useRef(props);
  latest.current = props;
  const paint = () => {
    if (canvas.current) draw(canvas.current, latest.current);
  };
  useEffect(paint, [total, belief, known, look.theme]);
  useEffect(() => {
    const observer = new ResizeObserver(paint);
    if (canvas.current) observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  /** @param {MouseEvent} event */
  const click = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    onChoose(Math.max(0, Math.min(total - 1, Math.floor(((event.clientX - box.left) / box.width) * total))));
  };
  const marker = {
    left: `${(window.start / total) * 100}%`,
    width: `${((window.end - window.start) / total) * 100}%`,
  };
  const place = `${noun === "letter" ? "Letters" : "Words"} ${count(window.start + 1)} to ${count(window.end)} of ${count(total)}`;
  return html`<section class="overview" aria-label="The whole text">
    <button type="button" class="tool" aria-label="Earlier words" disabled=${window.start === 0} onClick=${() => onTurn(-1)}>◀</button>
    <div class="overview-curve" onClick=${click}>
      <canvas ref=${canvas} role="img" aria-label="${label} after every word of the whole text"></canvas>
      <span class="marker overview-marker" style=${marker} aria-hidden="true"></span>
    </div>
    <button type="button" class="tool" aria-label="Later words" disabled=${window.end === total} onClick=${() => onTurn(1)}>▶</button>
    <p class="overview-place">
      <span>${place}</span>${known < total && html`<span>, answers of ${count(known)} ${noun}s so far</span>`}
    </p>
  </section>`;
}
