/**
 * The window, and what is said to come: a line for each forecast, the interval as a band, and what
 * came where it is known.
 *
 *     click, or arrows in the focused plot -> the step looked at
 */
import { html } from "gridtime/lib/html.js";
import { number, percent } from "gridtime/math/format.js";
import { NAMES, ticks } from "gridtime/math/forecast.js";
import { apart } from "gridtime/math/logplot.js";
import { BOX, digitsOf, nameAt, rangeOf, readOf, titleOf } from "gridtime/views/forecast/scene.js";

/** @typedef {import("gridtime/views/forecast/scene.js").Seen} Seen */
/** @typedef {import("gridtime/views/forecast/scene.js").Size} Size */
/** @typedef {{known?: boolean, median?: boolean, interval?: boolean, naive?: boolean, came?: boolean}} Lines what is drawn */
/** @typedef {{id: string, name: string, values: number[], from: number}} Line from: the step of its first value */

/** The lines after the origin, the network's last so that it lies on top. @param {Seen} seen @param {Lines} lines @returns {Line[]} */
export function linesOf(seen, { median, naive, came }) {
  const from = readOf(seen);
  const plain = /** @type {("last_value" | "grown_season")[]} */ (["last_value", "grown_season"]).map((id) => ({ id, name: NAMES.find(([one]) => one === id)?.[1] ?? id, values: seen.naive[id], from }));
  return [
    ...(naive ? plain : []),
    ...(came && seen.backtest ? [{ id: "came", name: "what came", values: seen.backtest.actual, from }] : []),
    ...(median ? [{ id: "network", name: "the network", values: seen.forecast.values, from }] : []),
  ];
}

/** @param {Seen} seen @param {Size} size @param {number | undefined} high */
function scalesOf(seen, size, high) {
  const box = { ...BOX[size], height: high ?? BOX[size].height };
  const [right, foot] = [box.width - box.right, box.height - box.bottom];
  const [low, top] = rangeOf(seen);
  return {
    box, right, foot, low, top,
    x: (/** @type {number} */ t) => box.left + ((t + 0.5) / seen.total) * (right - box.left),
    y: (/** @type {number} */ v) => foot - ((v - low) / (top - low)) * (foot - box.top),
  }; // prettier-ignore
}

/** "80 % interval". @param {Seen} seen */
const intervalOf = ({ input }) => `${percent(input.interval.to - input.interval.from)} interval`;

/** @param {Line} line @param {ReturnType<typeof scalesOf>} scales */
const pathOf = ({ values, from }, { x, y }) => `M${values.map((v, k) => `${x(from + k).toFixed(1)} ${y(v).toFixed(1)}`).join("L")}`;

/** Steps that are labelled. @param {number} total @param {number} season @param {number} most */
function labelled(total, season, most) {
  const every = Math.max(1, season * Math.ceil(total / season / most));
  const by = total / season < 2 ? Math.ceil(total / most) : every;
  return Array.from({ length: Math.ceil(total / by) }, (_, k) => k * by);
}

/**
 * @param {{seen: Seen, lines: Lines, step: number, size: Size, marked: boolean, high?: number, onStep: (step: number) => void}} props
 *   marked: whether the step looked at is drawn; high: px at root 16, where it shares the stage
 */
