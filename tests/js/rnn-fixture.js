/**
 * Small recurrent cells, run here in plain float64 and rounded as torch does, to test against.
 *
 *     randomCell(kind) -> weights;  run() -> every gate and state of every step
 */

/** @param {number} seed A small generator (mulberry32), so that a failure can be repeated. */
export function random(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) / 4294967296) * 2 - 1;
  };
}

/** @param {number[]} shape @param {() => number} next */
export function tensor(shape, next) {
  return { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, next) };
}

const GATES = { lstm: 4, gru: 3, rnn: 1 };

/**
 * @param {"lstm" | "gru" | "rnn"} kind
 * @param {number} inputs
 * @param {number} hidden
 * @param {() => number} next
 */
export function randomCell(kind, inputs, hidden, next) {
  const rows = GATES[kind] * hidden;
  return {
    wx: tensor([rows, inputs], next),
    wh: tensor([rows, hidden], next),
    bx: tensor([rows], next),
    bh: tensor([rows], next),
  };
}

const sigmoid = (/** @type {number} */ v) => 1 / (1 + Math.exp(-v));

/**
 * Row sums W x + b.
 * @param {{data: ArrayLike<number>}} w
 * @param {{data: ArrayLike<number>}} b
 * @param {ArrayLike<number>} v
 */
function affine(w, b, v) {
  return Array.from({ length: b.data.length }, (_, r) => {
    let s = b.data[r];
    for (let k = 0; k < v.length; k++) s += w.data[r * v.length + k] * v[k];
    return s;
  });
}

/**
 * One step of torch's cell: previous state -> every named row of the trace.
 * @param {"lstm" | "gru" | "rnn"} kind @param {ReturnType<typeof randomCell>} cell @param {ArrayLike<number>} x @param {Record<string, number[]>} last
 * @returns {Record<string, number[]>}
 */
export function step(kind, cell, x, last) {
  const [a, b] = [affine(cell.wx, cell.bx, x), affine(cell.wh, cell.bh, last.h)];
  const H = last.h.length;
  const block = (/** @type {number} */ k) => Array.from({ length: H }, (_, u) => a[k * H + u] + b[k * H + u]);
  if (kind === "rnn") return { h: block(0).map(Math.tanh) };
  if (kind === "lstm") {
    const [i, f, o] = [0, 1, 3].map((k) => block(k).map(sigmoid));
    const g = block(2).map(Math.tanh);
    const c = i.map((v, u) => f[u] * last.c[u] + v * g[u]);
    return { i, f, g, o, c, h: c.map((v, u) => o[u] * Math.tanh(v)) };
  }
  const [r, z] = [0, 1].map((k) => block(k).map(sigmoid));
  const hn = Array.from({ length: H }, (_, u) => b[2 * H + u]);
  const n = hn.map((v, u) => Math.tanh(a[2 * H + u] + r[u] * v));
  return { r, z, hn, n, h: n.map((v, u) => (1 - z[u]) * v + z[u] * last.h[u]) };
}

/** @param {"lstm" | "gru" | "rnn"} op @param {number} inputs @param {number} hidden @param {object} [more] */
export function graphOf(op, inputs, hidden, more = {}) {
  return [
    { name: "input", op: "input", inputs: [], output_shape: ["T"], attributes: {} },
    { name: "embedding", op: "embedding", inputs: ["input"], output_shape: ["T", inputs], attributes: {} },
    {
      name: "memory",
      op,
      inputs: ["embedding"],
      output_shape: ["T", hidden],
      attributes: { input_size: inputs, hidden_size: hidden, num_layers: 1, bidirectional: false, ...more },
    },
    {
      name: "logits",
      op: "linear",
      inputs: ["memory"],
      output_shape: ["T", 2],
      attributes: { module: "linear" },
    },
    { name: "probabilities", op: "softmax", inputs: ["logits"], output_shape: ["T", 2], attributes: {} },
  ];
}

/**
 * A traced text: tensors named as the API names them.
 * @param {"lstm" | "gru" | "rnn"} kind @param {number} T @param {number} inputs @param {number} hidden @param {number} seed
 */
export function traced(kind, T, inputs, hidden, seed) {
  const next = random(seed);
  const cell = randomCell(kind, inputs, hidden, next);
  const x = tensor([T, inputs], next);
  const zeros = () => Array.from({ length: hidden }, () => 0);
  /** @type {Record<string, number[]>[]} */
  const rows = [];
  for (let t = 0; t < T; t++)
    rows.push(
      step(
        kind,
        cell,
        x.data.subarray(t * inputs, (t + 1) * inputs),
        rows[t - 1] ?? { h: zeros(), c: zeros() },
      ),
    );
  const tensors = new Map([["embedding", x]]);
  for (const id of Object.keys(rows[0])) {
    const suffix = id === "h" || id === "c" ? id : `gate.${id}`;
    tensors.set(`memory.l0.${suffix}`, {
      shape: [T, hidden],
      data: Float32Array.from(rows.flatMap((r) => r[id])),
    });
  }
  return { cell, graph: graphOf(kind, inputs, hidden), pane: { tensors, start: 0, end: T, total: T } };
}
