/**
 * Why this answer: four methods, each a map on the picture.
 *
 *     method, class, layer (URL) -> explain -> map on the grey picture | formula, one cell worked
 *                                              out, what it does and does not say
 *     "all" -> the four side by side, one point in all of them
 */

import { html, useState } from "gridtime/lib/html.js";
import { SaveMenu, mapFiles } from "gridtime/components/save.js";
import { fileName } from "gridtime/math/files.js";
import { ALL, METHODS, cellAt, methodOf } from "gridtime/math/explain.js";
import { Seen } from "gridtime/views/cnn/seen.js";
import { ClassBars, isNumber, numberSays } from "gridtime/views/cnn/classes.js";
import { useExplained } from "./ask.js";
import { AskTrouble, Overlay, Progress, Readout, Scale, VariantPick, pointFor } from "./big.js";
import { drawingOf, labelOf, queryOf, subject } from "./chosen.js";
import { Controls, Cover } from "./controls.js";
import { Four } from "./four.js";
import { Formula, lettersOf, says, saysNot, settingsOf } from "./words.js";
import { Worked } from "./worked.js";

export { caption, keys, walk } from "./moves.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Choice} Choice */
/** @typedef {import("./ask.js").Explained} Explained */
/** @typedef {[number, number]} Point y, x */

/** Edge of the large map, in px at root 16. */
const LARGE = { desk: 424, present: 432, phone: 358 };
const COVER = 0.35;

/** @param {{found: Explained, method: string}} props */
function About({ found, method }) {
  const label = subject(found.class);
  return html`<div class="why-about">
    <h2>${METHODS[/** @type {import("gridtime/math/explain.js").Method} */ (method)]}, for ${label}</h2>
    <${Formula} method=${method} found=${found} />
    <p class="small why-letters">${lettersOf(method, Boolean(found.class))}</p>
    <dl class="why-says">
      <dt>It says</dt><dd>${says(method, found, label)}</dd>
      <dt>It does not say</dt><dd>${saysNot(method, found)}</dd>
    </dl>
    <p class="small why-settings">${settingsOf(found).map(([name, value]) => `${name}: ${value}`).join(" · ")}</p>
  </div>`;
}

/** @param {Room} room @param {(point: Point|null) => void} setHover */
const pointer = (room, setHover) => (/** @type {Point|null} */ point, /** @type {boolean} */ settled) => {
  setHover(settled ? null : point);
  if (settled && point) room.patch({ cell: point });
};

/** @param {{room: Room, run: Run, method: string}} props */
function Single({ room, run: now, method }) {
  const state = room.state.value;
  const [hover, setHover] = useState(/** @type {Point|null} */ (null));
  const [cover, setCover] = useState(COVER);
  const asked = useExplained(room, now, queryOf(now, state, method));
  const { found, of: run } = asked;
  const present = room.present.value;
  const size = present ? LARGE.present : room.wide.value ? LARGE.desk : LARGE.phone;
  if (!found) return html`<div class="why-single"><${AskTrouble} asked=${asked} /><${Progress} asked=${asked} /></div>`;
  const drawing = drawingOf(found, run, state.signal);
  const point = pointFor(drawing, hover ?? state.cell);
  const cell = cellAt(drawing.at, drawing.map, point);
  const plain = found.tensors.get("map")?.data[cell[0] * drawing.map.width + cell[1]] ?? NaN;
  const title = METHODS[/** @type {import("gridtime/math/explain.js").Method} */ (found.method)];
  const label = `${title} for ${subject(found.class)}${found.layer ? `, maps of ${found.layer}` : ""}`;
  return html`<div class="why-single">
    <section class="why-map" aria-label=${label}>
      <${AskTrouble} asked=${asked} />
      <${Overlay} room=${room} run=${run} found=${found} size=${size} cover=${cover} label=${`${label}.`}
        point=${hover ?? state.cell} onPoint=${pointer(room, setHover)} wanted=${state.signal} />
      <${Readout} found=${found} drawing=${drawing} point=${point} title=${label} />
      <${Progress} asked=${asked} />
      <div class="why-under"><${Scale} drawing=${drawing} name=${title} />
        ${!present && html`<${Cover} cover=${cover} onCover=${setCover} /><${VariantPick} room=${room} drawing=${drawing} />
          <${SaveMenu} label=${label} items=${mapFiles(fileName(run.model, found.method, found.layer, found.class),
            { values: drawing.variant.values, ...drawing.map, limit: drawing.scale.limit }, room.theme.value)} />`}</div>
    </section>
    <section class="why-side" aria-label="What it says">
      <${About} found=${found} method=${found.method} />
      ${!present && html`<section class="why-worked" aria-label="This cell, worked out">
        <h3>Row ${cell[0]}, column ${cell[1]}, worked out</h3>
        <${Worked} run=${run} found=${found} cell=${cell} value=${plain} /></section>`}
    </section>
    ${!present && room.wide.value && html`<${Answers} room=${room} run=${now} />`}
  </div>`;
}

/** @param {{room: Room, run: Run}} props */
function Answers({ room, run }) {
  return html`<section class="why-answers" aria-label="The answer">
    <figure><figcaption>What the network saw</figcaption>
      <div class="seen-box"><${Seen} run=${run} card=${room.net.value?.card} label="What the network saw" /></div></figure>
    ${isNumber(run) ? html`<p>It gives <strong>${numberSays(run)}</strong>.</p>` : html`<${ClassBars} run=${run} chosen=${labelOf(run, room.state.value)}
      onPick=${(/** @type {string} */ label) => room.patch({ class: label })} />`}
  </section>`;
}

/** Its scale stands beside the map. */
export const legend = () => null;

/** @param {{room: Room, run: Run}} props the stop before the maps: all look for themselves */
function Vote({ room, run }) {
  return html`<div class="present-two"><div class="present-picture seen-box">
    <${Seen} run=${run} card=${room.net.value?.card} label="What the network saw" /></div></div>`;
}

/** @param {{room: Room, run: Run, choice: Choice, part: string}} props */
export function View({ room, run, part }) {
  const present = room.present.value;
  const method = shown(room, part);
  if (!run.exact) return html`<p class="busy">Computing…</p>`;
  if (present && part === "vote") return html`<${Vote} room=${room} run=${run} />`;
  return html`<div class="why">
    ${!present && html`<${Controls} room=${room} run=${run} method=${method} />`}
    ${method === ALL ? html`<${Four} room=${room} run=${run} />`
      : html`<${Single} room=${room} run=${run} method=${method} />`}
  </div>`;
}

/** On a projector the stop says which; else the address. @param {Room} room @param {string} part */
function shown(room, part) {
  const { method, stop } = room.state.value;
  return methodOf(room.present.value && part !== "vote" ? stop ?? method : method);
}
