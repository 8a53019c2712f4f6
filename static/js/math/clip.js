/**
 * Clips as numbers: tiles of one picture, a path that a shape goes, frames picked evenly in time.
 *
 *     [N, h, w] -> mosaic -> one picture of N tiles, row by row
 *     path, share walked -> poseAt -> place and size of a shape, in shares of the picture's side
 *     poses at moments -> picked -> as many, evenly in time
 *     address -> orderOf -> the API's options, and words
 */
/** @typedef {{x: number, y: number, size: number}} Pose the middle and the side of a shape */
/** @typedef {Pose & {t: number}} Moment t in ms */
/** @typedef {{n: number, hits: number, value: number, interval: [number, number]}} Rate */
/** @typedef {"plain" | "shuffled" | "reversed" | "held"} How */
/** @typedef {{how: How, accuracy: Rate, opposite: Rate | null}} Way */
/** @typedef {{name: string, sees: string, steps: number, accuracy: Rate}} Baseline */
/** @typedef {{command: string, split: string, n: number, chance: number, minutes: number, ways: Way[], baselines: Baseline[], after: Rate[]}} Frames what the order is worth, measured */

/** How frames can stand. @type {{id: How, text: string, says: string}[]} */
export const ORDERS = [
  { id: "plain", text: "in order", says: "in order" },
  { id: "shuffled", text: "shuffled", says: "shuffled" },
  { id: "reversed", text: "reversed", says: "reversed" },
  { id: "held", text: "one frame held", says: "one frame in the place of all" },
];

/** Paths that a shape can go by itself. */
export const PATHS = ["left", "right", "up", "down", "clockwise", "anticlockwise", "growing", "shrinking"];

const SIDE = 0.42;

/**
 * Tiles of one size beside and below one another.
 * @param {ArrayLike<number>} data @param {number[]} firsts where each tile begins in `data`
 * @param {number} height @param {number} width @param {number} columns
 */
export function mosaic(data, firsts, height, width, columns) {
  const rows = Math.ceil(firsts.length / columns);
  const found = new Float32Array(rows * height * columns * width);
  firsts.forEach((first, n) => {
    const corner = Math.floor(n / columns) * height * columns * width + (n % columns) * width;
    for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) found[corner + y * columns * width + x] = data[first + y * width + x];
  });
  return found;
}

/** Where a shape is when a share `u` of its path is walked. @param {string} path @param {number} u @returns {Pose} */
export function poseAt(path, u) {
  const way = u - 0.5;
  const round = (/** @type {number} */ sign) => {
    const angle = 2 * Math.PI * (sign * 1.2 * u - 0.2);
    return { x: 0.5 + 0.19 * Math.cos(angle), y: 0.5 + 0.19 * Math.sin(angle), size: SIDE };
  };
  switch (path) {
    case "left":
      return { x: 0.5 - 0.48 * way, y: 0.5, size: SIDE };
    case "right":
      return { x: 0.5 + 0.48 * way, y: 0.5, size: SIDE };
    case "up":
      return { x: 0.5, y: 0.5 - 0.48 * way, size: SIDE };
    case "down":
      return { x: 0.5, y: 0.5 + 0.48 * way, size: SIDE };
    case "clockwise":
      return round(1);
    case "anticlockwise":
      return round(-1);
    case "growing":
      return { x: 0.5, y: 0.5, size: 0.26 * (0.76 / 0.26) ** u };
    default:
      return { x: 0.5, y: 0.5, size: 0.76 * (0.26 / 0.76) ** u };
  }
}

/** The shape where it rests before it is dragged. @returns {Pose} */
export const resting = () => ({ x: 0.5, y: 0.5, size: SIDE });

/** The poses at `count` moments, evenly from the first to the last, between two linearly. @param {Moment[]} moments @param {number} count @returns {Pose[]} */
export function picked(moments, count) {
  const [first, last] = [moments[0].t, moments[moments.length - 1].t];
  let k = 0;
  return Array.from({ length: count }, (_, n) => {
    const t = first + ((last - first) * n) / (count - 1);
    while (k < moments.length - 2 && moments[k + 1].t < t) k += 1;
    const [a, b] = [moments[k], moments[Math.min(k + 1, moments.length - 1)]];
    const u = b.t > a.t ? Math.min(1, Math.max(0, (t - a.t) / (b.t - a.t))) : 0;
    const between = (/** @type {"x" | "y" | "size"} */ name) => a[name] + (b[name] - a[name]) * u;
    return { x: between("x"), y: between("y"), size: between("size") };
  });
}

/** Whether anything moved: by a twentieth of the side, or a fifth of the size. @param {Pose[]} poses */
export function stands(poses) {
  const spread = (/** @type {number[]} */ values) => Math.max(...values) - Math.min(...values);
  const sizes = poses.map(({ size }) => Math.log(size));
  return spread(poses.map(({ x }) => x)) < 0.05 && spread(poses.map(({ y }) => y)) < 0.05 && spread(sizes) < 0.18;
}

/**
 * The order that an address asks for. `seed`: which permutation, or which frame is held.
 * @param {{order?: string, seed?: number}} address @param {number} total frames
 * @returns {{how: How, seed: number, options: Record<string, any>}}
 */
export function orderOf({ order, seed }, total) {
  const how = ORDERS.find(({ id }) => id === order)?.id ?? "plain";
  if (how === "plain") return { how, seed: 0, options: {} };
  if (how === "reversed") return { how, seed: 0, options: { order: { of: "frames", how } } };
  if (how === "held") {
    const at = Math.max(0, Math.min(total - 1, seed ?? Math.floor(total / 2)));
    return { how, seed: at, options: { order: { of: "frames", how, at } } };
  }
  const draw = Math.max(0, seed ?? 0);
  return { how, seed: draw, options: { order: { of: "frames", how, seed: draw } } };
}

/** One decimal, as a share of thousands of clips deserves. @param {number} share */
export const tenth = (share) => `${(100 * share).toFixed(1)} %`;

/** "12.9 % (11.9 to 14.0 %)". @param {Rate} rate */
export const rateSays = ({ value, interval }) => `${tenth(value)} (${(100 * interval[0]).toFixed(1)} to ${tenth(interval[1])})`;

/** What one order is worth over the held-out clips. @param {Frames} frames @param {How} how */
export function wayOf(frames, how) {
  return frames.ways.find((way) => way.how === how);
}

/** The sentence for an order: what it does to held-out clips. @param {Frames | null} frames @param {How} how */
export function orderSays(frames, how) {
  const way = frames && wayOf(frames, how);
  if (!frames || !way) return "";
  const of = `of ${frames.n.toLocaleString("en")} held-out clips`;
  if (how === "plain") return `In order it names ${tenth(way.accuracy.value)} ${of}.`;
  if (how === "reversed" && way.opposite) return `Reversed, ${tenth(way.opposite.value)} ${of} are named as the opposite movement, ${tenth(way.accuracy.value)} as what they were.`;
  if (how === "shuffled") return `Shuffled, it still names ${tenth(way.accuracy.value)} ${of}; guessing gives ${tenth(frames.chance)}.`;
  return `With one frame held, it names ${tenth(way.accuracy.value)} ${of}; guessing gives ${tenth(frames.chance)}.`;
}
