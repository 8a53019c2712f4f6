/**
 * What a click or key means for the address: scene + address -> patch(change).
 */
import { html, useMemo, useRef } from "gridtime/lib/html.js";
import { BEATS, openable } from "gridtime/math/beats.js";
import { turnedStep } from "gridtime/math/window.js";
import { beatIndex } from "gridtime/views/rnn/step.js";
import { isPart } from "gridtime/views/rnn/more.js";
import { strikingStep } from "gridtime/views/rnn/walk.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {import("gridtime/views/rnn/strip.js").Doings} Doings */
/** @typedef {Record<string, any>} Change */
/**
 * @typedef {object} Hands
 * @property {Change} now                         the address
 * @property {(change: Change, how?: {push?: boolean}) => void} patch
 * @property {(text: string) => void} say         to a screen reader, and under the sentence
 * @property {boolean} present
 * @property {() => void} table
 * @property {number} last                        last word that is read
 */

export const NOT_YET = "Not read yet. The words before it come first: press →.";

/**
 * The stop that shows a beat; outside present mode a deed of one's own leaves the walk.
 * @param {Hands} hands
 * @param {string} [beat]
 */
const stopOf = ({ present, now }, beat) => (present ? (beat ?? now.stop) : undefined);

/** @template T @param {T[]} list @param {T} from @param {number} by @returns {T} */
const along = (list, from, by) => list[Math.max(0, Math.min(list.length - 1, list.indexOf(from) + by))];

/**
 * @param {Scene} s
 * @param {Hands} hands
 * @returns {Doings & {walk: (by: number) => void, class: (by: number) => void, state: (by: number) => void, tab: (tab: string, beat?: string) => void, up: () => boolean}}
 */
export function doingsOf(s, hands) {
  const { now, patch, say } = hands;
  const inStep = now.tab === "step";
  const beats = BEATS[s.reader.kind];
  /** @param {number} t */
  const step = (t) => patch({ step: Math.max(0, Math.min(s.total - 1, t)), stop: stopOf(hands) });
  /** @param {string} tab @param {string} [beat] */
  const tab = (tab, beat) =>
    patch(
      {
        tab,
        ...(beat ? { beat } : {}),
        ...(tab === "step" && now.step === undefined ? { step: strikingStep(s) } : {}),
        open: undefined,
      },
      { push: tab !== now.tab },
    );
  const open = () =>
    patch(
      {
        tab: "step",
        step: s.step,
        stop: stopOf(hands, beats[beatIndex(s.reader.kind, now.beat ?? "predict")].id),
      },
      { push: true },
    );
  /** @param {number} t */
  const word = (t) => {
    if (inStep ? t > s.step + 1 : t > hands.last + 1) return say(NOT_YET);
    if (!inStep && s.chosen && t === s.step && hands.last === s.total - 1) return open();
    return step(t);
  };
  /** @param {string} gate */
  const gate = (gate) => patch({ open: now.open === gate ? undefined : gate });
  return {
    step, word, open, gate, tab,
    walk: (by) => step(s.step + by),
    cell: (t, unit) => patch({ step: t, unit, stop: stopOf(hands) }),
    unit: (unit) => patch({ unit }),
    nextUnit: (by) => patch({ unit: along(s.ordered, s.unit, by) }),
    signal: (signal) => patch({ signal }),
    layer: (layer) => patch({ layer, unit: undefined, signal: undefined, open: undefined }),
    sort: (sort) => patch({ sort }),
    every: () => patch({ every: now.every ? undefined : true }),
    turn: (way) => step(turnedStep(s.window, s.step, way, s.total)),
    beat: (beat) => patch({ beat, stop: stopOf(hands, beat) }),
    table: hands.table,
    class: (by) => patch({ class: s.reading.classes[(s.shown + by + s.reading.classes.length) % s.reading.classes.length] }),
    state: (by) => (inStep ? patch({ open: nextSum(s, now.open, by) }) : patch(nextSignal(s, by))),
    up: () => up(now, patch),
  }; // prettier-ignore
}

/**
 * The same functions in every drawing, each doing what it means now: what is kept on screen by
 * `steady` calls them.
 * @param {ReturnType<typeof doingsOf>} doings
 */
export function useDoings(doings) {
  const latest = useRef(doings);
  latest.current = doings;
  return useMemo(() => {
    const names = /** @type {(keyof typeof doings)[]} */ (Object.keys(doings));
    /** @param {keyof typeof doings} name */
    const calls = (name) => (/** @type {any[]} */ ...all) => /** @type {any} */ (latest.current[name])(...all);
    return /** @type {typeof doings} */ (Object.fromEntries(names.map((name) => [name, calls(name)])));
  }, []);
}

/**
 * The next sum that can be opened; before the first and after the last none is.
 * @param {Scene} s
 * @param {string | undefined} open
 * @param {number} by
 */
function nextSum(s, open, by) {
  const sums = openable(s.reader.kind);
  const at = open ? sums.indexOf(open) + by : by > 0 ? 0 : sums.length - 1;
  return sums[at];
}

/**
 * The next signal; past the last one the next layer begins.
 * @param {Scene} s
 * @param {number} by
 * @returns {Change}
 */
function nextSignal({ signals, signal, reader, reading }, by) {
  const at = signals.findIndex(({ id }) => id === signal.id) + by;
  if (signals[at]) return { signal: signals[at].id };
  const layer = reading.readers[reading.readers.indexOf(reader) + by];
  return layer ? { layer: layer.id, unit: undefined, signal: by > 0 ? "h" : undefined } : {};
}

/**
 * Esc: an open sum first, then the step; false where nothing is above.
 * @param {Change} now
 * @param {Hands["patch"]} patch
 */
function up(now, patch) {
  if (now.open) patch({ open: undefined });
  else if (now.tab === "step" || isPart(now.tab)) patch({ tab: "read", stop: undefined }, { push: true });
  else return false;
  return true;
}

/** A line under the sentence that says why nothing moved. @param {{text: string}} props */
export const Said = ({ text }) => html`<p class="said" role="status">${text}</p>`;
