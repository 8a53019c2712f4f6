/**
 * The safetensors format, read in place.
 *
 *   8 bytes: header length (little endian) | header JSON | tensor bytes
 *                                    -> {tensors: name -> {shape, data}, metadata}
 */

/** @typedef {{shape: number[], data: Float32Array | Uint8Array}} Tensor */
/** @typedef {{tensors: Map<string, Tensor>, metadata: Record<string, string>}} Decoded */
/** @typedef {{dtype: string, shape: number[], data_offsets: [number, number]}} Entry */

/** @type {Record<string, number>} bytes of one value */
const WIDTH = { F32: 4, F16: 2, U8: 1 };

/**
 * One half-precision number as a double.
 * @param {number} bits
 */
export function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * @param {ArrayBuffer} buffer
 * @param {number} start
 * @param {Entry} entry
 * @returns {Float32Array | Uint8Array}
 */
function values(buffer, start, entry) {
  const width = WIDTH[entry.dtype];
  if (!width) throw new Error(`safetensors: dtype ${entry.dtype} is not read here`);
  const [from, to] = entry.data_offsets;
  const count = (to - from) / width;
  if (count !== entry.shape.reduce((a, b) => a * b, 1) || start + to > buffer.byteLength) {
    throw new Error("safetensors: a tensor's place does not fit its shape");
  }
  if (entry.dtype === "U8") return new Uint8Array(buffer, start + from, count);
  const at = start + from;
  // A view must begin on a multiple of its width; a header of odd length needs a copy.
  const aligned = at % width === 0 ? buffer : buffer.slice(at, at + count * width);
  const offset = at % width === 0 ? at : 0;
  if (entry.dtype === "F32") return new Float32Array(aligned, offset, count);
  return Float32Array.from(new Uint16Array(aligned, offset, count), half);
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {Decoded}
 */
export function decode(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  if (length > buffer.byteLength - 8) throw new Error("safetensors: the header is cut off");
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const { __metadata__: metadata = {}, ...entries } = header;
  /** @type {Map<string, Tensor>} */
  const tensors = new Map();
  for (const [name, entry] of Object.entries(/** @type {Record<string, Entry>} */ (entries))) {
    tensors.set(name, { shape: entry.shape, data: values(buffer, 8 + length, entry) });
  }
  return { tensors, metadata };
}
