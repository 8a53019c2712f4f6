/**
 * What lies on a board: the window and its taps, the cell, the cells that nothing reads, the ring's
 * zeros. All in per cent of the board, so that moving one draws no pixel anew.
 */

import { html } from "gridtime/lib/html.js";

/** @typedef {import("gridtime/math/slide.js").Box} Box */
/** @typedef {import("./board.js").BoardProps} BoardProps */
/** @typedef {{across: number, down: number, pad: [number, number]}} Frame cells of the board, padding included */

/** The longest that a window may take to its next place, in ms. */
const GLIDE = 240;

/** @param {{box: Box, frame: Frame, name: string, style?: Record<string, string>}} props */
function Mark({ box, frame, name, style = {} }) {
  const { across, down } = frame;
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
    y: window.y + Math.floor(i / taps[1]) * dilation[0],
    x: window.x + (i % taps[1]) * dilation[1], height: 1, width: 1,
  }));
}

/** The ring's zeros, as text: few cells, and read with the rest.
 *  @param {{frame: Frame, size: number, most?: number}} props */
export function Zeros({ frame, size, most = 16 }) {
  const { across, down, pad } = frame;
  const side = size / Math.max(across, down);
  const outside = (/** @type {number} */ y, /** @type {number} */ x) =>
    y < pad[0] || x < pad[1] || y >= down - pad[0] || x >= across - pad[1];
  return html`<span class="board-zeros" aria-hidden="true" style=${{ fontSize: `${Math.min(most, side / 2) / 16}rem` }}>
    ${Array.from({ length: across * down }, (_, i) => {
      const [y, x] = [Math.floor(i / across), i % across];
      const place = { left: `${((x + 0.5) / across) * 100}%`, top: `${((y + 0.5) / down) * 100}%` };
      return outside(y, x) && html`<span key=${i} style=${place}>0</span>`;
    })}
  </span>`;
}

/** @param {{board: BoardProps, frame: Frame}} props */
export function Marks({ board, frame }) {
  const { window, chosen, shades = [], beat = GLIDE } = board;
  const style = { "--glide": `${Math.min(GLIDE, Math.round(beat * 0.7))}ms` };
  /** @param {Box} box @returns {Box} on the padded board */
  const on = (box) => ({ ...box, y: box.y + frame.pad[0], x: box.x + frame.pad[1] });
  return html`
    ${shades.map((one) => html`<${Mark} key=${`${one.y} ${one.x}`} name=${`board-unused board-${one.use}`} box=${one} frame=${frame} />`)}
    ${shades.some((one) => one.use === "border") && html`<span class="board-tag" aria-hidden="true">unused</span>`}
    ${window && html`<${Mark} name="board-window" box=${on(window)} frame=${frame} style=${style} />`}
    ${tapBoxes(board).map((tap, i) => html`<${Mark} key=${i} name="board-tap" box=${on(tap)} frame=${frame} style=${style} />`)}
    ${chosen && html`<${Mark} name="board-cell" frame=${frame} style=${style}
      box=${on({ y: chosen[0], x: chosen[1], height: 1, width: 1 })} />`}`;
}
