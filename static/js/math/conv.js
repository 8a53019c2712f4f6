/**
 * One cell of a convolution taken apart.
 *
 *     input [C, H, W]  ─ window at (y, x) ─>  patch [c, kh, kw]
 *     weight [O, c, kh, kw]  ─ out ────────>  kernel [c, kh, kw]
 *     patch × kernel = products -> one sum per input channel -> + bias = the cell
 *
 * `c` counts the input channels of the output's group (all of them where groups = 1). Outside the
 * picture counts as 0. Sums run in double precision, the network's own value in float32.
 */

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {import("./groups.js").Extent} Extent */
/** @typedef {Float32Array|Uint8Array} Values */
/**
 * @typedef {{kernel: [number, number], stride: [number, number], padding: [number, number],
 *   dilation: [number, number], inputs: number, outputs: number, groups: number}} Geometry
 * @typedef {{out: number, first: number, rows: Int32Array, columns: Int32Array, patch: Float32Array,
 *   kernel: Float32Array, products: Float32Array, sums: Float32Array, bias: number,
 *   total: number}} ConvCell
 *   `first`: the input channel that patch and kernel begin with; `rows`, `columns`: where the window
 *   lies on the input, −1 outside; `patch`, `kernel`, `products`: [c, kh, kw] flat; `sums`: [c]
 */

/** @param {unknown} value @param {number} fallback @returns {[number, number]} */
function pair(value, fallback) {
  if (typeof value === "number") return [value, value];
  if (Array.isArray(value) && value.length > 0) return [value[0], value[value.length - 1]];
  return [fallback, fallback];
}

/** @param {Layer} layer a conv2d node @returns {Geometry} */
export function geometry(layer) {
  const a = layer.attributes;
  return {
    kernel: pair(a.kernel_size, 1),
    stride: pair(a.stride, 1),
    padding: pair(a.padding, 0),
    dilation: pair(a.dilation, 1),
    inputs: a.in_channels,
    outputs: a.out_channels,
    groups: a.groups ?? 1,
  };
}

/**
 * Where the window of output position `at` lies along one axis, −1 for outside.
 * @param {number} at @param {number} taps @param {number} stride @param {number} padding
 * @param {number} dilation @param {number} size length of the input along this axis
 * @returns {Int32Array} [taps]
 */
export function reach(at, taps, stride, padding, dilation, size) {
  return Int32Array.from({ length: taps }, (_, k) => {
    const place = at * stride - padding + k * dilation;
    return place >= 0 && place < size ? place : -1;
  });
}

/** Input channels that one output channel reads. @param {Geometry} g @param {number} out */
export function channelsOf(g, out) {
  const count = g.inputs / g.groups;
  return { first: Math.floor(out / (g.outputs / g.groups)) * count, count };
}

/**
 * The cell (y, x) of output channel `out`.
 * @param {Geometry} g @param {Values} input [C, H, W] flat @param {Extent} size of the input
 * @param {Values} weight [O, c, kh, kw] flat @param {Values|undefined} bias [O]
 * @param {number} out @param {number} y @param {number} x @returns {ConvCell}
 */
export function convCell(g, input, size, weight, bias, out, y, x) {
  const [kh, kw] = g.kernel;
  const rows = reach(y, kh, g.stride[0], g.padding[0], g.dilation[0], size.height);
  const columns = reach(x, kw, g.stride[1], g.padding[1], g.dilation[1], size.width);
  const { first, count } = channelsOf(g, out);
  const taps = kh * kw;
  const kernel = Float32Array.from(weight.subarray(out * count * taps, (out + 1) * count * taps));
  const patch = gather(input, size, first, count, rows, columns);
  const products = patch.map((value, i) => value * (kernel[i] ?? 0));
  const sums = new Float32Array(count);
  let total = bias?.[out] ?? 0;
  for (let c = 0; c < count; c++) {
    const sum = dot(patch, kernel, c * taps, taps);
    sums[c] = sum;
    total += sum;
  }
  return {
    out, first, rows, columns, patch, kernel, products, sums, bias: bias?.[out] ?? 0, total,
  };
}

/** @param {Values} a @param {Values} b @param {number} from @param {number} length */
function dot(a, b, from, length) {
  let sum = 0;
  for (let i = from; i < from + length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * @param {Values} input @param {Extent} size @param {number} first @param {number} count
 * @param {Int32Array} rows @param {Int32Array} columns @returns {Float32Array} [count, kh, kw]
 */
function gather(input, size, first, count, rows, columns) {
  const patch = new Float32Array(count * rows.length * columns.length);
  let i = 0;
  for (let c = first; c < first + count; c++) {
    for (const row of rows) {
      for (const column of columns) {
        const inside = row >= 0 && column >= 0;
        patch[i++] = inside ? (input[(c * size.height + row) * size.width + column] ?? 0) : 0;
      }
    }
  }
  return patch;
}

/**
 * How much each input channel takes part in one output map: the mean over all places of |its sum|.
 * @param {Geometry} g @param {Values} input @param {Extent} size @param {Values} weight
 * @param {Extent} output @param {number} out @returns {Float32Array} [c]
 */
export function channelShares(g, input, size, weight, output, out) {
  const { first, count } = channelsOf(g, out);
  const taps = g.kernel[0] * g.kernel[1];
  const shares = new Float32Array(count);
  const plane = new Float32Array(output.height * output.width);
  for (let c = 0; c < count; c++) {
    plane.fill(0);
    addPlane(g, plane, output, input, size, first + c, weight, (out * count + c) * taps);
    let sum = 0;
    for (let i = 0; i < plane.length; i++) sum += Math.abs(plane[i] ?? 0);
    shares[c] = sum / plane.length;
  }
  return shares;
}

/**
 * Adds one input channel's sums to every place of an output map.
 * @param {Geometry} g @param {Float32Array|Float64Array} plane [H', W'] @param {Extent} output
 * @param {Values} input @param {Extent} size @param {number} channel @param {Values} weight
 * @param {number} at where this kernel begins in `weight`
 */
export function addPlane(g, plane, output, input, size, channel, weight, at) {
  const [kh, kw] = g.kernel;
  for (let tap = 0; tap < kh * kw; tap++) {
    const w = weight[at + tap] ?? 0;
    const down = Math.floor(tap / kw) * g.dilation[0] - g.padding[0];
    const right = (tap % kw) * g.dilation[1] - g.padding[1];
    for (let y = 0; y < output.height; y++) {
      const row = y * g.stride[0] + down;
      if (row < 0 || row >= size.height) continue;
      const from = (channel * size.height + row) * size.width;
      for (let x = 0; x < output.width; x++) {
        const column = x * g.stride[1] + right;
        if (column < 0 || column >= size.width) continue;
        const i = y * output.width + x;
        plane[i] = (plane[i] ?? 0) + w * (input[from + column] ?? 0);
      }
    }
  }
}
