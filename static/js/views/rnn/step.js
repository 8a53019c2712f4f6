/**
 * Step: one unit, one word, five beats, all numbers.
 *
 *     sentence with its running answer
 *     1 read | 2 forget | 3 write | 4 expose | 5 predict     lanes on one zero line | side panel
 *     the formula of the beat with its numbers
 *
 * Beats to come are outlines. On a phone every beat is a card; in present mode one beat at a time.
 */
import { html } from "gridtime/lib/html.js";
import { Num } from "gridtime/components/num.js";
import { Trailing } from "gridtime/components/trailing.js";
import { BEATS } from "gridtime/math/beats.js";
import { beliefAt, openedGate, readElsewhere, stepOf, voteOf } from "gridtime/math/scene.js";
import { signalOf } from "gridtime/math/readers.js";
import { Beliefs, VotePanel } from "gridtime/views/rnn/answer.js";
import { Beat } from "gridtime/views/rnn/beat.js";
import { Behind } from "gridtime/views/rnn/behind.js";
import { caption, unitSentence } from "gridtime/views/rnn/captions.js";
import { Formula } from "gridtime/views/rnn/formula.js";
import { AxisEnds } from "gridtime/views/rnn/lanes.js";
import { Sentence } from "gridtime/views/rnn/sentence.js";
import { UnitCard } from "gridtime/views/rnn/unitcard.js";

/** @typedef {import("gridtime/math/scene.js").Scene} Scene */
/** @typedef {import("gridtime/views/rnn/strip.js").Look} Look */
/** @typedef {import("gridtime/views/rnn/strip.js").Doings} Doings */

/** @param {import("gridtime/math/readers.js").Kind} kind @param {string | undefined} beat */
export const beatIndex = (kind, beat) =>
  Math.max(
    0,
    BEATS[kind].findIndex(({ id }) => id === beat),
  );

/**
 * What the captions need of the chosen step.
 * @param {Scene} s
 * @param {NonNullable<ReturnType<typeof stepOf>>} step
 */
export const toldOf = (s, { numbers }) => ({
  kind: s.reader.kind,
  numbers,
  word: s.reading.tokens[s.step].text,
  label: s.label,
  belief: beliefAt(s, s.step),
  before: beliefAt(s, s.step - 1),
  squash: s.reader.squash,
});

/** What the formula of a beat gives; one that was put in does not follow from it. @type {Record<string, string>} */
const RESULTS = { "lstm.write": "c", "lstm.expose": "h", "gru.propose": "n", "gru.blend": "h", "rnn.squash": "h" };

/** Instead of a formula that did not run. @param {{name: string, id: string, value: number}} props */
const PutIn = ({ name, id, value }) =>
  html`<p class="formula">The ${name} ${id} was put in at <${Num} value=${value} digits=${3} />: it is not what the lanes above it give.</p>`;

/** Another class of two, to say "rather than". @param {Scene} s */
const against = ({ reading, shown }) => (reading.classes.length === 2 ? reading.classes[1 - shown] : null);

/** @param {{s: Scene, open: string, step: NonNullable<ReturnType<typeof stepOf>>, doings: Doings}} props */
function OpenGate({ s, open, step, doings }) {
  const sum = openedGate(s, open);
  const lane = step.lanes.find((l) => l.signal === open);
  if (!sum || !lane) return null;
  const name = lane.name ?? signalOf(s.reader, open).name;
  return html`<${Behind} sum=${sum} signal=${open} name=${name} kind=${s.reader.kind} value=${lane.value}
    word=${s.reading.tokens[s.step].text} onClose=${() => doings.gate(open)} />`;
}

/** @param {{s: Scene, look: Look, beat: string, open: string, guess: boolean, known: number, limit: number, player: any, doings: Doings}} props */
export function Step({ s, look, beat, open, guess, known, limit, player, doings }) {
  const { reader, unit, reading } = s;
  const step = stepOf(s);
  const beats = BEATS[reader.kind];
  const at = beatIndex(reader.kind, beat);
  if (!step)
    return html`<p class="busy" role="status">${reading.weights ? "Reading these words…" : "Fetching the weights…"}</p>`;
  const told = toldOf(s, step);
  const vote = voteOf(s);
  const now = beats[at].id;
  const answer = now === "predict" && !guess;
  const result = RESULTS[`${reader.kind}.${now}`];
  const formula = step.held.has(result)
    ? html`<${PutIn} name=${signalOf(reader, result).name} id=${result} value=${step.numbers[result]} />`
    : html`<${Formula} kind=${reader.kind} beat=${now} numbers=${step.numbers} squash=${reader.squash} vote=${vote} narrow=${look.narrow} />`;
  const beliefs =
    answer &&
    html`<${Beliefs} before=${told.before} belief=${told.belief} label=${s.label} first=${s.step === 0} />`;
  const detail = open
    ? html`<${OpenGate} s=${s} open=${open} step=${step} doings=${doings} />`
    : answer &&
      html`<${VotePanel} vote=${vote} unit=${unit} label=${s.label} against=${against(s)} layer=${reader.id} elsewhere=${readElsewhere(s)} />`;
  const side =
    look.present && !detail
      ? null
      : html`<${UnitCard} s=${s} brief=${Boolean(detail)} doings=${doings} />${detail}`;
  return html`<div class="step ${side ? "" : "step-alone"}" data-beat=${now} data-kind=${reader.kind}>
    <div class="step-top"><${Sentence} s=${s} known=${known} look=${look} guess=${guess} doings=${doings} />${!look.present && !look.narrow && player}</div>
    <div class="step-lanes" role="group" aria-label="${unitSentence({ unit, hidden: reader.hidden, place: s.place })}">
      <${AxisEnds} limit=${limit} unit=${look.present ? `unit ${unit} of ${reader.hidden}` : ""} />
      ${beats.map(
        (
          { id, name },
          k,
        ) => html`<${Trailing} key=${id} now=${k === at}><${Beat} index=${k} id=${id} name=${name} at=${at} s=${s} step=${step} limit=${limit} open=${open} look=${look}
          told=${caption(id, told)} answer=${id === "predict" && beliefs} doings=${doings} /><//>`,
      )}
    </div>
    <aside class="step-side"><${Trailing}>${side}<//></aside>
    <${Trailing}>${!(now === "predict" && guess) && formula}<//>
  </div>`;
}
