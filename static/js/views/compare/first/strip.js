/**
 * The sequence: sign A above it, sign B below, fillers between, and what one cell of a CNN sees.
 *
 *     drag, tap, arrows, Home, End -> onPlacing(placing)
 *     bracket: the cell at the later sign and the places before it that it sees
 */
import { html, useRef } from "gridtime/lib/html.js";
import { pxOf } from "gridtime/components/walkedplot.js";
import { bracketOf, fieldsOf, moved } from "gridtime/math/first.js";
import { listed } from "gridtime/math/rates.js";
import { BOX, placesOf } from "gridtime/views/compare/first/scene.js";

/** @typedef {import("gridtime/math/first.js").Placing} Placing */
/** @typedef {import("gridtime/math/first.js").Sign} Sign */
/** @typedef {import("gridtime/math/first.js").Model} Model */
/** @typedef {import("gridtime/views/compare/first/scene.js").Size} Size */
/** @typedef {import("gridtime/views/compare/first/scene.js").Box} Box */

/** One letter a kind of filler; signs are drawn by themselves. */
const LETTERS = "  cdefgh";

/** Where a letter no longer fits, a tick: the longer the later its kind. */
const LETTER_ROOM = 12;

/** @param {{symbols: number[], box: Box, x: (place: number) => number, cell: number}} props */
function Fillers({ symbols, box, x, cell }) {
  const foot = box.flag + box.cells;
  return symbols.map((symbol, place) => {
    if (symbol < 2) return null;
    if (cell >= LETTER_ROOM) return html`<text key=${place} x=${x(place)} y=${foot - 0.28 * box.cells} text-anchor="middle">${LETTERS[symbol] ?? "·"}</text>`;
    return html`<path key=${place} class="first-tick" d="M${x(place).toFixed(1)} ${foot - 3}v${-2 - 2.4 * (symbol - 2)}" />`;
  });
}

/** px of a text, and a little room. @param {string} text @param {Box} box */
const widthOf = (text, { letter }) => text.length * letter * 0.56 + 16;

/** In the bracket, after it or before it: where there is room. @param {number} left @param {number} right @param {number} wide @param {Box} box */
function spotOf(left, right, wide, { width }) {
  if (right - left >= wide) return { x: (left + right) / 2, "text-anchor": "middle" };
  return width - right >= wide ? { x: right + 8, "text-anchor": "start" } : { x: left - 8, "text-anchor": "end" };
}

/** A bracket and what it says, beside it or in it, where there is room. @param {{field: number, names: string[], placing: Placing, box: Box, y: number, x: (place: number) => number, cell: number, bare: boolean}} props */
function Bracket({ field, names, placing, box, y, x, cell, bare }) {
  const { from, to, cut, both } = bracketOf(field, placing);
  const [left, right] = [x(from) - cell / 2, x(to) + cell / 2];
  const room = Math.max(right - left, left, box.width - right);
  const seen = both ? "both" : "not both";
  const short = `${field} places: ${seen}`;
  const texts = bare ? [] : [`${listed(names)}: one cell sees ${field} places, ${seen} signs`, `${listed(names)}: ${field} places, ${seen}`];
  const text = texts.find((one) => widthOf(one, box) <= room) ?? short;
  const spot = spotOf(left, right, widthOf(text, box), box);
  const high = box.row - 6;
  const open = cut ? `M${left} ${y}H${right}V${y + high}H${left}` : `M${left} ${y}H${right}V${y + high}H${left}Z`;
  return html`<g class="first-field" data-field=${field} data-both=${both}>
    <path class="is-ink" d=${open} /><path class="is-marker" d=${open} />
    <text ...${spot} y=${y + high / 2 + box.letter * 0.35}>${text}</text></g>`;
}

