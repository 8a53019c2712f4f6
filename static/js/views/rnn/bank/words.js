/**
 * What the bank page says, each sentence out of the numbers on screen.
 */
import { html } from "gridtime/lib/html.js";
import { WORD, cluePlace, tipping } from "gridtime/math/bank.js";
import { Share } from "gridtime/views/rnn/words.js";

/** @typedef {import("gridtime/math/bank.js").Line} Line */
/** @typedef {import("gridtime/stores/bank.js").Bank} Bank */

/** @param {number} value */
export const share = (value) => html`<${Share} value=${value} />`;

/** The class that a belief speaks for. @param {Bank} bank @param {number} belief */
export const senseOf = ({ label, other }, belief) => (belief >= 0.5 ? label : other);

/** How sure of that class. @param {number} belief */
const sure = (belief) => Math.max(belief, 1 - belief);

/**
 * "“river” tips it …", or "At “bank” it has not met “deposit”: it cannot know yet."
 * @param {Bank} bank
 * @param {Line} line
 */
export function says(bank, line) {
  const { t, from, to } = tipping(line.beliefs, bank.reader.start);
  const word = html`“<bdi>${line.tokens[t].text}</bdi>”`;
  const belief = line.beliefs[line.at];
  if (cluePlace(line, bank.reader.start) === "after")
    return html`At “${WORD}” (${bank.label} ${share(belief)}) it has not met ${word}: it cannot know yet. ${word} takes it from ${share(from)} to ${share(to)}.`;
  return html`${word} tips it: ${bank.label} ${share(from)} before, ${share(to)} after. At “${WORD}”: ${share(belief)}.`;
}

/** What the carried state did at the word. @param {Bank} bank @param {Line} line @param {string} source */
export function swapSays(bank, line, source) {
  if (!line.swapped) return null;
  const [before, after] = [line.beliefs[line.at], line.swapped[line.at]];
  const end = line.swapped[line.swapped.length - 1];
  return html`With the state after “<bdi>${source}</bdi>”, ${bank.label} at “${WORD}”: ${share(before)} → ${share(after)}; at the end ${senseOf(bank, end)} ${share(sure(end))}.`;
}

/** @param {Bank} bank @param {Line} line */
export function bothSays(bank, line) {
  if (line.both === null) return null;
  return html`The two-way reader, at “${WORD}” but with the whole sentence: ${senseOf(bank, line.both)} ${share(sure(line.both))}.`;
}

export const VOTE = `What will it say at “${WORD}”? Vote, then press on.`;
