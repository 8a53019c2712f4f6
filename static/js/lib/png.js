/**
 * A greyscale PNG of 16 bits a pixel, which a canvas cannot write.
 *
 *   values 0..65535 -> rows, each after a filter byte -> deflate -> IHDR | tEXt… | IDAT | IEND
 *
 * 8 bits would keep only 256 of a map's values.
 */

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/** @type {Uint32Array|undefined} */
let table;

/** @returns {Uint32Array} the CRC of each byte */
function crcTable() {
  if (table) return table;
  table = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    table[n] = c;
  }
  return table;
}

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  const crcs = crcTable();
  let c = 0xffffffff;
  for (const byte of bytes) c = (crcs[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** Length, name, data, CRC. @param {string} name @param {Uint8Array} data @returns {Uint8Array} */
function chunk(name, data) {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(ascii(name), 4);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

/** @param {string} text Latin letters only: what PNG's tEXt can hold */
const ascii = (text) => Uint8Array.from(text, (letter) => Math.min(255, letter.codePointAt(0) ?? 63));

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} as zlib has it */
async function deflate(bytes) {
  const packed = new Blob([/** @type {any} */ (bytes)]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** @param {number} width @param {number} height @returns {Uint8Array} 16 bits, grey */
function header(width, height) {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data[8] = 16;
  return data;
}

/**
 * @param {Uint16Array} pixels row-major @param {number} width @param {number} height
 * @param {Record<string, string>} [texts] keyword -> words, kept in the file
 * @returns {Promise<Uint8Array>}
 */
export async function greyPng(pixels, width, height, texts = {}) {
  const rows = new Uint8Array(height * (1 + 2 * width));
  for (let y = 0, at = 0; y < height; y++) {
    at++; // filter 0: bytes as they are
    for (let x = 0; x < width; x++) {
      const v = pixels[y * width + x] ?? 0;
      rows[at++] = v >> 8;
      rows[at++] = v & 255;
    }
  }
  const parts = [
    Uint8Array.from(SIGNATURE), chunk("IHDR", header(width, height)),
    ...Object.entries(texts).map(([key, words]) => chunk("tEXt", ascii(`${key}\0${words}`))),
    chunk("IDAT", await deflate(rows)), chunk("IEND", new Uint8Array()),
  ];
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  parts.reduce((at, part) => (out.set(part, at), at + part.length), 0);
  return out;
}
