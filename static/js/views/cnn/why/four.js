/**
 * The four methods side by side, one point of the picture in all of them.
 */

import { html, useState } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { METHODS, cellAt } from "gridtime/math/explain.js";
import { useExplained } from "./ask.js";
import { AskTrouble, Overlay, Progress, Scale, pointFor } from "./big.js";
import { drawingOf, labelOf, queryOf, subject } from "./chosen.js";
import { Cover, chooseMethod } from "./controls.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {[number, number]} Point y, x */

const EDGE = { desk: 312, present: 280, phone: 340 };
const COVER = 0.35;

/**
 * @param {{room: Room, run: Run, method: string, cover: number, point: Point|undefined,
 *   onPoint: (point: Point|null, settled: boolean) => void}} props
 */
function One({ room, run: now, method, cover, point, onPoint }) {
  const asked = useExplained(room, now, queryOf(now, room.state.value, method));
  const { found, of: run } = asked;
  const title = METHODS[/** @type {import("gridtime/math/explain.js").Method} */ (method)];
  const present = room.present.value;
  const size = present ? EDGE.present : room.wide.value ? EDGE.desk : EDGE.phone;
  const drawing = found && drawingOf(found, run, undefined);
  const [y, x] = drawing ? cellAt(drawing.at, drawing.map, pointFor(drawing, point)) : [0, 0];
  const value = drawing ? drawing.variant.values[y * drawing.map.width + x] ?? NaN : NaN;
  return html`<section class="why-one" aria-label=${title}>
    <h2>${present ? title : html`<button type="button" class="link" onClick=${() => chooseMethod(room, method)}>${title}</button>`}
      ${found?.layer && html` <span class="small">${found.layer}</span>`}</h2>
    <${AskTrouble} asked=${asked} />
    ${found ? html`<${Overlay} room=${room} run=${run} found=${found} size=${size} cover=${cover}
        label=${`${title} for ${subject(found.class)}.`} point=${point} onPoint=${onPoint} />`
      : html`<div class="why-place"></div>`}
    ${drawing && html`<p class="why-value"><output>row ${y}, column ${x}:${" "}
      ${Number.isNaN(value) ? "not computed yet" : html`<${Num} value=${value} digits=${3} class="focus" />`}</output></p>
      <${Scale} drawing=${drawing} name=${title} />`}
    <${Progress} asked=${asked} />
  </section>`;
}

/** @param {{room: Room, run: Run}} props */
export function Four({ room, run }) {
  const [hover, setHover] = useState(/** @type {Point|null} */ (null));
  const [cover, setCover] = useState(COVER);
  const state = room.state.value;
  /** @param {Point|null} point @param {boolean} settled */
  const onPoint = (point, settled) => {
    setHover(settled ? null : point);
    if (settled && point) room.patch({ cell: point });
  };
  return html`<div class="why-four">
    <div class="why-row">${Object.keys(METHODS).map((method) => html`<${One} key=${method} room=${room} run=${run}
      method=${method} cover=${cover} point=${hover ?? state.cell} onPoint=${onPoint} />`)}</div>
    ${!room.present.value && html`<div class="why-under"><${Cover} cover=${cover} onCover=${setCover} />
      <p>All for ${subject(labelOf(run, state))}. ${state.cell ? "The same point is framed in each." : "Each frames its strongest cell; choose a place to frame it in all."}</p></div>`}
  </div>`;
}
