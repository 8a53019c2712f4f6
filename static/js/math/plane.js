/**
 * The path of h on the plane that holds most of the variance of the corpus's states.
 *
 *     place = axes · (h − mean)  [T, 2]          axes [2, H] of length 1, at right angles
 *     both directions have one scale, so that distances on the page are distances on the plane
 */

import { escaped } from "gridtime/math/files.js";

/** @typedef {import("gridtime/math/lines.js").States} States */
/** @typedef {{mean: number[], axes: [number[], number[]], share: [number, number]}} Plane */
/** @typedef {{x: (v: number) => number, y: (v: number) => number, width: number, height: number}} Frame */

/** @param {ArrayLike<number>} h @param {number} from @param {Plane} plane @returns {[number, number]} */
export function placeOf(h, from, { mean, axes }) {
  let [a, b] = [0, 0];
  for (let u = 0; u < mean.length; u += 1) {
    const v = h[from + u] - mean[u];
    a += axes[0][u] * v;
    b += axes[1][u] * v;
  }
  return [a, b];
}

/** @type {WeakMap<States, {plane: Plane, places: Float32Array}>} */
const known = new WeakMap();

/** Every word's place, worked out once a text. @param {States} states @param {Plane} plane @returns {Float32Array} [T * 2] */
export function placesOf(states, plane) {
  const kept = known.get(states);
  if (kept && kept.plane === plane) return kept.places;
  const total = states.fresh.length;
  const places = new Float32Array(2 * total);
  for (let t = 0; t < total; t += 1) places.set(placeOf(states.h, t * states.hidden, plane), 2 * t);
  known.set(states, { plane, places });
  return places;
}

/** The empty memory, where every text begins. @param {Plane} plane */
export const origin = (plane) => placeOf(new Float32Array(plane.mean.length), 0, plane);

/**
 * Value -> px, one scale for both directions; all points lie inside.
 * @param {ArrayLike<number>[]} points each [n * 2] @param {number} width @param {number} height @param {number} margin
 * @returns {Frame}
 */
export function frameOf(points, width, height, margin) {
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]]; // prettier-ignore
  for (const list of points)
    for (let k = 0; k < list.length; k += 1) {
      low[k % 2] = Math.min(low[k % 2], list[k]);
      high[k % 2] = Math.max(high[k % 2], list[k]);
    }
  const spans = [0, 1].map((k) => Math.max(1e-6, high[k] - low[k]));
  const scale = Math.min((width - 2 * margin) / spans[0], (height - 2 * margin) / spans[1]);
  const middle = [0, 1].map((k) => (low[k] + high[k]) / 2);
  return { width, height, x: (v) => width / 2 + (v - middle[0]) * scale, y: (v) => height / 2 - (v - middle[1]) * scale };
}

/**
 * The direction in which a class's score grows: its row of the head, less the other's (with more
 * than two classes less the mean of all), on the plane; `held` is the part of it that lies there.
 * @param {{shape: number[], data: ArrayLike<number>}} weight [K, H] @param {number} shown @param {Plane} plane
 */
export function growth({ shape: [classes, width], data }, shown, { axes }) {
  const direction = Float64Array.from({ length: width }, (_, u) => {
    let all = 0;
    for (let k = 0; k < classes; k += 1) all += data[k * width + u];
    const own = data[shown * width + u];
    return classes === 2 ? 2 * own - all : own - all / classes;
  });
  const part = axes.map((axis) => direction.reduce((sum, v, u) => sum + v * axis[u], 0));
  const whole = direction.reduce((sum, v) => sum + v * v, 0);
  const length = Math.hypot(...part) || 1;
  return { way: /** @type {[number, number]} */ ([part[0] / length, part[1] / length]), held: (length * length) / (whole || 1) };
}

