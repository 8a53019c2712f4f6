/**
 * What the cell gets: the word's numbers and its own last state, each as a row of squares.
 */
import { html, useEffect, useRef } from "gridtime/lib/html.js";
import { activation, extent, paint } from "gridtime/math/colour.js";

/** @param {{name: string, about: string, values: ArrayLike<number>, theme: "light" | "dark", chosen?: number}} props */
function Row({ name, about, values, theme, chosen = -1 }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !values.length) return;
    const image = context.createImageData(values.length, 1);
    paint(values, values.length, 1, extent(values) || 1, activation(theme), image);
    context.putImageData(image, 0, 0);
  }, [values, theme]);
  const marker = { left: `${(chosen / values.length) * 100}%`, width: `${100 / values.length}%` };
  return html`<div class="lane lane-input">
    <span class="lane-label"><span class="lane-name">${name}</span></span>
    <span class="axis input-row">
      <canvas ref=${canvas} width=${values.length || 1} height="1" role="img" aria-label="${name}: ${values.length} numbers"></canvas>
      ${chosen >= 0 && html`<span class="marker input-marker" style=${marker} aria-hidden="true"></span>`}
    </span>
    <span class="lane-value input-count">${about}</span>
  </div>`;
}

/** @param {{s: import("gridtime/math/scene.js").Scene, step: NonNullable<ReturnType<typeof import("gridtime/math/scene.js").stepOf>>, look: {theme: "light" | "dark"}}} props */
export function Inputs({ s, step, look }) {
  const { x, h } = step.rows;
  const word = s.reading.tokens[s.step].text;
  return html`<${Row} name=${`“${word.length > 12 ? `${word.slice(0, 11)}…` : word}” as x`} about="${x.length} numbers" values=${x} theme=${look.theme} />
    <${Row} name="last state h₋₁" about="${h.length} units" values=${h} theme=${look.theme} chosen=${s.unit} />`;
}
