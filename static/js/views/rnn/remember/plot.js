/**
 * Distance × recall (or loss): one line a cell, a mark for the middle one of its trainings, a
 * whisker over all of them, the chance line dashed.
 *
 *     click, or arrows in the focused plot -> the distance of the readout
 */
import { html } from "gridtime/lib/html.js";
import { apart } from "gridtime/math/logplot.js";
import { number, percent } from "gridtime/math/format.js";
import { chanceOf, linesOf, placeOf } from "gridtime/math/remember.js";
import { NAMES } from "gridtime/math/signal.js";

/** @typedef {import("gridtime/math/remember.js").Task} Task */
/** @typedef {import("gridtime/math/remember.js").Measure} Measure */

/** In px at root 16. @type {Record<"wide" | "narrow" | "present", import("gridtime/math/remember.js").Box & {letter: number}>} */
const BOX = {
  wide: { width: 640, height: 340, left: 56, right: 84, top: 16, bottom: 52, letter: 14 },
  narrow: { width: 358, height: 270, left: 46, right: 62, top: 14, bottom: 50, letter: 13 },
  present: { width: 960, height: 430, left: 76, right: 118, top: 16, bottom: 62, letter: 20 },
};

/** Where the y axis is labelled. @param {number} most @param {Measure} measure */
function yTicks(most, measure) {
  if (measure === "recall") return [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, text: percent(value) }));
  const step = [0.05, 0.1, 0.2, 0.25, 0.5, 1].find((one) => most / one <= 5) ?? most;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, k) => ({ value: k * step, text: number(k * step, 2) }));
}

/** @param {{points: {x: number, y: number}[], place: ReturnType<typeof placeOf>}} line */
const pathOf = ({ points, place }) => `M${points.map(({ x, y }) => `${place.x(x).toFixed(1)} ${place.y(y).toFixed(1)}`).join("L")}`;

/** @param {{task: Task, measure: Measure, chosen: string, at: number, size: "wide" | "narrow" | "present", only?: string, onAt: (distance: number) => void}} props */
export function Plot({ task, measure, chosen, at, size, only, onAt }) {
  const box = BOX[size];
  const place = placeOf(task, measure, box);
  const lines = linesOf(task, measure).filter(({ kind }) => !only || kind === only);
  const distances = task.cells[0].points.map(({ distance }) => distance);
  const [left, right] = [box.left, box.width - box.right];
  const chance = chanceOf(task, measure);
  const ends = [...lines.map(({ kind, points }) => ({ id: kind, at: place.y(points[points.length - 1].y) })), { id: "chance", at: place.y(chance[chance.length - 1].y) }];
  const names = apart(ends, box.letter * 1.35, box.top, box.height - box.bottom);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    onAt(distances[Math.max(0, Math.min(distances.length - 1, distances.indexOf(at) + by))]);
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const area = /** @type {Element} */ (/** @type {HTMLElement} */ (event.currentTarget).querySelector("svg")).getBoundingClientRect();
    const px = ((event.clientX - area.left) / area.width) * box.width;
    onAt(distances.reduce((best, d) => (Math.abs(place.x(d) - px) < Math.abs(place.x(best) - px) ? d : best)));
  };
  return html`<div class="signal-plot remember-plot is-${size}">
    <div role="application" tabindex="0" aria-roledescription="plot" aria-label="${task.title}: ${measure} against distance. Left and right choose a distance." onKeyDown=${key} onClick=${click}>
      <svg viewBox="0 0 ${box.width} ${box.height}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
        ${yTicks(place.most, measure).map(({ value, text }) => html`<g key=${value}><path class="signal-grid" d="M${left} ${place.y(value)}H${right}" /><text x=${left - 8} y=${place.y(value) + box.letter * 0.35} text-anchor="end">${text}</text></g>`)}
        <path class="signal-at" d="M${place.x(at)} ${box.top}V${box.height - box.bottom}" />
        <path class="remember-chance" d=${pathOf({ points: chance, place })} />
        ${[...lines].sort((a, b) => Number(a.kind === chosen) - Number(b.kind === chosen)).map(({ kind, points }) => html`<g key=${kind} class="signal-line is-${kind} ${kind === chosen ? "is-thick" : ""}">
          <path d=${pathOf({ points, place })} stroke-linecap="round" />
          ${points.map(({ x, low, high }) => high > low && html`<path key=${`w${x}`} class="remember-span" d="M${place.x(x)} ${place.y(low)}V${place.y(high)}" />`)}
          ${points.map(({ x, y }) => html`<circle key=${x} cx=${place.x(x)} cy=${place.y(y)} class=${x === at ? "is-at" : ""} r=${x === at ? 7 : 4} />`)}
          <text class="signal-name" paint-order="stroke" x=${right + 12} y=${(names.get(kind) ?? 0) + box.letter * 0.35}>${NAMES[kind]}</text></g>`)}
        <text x=${right + 12} y=${(names.get("chance") ?? 0) + box.letter * 0.35}>chance</text>
        ${distances.map((d) => html`<text key=${d} class=${d === at ? "is-at" : ""} x=${place.x(d)} y=${box.height - box.bottom + box.letter * 1.4} text-anchor="middle">${number(d, Number.isInteger(d) ? 0 : 1)}</text>`)}
        <text x=${right} y=${box.height - 6} text-anchor="end">${size === "narrow" ? "steps that it must be kept" : "steps from what must be kept to where it is needed"}</text>
      </svg>
    </div>
  </div>`;
}
