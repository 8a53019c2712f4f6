/**
 * Held-out accuracy against the distance of the signs: one line a network, 95 % whiskers, chance
 * dashed, a mark where the visitor's signs stand and where a field ends.
 *
 *     click, drag, or arrows in the focused plot -> onDistance(distance)
 */
import { html } from "gridtime/lib/html.js";
import { keysAlong, pointed } from "gridtime/components/walkedplot.js";
import { fieldsOf, linesOf, nameOf, nearest, placeOf, written } from "gridtime/math/first.js";
import { CHANCE } from "gridtime/math/firstsays.js";
import { percent } from "gridtime/math/format.js";
import { apart } from "gridtime/math/logplot.js";
import { CAP } from "gridtime/views/compare/first/scene.js";

/** @typedef {import("gridtime/math/first.js").First} First */
/** @typedef {import("gridtime/math/first.js").Line} Line */
/** @typedef {ReturnType<typeof placeOf>} Place */

/** In px at root 16. @type {Record<"wide" | "narrow" | "present", import("gridtime/math/first.js").Box & {letter: number}>} */
const BOX = {
  wide: { width: 680, height: 284, left: 56, right: 118, top: 24, bottom: 46, letter: 14 },
  narrow: { width: 358, height: 320, left: 50, right: 104, top: 22, bottom: 46, letter: 13 },
  present: { width: 1170, height: 392, left: 76, right: 170, top: 30, bottom: 62, letter: 20 },
};

/** Half the width of a whisker's end. */
const END = 3;

/** @param {{line: Line, place: Place, thick: boolean, at: number, name: {x: number, y: number, text: string}, end: number, letter: number}} props */
function Drawn({ line, place, thick, at, name, end, letter }) {
  const { x, y } = place;
  const { points } = line;
  const here = nearest(points, at);
  return html`<g class="first-line is-${line.id} ${thick ? "is-thick" : ""}">
    <path class="first-whisker" d=${points.map(({ distance, accuracy: { interval } }) => `M${x(distance) - END} ${y(interval[0]).toFixed(1)}h${2 * END}m${-END} 0V${y(interval[1]).toFixed(1)}m${-END} 0h${2 * END}`).join("")} />
    <path class="run" d="M${points.map(({ distance, accuracy }) => `${x(distance).toFixed(1)} ${y(accuracy.value).toFixed(1)}`).join("L")}" ...${CAP} />
    ${points.map((point) => html`<circle key=${point.distance} class=${point === here ? "is-at" : ""} cx=${x(point.distance)} cy=${y(point.accuracy.value)} r=${thick && point === here ? 7 : 3.5} />`)}
    <path class="first-leader" d="M${end} ${y(points[points.length - 1].accuracy.value)}L${name.x - 3} ${name.y}" />
    <text class="first-name" x=${name.x} y=${name.y + letter * 0.35}>${name.text}</text>
  </g>`;
}

/** Where the signs stand, and up to where one cell can see both. @param {{first: First, distance: number, place: Place, box: typeof BOX["wide"]}} props */
function Marks({ first, distance, place, box }) {
  const { x, far } = place;
  const foot = box.height - box.bottom;
  const fields = fieldsOf(first.models).filter(({ field }) => field <= far);
  const at = Math.min(distance, far);
  return html`${fields.map(({ field }) => html`<g key=${field} class="first-ends"><path d="M${x(field - 0.5)} ${box.top}V${foot}" /><text x=${x(field - 0.5) + 6} y=${foot - 6}>field ${field}</text></g>`)}
    <g class="first-yours"><path d="M${x(at)} ${box.top}V${foot}" /><text x=${x(at)} y=${box.top - 7} text-anchor=${x(at) > box.width - box.right - 60 ? "end" : x(at) < box.left + 60 ? "start" : "middle"}>yours: ${distance}</text></g>`;
}

/** @param {{first: First, length: number, distance: number, chosen: string, size: "wide" | "narrow" | "present", onDistance: (distance: number) => void}} props */
export function Plot({ first, length, distance, chosen, size, onDistance }) {
  const box = BOX[size];
  const lines = linesOf(first, length);
  const place = placeOf(lines, box);
  const { x, y, low, far } = place;
  const [right, foot] = [box.width - box.right, box.height - box.bottom];
  const distances = [...new Set(lines.flatMap(({ points }) => points.map((point) => point.distance)))].sort((one, two) => one - two);
  const ends = [...lines.map(({ id, points }) => ({ id, at: y(points[points.length - 1].accuracy.value) })), { id: "chance", at: y(CHANCE) }];
  const names = apart(ends, box.letter * 1.3, box.top, foot);
  const titles = new Map(first.models.map((model) => [model.model, nameOf(model)]));
  const ticks = Array.from({ length: Math.round((1 - low) * 10) + 1 }, (_, k) => 1 - k / 10);
  const key = keysAlong({ at: distance, first: 1, last: length - 1, end: far }, onDistance);
  const point = pointed(box.width, (px) => onDistance(place.at(px)));
  return html`<div class="first-plot is-${size}" role="application" tabindex="0" aria-roledescription="plot" aria-label="Accuracy against the distance of the signs, of each network, in sequences of ${length} places. Left and right move the signs." onKeyDown=${key} onPointerDown=${point} onPointerMove=${point}>
    <svg viewBox="0 0 ${box.width} ${box.height}" style=${{ "--letter": `${box.letter}px` }} aria-hidden="true">
      ${ticks.map((share) => html`<g key=${share}><path class="first-grid" d="M${box.left} ${y(share)}H${right}" /><text x=${box.left - 8} y=${y(share) + box.letter * 0.35} text-anchor="end">${percent(share)}</text></g>`)}
      <path class="first-chance" d="M${box.left} ${y(CHANCE)}H${right}" />
      <${Marks} first=${first} distance=${distance} place=${place} box=${box} />
      ${[...lines].sort((one, two) => Number(one.id === chosen) - Number(two.id === chosen)).map((line) => html`<${Drawn} key=${line.id} line=${line} place=${place} thick=${line.id === chosen} at=${distance} end=${right} letter=${box.letter}
        name=${{ x: right + 16, y: names.get(line.id) ?? 0, text: titles.get(line.id) ?? line.id }} />`)}
      <text class="first-name" x=${right + 16} y=${(names.get("chance") ?? 0) + box.letter * 0.35}>chance</text>
      ${written(distances, x, box.letter * 1.9).map((d) => html`<text key=${d} x=${x(d)} y=${foot + box.letter * 1.4} text-anchor="middle">${d}</text>`)}
      <text x=${right} y=${box.height - 5} text-anchor="end">${size === "narrow" ? "distance of the signs, in places" : "distance from one sign to the other, in places"}</text>
    </svg>
  </div>`;
}
