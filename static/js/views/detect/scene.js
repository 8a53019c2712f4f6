/**
 * What of the address and of what was seen every part of the view asks for.
 */
import { crowded, kept, partner, proposals } from "gridtime/math/boxes.js";
import { percent, plural } from "gridtime/math/format.js";

/** @typedef {import("gridtime/stores/detecting.js").Seen} Seen */
/** @typedef {import("gridtime/math/boxes.js").Cell} Cell */
/** @typedef {import("gridtime/math/boxes.js").Proposal} Proposal */
/** @typedef {{theme: "light" | "dark", present: boolean, narrow: boolean}} Look */
/**
 * What a view is given; it imports no page and no store.
 * @typedef {object} Room
 * @property {Record<string, any>} address
 * @property {(change: Record<string, any>, how?: {push?: boolean}) => void} patch
 * @property {Look} look
 * @property {import("gridtime/stores/detecting.js").Detecting} store
 * @property {{keep: (blob: Blob) => Promise<string>}} stores
 * @property {(blob: any) => void} draw a drawing or a frame, seen before it is kept
 */
/**
 * @typedef {object} Scene
 * @property {Seen} seen
 * @property {string} phase which boxes are drawn
 * @property {number} score
 * @property {number} overlap
 * @property {Proposal[]} found best first
 * @property {Proposal[]} stay
 * @property {Cell} chosen
 * @property {number} place of the chosen cell's box among `found`, −1 where it scores too little
 * @property {number} other place of the box it is compared with, −1: none
 */

export const PHASES = [
  { id: "picture", text: "Picture" }, { id: "cells", text: "Scores per cell" }, { id: "all", text: "All boxes" },
  { id: "above", text: "Above the score" }, { id: "kept", text: "After suppression" },
]; // prettier-ignore
export const PANELS = [
  { id: "cell", text: "The cell" }, { id: "pair", text: "Suppression" }, { id: "maps", text: "Maps behind it" }, { id: "figures", text: "How good" },
]; // prettier-ignore

/** The named one, or the standard. @param {{id: string}[]} list @param {string | undefined} id @param {string} usual */
const oneOf = (list, id, usual) => (list.some((one) => one.id === id) ? /** @type {string} */ (id) : usual);

/** @param {Record<string, any>} address */
export const phaseOf = ({ show }) => oneOf(PHASES, show, "kept");
/** @param {Record<string, any>} address */
export const panelOf = ({ tab }) => oneOf(PANELS, tab, "cell");

/** Thresholds: the address's in hundredths, else the card's. @param {Record<string, any>} address @param {Seen} seen */
export function thresholds(address, { net }) {
  const usual = net.card.detection;
  /** @param {number | undefined} own @param {number} low @param {number} high @param {number} other */
  const held = (own, low, high, other) => (own === undefined ? other : Math.max(low, Math.min(high, own)) / 100);
  return { score: held(address.score, 1, 99, usual.score), overlap: held(address.overlap, 0, 100, usual.overlap) };
}

/** Row and column of a place in the address. @param {string | undefined} text */
const placeOf = (text) => (/^\d{1,4},\d{1,4}$/.test(text ?? "") ? /** @type {string} */ (text).split(",").map(Number) : [-1, -1]);

/** @param {Record<string, any>} address @param {Seen} seen @returns {Scene} */
export function sceneOf(address, seen) {
  const { score, overlap } = thresholds(address, seen);
  const found = proposals(seen.cells, score, overlap);
  const [row, column] = address.cell ?? [-1, -1];
  const inGrid = row >= 0 && row < seen.rows && column >= 0 && column < seen.columns;
  const first = found.length ? found[crowded(found)] : seen.cells.reduce((a, b) => (b.score > a.score ? b : a));
  const chosen = inGrid ? seen.cells[row * seen.columns + column] : first;
  /** @param {number} y @param {number} x */
  const at = (y, x) => found.findIndex((one) => one.row === y && one.column === x);
  const place = at(chosen.row, chosen.column);
  const [y, x] = placeOf(address.against);
  const other = place < 0 ? -1 : partner(found, place, at(y, x));
  return { seen, phase: phaseOf(address), score, overlap, found, stay: kept(found), chosen, place, other };
}

/** "row 3, column 8". @param {{row: number, column: number}} cell */
export const whereSays = ({ row, column }) => `row ${row}, column ${column}`;

/** "“7”, 91 %". @param {Scene} scene @param {Cell} cell */
export const boxSays = ({ seen }, cell) => `“${seen.net.card.classes[cell.label]}”, ${percent(cell.score)}`;

/** What was found, in one sentence. @param {Scene} scene */
export function foundSays({ seen, found, stay, score }) {
  if (!stay.length) return `No cell scores ${percent(score)} or more: nothing was found.`;
  const names = stay.map(({ label }) => seen.net.card.classes[label]).join(", ");
  return `${plural(found.length, "box", "boxes")} of ${seen.cells.length} score ${percent(score)} or more; ${found.length === stay.length ? "none is suppressed" : `after suppression ${stay.length} ${stay.length === 1 ? "stays" : "stay"}`}: ${names}.`;
}

/** What happened to the chosen box. @param {Scene} scene */
export function fateSays(scene) {
  const { chosen, found, place, score } = scene;
  const named = `The box of ${whereSays(chosen)}`;
  if (place < 0) return `${named} scores ${percent(chosen.score)}, below ${percent(score)}: it is not looked at.`;
  if (found[place].by !== place) return `${named} falls to the better one of ${whereSays(found[found[place].by])}.`;
  const fallen = found.filter(({ by }, k) => by === place && k !== place).length;
  return `${named} stays${fallen ? `; ${plural(fallen, "box", "boxes")} fell to it` : ""}.`;
}
