/**
 * From the state to the answer: what one unit gives to the logit, and the belief at every word.
 *
 *     h_t [H] --head (W, b)--> logits [K] --softmax--> belief
 *     vote():  w·h of one unit + "the other 63" + bias = logit
 *
 * With two classes both logits say the same thing, so the vote is for one against the other:
 * w = W[A] − W[B], and the belief in A is σ(logit A − logit B).
 */

/** @typedef {import("gridtime/math/dot.js").Tensor} Tensor */
/** @typedef {{w: number, h: number, product: number, others: number, count: number, bias: number, total: number}} Vote */

/** @param {ArrayLike<number>} logits @returns {number[]} */
export function softmax(logits) {
  const list = Array.from(logits);
  const top = Math.max(...list);
  const powers = list.map((v) => Math.exp(v - top));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((v) => v / total);
}

/**
 * The class whose level is drawn: of two the last (positive, river), of more the one that wins at the end.
 * @param {string[]} classes
 * @param {ArrayLike<number>} [final]
 */
export function shownClass(classes, final) {
  if (classes.length <= 2 || !final) return classes.length - 1;
  return Array.from(final).reduce((best, v, k, all) => (v > all[best] ? k : best), 0);
}

/**
 * One row of the head's weights: for two classes the difference.
 * @param {Tensor} weight `[K, n]`
 * @param {Tensor | null} bias
 * @param {number} k
 */
export function headRow(weight, bias, k) {
  const [classes, width] = /** @type {[number, number]} */ (weight.shape);
  const against = classes === 2 ? 1 - k : -1;
  /** @param {ArrayLike<number>} data @param {number} size @param {number} j */
  const pick = (data, size, j) => data[k * size + j] - (against < 0 ? 0 : data[against * size + j]);
  return {
    w: Float64Array.from({ length: width }, (_, j) => pick(weight.data, width, j)),
    bias: bias ? pick(bias.data, 1, 0) : 0,
  };
}

/**
 * What one unit gives to the score: w·h, the others together, the bias, and their sum.
 * @param {{w: ArrayLike<number>, bias: number}} row @param {ArrayLike<number>} h all that the head reads @param {number} unit its place in h
 * @returns {Vote}
 */
export function vote({ w, bias }, h, unit) {
  let others = 0;
  for (let j = 0; j < h.length; j += 1) if (j !== unit) others += w[j] * h[j];
  const product = w[unit] * h[unit];
  return {
    w: w[unit],
    h: h[unit],
    product,
    others,
    count: h.length - 1,
    bias,
    total: product + others + bias,
  };
}

/**
 * The belief before any word: the head applied to a state of zeros.
 * @param {Tensor | null} bias
 * @param {number} classes
 * @param {number} k
 */
export function beliefBefore(bias, classes, k) {
  return softmax(bias ? bias.data : new Float32Array(classes))[k];
}

/**
 * Belief in class k at every row of `[T, K]`.
 * @param {Tensor | undefined} probabilities
 * @param {number} k
 * @returns {Float32Array | null}
 */
export function beliefs(probabilities, k) {
  if (!probabilities || probabilities.shape.length !== 2) return null;
  const [rows, classes] = /** @type {[number, number]} */ (probabilities.shape);
  return Float32Array.from({ length: rows }, (_, t) => probabilities.data[t * classes + k]);
}
