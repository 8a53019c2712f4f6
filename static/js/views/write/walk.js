/**
 * The walk: the beginning, a vote, the distribution, temperature, a letter drawn, read, the text, states.
 *
 *     stop -> PARTS: what is on screen      stop.apply -> the step
 */
import { count, number, plural } from "gridtime/math/format.js";
import { spoken } from "gridtime/math/writing.js";
import { drawnSays, heatSays, heldOut, likeliestSays, openness, scoreBits, statesOf } from "gridtime/views/write/scene.js";

/** @typedef {import("gridtime/views/write/scene.js").Room} Room */
/**
 * @typedef {object} Shown
 * @property {boolean} [text]
 * @property {number} [upto] letters that are written from the chosen one on; without it all that the pen has written
 * @property {"vote" | "plain" | "heat"} [next]
 * @property {boolean} [line] @property {boolean} [loop] @property {boolean} [states]
 * @property {boolean} [heats] @property {boolean} [figures]
 */

/** @type {Record<string, Shown>} */
export const PARTS = {
  begin: { text: true, upto: 0 },
  guess: { text: true, upto: 0, next: "vote" },
  next: { text: true, upto: 0, next: "plain" },
  heat: { text: true, upto: 0, next: "heat" },
  draw: { text: true, upto: 0, line: true },
  loop: { text: true, upto: 1, loop: true },
  again: { text: true, upto: 0, next: "heat" },
  grow: { text: true },
  states: { text: true, states: true },
  heats: { heats: true },
  limits: { figures: true },
};

/** What was written cold and hot, as the network itself holds it likely. @param {import("gridtime/stores/writing.js").Heats | null} heats */
export function heatsSay(heats) {
  const [cold, hot] = [heats?.versions[0], heats?.versions.at(-1)];
  if (!cold || !hot) return "The same beginning and the same random numbers, colder and hotter.";
  return `The same random numbers: at temperature ${number(cold.heat, 1)} it writes what it holds likely, ${number(scoreBits(cold.score))} bits a letter; at ${number(hot.heat, 1)} ${number(scoreBits(hot.score))}.`;
}

/** @param {Room} room @param {import("gridtime/stores/writing.js").Heats | null} versions of this beginning @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ store, patch, address }, versions) {
  const made = store.made.value;
  if (!made) return [];
  const { lead, letters, net } = made;
  const kinds = count(net.card.classes.length);
  const held = heldOut(net);
  /** @param {number} step */
  const at = (step) => () => patch({ step });
  const states = statesOf(made, address, 8);
  const [first, second] = letters;
  return [
    { id: "begin", caption: `It reads the beginning letter by letter, ${plural(lead, "letter")}, and has written nothing yet.`, apply: at(0) },
    { id: "guess", caption: "Which letter comes next? Vote, then press on.", apply: at(0) },
    { id: "next", caption: () => `It gives each of ${kinds} letters a probability; the likeliest is ${likeliestSays(made, 0)}.`, apply: at(0), notes: "It never says one letter: it says how likely each is. All of them add up to 100 %." },
    { id: "heat", caption: () => heatSays(made, 0), apply: at(0), notes: "The temperature divides every logit before the softmax. The mark is the network's own probability, at temperature 1." },
    { id: "draw", caption: () => drawnSays(made, 0), apply: at(0), notes: "All letters lie end to end on the line from 0 to 1, each as long as its share. A likely letter is hit often, an unlikely one seldom." },
    { id: "loop", caption: `${spoken(first.text)} is written, and read: what it drew is its next input.`, apply: at(0) },
    ...(second ? [{ id: "again", caption: () => `After ${spoken(first.text)} it gives every letter a new probability: ${likeliestSays(made, 1)} is the likeliest.`, apply: at(1) }] : []),
    { id: "grow", caption: () => `So the text grows, ${plural(letters.length, "letter")}, one after another: on average ${number(openness(made).now)} bits of choice a letter.`, apply: at(letters.length - 1), notes: "Under each letter how likely the network held it. Full bars: the ends of words. Low bars: where a new word begins." },
    ...(states ? [{ id: "states", caption: () => `All that it knows of the text so far are these ${count(states.reader.hidden)} states: each column comes from the one before it and from the letter above.`, apply: at(letters.length - 1), notes: `Those are drawn that move the answer most. Signs: ${kinds}.` }] : []),
    { id: "heats", caption: () => heatsSay(versions), apply: () => void store.wantHeats() },
    ...(held ? [{ id: "limits", caption: `On ${count(held.n)} letters it never read: ${number(held.value, 3)} bits a letter; a ${held.baseline_name} needs ${number(held.baseline, 3)}.` }] : []),
  ]; // prettier-ignore
}
