/**
 * Where an arrow key leads on a grid of cells.
 */

/** @typedef {[number, number]} Cell y, x */

/** @type {Record<string, Cell>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * Where a key leads, or null where it leads nowhere.
 * @param {Pick<KeyboardEvent, "key" | "shiftKey">} event
 * @param {Cell} from
 * @param {number} width
 * @param {number} height
 * @returns {Cell | null}
 */
export function moved(event, [y, x], width, height) {
  if (event.key === "Home") return [0, 0];
  if (event.key === "End") return [height - 1, width - 1];
  const step = STEPS[event.key];
  if (!step) return null;
  const far = event.shiftKey ? 8 : 1;
  /** @type {(v: number, most: number) => number} */
  const within = (v, most) => Math.max(0, Math.min(most, v));
  return [within(y + step[0] * far, height - 1), within(x + step[1] * far, width - 1)];
}
