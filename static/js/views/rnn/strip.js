/**
 * Read: the sentence as columns, the belief after every word, and the units below, same columns.
 *
 *     words 20 px | level 120 | switch h c i f g o | 12 units × words | one thick line
 *
 * In present mode the walk says which parts are there; what the caption does not name is absent.
 */
import { html, useMemo } from "gridtime/lib/html.js";
import { beliefAt } from "gridtime/math/scene.js";
import { row, series } from "gridtime/math/rows.js";
import { limitOf, niceLimit, shownUnits } from "gridtime/math/units.js";
import { wordSize } from "gridtime/math/window.js";
import { number } from "gridtime/math/format.js";
import { Overview } from "gridtime/views/rnn/overview.js";
import { SignalBar } from "gridtime/views/rnn/signalbar.js";
import { UnitLine } from "gridtime/views/rnn/unitline.js";
import { UnitMap } from "gridtime/views/rnn/unitmap.js";
import { useWord } from "gridtime/views/rnn/words.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {{belief: boolean, answer: boolean, units: boolean, line: boolean}} Parts */
/** @typedef {{theme: "light" | "dark", hatch: boolean, present: boolean, narrow: boolean, scope: string}} Look */
/**
 * What a view may ask for; the page decides what it means for the address.
 * @typedef {object} Doings
 * @property {(t: number) => void} step
 * @property {(t: number) => void} word      a click on a word: choose it, or open the chosen one
 * @property {() => void} open
 * @property {(t: number, unit: number) => void} cell
 * @property {(unit: number) => void} unit
 * @property {(by: number) => void} nextUnit
 * @property {(id: string) => void} signal
 * @property {(id: string) => void} layer
 * @property {(id: string) => void} sort
 * @property {() => void} every
 * @property {(way: -1 | 1) => void} turn
 * @property {(id: string) => void} beat
 * @property {(id: string) => void} gate     open the dot product behind it, or close it
 * @property {() => void} table
 */

/**
 * Value and limit of any unit at any word on screen; new only when the numbers are.
 * @param {Scene} s
 * @param {Look} look
 */
export function useValues(s, look) {
  const { reading, name, limit, signal } = s;
  const value = useMemo(
    () => (/** @type {number} */ t, /** @type {number} */ u) => row(reading.pane, name, t)[u] ?? 0,
    [reading.pane, name],
  );
  const limits = useMemo(() => {
    const own = look.scope === "map" && signal.form !== "gate";
    const { start, end } = reading.pane;
    return (/** @type {number} */ u) =>
      own ? limitOf(Float32Array.from({ length: end - start }, (_, k) => value(start + k, u))) : limit;
  }, [value, limit, look.scope]);
  return { value, limits };
}

/** Belief by word; new only when the beliefs are. @param {Scene} s @param {number} known */
export function useBelief(s, known) {
  return useMemo(() => (/** @type {number} */ t) => beliefAt(s, t), [s.reading.key, s.shown, known]);
}

/**
 * The numbers left of the map: which unit, and how far it moves the answer.
 * @param {{units: number[], s: Scene, onUnit: (unit: number) => void}} props
 */
function UnitNames({ units, s, onUnit }) {
  return useMemo(() => unitNames(units, s, onUnit), [units.join(), s.unit, s.effects]);
}

/**
 * @param {number[]} units
 * @param {Scene} s
 * @param {(unit: number) => void} onUnit
 */
function unitNames(units, s, onUnit) {
  const most = s.effects ? Math.max(...s.effects) || 1 : 1;
  return html`<ol class="unitnames" style=${{ "--rows": String(units.length) }} aria-hidden="true">
    ${units.map(
      (u) => html`<li key=${u} class=${u === s.unit ? "is-chosen" : ""} onClick=${() => onUnit(u)}>
        ${s.effects && html`<span class="unitnames-bar"><i class="unitnames-effect" style=${{ "--part": String(s.effects[u] / most) }}></i></span>`}
        <b>${u}</b>
      </li>`,
    )}
  </ol>`;
}

