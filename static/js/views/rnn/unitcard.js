/**
 * The chosen unit, said as what it is: one of many, with its own weights and its own effect.
 */
import { html } from "gridtime/lib/html.js";
import { count, plural } from "gridtime/math/format.js";
import { weightCount } from "gridtime/math/readers.js";
import { Num } from "gridtime/components/num.js";
import { unitSentence } from "gridtime/views/rnn/captions.js";

/** "6 words; longer text, longer line". @param {number} total @param {number} layers */
export function waitingLine(total, layers) {
  const deep = layers > 1 ? `, through ${layers} layers` : "";
  return `Waiting line: ${plural(total, "word")}${deep}; longer text, longer line.`;
}

/**
 * Where the unit was held at zero to measure its effect.
 * @param {import("gridtime/math/scene.js").Scene} s
 */
export const heldAt = ({ reading, total }) =>
  `Held at zero ${reading.effectsOver < total ? `over the last ${count(reading.effectsOver)} words` : "at every word"}`;

/** @param {{s: import("gridtime/math/scene.js").Scene, brief: boolean, doings: import("gridtime/views/rnn/strip.js").Doings}} props  brief: something else is open below */
export function UnitCard({ s, brief, doings }) {
  const { reader, unit, place, effects, reading } = s;
  return html`<section class="unitcard" aria-label="The chosen unit">
    <div class="unitcard-pick">
      <button type="button" class="tool" aria-label="Unit before" title="Unit before (Shift C)" onClick=${() => doings.nextUnit(-1)}>◀</button>
      <h2>Unit ${unit}</h2>
      <button type="button" class="tool" aria-label="Next unit" title="Next unit (C)" onClick=${() => doings.nextUnit(1)}>▶</button>
    </div>
    <p>${unitSentence({ unit, hidden: reader.hidden, place })}</p>
    ${!brief && effects && html`<p>${heldAt(s)}, it moves the score by <${Num} value=${effects[unit]} />.</p>`}
    ${!brief && reading.weights && html`<p>The same weights in each copy: every word is read with these ${count(weightCount(reader, reading.weights))} numbers; only the state changes.</p>`}
  </section>`;
}