/** @param {{sign: Sign, placing: Placing, x: (place: number) => number, box: Box, height: number, onPlacing: (placing: Placing) => void}} props */
function Flag({ sign, placing, x, box, height, onPlacing }) {
  const name = sign.toUpperCase();
  const at = placing[sign];
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    const end = { Home: 0, End: placing.length - 1 }[event.key];
    if (by === undefined && end === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onPlacing(moved(placing, sign, end ?? at + (by ?? 0) * (event.shiftKey ? 8 : 1)));
  };
  const top = sign === "a" ? 0 : box.flag + box.cells;
  return html`<div role="slider" tabindex="0" class="first-sign is-${sign}" data-sign=${sign} aria-label="Sign ${name}" aria-valuemin="1" aria-valuemax=${placing.length} aria-valuenow=${at + 1}
    aria-valuetext="place ${at + 1} of ${placing.length}" onKeyDown=${key}
    style=${{ left: `${(100 * x(at)) / box.width}%`, top: `${(100 * top) / height}%`, height: `${(100 * box.flag) / height}%` }}><span>${name}</span></div>`;
}

/** Which sign a hand means: the one under it, else the nearer. @param {PointerEvent} event @param {Placing} placing @param {number} place @returns {Sign} */
function meant(event, placing, place) {
  const under = /** @type {HTMLElement} */ (event.target).closest?.("[data-sign]")?.getAttribute("data-sign");
  if (under === "a" || under === "b") return under;
  return Math.abs(placing.a - place) <= Math.abs(placing.b - place) ? "a" : "b";
}

/**
 * @param {{placing: Placing, symbols: number[], models: Model[], size: Size, fields: boolean, onPlacing: (placing: Placing) => void}} props
 *   symbols: of the same length, or empty while they are not known; fields: whether brackets are drawn
 */
export function Strip({ placing, symbols, models, size, fields, onPlacing }) {
  const held = useRef(/** @type {Sign | null} */ (null));
  const box = BOX[size];
  const { x, at, cell } = placesOf(box, placing.length);
  const found = fields ? fieldsOf(models) : [];
  const rows = 2 * box.flag + box.cells;
  const height = rows + found.length * box.row + 4;
  /** @param {PointerEvent} event */
  const place = (event) => at(pxOf(event, /** @type {Element} */ (event.currentTarget), box.width));
  /** @param {PointerEvent} event */
  const down = (event) => {
    const strip = /** @type {HTMLElement} */ (event.currentTarget);
    held.current = meant(event, placing, place(event));
    strip.setPointerCapture(event.pointerId);
    /** @type {HTMLElement | null} */ (strip.querySelector(`[data-sign="${held.current}"]`))?.focus();
    event.preventDefault(); // nothing is selected on the way
    onPlacing(moved(placing, held.current, place(event)));
  };
  /** @param {PointerEvent} event */
  const move = (event) => held.current && onPlacing(moved(placing, held.current, place(event)));
  const up = () => void (held.current = null);
  return html`<div class="first-strip is-${size}" role="group" aria-label="The sequence: drag the two signs" onPointerDown=${down} onPointerMove=${move} onPointerUp=${up} onPointerCancel=${up}>
    <svg viewBox="0 0 ${box.width} ${height}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
      <rect class="first-row" x=${box.left} y=${box.flag} width=${box.width - box.left - box.right} height=${box.cells} />
      <text class="first-end" x=${box.left - 6} y=${box.flag + 0.72 * box.cells} text-anchor="end">1</text>
      <text class="first-end" x=${box.width - box.right + 6} y=${box.flag + 0.72 * box.cells}>${placing.length}</text>
      <${Fillers} symbols=${symbols.map((symbol, k) => (k === placing.a || k === placing.b ? 0 : symbol))} box=${box} x=${x} cell=${cell} />
      <path class="first-stem is-a" d="M${x(placing.a)} ${box.flag - 4}V${box.flag + box.cells}" stroke-width=${Math.max(3, cell - 4)} />
      <path class="first-stem is-b" d="M${x(placing.b)} ${box.flag}V${box.flag + box.cells + 4}" stroke-width=${Math.max(3, cell - 4)} />
      ${found.map(({ field, names }, k) => html`<${Bracket} key=${field} field=${field} names=${names} placing=${placing} box=${box} y=${rows + k * box.row + 4} x=${x} cell=${cell} bare=${size === "narrow"} />`)}
    </svg>
    <${Flag} sign="a" placing=${placing} x=${x} box=${box} height=${height} onPlacing=${onPlacing} />
    <${Flag} sign="b" placing=${placing} x=${x} box=${box} height=${height} onPlacing=${onPlacing} />
  </div>`;
}
