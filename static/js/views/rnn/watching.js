/**
 * What Find, Units and Plane share: which states they need, which unit is meant, what went wrong.
 *
 *     room -> useStates(room, {corpus, units}) -> {own, corpus, units}, each null until it is here
 */
import { html, useEffect } from "gridtime/lib/html.js";
import { Busy } from "gridtime/components/busy.js";
import { Trouble } from "gridtime/components/trouble.js";
import { count } from "gridtime/math/format.js";

/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */
/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {import("gridtime/math/lines.js").States} States */

/**
 * @param {Room} room
 * @param {{corpus?: boolean, units?: boolean}} [need]
 * @returns {{own: States | null, corpus: States | null, units: import("gridtime/math/watched.js").Watched | null | undefined}}
 *   units: undefined where nothing was measured
 */
export function useStates({ s, about, stores: { states } }, { corpus = false, units = false } = {}) {
  const model = about.net.id;
  useEffect(() => {
    states.wantOwn(model, about.input, about.text);
    if (corpus) states.wantCorpus(model);
    if (units) states.wantUnits(model);
  }, [model, about.text, corpus, units]);
  const own = states.own.value.value;
  const all = states.corpus.value.value;
  const found = states.units.value.value;
  return {
    own: own && own.key === s.reading.base ? own : null,
    corpus: all && all.key === model ? all : null,
    units: found?.model === model ? found.watched : null,
  };
}

/** Which words of a long text are on screen, and the way to others. @param {{room: Room}} props */
export function Pager({ room: { s, doings } }) {
  const { window, total } = s;
  if (total <= window.end - window.start) return null;
  return html`<p class="watch-pager"><button type="button" class="tool" aria-label="Earlier words" disabled=${window.start === 0} onClick=${() => doings.turn(-1)}>◀</button>
    words ${count(window.start + 1)} to ${count(window.end)} of ${count(total)}
    <button type="button" class="tool" aria-label="Later words" disabled=${window.end === total} onClick=${() => doings.turn(1)}>▶</button></p>`;
}

/** What is under way, what went wrong, and that these states are the plain network's. @param {{room: Room}} props */
export function Troubles({ room: { s, stores: { states } } }) {
  const all = [states.own, states.corpus, states.units];
  return html`${all.map((one) => html`<${Trouble} problem=${one.problem.value} onRetry=${one.retry} />`)}
    ${s.reading.edits.length > 0 && html`<p class="small">Here the network reads as it was trained: what is changed does not count.</p>`}
    <${Busy} on=${all.some((one) => one.busy.value)} />`;
}

/** The readers whose states, side by side, are the columns of h. @param {Scene} s */
const lasts = (s) => s.reading.readers.filter((r) => r.last);

/** The chosen unit's column in h: of another layer, the unit of the same number. @param {Scene} s */
export function columnOf(s) {
  const width = lasts(s).reduce((n, r) => n + r.hidden, 0);
  return Math.min(width - 1, (s.reader.last ? s.reader.column : 0) + s.unit);
}

/** A column of h as it is called: the second direction reads from the end. @param {Scene} s @param {number} column */
export function unitName(s, column) {
  const reader = lasts(s).findLast((r) => r.column <= column);
  return reader && reader.column ? `${column - reader.column} backwards` : String(column);
}

/** Chooses a column of h as the unit. @param {Room} room @param {number} column */
export function chooseColumn({ s, patch }, column) {
  const reader = lasts(s).findLast((r) => r.column <= column);
  if (reader) patch({ unit: column - reader.column, layer: reader.id === s.reader.id || lasts(s).length < 2 ? undefined : reader.id });
}

/** The columns of h, those that move the answer most first. @param {Scene} s */
export function columnsOf(s) {
  const width = lasts(s).reduce((n, r) => n + r.hidden, 0);
  const first = s.reader.last ? s.ordered.map((u) => s.reader.column + u) : [];
  const rest = Array.from({ length: width }, (_, c) => c).filter((c) => !first.includes(c));
  return [...first, ...rest];
}

/**
 * Reads a sentence in the room, or says why this network has no answer to it.
 * @param {Room} room @param {string} text @param {Record<string, any>} change what else the address then says
 */
export function readHere({ about, patch, say }, text, change) {
  const asked = /** @type {string[]} */ (about.net.card.preprocessing?.words ?? []);
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu));
  if (asked.length && !asked.some((word) => words.has(word)))
    return say(`This network answers only texts with “${asked[0]}”. Choose another line, or another network.`);
  return patch({ text, sample: undefined, range: undefined, ...change }, { push: true });
}