export function Plot({ seen, lines, step, size, marked, high, onStep }) {
  const scales = scalesOf(seen, size, high);
  const { box, right, foot, low, top, x, y } = scales;
  const read = readOf(seen);
  const digits = digitsOf(seen);
  const unit = seen.series.name === "value" ? "" : seen.series.name;
  const known = seen.series.values.slice(seen.input.reads.start, seen.input.reads.end);
  const drawn = linesOf(seen, lines);
  const { lower, upper } = seen.forecast;
  const edge = x(read - 0.5);
  const named = [...drawn.map(({ id, name, values: all }) => ({ id, name, end: /** @type {number} */ (all.at(-1)) })), ...(lines.interval ? [{ id: "interval", name: intervalOf(seen), end: /** @type {number} */ (upper.at(-1)) }] : [])];
  const names = apart(named.map(({ id, end }) => ({ id, at: y(end) })), box.letter * 1.25, box.top + box.letter / 2, foot);
  const band = `${upper.map((v, k) => `${x(read + k)} ${y(v)}`).join("L")}L${lower.map((v, k) => `${x(read + k)} ${y(v)}`).reverse().join("L")}`;
  const dots = [...(step < read ? [{ id: "known", value: known[step] }] : []), ...drawn.filter((one) => step - one.from >= 0 && step - one.from < one.values.length).map((one) => ({ id: one.id, value: one.values[step - one.from] }))];
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const to = { ArrowLeft: step - 1, ArrowRight: step + 1, Home: 0, End: seen.total - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onStep(Math.max(0, Math.min(seen.total - 1, to)));
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const area = /** @type {Element} */ (/** @type {HTMLElement} */ (event.currentTarget).querySelector("svg")).getBoundingClientRect();
    const px = ((event.clientX - area.left) / area.width) * box.width;
    onStep(Math.max(0, Math.min(seen.total - 1, Math.floor(((px - box.left) / (right - box.left)) * seen.total))));
  };
  const says = [`${read} values that are read`, ...drawn.map(({ name, values: all }) => `${name}: ${number(all[0], digits)} to ${number(/** @type {number} */ (all.at(-1)), digits)}`)].join("; ");
  return html`<div class="forecast-plot is-${size}" role="application" tabindex="0" aria-roledescription="plot" aria-label="${titleOf(seen)}. ${says}. Left and right choose a step." onKeyDown=${key} onClick=${click}>
    <svg viewBox="0 0 ${box.width} ${box.height}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
      <rect class="forecast-ahead" x=${edge} y=${box.top} width=${right - edge} height=${foot - box.top} />
      ${ticks(low, top, size === "present" ? 5 : 6).map((v) => html`<g key=${v}><path class="forecast-grid" d="M${box.left} ${y(v)}H${right}" /><text x=${box.left - 8} y=${y(v) + box.letter * 0.35} text-anchor="end">${number(v, Math.max(0, digits - 1))}</text></g>`)}
      ${labelled(seen.total, seen.input.season.steps, box.ticks).map((t) => html`<text key=${t} x=${x(t)} y=${foot + box.letter * 1.3} text-anchor=${t === 0 ? "start" : "middle"}>${nameAt(seen, t)}</text>`)}
      ${lines.interval && html`<path class="forecast-band" d="M${band}Z" />`}
      <path class="forecast-edge" d="M${edge} ${box.top - box.letter * 0.8}V${foot}" />
      ${unit && edge - box.left > box.letter * (unit.length + 5) * 0.6 && html`<text x=${box.left} y=${box.top - box.letter * 0.2}>${unit}</text>`}
      <text class="is-strong" x=${edge - 6} y=${box.top - box.letter * 0.2} text-anchor="end">read</text>
      <text class="is-strong" x=${edge + 6} y=${box.top - box.letter * 0.2}>ahead</text>
      ${marked && html`<path class="forecast-at" d="M${x(step)} ${box.top}V${foot}" />`}
      <g class="forecast-line is-known"><path d=${pathOf({ id: "known", name: "", values: known, from: 0 }, scales)} /></g>
      ${drawn.map((one) => html`<g key=${one.id} class="forecast-line is-${one.id}"><path d=${pathOf(one, scales)} />${one.id === "came" && one.values.map((v, k) => html`<circle key=${k} cx=${x(one.from + k)} cy=${y(v)} r=${box.letter / 5} />`)}</g>`)}
      ${marked && dots.map(({ id, value }) => html`<circle key=${id} class="forecast-dot is-${id}" cx=${x(step)} cy=${y(value)} r=${box.letter / 2.8} />`)}
      ${size !== "narrow" && named.map((one) => html`<text key=${one.id} class=${one.id === "network" ? "is-strong" : ""} x=${right + 8} y=${(names.get(one.id) ?? 0) + box.letter * 0.35}>${one.name}</text>`)}
    </svg>
  </div>`;
}

/** What each line is, where there is no room at its end. @param {{seen: Seen, lines: Lines}} props */
export function Key({ seen, lines }) {
  return html`<ul class="forecast-key">${linesOf(seen, lines).map(({ id, name }) => html`<li key=${id}><svg viewBox="0 0 36 8" aria-hidden="true"><g class="forecast-line is-${id}"><path d="M0 4H36" />${id === "came" && html`<circle cx="18" cy="4" r="3" />`}</g></svg>${name}</li>`)}${lines.interval && html`<li key="interval"><svg viewBox="0 0 36 8" aria-hidden="true"><rect class="forecast-band" x="1" width="34" height="8" /></svg>${intervalOf(seen)}</li>`}</ul>`;
}
