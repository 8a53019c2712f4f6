/**
 * Masks: a class for every pixel, counted, compared and coloured.
 *
 *     mask [H, W], places of classes --flood--> regions of a class
 *     two masks ----------------------------> share of pixels alike, IoU of a class
 */

/** @typedef {ArrayLike<number>} Mask */

/** Classes are told apart by these, in the card's order; neighbours in it differ in lightness too. */
const COLOURS = [
  [158, 206, 240], [176, 84, 58], [250, 226, 80], [92, 98, 112], [214, 170, 226], [38, 120, 62],
  [240, 150, 20], [118, 88, 60], [40, 80, 200], [216, 40, 110], [0, 188, 170], [240, 240, 240],
]; // prettier-ignore
const BACKGROUND = "background";
const FOUND = [47, 190, 186];

/**
 * Red, green and blue of a class; null for one that stands for nothing and is not painted.
 * @param {string[]} classes @param {number} k @returns {number[] | null}
 */
export function colourOfClass(classes, k) {
  if (classes[k] === BACKGROUND) return null;
  return classes.length === 2 ? FOUND : COLOURS[k % COLOURS.length];
}

/** The one class that is looked for, where all else is background; else −1. @param {string[]} classes */
export const wanted = (classes) => (classes.length === 2 && classes[0] === BACKGROUND ? 1 : -1);

/**
 * Connected regions of a class: cells that touch edge to edge are one region.
 * @param {Mask} mask @param {number} width @param {number} height @param {number} k
 * @returns {number[]} pixels of each, in reading order
 */
export function regions(mask, width, height, k) {
  const seen = new Uint8Array(width * height);
  const sizes = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || mask[start] !== k) continue;
    const stack = [start];
    seen[start] = 1;
    let size = 0;
    while (stack.length) {
      const at = /** @type {number} */ (stack.pop());
      size += 1;
      const x = at % width;
      const near = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
      for (const next of near) {
        if (next < 0 || next >= seen.length || seen[next] || mask[next] !== k) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    sizes.push(size);
  }
  return sizes;
}

/** Pixels that are of class k in both, over those that are in either; null where neither has one. @param {Mask} a @param {Mask} b @param {number} k */
export function overlap(a, b, k) {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.length; i++) {
    const [here, there] = [a[i] === k, b[i] === k];
    if (here && there) both += 1;
    if (here || there) either += 1;
  }
  return either ? both / either : null;
}

/** The share of pixels with one class in both. @param {Mask} a @param {Mask} b */
export function alike(a, b) {
  let same = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) same += 1;
  return same / a.length;
}

/**
 * A mask as pixels, see-through where its class is not painted or another one is chosen.
 * @param {Mask} mask @param {string[]} classes @param {number} chosen −1: all
 * @param {Uint8ClampedArray} out 4 bytes a pixel
 */
export function paintMask(mask, classes, chosen, out) {
  const colours = classes.map((_, k) => colourOfClass(classes, k));
  for (let i = 0; i < mask.length; i++) {
    const colour = chosen < 0 || chosen === mask[i] ? colours[mask[i]] : null;
    out.set(colour ? [colour[0], colour[1], colour[2], 255] : [0, 0, 0, 0], i * 4);
  }
}

/** The values of all channels at one place. @param {{shape: number[], data: ArrayLike<number>}} tensor [K, H, W] @param {[number, number]} place @returns {number[]} */
export function valuesAt({ shape: [channels, height, width], data }, [y, x]) {
  return Array.from({ length: channels }, (_, k) => data[(k * height + y) * width + x]);
}
