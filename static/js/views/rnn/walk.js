/**
 * The walk of the RNN room: what the stops show and say.
 *
 *     sentence -> vote -> belief -> units -> unit | read -> … -> guess -> predict | receipt
 *     └──────────── Read ────────────────────────┘ └─────── Step, one beat a stop ───────┘
 */
import { html } from "gridtime/lib/html.js";
import { BEATS } from "gridtime/math/beats.js";
import { beliefAt, stepOf } from "gridtime/math/scene.js";
import { hasReceipt } from "gridtime/math/receipt.js";
import { caption, unitSentence } from "gridtime/views/rnn/captions.js";
import { toldOf } from "gridtime/views/rnn/step.js";
import { ABOUT, receiptSays } from "gridtime/views/rnn/receipt.js";
import { Share } from "gridtime/views/rnn/words.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {import("gridtime/views/rnn/strip.js").Parts} Parts */
/** @typedef {import("gridtime/lib/html.js").Children} Children */
/** @typedef {{id: string, caption: Children | (() => Children), notes?: string}} Plain */

export const VOTE = "What will it say? Vote, then press on.";

/** What a stop leaves on the screen of present mode. @type {Record<string, Parts>} */
const PARTS = {
  sentence: { belief: false, answer: false, units: false, line: false },
  vote: { belief: true, answer: false, units: false, line: false },
  belief: { belief: true, answer: true, units: false, line: false },
  units: { belief: true, answer: true, units: true, line: false },
  unit: { belief: false, answer: true, units: true, line: true },
};

/**
 * Outside present mode everything is there; a vote hides the answers in both.
 * @param {string | undefined} stop
 * @param {boolean} present
 * @returns {Parts}
 */
export function partsOf(stop, present) {
  if (present) return PARTS[stop ?? ""] ?? PARTS.units;
  return { belief: true, answer: stop !== "vote", units: true, line: true };
}

/** "If the sentence ended here: positive 64 %." @param {Scene} s */
export function endedHere(s) {
  const belief = beliefAt(s, s.step);
  if (belief === null)
    return html`This reader needs the whole text, from both ends: ${s.label} <${Share} value=${s.reading.final[s.shown]} />.`;
  if (s.reading.noun === "letter") return html`The next letter: ${s.label} <${Share} value=${belief} />.`;
  return html`If the sentence ended here: ${s.label} <${Share} value=${belief} />.`;
}

/**
 * The word that moves the answer most, among those that are here; never the first, which has no past.
 * @param {Scene} s
 */
export function strikingStep(s) {
  const { start, end } = s.reading.pane;
  let [best, far] = [Math.min(1, s.total - 1), -1];
  for (let t = Math.max(1, start); t < end; t += 1) {
    const [now, before] = [beliefAt(s, t), beliefAt(s, t - 1)];
    if (now === null || before === null || Math.abs(now - before) <= far) continue;
    [best, far] = [t, Math.abs(now - before)];
  }
  return best;
}

/** @param {Scene} s @returns {Plain[]} */
function readStops(s) {
  const { hidden } = s.reader;
  return [
    {
      id: "sentence",
      caption: "An RNN reads one word after another and remembers.",
      notes: "Cover the screen with a hand and read aloud, one word at a time.",
    },
    { id: "vote", caption: VOTE },
    {
      id: "belief",
      caption: () => endedHere(s),
      notes: "A level, not two colours: full means certain of this class, empty of the other.",
    },
    {
      id: "units",
      caption: `All it remembers is ${hidden} numbers. These are the five that move the answer most, after every word.`,
    },
    { id: "unit", caption: `Unit ${s.unit}: one number, changed a little by every word.` },
  ];
}

/** @param {Scene} s @returns {Plain[]} */
function stepStops(s) {
  const step = stepOf(s);
  const told = step && toldOf(s, step);
  return BEATS[s.reader.kind].flatMap(({ id, name }) => {
    const stop = {
      id,
      caption: told ? () => caption(id, told) : name,
      notes:
        id === "read" ? unitSentence({ unit: s.unit, hidden: s.reader.hidden, place: s.place }) : undefined,
    };
    return id === "predict" ? [{ id: "guess", caption: VOTE }, stop] : [stop];
  });
}

/**
 * @param {Scene} s
 * @param {(tab: string, beat: string | undefined) => void} go bring the page to a tab and beat
 * @returns {import("gridtime/components/walk.js").Stop[]}
 */
export function walkOf(s, go) {
  return [
    ...readStops(s).map((stop) => ({ ...stop, apply: () => go("read", undefined) })),
    ...stepStops(s).map((stop) => ({
      ...stop,
      apply: () => go("step", stop.id === "guess" ? "predict" : stop.id),
    })),
    ...(hasReceipt(s.reader)
      ? [{ id: "receipt", caption: () => receiptSays(s), notes: ABOUT, apply: () => go("receipt", undefined) }]
      : []),
  ];
}
