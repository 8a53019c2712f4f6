/**
 * Element-wise layers: one number in, one number out, and the sentence that says how.
 * Names and constants are torch's.
 */

/** @typedef {import("./groups.js").Layer} Layer */

/** @param {number} x @returns {number} the error function, within 1.2e-7 (a Chebyshev fit) */
function erf(x) {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const c = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398,
    1.48851587, -0.82215223, 0.17087277,
  ];
  const poly = c.reduceRight((sum, value) => sum * t + value, 0);
  const tail = t * Math.exp(-x * x + poly);
  return x >= 0 ? 1 - tail : tail - 1;
}

/** @param {number} x */
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** @param {Layer} layer @param {number} x @returns {number} */
export function activate(layer, x) {
  const a = layer.attributes;
  switch (layer.op) {
    case "relu": return Math.max(0, x);
    case "leaky_relu": return x >= 0 ? x : (a.negative_slope ?? 0.01) * x;
    case "elu": return x > 0 ? x : (a.alpha ?? 1) * Math.expm1(x);
    case "silu": return x * sigmoid(x);
    case "tanh": return Math.tanh(x);
    case "sigmoid": return sigmoid(x);
    case "softplus": return softplus(x, a.beta ?? 1, a.threshold ?? 20);
    case "gelu": return gelu(x, a.approximate === "tanh");
    default: return x;
  }
}

/** @param {number} x @param {number} beta @param {number} threshold */
function softplus(x, beta, threshold) {
  return beta * x > threshold ? x : Math.log1p(Math.exp(beta * x)) / beta;
}

/** @param {number} x @param {boolean} tanh */
function gelu(x, tanh) {
  const inner = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
  return tanh ? 0.5 * x * (1 + Math.tanh(inner)) : 0.5 * x * (1 + erf(x / Math.SQRT2));
}

const FORMULAS = new Map([
  ["relu", "max(0, x)"], ["elu", "x, or α(eˣ − 1) below 0"], ["gelu", "x · Φ(x)"],
  ["silu", "x · sigmoid(x)"], ["tanh", "tanh(x)"], ["sigmoid", "1 / (1 + e⁻ˣ)"],
  ["softplus", "ln(1 + eˣ)"],
]);

/** @param {Layer} layer @returns {string} the function as it is written */
export function formula(layer) {
  if (layer.op === "leaky_relu") return `x, or ${layer.attributes.negative_slope ?? 0.01}·x below 0`;
  return FORMULAS.get(layer.op) ?? "x";
}

/** @param {Layer} layer @param {number} before @param {number} after @returns {string} */
export function says(layer, before, after) {
  if (layer.op === "relu") return before > 0 ? "Above 0: it passes unchanged." : "Below 0: it becomes 0.";
  if (before === after) return "It passes unchanged.";
  return `${layer.op} bends it: ${formula(layer)}.`;
}
