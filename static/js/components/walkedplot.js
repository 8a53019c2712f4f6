/**
 * A plot whose places are walked by keys and pointed at.
 *
 *     ← → (Shift × 8), Home, End -> go(place)   ↑ ↓ -> line(by)   press, drag -> go of what lies there
 */

/** px of a drawing that is `width` wide, under a pointer. @param {PointerEvent | MouseEvent} event @param {Element} element @param {number} width */
export function pxOf(event, element, width) {
  const area = element.getBoundingClientRect();
  return ((event.clientX - area.left) / area.width) * width;
}

/**
 * @param {{at: number, first: number, last: number, end?: number}} places end: where End leads, if not to the last
 * @param {(place: number) => void} go within first and last
 * @param {(by: number) => void} [line]
 */
export const keysAlong = ({ at, first, last, end = last }, go, line) =>
  /** @param {KeyboardEvent} event */
  (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const other = line && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const far = { Home: first, End: end }[event.key];
    if (by) go(Math.max(first, Math.min(last, at + by * (event.shiftKey ? 8 : 1))));
    else if (other) line(other);
    else if (far !== undefined) go(far);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

/** @param {number} width of the drawing @param {(px: number) => void} go */
export const pointed = (width, go) =>
  /** @param {PointerEvent} event */
  (event) => {
    if (event.type === "pointermove" && !event.buttons) return;
    const plot = /** @type {Element} */ (event.currentTarget);
    go(pxOf(event, plot.querySelector("svg") ?? plot, width));
  };

/**
 * The place of an axis under px, a whole number of first…last.
 * @param {{width: number, left: number, right: number}} box @param {number} first @param {number} last
 */
export const placeAt = ({ width, left, right }, first, last) =>
  /** @param {number} px */
  (px) => Math.max(first, Math.min(last, Math.round(first + ((px - left) / (width - left - right)) * (last - first))));
