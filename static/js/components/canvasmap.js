/**
 * One map of numbers: sharp pixels, a chosen cell, keys, a readout and its table.
 *
 *   values [height * width] -> native-size ImageData -> canvas at device pixels, nearest neighbour
 *   pointer -> onMove([y, x])     click, arrows -> onChoose     click again, Enter -> onOpen
 */
import { html, useCallback, useEffect, useRef, useState } from "gridtime/lib/html.js";
import { number } from "gridtime/math/format.js";
import { moved } from "gridtime/math/step.js";
import { live } from "gridtime/components/live.js";
import { digitsNow } from "gridtime/components/num.js";
import { drawMap } from "gridtime/components/mapdrawing.js";
import { TableDialog } from "gridtime/components/table.js";
import { hatch, theme } from "gridtime/stores/ui.js";


/** @typedef {[number, number]} Cell y, x */
/** @typedef {import("gridtime/components/mapdrawing.js").MapKind} MapKind */
/**
 * @typedef {object} MapProps
 * @property {ArrayLike<number>} values row-major; for kind "rgb" three planes of 0..255
 * @property {number} width
 * @property {number} height
 * @property {number} [offset] first value of the map in `values`
 * @property {number} [limit]
 * @property {MapKind} [kind]
 * @property {number} [size] px at root 16 of the longer side
 * @property {[number, number]} [box] px at root 16, width and height, where cells are no squares
 * @property {Cell | null} [chosen]
 * @property {{y: number, x: number, height: number, width: number} | null} [field] receptive field
 * @property {string} label
 * @property {boolean} [readout]
 * @property {boolean} [table]
 * @property {(cell: Cell | null) => void} [onMove]
 * @property {(cell: Cell) => void} [onChoose]
 * @property {(cell: Cell) => void} [onOpen]
 */

/**
 * @param {PointerEvent | MouseEvent} event
 * @param {number} width
 * @param {number} height
 * @returns {Cell}
 */
function cellUnder(event, width, height) {
  const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
  const x = Math.floor(((event.clientX - box.left) / box.width) * width);
  const y = Math.floor(((event.clientY - box.top) / box.height) * height);
  return [Math.max(0, Math.min(height - 1, y)), Math.max(0, Math.min(width - 1, x))];
}

/**
 * A frame over cells, in per cent of the map: moving it draws no pixel anew.
 * @param {{y: number, x: number, rows?: number, columns?: number, width: number, height: number, name: string}} props
 */
function Marker({ y, x, rows = 1, columns = 1, width, height, name }) {
  const style = {
    left: `${(x / width) * 100}%`,
    top: `${(y / height) * 100}%`,
    width: `${(columns / width) * 100}%`,
    height: `${(rows / height) * 100}%`,
  };
  return html`<span class="marker ${name}" style=${style} aria-hidden="true"></span>`;
}

/** @param {MapProps} props */
export function CanvasMap(props) {
  const { values, width, height, offset = 0, limit = 1, kind = "activation", size = 256 } = props;
  const { chosen = null, field = null, label, onMove, onChoose, onOpen } = props;
  const { readout = Boolean(onChoose), table = false } = props;
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const [hover, setHover] = useState(/** @type {Cell | null} */ (null));
  const [open, setOpen] = useState(false);
  const look = { theme: theme.value, hatch: hatch.value };

  const draw = useCallback(() => {
    if (canvas.current) drawMap(canvas.current, { values, width, height, offset, limit, kind }, look);
  }, [values, width, height, offset, limit, kind, look.theme, look.hatch]);
  useEffect(draw, [draw]);
  useEffect(() => {
    if (!canvas.current) return undefined;
    const observer = new ResizeObserver(draw);
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, [draw]);

  /** @param {Cell} cell */
  const says = ([y, x]) => {
    const at = `row ${y}, column ${x}`;
    if (kind === "rgb") {
      const plane = width * height;
      const parts = [0, 1, 2].map((c) => number(values[offset + c * plane + y * width + x], 0));
      return `${at}: red ${parts[0]}, green ${parts[1]}, blue ${parts[2]}`;
    }
    return `${at}: ${number(values[offset + y * width + x], digitsNow(2))}`;
  };
  /** @param {Cell | null} cell */
  const move = (cell) => {
    setHover(cell);
    onMove?.(cell);
  };
  /** @param {Cell} cell */
  const choose = (cell) => {
    const again = chosen && chosen[0] === cell[0] && chosen[1] === cell[1];
    if (again && onOpen) onOpen(cell);
    else onChoose?.(cell);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && chosen && onOpen) {
      event.preventDefault();
      return onOpen(chosen);
    }
    const next = moved(event, chosen ?? [0, 0], width, height);
    if (!next) return;
    event.preventDefault();
    setHover(null);
    (onChoose ?? onMove)?.(chosen ? next : [0, 0]);
    live(says(chosen ? next : [0, 0]));
  };

  const longer = Math.max(width, height);
  const [wide, high] = props.box ?? [(width / longer) * size, (height / longer) * size];
  const box = { width: `${wide / 16}rem`, height: `${high / 16}rem` };
  const acts = Boolean(onChoose || onMove);
  const shown = hover ?? chosen;
  return html`<div class="map" style=${{ width: box.width }}>
    <div
      class="map-box ${acts ? "map-acts" : ""}"
      style=${box}
      role=${acts ? "application" : "img"}
      aria-roledescription=${acts ? "map" : undefined}
      aria-label=${label}
      tabindex=${acts ? 0 : undefined}
      onKeyDown=${acts ? key : undefined}
      onPointerMove=${acts ? (/** @type {PointerEvent} */ e) => move(cellUnder(e, width, height)) : undefined}
      onPointerLeave=${acts ? () => move(null) : undefined}
      onClick=${acts ? (/** @type {MouseEvent} */ e) => choose(cellUnder(e, width, height)) : undefined}
    >
      <canvas ref=${canvas} aria-hidden="true"></canvas>
      ${field && html`<${Marker} y=${field.y} x=${field.x} rows=${field.height} columns=${field.width} width=${width} height=${height} name="marker-field" />`}
      ${chosen && html`<${Marker} y=${chosen[0]} x=${chosen[1]} width=${width} height=${height} name="marker-cell" />`}
    </div>
    ${readout && html`<output class="map-readout">${shown ? says(shown) : "\u00a0"}</output>`}
    ${table &&
    html`<button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>
      <${TableDialog} open=${open} title=${label} onClose=${() => setOpen(false)} values=${values} offset=${offset} width=${width} height=${height} />`}
  </div>`;
}
