/**
 * The walk: read, hand over, the first word, where it looks, all of that, the candidates, without
 * attention, long sentences.
 *
 *     stop -> PARTS: what is on screen      stop.apply -> network, piece
 */
import { count, number } from "gridtime/math/format.js";
import { figuresOf, layersOf, shown, tensorOf } from "gridtime/math/translating.js";
import { bleuSays, contested, crossing, looksSay, nameOf, piecesOf, searchSays } from "gridtime/views/translate/scene.js";

/** @typedef {import("gridtime/views/translate/scene.js").Room} Room */
/** @typedef {{answers?: boolean, read?: boolean, handed?: boolean, write?: boolean, lines?: boolean, next?: boolean, search?: boolean, matrix?: boolean, lengths?: boolean}} Shown */

/** @type {Record<string, Shown>} */
export const PARTS = {
  all: { answers: true, read: true, handed: true, write: true, lines: true, next: true, search: true, matrix: true, lengths: true },
  read: { read: true },
  hand: { read: true, handed: true },
  first: { handed: true, write: true, next: true },
  look: { read: true, lines: true, write: true },
  matrix: { matrix: true },
  candidates: { search: true },
  without: { answers: true },
  lengths: { lengths: true },
};

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ store, patch }) {
  const told = store.told.value;
  if (!told) return [];
  const { tokens, sides } = told;
  const [side] = sides;
  const plain = sides.find(({ net }) => !net.attends);
  const handed = tensorOf(side.tensors, side.net.graph, "handed")?.data.length ?? 0;
  const both = layersOf(side.net.graph).reads.attributes.bidirectional ? " One half reads from the left, one from the right." : "";
  const first = shown(piecesOf(side)[0].text);
  const [step, close] = [crossing(told, side), contested(side)];
  /** @param {number | undefined} to @param {string} model */
  const at = (to, model = side.net.row.id) => () => patch({ step: to, model });
  const { head } = figuresOf(side.net.card);
  return [
    { id: "read", caption: `It reads ${tokens.length} pieces, one after another; after each it holds ${count(handed)} numbers.${both}`, apply: at(undefined), notes: "A row a piece. A word that is rare is read in pieces." },
    { id: "hand", caption: `When all is read, the last state is handed over: ${count(handed)} numbers that stand for the whole sentence.`, apply: at(undefined), notes: "Ask: what could be lost here?" },
    { id: "first", caption: `From that state the second network writes its first piece, “${first}”: the likeliest of ${count(outputs(side))}.`, apply: at(0) },
    ...(side.net.attends ? [{ id: "look", caption: () => looksSay(told, side, step), apply: at(step), notes: "Thick: much. The order of words differs, so lines cross." }, { id: "matrix", caption: `A row for each of the ${piecesOf(side).length} pieces it wrote: where it looked in yours. A row adds up to 100 %.`, apply: at(step) }] : []),
    { id: "candidates", caption: () => searchSays(told, side, close), apply: at(close), notes: "Beam search: a beginning that looks worse now may be the better sentence later." },
    ...(plain && side.net.attends ? [{ id: "without", caption: `The same sentence without attention, where only the handed-over state crosses. On ${count(head.n)} sentences: ${bleuSays(side)} ${nameOf(side)}, ${number(figuresOf(plain.net.card).head.value, 1)} ${nameOf(plain)}.`, apply: at(undefined, plain.net.row.id) }] : []),
    ...(figuresOf(side.net.card).lengths.length ? [{ id: "lengths", caption: "The longer the sentence, the more one state must hold: BLEU by length, measured on sentences that were never trained on.", apply: at(undefined) }] : []),
  ]; // prettier-ignore
}

/** How many pieces there are to choose from. @param {import("gridtime/views/translate/scene.js").Side} side */
const outputs = ({ net }) => Number(net.graph.at(-1)?.output_shape.at(-1) ?? 0);
