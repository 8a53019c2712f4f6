/**
 * Trained readers on the sentence that is read: a line each, from the last word back.
 *
 *     answers, quantity -> lines | readout of the chosen word | what is left ten steps back
 */
import { html } from "gridtime/lib/html.js";
import { KINDS, QUANTITIES, leftSays, leftShort, logAt, quantityOf, tenBack, trainedSeries } from "gridtime/math/signal.js";
import { Sample } from "gridtime/views/rnn/signal/plot.js";
import { Exact, size } from "gridtime/views/rnn/signal/figures.js";

/** @typedef {import("gridtime/math/signal.js").Series} Series */
/** @typedef {import("gridtime/stores/signal.js").Trained} Trained */
/** @typedef {import("gridtime/views/rnn/more.js").Room} Room */

/** @param {Trained} trained @param {string | undefined} method @returns {Series[]} */
export const linesOf = ({ measured }, method) =>
  KINDS.flatMap((kind) => measured.filter(({ row }) => row.kind === kind)).map(({ row, answer }) => trainedSeries(row, answer, quantityOf(method)));

/** The chosen line: as the address says, else the room's own network. @param {Series[]} all @param {string | undefined} kind @param {string} own */
export const chosenOf = (all, kind, own) => all.find((one) => one.kind === kind) ?? all.find(({ id }) => id === own) ?? all[0];

/** The word of the readout: the chosen one, within the words that were followed back; else ten steps back.
 *  @param {Trained} trained @param {import("gridtime/math/scene.js").Scene} s */
export function wordAt({ measured }, { step, chosen }) {
  const { steps } = measured[0].answer;
  const last = steps[steps.length - 1].t;
  return Math.max(steps[0].t, Math.min(last, chosen ? step : last - 10));
}

/** @param {Trained} trained */
export const wordsOf = ({ measured: [{ answer }] }) => answer.tokens.map(({ text }, k) => ({ x: answer.steps[k].t, text }));

/** Of a long text only the last words are followed back; the server's own sentence. @param {Trained} trained */
export const windowSays = ({ measured: [{ answer }] }) =>
  answer.input.steps.find((/** @type {any} */ { op }) => op === "window")?.text ?? "";

/** @param {{all: Series[], chosen: Series, at: number, word: string, onLine: (kind: string) => void}} props */
export function Readout({ all, chosen, at, word, onLine }) {
  return html`<table class="signal-readout"><caption>At “<bdi>${word}</bdi>”</caption>
    <thead><tr><th scope="col">network</th><th scope="col">of the last word's</th><th scope="col">as it is</th></tr></thead>
    <tbody>${all.map((one) => {
      const k = one.points.findIndex(({ x }) => x === at);
      const { log } = one.points[k];
      return html`<tr key=${one.id} class=${one.id === chosen.id ? "is-chosen" : ""}>
        <th scope="row"><button type="button" aria-pressed=${one.id === chosen.id} onClick=${() => onLine(one.kind)}><${Sample} kind=${one.kind} thick=${one.id === chosen.id} />${one.name}</button></th>
        <td><${Exact} value=${10 ** log} text=${leftShort(log)} /></td>
        <td><${Exact} value=${one.raw[k]} text=${size(one.raw[k])} /></td></tr>`;
    })}</tbody></table>`;
}

/** One sentence about the chosen line. @param {Series} one @param {string | undefined} method */
export function says(one, method) {
  const ten = tenBack(one);
  if (!ten) return "One word: no step to go back.";
  const what = { error: "", memory: one.kind === "lstm" ? ", in the cell state c" : ", in the state h", reach: ", of a word's reach" }[quantityOf(method)];
  return html`${one.name}${what}: <${Exact} value=${10 ** ten.log} text=${ten.text.replace(/^./, (letter) => letter.toLowerCase())} />`;
}

/** All lines at once, ten steps back. @param {Series[]} all @param {string} of */
export function allSay(all, of) {
  const found = all.flatMap((one) => ({ one, ten: tenBack(one) }));
  if (found.some(({ ten }) => !ten)) return "One word: no step to go back.";
  const steps = found[0].ten?.steps.toLowerCase();
  return html`Of ${of}, ${steps}: ${found.map(({ one, ten }, k) => html`${k ? ", " : ""}${one.name} <${Exact} value=${10 ** (ten?.log ?? 0)} text=${leftShort(ten?.log ?? 0)} />`)}.`;
}

/** What was measured, in words. @param {{trained: Trained, method: string | undefined}} props */
export function About({ trained, method }) {
  const { own } = trained;
  const missing = trained.measured.length < 3;
  const here = trained.measured.some(({ row }) => row.id === own.id);
  const long = windowSays(trained);
  return html`<p class="small">Trained networks, this sentence, ${QUANTITIES[quantityOf(method)].name}; ${quantityOf(method) === "reach" ? "answer" : "loss"}: “${trained.label}”. A factor describes this sentence only.
    ${!here && ` “${own.title}” has no line of its own: it does not read from left to right.`}
    ${missing && ` ${trained.measured.length === 1 ? "One network reads" : "Two networks read"} these classes from left to right here; others appear once they are published.`}
    ${long && ` ${long}`}</p>`;
}

/** The numbers behind the lines, for a table or a file. @param {Trained} trained @param {Series[]} all */
export const rowsOf = (trained, all) => [
  ["word", ...all.flatMap(({ name }) => [`${name}, of the last word's`, `${name}, as it is`])],
  ...wordsOf(trained).map(({ text }, k) => [text, ...all.flatMap(({ points, raw }) => [10 ** points[k].log, raw[k]])]),
];

/** @param {Series} one @param {number} at */
export const spokenAt = (one, at) => `${one.name}: ${leftSays(logAt(one, at) ?? 0)}`;
