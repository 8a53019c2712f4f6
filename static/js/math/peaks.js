/**
 * Where each channel of a layer answers most strongly, and the patch of the picture it saw there.
 *
 *     tensor [C, H, W] -> peaks {values [C], places [C]}
 *     peaks of many pictures, channel -> the strongest, best first
 *     picture (RGBA) + box of the true field -> patch (RGBA), outside the picture left clear
 */

/** @typedef {import("./scales.js").Tensor} Tensor */
/** @typedef {import("./fields.js").Box} Box */
/** @typedef {{values: Float32Array, places: Int32Array, width: number}} Peaks `places`: y·width + x */
/** @typedef {{width: number, height: number, data: Uint8ClampedArray}} Pixels */
/** @typedef {{picture: number, value: number, cell: [number, number]}} Found */

/** @param {Tensor} tensor [C, H, W] or [n] @returns {Peaks} the largest value of every channel */
export function peaks(tensor) {
  const [channels = 0, , width = 1] = tensor.shape;
  const area = tensor.data.length / Math.max(1, channels);
  const values = new Float32Array(channels);
  const places = new Int32Array(channels);
  for (let c = 0; c < channels; c++) {
    let best = c * area;
    for (let i = best + 1; i < (c + 1) * area; i++) {
      if ((tensor.data[i] ?? 0) > (tensor.data[best] ?? 0)) best = i;
    }
    values[c] = tensor.data[best] ?? 0;
    places[c] = best - c * area;
  }
  return { values, places, width };
}

/**
 * The pictures that raise a channel most. One patch a picture, and none where nothing is above 0.
 * @param {(Peaks|undefined)[]} all one a picture, undefined while it is not here
 * @param {number} channel @param {number} count @returns {Found[]}
 */
export function strongestOf(all, channel, count) {
  /** @type {Found[]} */
  const found = [];
  all.forEach((one, picture) => {
    const value = one?.values[channel] ?? 0;
    const place = one?.places[channel] ?? 0;
    if (one && value > 0) found.push({ picture, value, cell: [Math.floor(place / one.width), place % one.width] });
  });
  return found.sort((a, b) => b.value - a.value).slice(0, count);
}

/** @param {Pixels} picture @param {Box} box may reach beyond it @returns {Pixels} */
export function patchOf(picture, box) {
  const data = new Uint8ClampedArray(box.width * box.height * 4);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const [px, py] = [box.x + x, box.y + y];
      if (px < 0 || py < 0 || px >= picture.width || py >= picture.height) continue;
      const from = (py * picture.width + px) * 4;
      data.set(picture.data.subarray(from, from + 4), (y * box.width + x) * 4);
    }
  }
  return { width: box.width, height: box.height, data };
}

/** Where tile `c` of an atlas lies. @param {{tile: number, columns: number}} atlas
 *  @param {number} c @returns {{x: number, y: number}} */
export function atlasPlace({ tile, columns }, c) {
  return { x: (c % columns) * tile, y: Math.floor(c / columns) * tile };
}
