/**
 * One measure against the length of the text, both on log scales: a line a network, whiskers where
 * a value was measured, faint what was measured before while new points come.
 *
 *     click, or arrows in the focused plot -> the length; up, down -> the network
 */
import { html } from "gridtime/lib/html.js";
import { apart } from "gridtime/math/logplot.js";
import { count } from "gridtime/math/format.js";
import { MEASURES, decades, linesOf, scaleOf, ticksOf } from "gridtime/math/speed.js";

/** @typedef {import("gridtime/math/speed.js").Run} Run */
/** @typedef {import("gridtime/math/speed.js").Curve} Curve */
/** @typedef {import("gridtime/math/speed.js").Measure} Measure */
/** @typedef {"wide" | "narrow" | "present"} Size */
/** @typedef {ReturnType<typeof scaleOf>} Scale */

/** In px at root 16. @type {Record<Size, import("gridtime/math/speed.js").Box & {letter: number}>} */
const BOX = {
  wide: { width: 456, height: 304, left: 68, right: 120, top: 14, bottom: 46, letter: 14 },
  narrow: { width: 358, height: 280, left: 62, right: 112, top: 14, bottom: 46, letter: 13 },
  present: { width: 1170, height: 440, left: 96, right: 170, top: 16, bottom: 56, letter: 19 },
};

/** @param {Curve} curve @param {Scale} scale */
const pathOf = ({ marks }, { x, y }) => (marks.length ? `M${marks.map((mark) => `${x(mark.x).toFixed(1)} ${y(mark.y).toFixed(1)}`).join("L")}` : "");

/** @param {{curve: Curve, scale: Scale, at: number, thick: boolean, letter: number}} props */
function Drawn({ curve, scale: { x, y }, at, thick, letter }) {
  const r = letter / 4.2;
  const { marks } = curve;
  return html`<g class="speed-line ${curve.style} ${thick ? "is-thick" : ""}" data-model=${curve.model}>
    <path class="speed-curve" d=${pathOf(curve, { x, y })} />
    ${marks.map((mark) => mark.high > mark.low && html`<path key=${`w${mark.x}`} class="speed-whisker" d="M${x(mark.x) - r} ${y(mark.low)}h${2 * r}M${x(mark.x)} ${y(mark.low)}V${y(mark.high)}m${-r} 0h${2 * r}" />`)}
    ${marks.map((mark) => html`<circle key=${mark.x} class=${mark.x === at ? "is-at" : ""} cx=${x(mark.x)} cy=${y(mark.y)} r=${mark.x === at ? r * 1.7 : r} />`)}
  </g>`;
}

/** Names at the ends of lines, kept apart, each with a thread to its end. @param {{curves: Curve[], scale: Scale, box: typeof BOX.wide, chosen: string}} props */
function Names({ curves, scale: { x, y }, box, chosen }) {
  const ended = curves.filter(({ marks }) => marks.length);
  const ends = ended.map(({ model, marks }) => ({ id: model, at: y(marks[marks.length - 1].y) }));
  const places = apart(ends, box.letter * 1.3, box.top + box.letter / 2, box.height - box.bottom);
  const left = box.width - box.right + box.letter * 1.2;
  return ended.map(({ model, name, marks }) => {
    const [end, at] = [marks[marks.length - 1], places.get(model) ?? 0];
    return html`<g key=${model} class="speed-name ${model === chosen ? "is-thick" : ""}">
      <path d="M${x(end.x) + box.letter / 2} ${y(end.y)}L${left - 4} ${at}" /><text x=${left} y=${at + box.letter * 0.35}>${name}</text></g>`;
  });
}

/** Powers of ten at the y axis. @param {{powers: [number, number], scale: Scale, box: typeof BOX.wide, measure: Measure}} props */
function Ruler({ powers: [low, high], scale: { y }, box, measure }) {
  return Array.from({ length: high - low + 1 }, (_, k) => 10 ** (low + k)).map(
    (value) => html`<g key=${value}><path class="speed-grid" d="M${box.left} ${y(value)}H${box.width - box.right}" />
      <text x=${box.left - 8} y=${y(value) + box.letter * 0.35} text-anchor="end">${tick(value, measure)}</text></g>`,
  );
}

