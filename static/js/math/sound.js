/**
 * Sound as numbers: a WAV file of samples, the shape of a wave, and where in time a frame lies.
 *
 *     samples [N] in −1..1 -> wavOf -> the bytes of a WAV file, 16 bits, one channel
 *     samples [N], columns -> envelope -> for each column its lowest and highest sample
 */

/** @typedef {{window: number, hop: number}} Frames in seconds */

/**
 * The bytes of a WAV file (Microsoft and IBM 1991).
 * @param {Float32Array} samples @param {number} rate
 */
export function wavOf(samples, rate) {
  const bytes = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  /** @param {number} at @param {string} text */
  const word = (at, text) => [...text].forEach((sign, k) => bytes.setUint8(at + k, sign.charCodeAt(0)));
  word(0, "RIFF");
  bytes.setUint32(4, 36 + 2 * samples.length, true);
  word(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true); // whole numbers
  bytes.setUint16(22, 1, true); // channels
  bytes.setUint32(24, rate, true);
  bytes.setUint32(28, 2 * rate, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  word(36, "data");
  bytes.setUint32(40, 2 * samples.length, true);
  samples.forEach((v, k) => bytes.setInt16(44 + 2 * k, Math.round(32767 * Math.max(-1, Math.min(1, v))), true));
  return new Uint8Array(bytes.buffer);
}

/** The mean of all channels. @param {Float32Array[]} channels */
export function mixed(channels) {
  if (channels.length === 1) return channels[0];
  return channels[0].map((_, k) => channels.reduce((sum, one) => sum + one[k], 0) / channels.length);
}

/**
 * Lowest and highest sample of each column, in shares of the loudest.
 * @param {Float32Array} samples @param {number} columns @returns {[number, number][]}
 */
export function envelope(samples, columns) {
  let loudest = 0;
  for (const v of samples) loudest = Math.max(loudest, Math.abs(v));
  const scale = loudest || 1;
  return Array.from({ length: columns }, (_, c) => {
    const [from, to] = [c, c + 1].map((k) => Math.floor((k * samples.length) / columns));
    let [low, high] = [0, 0];
    for (let k = from; k < to; k += 1) [low, high] = [Math.min(low, samples[k]), Math.max(high, samples[k])];
    return [low / scale, high / scale];
  });
}

/** The last moment that frame t has heard, in seconds of what is read. @param {number} t @param {Frames} frames */
export const heardAt = (t, { window, hop }) => t * hop + window;

/** The last frame that ends before a moment; −1 before the first. @param {number} seconds @param {Frames} frames @param {number} total */
export const frameAt = (seconds, { window, hop }, total) =>
  Math.max(-1, Math.min(total - 1, Math.floor((seconds - window) / hop + 1e-6)));

/** [T, bands] -> [bands, T], the highest band first; frames after `last` are no numbers yet. @param {ArrayLike<number>} data @param {number} bands @param {number} last */
export function picture(data, bands, last) {
  const total = data.length / bands;
  return Float32Array.from({ length: data.length }, (_, i) => {
    const t = i % total;
    return t > last ? 0 : data[t * bands + (bands - 1 - Math.floor(i / total))];
  });
}
