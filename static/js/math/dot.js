/**
 * The dot product behind a gate, as a list of terms that add up.
 *
 *     x_t [I], h_{t−1} [H], one row of the weights
 *        --terms()-->   I + H products and two biases
 *        --ranked()-->  the largest few | "109 others" | biases | total
 *
 * Sums are made in float64 from the float32 numbers that the network used, so they agree with the
 * trace within float32 rounding.
 */

/** @typedef {{shape: number[], data: ArrayLike<number>}} Tensor */
/** @typedef {{source: "x" | "h" | "bias", index: number, input: number, weight: number, product: number}} Term */
/** @typedef {{largest: Term[], others: {count: number, value: number}, biases: Term[], total: number}} Ranked */
/** @typedef {{wx: Tensor, wh: Tensor, bx: Tensor | null, bh: Tensor | null}} CellWeights */

/**
 * @param {"x" | "h"} source
 * @param {Tensor} matrix `[G·H, n]`
 * @param {number} row
 * @param {ArrayLike<number>} vector `[n]`
 * @returns {Term[]}
 */
function products(source, matrix, row, vector) {
  const start = row * vector.length;
  return Array.from({ length: vector.length }, (_, index) => {
    const [input, weight] = [vector[index], matrix.data[start + index]];
    return { source, index, input, weight, product: input * weight };
  });
}

/** @param {Tensor | null} bias @param {number} row @param {number} index @returns {Term[]} */
function biasTerm(bias, row, index) {
  if (!bias) return [];
  const weight = bias.data[row];
  return [{ source: "bias", index, input: 1, weight, product: weight }];
}

/**
 * The products of x with one row of W, and W's bias.
 * @param {CellWeights} weights @param {number} row @param {ArrayLike<number>} x
 */
export const wordTerms = (weights, row, x) => [
  ...products("x", weights.wx, row, x),
  ...biasTerm(weights.bx, row, 0),
];

/**
 * The products of h(t−1) with one row of W, and W's bias.
 * @param {CellWeights} weights @param {number} row @param {ArrayLike<number>} h
 */
export const stateTerms = (weights, row, h) => [
  ...products("h", weights.wh, row, h),
  ...biasTerm(weights.bh, row, 1),
];

/**
 * Every term of one row: I + H products and, where the layer has them, two biases.
 * @param {CellWeights} weights @param {number} row block · H + unit
 * @param {ArrayLike<number>} x `[I]` @param {ArrayLike<number>} h `[H]`
 */
export const terms = (weights, row, x, h) => [...wordTerms(weights, row, x), ...stateTerms(weights, row, h)];

/** @param {{product: number}[]} list */
export const sum = (list) => list.reduce((total, term) => total + term.product, 0);

/**
 * The largest products first, the rest as one number; biases stay apart.
 * @param {Term[]} list @param {number} [keep]
 * @returns {Ranked}
 */
export function ranked(list, keep = 5) {
  const biases = list.filter((t) => t.source === "bias");
  const rest = list
    .filter((t) => t.source !== "bias")
    .sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const others = rest.slice(keep);
  return {
    largest: rest.slice(0, keep),
    others: { count: others.length, value: sum(others) },
    biases,
    total: sum(list),
  };
}

/** @param {number} v */
export const sigmoid = (v) => 1 / (1 + Math.exp(-v));

/** @param {number} v @param {"tanh" | "relu"} squash */
export const squashed = (v, squash) => (squash === "relu" ? Math.max(0, v) : Math.tanh(v));