/** How far h moved at word t, in all its dimensions. @param {States} states @param {number} t */
export function moved({ h, hidden, fresh }, t) {
  let sum = 0;
  for (let u = 0; u < hidden; u += 1) sum += (h[t * hidden + u] - (fresh[t] ? 0 : h[(t - 1) * hidden + u])) ** 2;
  return Math.sqrt(sum);
}

/**
 * The words of a corpus after which the state is nearest, each in a line of its own.
 * @param {States} corpus @param {ArrayLike<number>} h @param {number} from @param {number} most
 * @returns {{t: number, line: number, distance: number}[]}
 */
export function nearest(corpus, h, from, most) {
  const { hidden, lines } = corpus;
  const best = lines.map((line, k) => {
    let [at, least] = [line.start, Infinity];
    for (let t = line.start; t < line.end; t += 1) {
      let sum = 0;
      for (let u = 0; u < hidden && sum < least; u += 1) sum += (corpus.h[t * hidden + u] - h[from + u]) ** 2;
      if (sum < least) [at, least] = [t, sum];
    }
    return { t: at, line: k, distance: Math.sqrt(least) };
  });
  return best.sort((a, b) => a.distance - b.distance).slice(0, most);
}

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/** @param {Box} a @param {Box} b */
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/**
 * Where a word can stand beside its point: right, left, above or below, over no other; null: nowhere.
 * Those first in the list have the first choice.
 * @param {{x: number, y: number, text: string, must?: boolean}[]} points @param {number} size px of a letter @param {{width: number, height: number}} frame
 * @returns {({x: number, y: number, anchor: "start" | "end" | "middle"} | null)[]}
 */
export function labels(points, size, { width, height }) {
  /** @type {Box[]} */
  const taken = points.map(({ x, y }) => ({ x: x - 4, y: y - 4, width: 8, height: 8 }));
  return points.map(({ x, y, text, must }) => {
    const [w, gap] = [text.length * size * 0.56, size * 0.6];
    const tries = /** @type {const} */ ([
      [x + gap, y + size * 0.35, "start"], [x - gap, y + size * 0.35, "end"], [x, y - gap, "middle"], [x, y + gap + size * 0.7, "middle"],
      [x + gap, y - gap, "start"], [x - gap, y - gap, "end"], [x + gap, y + gap + size * 0.5, "start"], [x - gap, y + gap + size * 0.5, "end"],
    ]); // prettier-ignore
    for (const [lx, ly, anchor] of tries) {
      const left = anchor === "start" ? lx : anchor === "end" ? lx - w : lx - w / 2;
      const box = { x: left, y: ly - size * 0.8, width: w, height: size };
      if (left < 0 || left + w > width || box.y < 0 || box.y + size > height || taken.some((one) => overlap(one, box))) continue;
      taken.push(box);
      return { x: lx, y: ly, anchor };
    }
    return must ? { x: tries[0][0], y: tries[0][1], anchor: tries[0][2] } : null;
  });
}

/**
 * The drawing as a file of its own, dots and all.
 * @param {{frame: Frame, dots: Float32Array, path: [number, number][], words: string[], title: string}} drawing
 */
export function planeSvg({ frame: { width, height, x, y }, dots, path, words, title }) {
  const at = (/** @type {number} */ v) => v.toFixed(1);
  const grey = Array.from({ length: dots.length / 2 }, (_, k) => `<circle cx="${at(x(dots[2 * k]))}" cy="${at(y(dots[2 * k + 1]))}" r="1.5"/>`).join("");
  const line = path.map(([a, b]) => `${at(x(a))},${at(y(b))}`).join(" ");
  const named = words.map((word, k) => `<text x="${at(x(path[k][0]) + 6)}" y="${at(y(path[k][1]) - 4)}">${escaped(word)}</text>`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13"><title>${escaped(title)}</title><g fill="#737A87" opacity="0.35">${grey}</g><polyline points="${line}" fill="none" stroke="#16191D" stroke-width="2"/>${named}</svg>`;
}
