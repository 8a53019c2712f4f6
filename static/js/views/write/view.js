/**
 * A text while it is written, and everything behind the letter looked at.
 *
 *     text so far, every letter over its probability
 *     the next letter | the number that drew it, the loop, how open it was
 *     of 83           | states over the letters
 *     three temperatures | how well it guesses, what it cannot do
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { choiceAt, openness, statesOf, stepOf } from "gridtime/views/write/scene.js";
import { Figures, Heats, Limits } from "gridtime/views/write/more.js";
import { Line, Loop, Next, Open } from "gridtime/views/write/next.js";
import { States } from "gridtime/views/write/states.js";
import { Text } from "gridtime/views/write/text.js";
import { PARTS } from "gridtime/views/write/walk.js";

/** @typedef {import("gridtime/views/write/scene.js").Room} Room */
/** @typedef {import("gridtime/stores/writing.js").Made} Made */
/** @typedef {{room: Room, made: Made, upto: number, onStep: (k: number) => void, temperatures: number[], versions: import("gridtime/stores/writing.js").Heats | null}} ViewProps upto: letters that are written so far */

const BARS = { wide: 12, narrow: 8, present: 8 };

/** On a projector: what the caption names. @param {ViewProps & {part: string}} props */
function Stop({ room, made, part, upto, onStep, versions, temperatures }) {
  const show = PARTS[part] ?? PARTS.grow;
  const step = stepOf(room.address, made);
  const choice = choiceAt(made, step, BARS.present);
  const mean = useMemo(() => openness(made), [made.key]);
  const until = show.upto === undefined ? upto : step + show.upto;
  const units = statesOf(made, {}, 1)?.reader.hidden ?? 0;
  return html`<div class="write is-present is-${part}">
    ${show.text && html`<${Text} made=${made} step=${step} upto=${until} onStep=${onStep} blind=${show.upto === 0} />`}
    ${show.next && html`<div class="write-beat"><${Next} made=${made} choice=${choice} step=${step} heat=${show.next === "heat" ? made.heat : 1} hidden=${show.next === "vote"} drawn=${false} brief=${true} />${show.next === "heat" && html`<${Open} made=${made} choice=${choice} mean=${mean} />`}</div>`}
    ${show.line && html`<${Line} made=${made} choice=${choice} step=${step} look=${room.look} brief=${true} />`}
    ${show.loop && html`<${Loop} made=${made} choice=${choice} units=${units} />`}
    ${show.states && html`<${States} room=${room} made=${made} step=${step} upto=${upto} />`}
    ${show.heats && html`<${Heats} room=${room} versions=${versions} temperatures=${temperatures} />`}
    ${show.figures && html`<${Figures} made=${made} /><${Limits} made=${made} />`}
  </div>`;
}

/** @param {ViewProps} props */
function Desk({ room, made, upto, onStep, versions, temperatures }) {
  const step = stepOf(room.address, made);
  const choice = choiceAt(made, step, room.look.narrow ? BARS.narrow : BARS.wide);
  const mean = useMemo(() => openness(made), [made.key]);
  const units = statesOf(made, {}, 1)?.reader.hidden ?? 0;
  return html`<div class="write">
    <${Text} made=${made} step=${step} upto=${upto} onStep=${onStep} />
    <div class="write-step">
      <${Next} made=${made} choice=${choice} step=${step} />
      <div class="write-why">
        <div class="write-drawn"><${Line} made=${made} choice=${choice} step=${step} look=${room.look} /><${Open} made=${made} choice=${choice} mean=${mean} /></div>
        <${Loop} made=${made} choice=${choice} units=${units} />
        <${States} room=${room} made=${made} step=${step} upto=${upto} />
      </div>
    </div>
    <${Heats} room=${room} versions=${versions} temperatures=${temperatures} />
    <div class="write-about"><${Figures} made=${made} /><${Limits} made=${made} /></div>
  </div>`;
}

/** @param {ViewProps & {part: string}} props part: a stop of the walk, or "all" */
export const View = (props) => (props.part === "all" ? html`<${Desk} ...${props} />` : html`<${Stop} ...${props} />`);