/**
 * The words of the window.
 * @param {{s: Scene, belief: (t: number) => number | null, last: number, parts: Parts, look: Look, doings: Doings}} props
 */
function Words({ s, belief, last, parts, look, doings }) {
  const { window, reading, total, step, label } = s;
  const shown = reading.tokens.slice(window.start, window.end);
  const width = look.present ? 208 : shown.length > 15 ? 53 : 85;
  const [most, least, root] = look.present ? [44, 26, 24] : [20, 13, 16];
  const word = useWord(doings.word);
  return html`<ol class="words" aria-label="Words, and ${label} after each">
    ${shown.map((token, k) => {
      const t = window.start + k;
      const stage = t > last ? "unread" : parts.answer ? "read" : "hidden";
      const size = wordSize(token.text, width, most, least) / root;
      const plain = !parts.belief;
      const chosen = t === step;
      return word({ t, total, token, belief: belief(t), label, chosen, stage, next: t === last + 1, plain, size });
    })}
  </ol>`;
}

/** @param {{s: Scene, last: number, known: number, parts: Parts, look: Look, every: boolean, doings: Doings}} props */
export function Strip({ s, last, known, parts, look, every, doings }) {
  const { value, limits } = useValues(s, look);
  const belief = useBelief(s, known);
  const { window, total, unit, step, signal, reader } = s;
  const most = look.present ? 5 : every ? reader.hidden : 12;
  const units = shownUnits(s.ordered, most, unit);
  const gate = signal.form === "gate";
  const { pane } = s.reading;
  const axis = useMemo(
    () => niceLimit(Math.max(...units.map((u) => limitOf(series(pane, s.name, u, pane))))),
    [pane, s.name, units.join()],
  );
  const columns = { "--columns": String(window.end - window.start) };
  const says = `${signal.name} ${signal.id} of unit ${unit} at “${s.reading.tokens[step]?.text}”: ${number(value(step, unit), 2)}`;
  const dense = window.end - window.start > 15 && "strip-dense";
  const long = total > window.end - window.start && "strip-long";
  const bare = !parts.belief && !parts.units && !parts.line && "strip-bare";
  return html`<div class=${["strip", dense, long, bare].filter(Boolean).join(" ")} style=${columns}>
    ${
      total > window.end - window.start &&
      html`<${Overview} noun=${s.reading.noun} total=${total} window=${window} step=${step} belief=${belief} label=${s.label} known=${known} look=${look} onChoose=${doings.step} onTurn=${doings.turn} />`
    }
    <div class="strip-words">
      ${parts.belief ? html`<p class="strip-axis" aria-hidden="true"><span>${s.label}</span><span>100 %</span><span>50</span><span>0</span></p>` : html`<span></span>`}
      <${Words} s=${s} belief=${belief} last=${last} parts=${parts} look=${look} doings=${doings} />
    </div>
    ${parts.units && !look.present && html`<${SignalBar} s=${s} shown=${units.length} every=${every} look=${look} doings=${doings} />`}
    ${
      parts.units &&
      html`<div class="strip-units">
        <${UnitNames} units=${units} s=${s} onUnit=${doings.unit} />
        <${UnitMap} units=${units} window=${window} value=${value} limit=${limits} gate=${gate} unit=${unit} step=${step} last=${last}
          label="${signal.name} of ${units.length} units at every word" says=${says} look=${look} onChoose=${doings.cell} onOpen=${doings.open} />
      </div>`
    }
    ${
      parts.line &&
      html`<div class="strip-line">
      <p class="unitline-name"><span>unit</span> <b>${unit}</b><span>±${axis}</span></p>
      <${UnitLine} units=${units} window=${window} value=${value} limit=${gate ? 1 : axis} gate=${gate} unit=${unit} step=${step} last=${last} />
    </div>`
    }
  </div>`;
}