/** @param {number} value @param {Measure} measure */
const tick = (value, measure) => (value < 1 ? String(Number(value.toPrecision(1))) : value >= 1e4 && measure === "work" ? large(value) : count(value));

/** 100000 -> "100 k", 10000000 -> "10 M". @param {number} value */
const large = (value) => (value >= 1e9 ? `${value / 1e9} bn` : value >= 1e6 ? `${value / 1e6} M` : `${value / 1e3} k`);

/**
 * @param {{run: Run, before: Run | null, measure: Measure, chosen: string, at: number, size: Size, onAt: (length: number) => void, onChoose: (model: string) => void}} props
 *   before: drawn faintly under it, while the run grows
 */
export function Plot({ run, before, measure, chosen, at, size, onAt, onChoose }) {
  const box = BOX[size];
  const curves = linesOf(run, measure);
  const old = before ? linesOf(before, measure) : [];
  const lengths = [...new Set([...run.lengths, ...(before?.lengths ?? [])])].sort((a, b) => a - b);
  const powers = decades([...curves, ...old]);
  const scale = scaleOf(lengths, powers, box);
  const foot = box.height - box.bottom;
  const { title, axis } = MEASURES[measure];
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const k = lengths.indexOf(at);
    const to = { ArrowLeft: k - 1, ArrowRight: k + 1, Home: 0, End: lengths.length - 1 }[event.key];
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (to === undefined && by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const models = run.readers.map(({ model }) => model);
    if (to !== undefined) onAt(lengths[Math.max(0, Math.min(lengths.length - 1, to))]);
    else onChoose(models[(models.indexOf(chosen) + (by ?? 0) + models.length) % models.length]);
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const area = /** @type {Element} */ (/** @type {HTMLElement} */ (event.currentTarget).querySelector("svg")).getBoundingClientRect();
    const px = ((event.clientX - area.left) / area.width) * box.width;
    onAt(lengths.reduce((best, length) => (Math.abs(scale.x(length) - px) < Math.abs(scale.x(best) - px) ? length : best)));
  };
  return html`<div class="speed-plot is-${size}" role="application" tabindex="0" aria-roledescription="plot"
    aria-label="${title}: ${axis}, against the words of the text, of each network. Left and right choose the words, up and down the network." onKeyDown=${key} onClick=${click}>
    <svg viewBox="0 0 ${box.width} ${box.height}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
      <${Ruler} powers=${powers} scale=${scale} box=${box} measure=${measure} />
      <path class="speed-at" d="M${scale.x(at)} ${box.top}V${foot}" />
      ${old.map((curve) => html`<path key=${curve.model} class="speed-before" d=${pathOf(curve, scale)} />`)}
      ${[...curves].sort((a, b) => Number(a.model === chosen) - Number(b.model === chosen)).map((curve) => html`<${Drawn} key=${curve.model} curve=${curve} scale=${scale} at=${at} thick=${curve.model === chosen} letter=${box.letter} />`)}
      <${Names} curves=${curves} scale=${scale} box=${box} chosen=${chosen} />
      ${ticksOf(lengths, scale.x, box.letter * 3.1).map((length) => html`<text key=${length} class=${length === at ? "is-at" : ""} x=${scale.x(length)} y=${foot + box.letter * 1.4} text-anchor="middle">${count(length)}</text>`)}
      <text x=${box.width - box.right} y=${box.height - 5} text-anchor="end">words of the text</text>
    </svg>
  </div>`;
}

/** A piece of a line. @param {{style: string, thick: boolean}} props */
export const Sample = ({ style, thick }) =>
  html`<svg class="speed-sample speed-line ${style} ${thick ? "is-thick" : ""}" viewBox="0 0 44 10" aria-hidden="true"><path class="speed-curve" d="M2 5H42" /></svg>`;
