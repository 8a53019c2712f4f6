/**
 * Layers × changed by %: the chosen network thick, its twin thin and dashed, each named at its end.
 *
 *     series [{name, main, values [layers]}] -> lines, one mark a layer; click or arrows choose one
 */
import { html, useState } from "gridtime/lib/html.js";
import { exact } from "gridtime/components/num.js";
import { SavePlot } from "gridtime/components/saveplot.js";
import { TableDialog } from "gridtime/components/table.js";
import { change } from "gridtime/math/shift.js";

/** @typedef {{name: string, main: boolean, values: number[]}} Series */
/**
 * @typedef {{title: string, label: string, names: string[], kinds: string[], series: Series[], chosen: string,
 *   onPick: (name: string) => void, narrow?: boolean, children?: any}} PlotProps
 */

/** @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Box */

/** In px at root 16; a phone has its own, so that letters keep their size.
 *  @type {{wide: Box, narrow: Box}} */
const BOX = {
  wide: { width: 660, height: 216, left: 46, right: 96, top: 10, bottom: 52 },
  narrow: { width: 358, height: 280, left: 48, right: 12, top: 24, bottom: 60 },
};

/** Round ends of the axis: 1, 2 or 5 times a power of ten, about four steps. @param {number} most */
function ticksTo(most) {
  const raw = Math.max(most, 0.02) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw) ?? raw;
  return Array.from({ length: Math.ceil(Math.max(most, 0.02) / step) + 1 }, (_, i) => i * step);
}

/** @param {PlotProps} props */
export function Plot({ title, label, names, kinds, series, chosen, onPick, narrow = false, children }) {
  const [open, setOpen] = useState(false);
  const { width: WIDTH, height: HEIGHT, left: LEFT, right: RIGHT, top: TOP, bottom: BOTTOM } = narrow ? BOX.narrow : BOX.wide;
  const ticks = ticksTo(Math.max(...series.flatMap(({ values }) => values.filter(Number.isFinite)), 0));
  const top = ticks[ticks.length - 1] || 1;
  const x = (/** @type {number} */ i) => LEFT + (names.length < 2 ? 0 : (i / (names.length - 1)) * (WIDTH - LEFT - RIGHT));
  const y = (/** @type {number} */ v) => HEIGHT - BOTTOM - (v / top) * (HEIGHT - BOTTOM - TOP);
  const at = names.indexOf(chosen);
  const flat = series.flatMap(({ values }) => values);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const next = names[Math.max(0, Math.min(names.length - 1, (at < 0 ? 0 : at) + by))];
    if (next && kinds[names.indexOf(next)] !== "input") onPick(next);
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const px = ((event.clientX - box.left) / box.width) * WIDTH;
    const i = Math.round(((px - LEFT) / (WIDTH - LEFT - RIGHT)) * (names.length - 1));
    const name = names[Math.max(0, Math.min(names.length - 1, i))];
    if (name && kinds[names.indexOf(name)] !== "input") onPick(name);
  };
  return html`<figure class="shift-plot">
    <figcaption><h3>${title}</h3></figcaption>
    <div role="application" tabindex="0" aria-roledescription="plot" aria-label=${`${label} per cent. Arrow keys choose a layer.`}
      onKeyDown=${key} onClick=${click}>
      <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        ${ticks.map((tick) => html`<g key=${tick}><path class="plot-grid" d=${`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} />
          <text x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end">${Math.round(tick * 1000) / 10} %</text></g>`)}
        ${names.map((name, i) => html`<text key=${name} class=${i === at ? "plot-chosen" : ""} text-anchor="end"
          transform=${`translate(${x(i) + 4} ${HEIGHT - BOTTOM + 14}) rotate(-45)`}>${name}</text>`)}
        ${at >= 0 && html`<path class="plot-at" d=${`M${x(at)} ${TOP}V${HEIGHT - BOTTOM}`} />`}
        ${[...series].reverse().map((one) => html`<${Line} key=${one.name} one=${one} kinds=${kinds} x=${x} y=${y} ends=${narrow ? null : ends(series, y)} />`)}
        ${narrow && html`<${Key} series=${series} left=${LEFT} />`}
      </svg>
    </div>
    <p class="plot-read small"><output>${at >= 0 && html`${chosen}: ${series.map((one, i) => html`<span key=${one.name}>${i ? ", " : ""}${one.name} <b
      data-value=${exact(one.values[at] ?? NaN)}>${Number.isFinite(one.values[at]) ? change(one.values[at] ?? 0) : "–"}</b></span>`)}`}</output>
      <button type="button" class="link" onClick=${() => setOpen(true)}>Show as table</button>
      <${SavePlot} name="shift" label=${label} rows=${() => [["layer", ...series.map((one) => one.name)],
        ...names.map((name, i) => [name, ...series.map((one) => one.values[i] ?? "")])]} /></p>
    ${children}
    <${TableDialog} open=${open} title=${label} onClose=${() => setOpen(false)} values=${flat} width=${names.length} height=${series.length}
      rowNames=${series.map((one) => one.name)} columnNames=${names} />
  </figure>`;
}

/** Names at the line ends, kept apart. @param {Series[]} series @param {(v: number) => number} y */
function ends(series, y) {
  const places = series.map((one) => ({ name: one.name, at: y(last(one.values)) })).sort((a, b) => a.at - b.at);
  places.forEach((place, i) => {
    const before = places[i - 1];
    if (before && place.at - before.at < 15) place.at = before.at + 15;
  });
  return new Map(places.map(({ name, at }) => [name, at]));
}

/** @param {number[]} values */
const last = (values) => [...values].reverse().find(Number.isFinite) ?? 0;

/** @param {{one: Series, kinds: string[], x: (i: number) => number, y: (v: number) => number, ends: Map<string, number>|null}} props */
function Line({ one, kinds, x, y, ends: places }) {
  const points = one.values.map((v, i) => ({ v, i })).filter(({ v }) => Number.isFinite(v));
  const end = points[points.length - 1];
  if (!end) return null;
  return html`<g class=${one.main ? "plot-main" : "plot-other"}>
    <path d=${points.map(({ v, i }, at) => `${at ? "L" : "M"}${x(i)} ${y(v)}`).join("")} />
    ${points.map(({ v, i }) => (kinds[i] === "pool"
      ? html`<rect key=${i} x=${x(i) - 4.5} y=${y(v) - 4.5} width="9" height="9" />`
      : html`<circle key=${i} cx=${x(i)} cy=${y(v)} r="3" />`))}
    ${places && html`<text x=${x(end.i) + 10} y=${(places.get(one.name) ?? 0) + 4}>${one.name}</text>`}
  </g>`;
}

/** Width of a letter, generously, in px of the box. */
const LETTER = 8;

/** The lines' names above them, where there is no room at their ends. @param {{series: Series[], left: number}} props */
function Key({ series, left }) {
  let from = left;
  return series.map((one) => {
    const at = from;
    from += 44 + one.name.length * LETTER;
    return html`<g key=${one.name} class=${one.main ? "plot-main" : "plot-other"}><path d=${`M${at} 8h24`} /><text x=${at + 30} y="12">${one.name}</text></g>`;
  });
}
