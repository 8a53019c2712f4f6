/**
 * Belief in the chosen class against the rows shown: a line a network, thin what it was before
 * the picture was changed, dashed what guessing gives.
 *
 *     click, or arrows in the focused plot -> the number of rows
 */
import { html } from "gridtime/lib/html.js";
import { percent } from "gridtime/math/format.js";
import { apart } from "gridtime/math/logplot.js";
import { beliefAt } from "gridtime/math/tworeaders.js";

/** @typedef {import("gridtime/math/tworeaders.js").Curve} Curve */
/** @typedef {{kind: string, name: string, now: Curve, plain: Curve}} Line */
/** @typedef {"wide" | "narrow" | "present" | "side"} Size side: presented beside the picture */

/** In px at root 16. @type {Record<Size, {width: number, height: number, left: number, right: number, top: number, bottom: number, letter: number}>} */
export const BOX = {
  wide: { width: 800, height: 204, left: 56, right: 72, top: 12, bottom: 44, letter: 14 },
  narrow: { width: 358, height: 240, left: 46, right: 58, top: 12, bottom: 44, letter: 13 },
  side: { width: 780, height: 320, left: 76, right: 110, top: 16, bottom: 62, letter: 19 },
  present: { width: 1170, height: 430, left: 76, right: 110, top: 16, bottom: 62, letter: 20 },
};

/** @param {Size} size @param {number} rows */
function scalesOf(size, rows) {
  const box = BOX[size];
  const [right, foot] = [box.width - box.right, box.height - box.bottom];
  return { box, right, foot, x: (/** @type {number} */ k) => box.left + (k / rows) * (right - box.left), y: (/** @type {number} */ p) => foot - p * (foot - box.top) };
}

/** @param {Curve} curve @param {number} label @param {number} until @param {ReturnType<typeof scalesOf>} scales */
const pathOf = (curve, label, until, { x, y }) =>
  `M${Array.from({ length: until + 1 }, (_, k) => `${x(k).toFixed(1)} ${y(beliefAt(curve, k, label)).toFixed(1)}`).join("L")}`;

/** Where rows are labelled: every seventh or so. @param {number} rows */
function ticks(rows) {
  const step = [1, 2, 4, 7, 8, 16, 32].find((one) => rows / one <= 8) ?? rows;
  return Array.from({ length: Math.floor(rows / step) + 1 }, (_, k) => k * step);
}

/**
 * @param {{lines: Line[], label: number, name: string, rows: number, at: number, until: number, chosen: string, changed: boolean, size: Size, of?: string, foot?: string, first?: number, onAt: (rows: number) => void}} props
 *   until: rows after which nothing is drawn yet; of, foot, first: what the rows are, and the number of the first, for other inputs than pictures
 */
export function Plot({ lines, label, name, rows, at, until, chosen, changed, size, of = "rows shown", foot: under = `${of}, from the top`, first = 0, onAt }) {
  const scales = scalesOf(size, rows);
  const { box, right, foot, x, y } = scales;
  const chance = 1 / lines[0].now.classes;
  const ends = lines.map(({ kind, now }) => ({ id: kind, at: y(beliefAt(now, until, label)) }));
  const names = apart([...ends, { id: "chance", at: y(chance) }], box.letter * 1.3, box.top + box.letter / 2, foot);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: rows }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onAt(Math.max(0, Math.min(rows, to)));
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const area = /** @type {Element} */ (/** @type {HTMLElement} */ (event.currentTarget).querySelector("svg")).getBoundingClientRect();
    const px = ((event.clientX - area.left) / area.width) * box.width;
    onAt(Math.max(0, Math.min(rows, Math.round(((px - box.left) / (right - box.left)) * rows))));
  };
  return html`<div class="belief is-${size}" role="application" tabindex="0" aria-roledescription="plot"
    aria-label="Belief in ${name} against the ${of}, of each network. Left and right choose the ${of.split(" ")[0]}." onKeyDown=${key} onClick=${click}>
    <svg viewBox="0 0 ${box.width} ${box.height}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
      ${[0, 0.25, 0.5, 0.75, 1].map((value) => html`<g key=${value}><path class="belief-grid" d="M${box.left} ${y(value)}H${right}" /><text x=${box.left - 8} y=${y(value) + box.letter * 0.35} text-anchor="end">${percent(value)}</text></g>`)}
      <path class="belief-chance" d="M${box.left} ${y(chance)}H${right}" />
      <path class="belief-at" d="M${x(at)} ${box.top}V${foot}" />
      ${changed && lines.map(({ kind, plain }) => html`<path key=${kind} class="belief-before is-${kind}" d=${pathOf(plain, label, until, scales)} />`)}
      ${lines.map(({ kind, now }) => html`<g key=${kind} class="belief-line is-${kind} ${kind === chosen ? "is-thick" : ""}">
        <path d=${pathOf(now, label, until, scales)} />
        ${at <= until && html`<circle cx=${x(at)} cy=${y(beliefAt(now, at, label))} r=${box.letter / 2.4} />`}
      </g>`)}
      ${lines.map((line) => html`<text key=${line.kind} class="belief-name ${line.kind === chosen ? "is-thick" : ""}" x=${x(until) + box.letter * 0.9} y=${(names.get(line.kind) ?? 0) + box.letter * 0.35}>${line.name}</text>`)}
      <text class="belief-name" x=${right + box.letter * 0.9} y=${(until === rows ? (names.get("chance") ?? 0) : y(chance)) + box.letter * 0.35}>chance</text>
      ${ticks(rows).map((k) => html`<text key=${k} class=${k === at ? "is-at" : ""} x=${x(k)} y=${foot + box.letter * 1.4} text-anchor="middle">${k + first}</text>`)}
      <text x=${right} y=${box.height - 4} text-anchor="end">${under}</text>
    </svg>
  </div>`;
}
