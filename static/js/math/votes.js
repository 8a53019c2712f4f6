/**
 * A linear unit taken apart, and the shares that softmax makes of logits.
 *
 *     x [n] × w [n] = products -> a sum per channel of the maps before flattening -> + bias = logit
 *     logits [K] -> eᶻ / Σ eᶻ = probabilities [K]
 */

/** @typedef {import("./conv.js").Values} Values */
/** @typedef {{index: number, value: number}} Ranked */
/**
 * @typedef {{products: Float32Array, channels: Float32Array, bias: number, total: number}} Vote
 *   `channels`: the products of one channel added over its places
 */

/**
 * @param {Values} x [n] @param {Values} weight [K, n] flat @param {Values|undefined} bias [K]
 * @param {number} out @param {number} area places per channel; 1 for a plain vector
 * @returns {Vote}
 */
export function vote(x, weight, bias, out, area) {
  const products = new Float32Array(x.length);
  const channels = new Float64Array(Math.ceil(x.length / area));
  let total = bias?.[out] ?? 0;
  for (let i = 0; i < x.length; i++) {
    const product = (x[i] ?? 0) * (weight[out * x.length + i] ?? 0);
    products[i] = product;
    const channel = Math.floor(i / area);
    channels[channel] = (channels[channel] ?? 0) + product;
    total += product;
  }
  return { products, channels: Float32Array.from(channels), bias: bias?.[out] ?? 0, total };
}

/**
 * One unit rather than another: the difference of their weights is a unit too.
 * @param {Values} weight [K, n] flat @param {Values|undefined} bias [K] @param {number} n
 * @param {number} unit @param {number} other @returns {{weight: Float32Array, bias: Float32Array}}
 */
export function rather(weight, bias, n, unit, other) {
  const row = new Float32Array(n);
  for (let i = 0; i < n; i++) row[i] = (weight[unit * n + i] ?? 0) - (weight[other * n + i] ?? 0);
  return { weight: row, bias: Float32Array.of((bias?.[unit] ?? 0) - (bias?.[other] ?? 0)) };
}

/** The products of one place added over its channels. @param {ArrayLike<number>} products @param {number} area
 *  @returns {Float32Array} [area] */
export function placeVotes(products, area) {
  const places = new Float64Array(area);
  for (let i = 0; i < products.length; i++) places[i % area] = (places[i % area] ?? 0) + (products[i] ?? 0);
  return Float32Array.from(places);
}

/**
 * The `count` largest by size, largest first; ties keep their order.
 * @param {ArrayLike<number>} values @param {number} count @returns {Ranked[]}
 */
export function strongest(values, count) {
  const order = Array.from({ length: values.length }, (_, i) => i);
  order.sort((a, b) => Math.abs(values[b] ?? 0) - Math.abs(values[a] ?? 0) || a - b);
  return order.slice(0, count).map((index) => ({ index, value: values[index] ?? 0 }));
}

/**
 * The rest that `shown` leaves, as one term.
 * @param {ArrayLike<number>} values @param {Ranked[]} shown
 * @returns {{count: number, value: number}}
 */
export function others(values, shown) {
  const named = new Set(shown.map((term) => term.index));
  let value = 0;
  for (let i = 0; i < values.length; i++) if (!named.has(i)) value += values[i] ?? 0;
  return { count: values.length - named.size, value: Math.fround(value) };
}

/**
 * @param {ArrayLike<number>} logits @param {number} [temperature] the network's own is 1
 * @returns {{powers: number[], sum: number, shares: number[]}} `powers` = e to the logit ÷ temperature
 */
export function softmax(logits, temperature = 1) {
  const powers = Array.from(logits, (z) => Math.exp(z / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return { powers, sum, shares: powers.map((p) => p / sum) };
}

/**
 * The best classes and what is left for all others.
 * @param {{label: string, probability: number, logit: number}[]} predictions best first
 * @param {number} count
 */
export function best(predictions, count) {
  const shown = predictions.slice(0, count);
  const rest = predictions.slice(count);
  return { shown, rest: rest.length, share: rest.reduce((sum, p) => sum + p.probability, 0) };
}
