/**
 * Shares that were measured, with their 95 % interval, in words.
 *
 *     {n, hits, value, interval [low, high]} -> "85.2 %", "82.7 to 87.4 %"
 */

/** @typedef {{n: number, hits: number, value: number, interval: [number, number]}} Rate */

/** A share in percent with one decimal; 0 or 100 only where it is. @param {number} share */
function tenths(share) {
  if (share === 0 || share === 1) return String(share * 100);
  if (share < 0.0005) return "< 0.1";
  return share >= 0.9995 ? "> 99.9" : (share * 100).toFixed(1);
}

/** "85.2 %" @param {number} share */
export const shareSays = (share) => `${tenths(share)} %`;

/** "82.7 to 87.4 %" @param {Rate} rate */
export const intervalSays = ({ interval: [low, high] }) => `${tenths(low)} to ${tenths(high)} %`;

/** Whether a share could be this value: it lies in the interval. @param {Rate} rate @param {number} share */
export const holds = ({ interval: [low, high] }, share) => low <= share && share <= high;

/** Counts of one kind together, with Wilson's interval at so many standard errors. @param {Rate[]} rates @param {number} z @returns {Rate} */
export function together(rates, z) {
  const [n, hits] = rates.reduce(([all, right], rate) => [all + rate.n, right + rate.hits], [0, 0]);
  const value = hits / n;
  const middle = value + (z * z) / (2 * n);
  const half = z * Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return { n, hits, value, interval: [(middle - half) / whole, (middle + half) / whole] };
}

/** "A", "A and B", "A, B and C" @param {string[]} names */
export const listed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`);
