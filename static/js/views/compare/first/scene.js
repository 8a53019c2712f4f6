/**
 * What the parts of the view draw with: places of the sequence in px, one width for strip and lane.
 */

/** @typedef {"wide" | "narrow" | "present"} Size */
/** `row`: height of a line with a bracket. @typedef {{width: number, left: number, right: number, letter: number, cells: number, flag: number, row: number, lane: number}} Box */

/** In px at root 16. @type {Record<Size, Box>} */
export const BOX = {
  wide: { width: 1392, left: 56, right: 64, letter: 14, cells: 26, flag: 26, row: 24, lane: 60 },
  narrow: { width: 358, left: 50, right: 46, letter: 13, cells: 22, flag: 46, row: 26, lane: 110 },
  present: { width: 1248, left: 72, right: 76, letter: 17, cells: 28, flag: 28, row: 30, lane: 78 },
};

/** @param {{present: boolean, narrow: boolean}} look @returns {Size} */
export const sizeOf = ({ present, narrow }) => (present ? "present" : narrow ? "narrow" : "wide");

/** The middle of a place, its width, and the place under a px. @param {Box} box @param {number} length */
export function placesOf({ width, left, right }, length) {
  const cell = (width - left - right) / length;
  return {
    cell,
    x: (/** @type {number} */ place) => left + (place + 0.5) * cell,
    at: (/** @type {number} */ px) => Math.max(0, Math.min(length - 1, Math.floor((px - left) / cell))),
  };
}

/** Attributes, not style: a saved drawing keeps them. */
export const CAP = { "stroke-linecap": "round" };
