/**
 * One sentence a beat, in the page's words, with the step's own numbers.
 */
import { html } from "gridtime/lib/html.js";
import { percent } from "gridtime/math/format.js";
import { ordinal } from "gridtime/math/units.js";
import { Num, exact } from "gridtime/components/num.js";
import { Share } from "gridtime/views/rnn/words.js";

/** @typedef {import("gridtime/math/cell.js").Numbers} Numbers */
/** @typedef {import("gridtime/lib/html.js").VNode} VNode */
/**
 * @typedef {object} Told
 * @property {import("gridtime/math/readers.js").Kind} kind
 * @property {Numbers} numbers
 * @property {string} word
 * @property {string} label
 * @property {number | null} belief
 * @property {number | null} before
 * @property {"tanh" | "relu"} squash
 */

/** The share that a gate lets through. @param {number} v */
const part = (v) => html`<span class="num" data-value=${exact(v)}>${percent(v)}</span>`;

/** @param {number} v */
const n = (v) => html`<${Num} value=${v} />`;

/** @param {Told} told */
function predicted({ belief, before, label }) {
  if (belief === null)
    return html`This reader needs the whole text, from both ends: it has no answer at single words.`;
  const now = html`If it ended here: ${label} <${Share} value=${belief} />`;
  return before === null ? html`${now}.` : html`${now}; before, <${Share} value=${before} />.`;
}

/** @param {Told} told */
const arrives = ({ word }) =>
  html`“<bdi>${word}</bdi>” arrives. The cell gets this word and its own last state, nothing else.`;

/** @type {Record<string, (told: Told) => VNode>} */
const CAPTIONS = {
  "lstm.forget": ({ numbers: { f } }) => html`Forget gate ${n(f)}: keeps ${part(f)} of the old value.`,
  "lstm.write": ({ numbers: { i, g, written } }) => html`${n(i)} × ${n(g)} = ${n(written)} is added.`,
  "lstm.expose": ({ numbers: { o } }) => html`${part(o)} of tanh(c) is shown.`,
  "gru.reset": ({ numbers: { r } }) =>
    html`Reset gate ${n(r)}: uses ${part(r)} of what the last state gives.`,
  "gru.propose": ({ numbers: { n: candidate } }) =>
    html`The word and that share propose a new value: ${n(candidate)}.`,
  "gru.blend": ({ numbers: { z, open } }) =>
    html`Update gate ${n(z)}: keeps ${part(z)} of the old value, takes ${part(open)} of the proposed one.`,
  "rnn.add": ({ numbers: { word, state } }) =>
    html`${n(word)} from the word and ${n(state)} from the last state are added.`,
  "rnn.squash": ({ numbers: { total, h }, squash }) =>
    squash === "relu"
      ? html`What is below 0 becomes 0: ${n(total)} gives ${n(h)}.`
      : html`tanh squeezes ${n(total)} to ${n(h)}, between −1 and 1.`,
};

/** @param {string} beat @param {Told} told @returns {VNode} */
export function caption(beat, told) {
  if (beat === "read") return arrives(told);
  if (beat === "predict") return predicted(told);
  return CAPTIONS[`${told.kind}.${beat}`](told);
}

/**
 * "Unit 17 of 64, which moves the answer most; …"
 * @param {{unit: number, hidden: number, place: number}} props
 */
export function unitSentence({ unit, hidden, place }) {
  const most = place ? `, which moves the answer ${[ordinal(place), "most"].filter(Boolean).join(" ")}` : "";
  return `Unit ${unit} of ${hidden}${most}; the others have their own weights.`;
}
