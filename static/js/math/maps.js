/**
 * What the views ask of a trace's tensors: a plane, a cell, the strongest cell, the seen picture.
 *
 *     tensor [C, H, W] or [n] --channel--> plane (a view, no copy) --(y, x)--> one value
 *     input [C, H, W] --mean, std of the card--> RGBA bytes, as the visitor's eye expects them
 */

/** @typedef {import("./scales.js").Tensor} Tensor */

/** @param {Tensor} tensor @param {number} channel @returns {Float32Array|Uint8Array} a view */
export function plane(tensor, channel) {
  const area = tensor.data.length / Math.max(1, tensor.shape[0] ?? 1);
  return tensor.data.subarray(channel * area, (channel + 1) * area);
}

/** @param {Tensor} tensor @param {number} channel @param {number} y @param {number} x */
export function cell(tensor, channel, y, x) {
  const [, height = 1, width = 1] = tensor.shape;
  return tensor.data[(channel * height + y) * width + x] ?? 0;
}

/** The cell of a map that answers most strongly. @param {Tensor} tensor @param {number} channel
 *  @returns {[number, number]} [y, x] */
export function strongestCell(tensor, channel) {
  const values = plane(tensor, channel);
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if (Math.abs(values[i] ?? 0) > Math.abs(values[best] ?? 0)) best = i;
  }
  const width = tensor.shape[2] ?? 1;
  return [Math.floor(best / width), best % width];
}

/** The map of a layer that answers most strongly. @param {{limits: Float32Array}} range */
export function strongestMap(range) {
  let best = 0;
  range.limits.forEach((limit, c) => {
    if (limit > (range.limits[best] ?? 0)) best = c;
  });
  return best;
}

/**
 * The network's input as a picture: normalisation undone, one channel shown grey.
 * @param {Tensor} input [C, H, W]; bytes are taken as they are
 * @param {{mean?: number[], std?: number[]}} preprocessing
 * @param {Uint8ClampedArray} out [H·W·4]
 */
export function seenPicture(input, preprocessing, out) {
  const [channels = 1, height = 1, width = 1] = input.shape;
  const area = height * width;
  const bytes = input.data instanceof Uint8Array;
  for (let colour = 0; colour < 3; colour++) {
    const from = Math.min(colour, channels - 1);
    const mean = preprocessing.mean?.[from] ?? 0;
    const std = preprocessing.std?.[from] ?? 1;
    for (let i = 0; i < area; i++) {
      const value = input.data[from * area + i] ?? 0;
      out[i * 4 + colour] = bytes ? value : (value * std + mean) * 255;
    }
  }
  for (let i = 0; i < area; i++) out[i * 4 + 3] = 255;
}

/**
 * Bytes of the first-draw atlas back to values.
 * @param {Uint8Array} bytes @param {[number, number]} limits @returns {Float32Array}
 */
export function fromBytes(bytes, [low, high]) {
  const values = new Float32Array(bytes.length);
  const step = (high - low) / 255;
  for (let i = 0; i < bytes.length; i++) values[i] = low + (bytes[i] ?? 0) * step;
  return values;
}
