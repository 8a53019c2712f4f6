/**
 * The chosen unit, said as what it is: one of many, with its own weights and its own effect.
 */
import { html, steady } from "gridtime/lib/html.js";
import { count, plural } from "gridtime/math/format.js";
import { weightCount } from "gridtime/math/readers.js";
import { Num } from "gridtime/components/num.js";
import { unitSentence } from "gridtime/views/rnn/captions.js";

/** "6 words; longer text, longer line". @param {number} total @param {number} layers @param {string} [noun] */
export function waitingLine(total, layers, noun = "word") {
  const deep = layers > 1 ? `, through ${layers} layers` : "";
  return `Waiting line: ${plural(total, noun)}${deep}; longer text, longer line.`;
}

/**
 * Where the unit was held at zero to measure its effect.
 * @param {import("gridtime/math/scene.js").Scene} s
 */
export const heldAt = ({ reading, total }) =>
  `Held at zero ${reading.effectsOver < total ? `over the last ${count(reading.effectsOver)} ${reading.noun}s` : `at every ${reading.noun}`}`;

/** @param {{s: import("gridtime/math/scene.js").Scene, brief: boolean, doings: import("gridtime/views/rnn/strip.js").Doings}} props  brief: something else is open below */
export function UnitCard({ s, brief, doings }) {
  const { reader, unit, place, effects, reading } = s;
  const weights = reading.weights ? weightCount(reader, reading.weights) : 0;
  return html`<${Card} unit=${unit} says=${unitSentence({ unit, hidden: reader.hidden, place })} held=${heldAt(s)}
    effect=${brief ? undefined : effects?.[unit]} weights=${brief ? 0 : weights} onNext=${doings.nextUnit} />`;
}

/** @param {{unit: number, says: string, held: string, effect: number | undefined, weights: number, onNext: (by: number) => void}} props */
const Card = steady(
  ({ unit, says, held, effect, weights, onNext }) =>
    html`<section class="unitcard" aria-label="The chosen unit">
    <div class="unitcard-pick">
      <button type="button" class="tool" aria-label="Unit before" title="Unit before (Shift C)" onClick=${() => onNext(-1)}>◀</button>
      <h2>Unit ${unit}</h2>
      <button type="button" class="tool" aria-label="Next unit" title="Next unit (C)" onClick=${() => onNext(1)}>▶</button>
    </div>
    <p>${says}</p>
    ${effect !== undefined && html`<p>${held}, it moves the score by <${Num} value=${effect} />.</p>`}
    ${weights > 0 && html`<p>The same weights in each copy: every word is read with these ${count(weights)} numbers; only the state changes.</p>`}
  </section>`,
);
