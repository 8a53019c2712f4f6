/**
 * A first-layer kernel as the pattern it answers to, and what the measure calls it.
 *
 *     weight [O, c, kh, kw] at out -> RGBA [kh, kw]: grey is 0, brighter adds, darker takes away
 *     studies.edges.channels -> kinds, each with its kernels: edges by their angle
 *
 * Three input maps are the picture's red, green and blue; any other number is shown as its mean.
 */

/** @typedef {import("./scales.js").Tensor} Tensor */
/** @typedef {import("./peaks.js").Pixels} Pixels */
/** @typedef {import("./selectivity.js").Kernel} Kernel */

const GREY = 128;
const REACH = 127;

/** @param {Tensor} weight [O, c, kh, kw] @param {number} out @returns {Pixels} scaled to its own
 *  largest weight */
export function pattern(weight, out) {
  const [, inputs = 1, height = 1, width = 1] = weight.shape;
  const area = height * width;
  const values = weight.data.subarray(out * inputs * area, (out + 1) * inputs * area);
  const planes = inputs === 3 ? [0, 1, 2].map((c) => values.subarray(c * area, (c + 1) * area))
    : [mean(values, inputs, area)];
  let limit = 0;
  for (const plane of planes) for (const v of plane) limit = Math.max(limit, Math.abs(v));
  const data = new Uint8ClampedArray(area * 4);
  for (let i = 0; i < area; i++) {
    for (let colour = 0; colour < 3; colour++) {
      const v = planes[Math.min(colour, planes.length - 1)]?.[i] ?? 0;
      data[i * 4 + colour] = GREY + (limit > 0 ? (v / limit) * REACH : 0);
    }
    data[i * 4 + 3] = 255;
  }
  return { width, height, data };
}

/** @param {ArrayLike<number>} values [c, area] @param {number} inputs @param {number} area */
function mean(values, inputs, area) {
  const sum = new Float32Array(area);
  for (let i = 0; i < inputs * area; i++) sum[i % area] = (sum[i % area] ?? 0) + (values[i] ?? 0) / inputs;
  return sum;
}

/** Kinds in the order they are shown, with the word for one and for many.
 *  @type {Record<string, [string, string]>} */
export const KINDS = {
  edge: ["oriented edge filter", "oriented edge filters"],
  corner: ["corner filter", "corner filters"],
  texture: ["texture filter", "texture filters"],
  colour: ["colour filter", "colour filters"],
  other: ["without a name by this measure", "without a name by this measure"],
};

/** @param {Kernel[]} kernels @returns {{kind: string, channels: number[]}[]} only kinds that occur;
 *  edges by angle, the others by how clearly they are what they are */
export function byKind(kernels) {
  return Object.keys(KINDS).map((kind) => ({
    kind,
    channels: kernels.map((_, c) => c).filter((c) => kernels[c]?.kind === kind).sort((a, b) =>
      (kind === "edge" ? angle(kernels[a]) - angle(kernels[b]) : 0)
      || (kernels[b]?.index ?? 0) - (kernels[a]?.index ?? 0)),
  })).filter(({ channels }) => channels.length > 0);
}

/** @param {Kernel|undefined} kernel */
const angle = (kernel) => kernel?.degrees ?? 0;

/** The ends of a line through the middle of a unit square at this angle; degrees turn
 *  anticlockwise from horizontal, as on paper.
 *  @param {number} degrees @param {number} [half] of its length
 *  @returns {{x1: number, y1: number, x2: number, y2: number}} */
export function lineAt(degrees, half = 0.5) {
  const a = (degrees * Math.PI) / 180;
  const [dx, dy] = [Math.cos(a) * half, Math.sin(a) * half];
  return { x1: 0.5 - dx, y1: 0.5 + dy, x2: 0.5 + dx, y2: 0.5 - dy };
}

/** How many kernels per sector of orientation. @param {Kernel[]} kernels @param {number} sectors
 *  @returns {number[]} edges alone; a sector's middle is at i·180/sectors */
export function orientations(kernels, sectors) {
  const counts = new Array(sectors).fill(0);
  for (const { kind, degrees } of kernels) {
    if (kind === "edge" && degrees !== null) counts[Math.round((degrees / 180) * sectors) % sectors] += 1;
  }
  return counts;
}
