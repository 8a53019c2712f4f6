/**
 * How far every layer moves when the picture does.
 *
 *     a = maps of the picture, b = maps of the picture moved by (dx, dy) px
 *     as it is     ‖b − a‖ ÷ ‖a‖
 *     moved back   the same after b is moved back by px ÷ stride cells; parts of a cell by linear
 *                  interpolation between two; only cells that both maps have are compared
 *
 * The held-out measurement (`studies.shift`) is made by the same rule.
 */

import { hasMap } from "./choice.js";
import { count, percent } from "./format.js";
import { extent, kind } from "./groups.js";
import { tenths } from "./trust.js";

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {import("./scales.js").Tensor} Tensor */
/** @typedef {{graph: Layer[], tensors: Map<string, Tensor>}} Traced */
/** @typedef {{name: string, kind: string, asIs: number, back: number|null}} Change `back` null: nothing left to compare, or no map */
/** @typedef {"asIs"|"back"} Measure */

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b @returns {number} ‖b − a‖ ÷ ‖a‖ */
export function relative(a, b) {
  let off = 0;
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    const v = a[i] ?? 0;
    const d = (b[i] ?? 0) - v;
    off += d * d;
    size += v * v;
  }
  return size > 0 ? Math.sqrt(off / size) : off > 0 ? Infinity : 0;
}

/**
 * Along one axis: where `b` is read for cell i of `a`, and by how much between two cells.
 * @param {number} cells moved, signed @param {number} n length
 * @returns {{from: number, to: number, whole: number, part: number}} a's cells [from, to)
 */
export function overlap(cells, n) {
  const size = Math.abs(cells);
  const whole = Math.floor(size + 1e-9);
  const part = Math.max(0, size - whole) < 1e-9 ? 0 : size - whole;
  const lost = whole + (part ? 1 : 0);
  return cells >= 0
    ? { from: 0, to: Math.max(0, n - lost), whole, part }
    : { from: Math.min(n, lost), to: n, whole: -whole, part: -part };
}

/**
 * @param {Tensor} a [C, H, W] @param {Tensor} b @param {number} down cells @param {number} right cells
 * @returns {number|null} null where no cell is left to compare
 */
export function movedBack(a, b, down, right) {
  const [channels = 0, height = 1, width = 1] = a.shape;
  const [y, x] = [overlap(down, height), overlap(right, width)];
  if (y.from >= y.to || x.from >= x.to) return null;
  const [ys, xs] = [Math.sign(y.part), Math.sign(x.part)];
  const [v, u] = [Math.abs(y.part), Math.abs(x.part)];
  let off = 0;
  let size = 0;
  for (let c = 0; c < channels; c++) {
    for (let row = y.from; row < y.to; row++) {
      const near = (c * height + row + y.whole) * width;
      const far = near + ys * width;
      for (let column = x.from; column < x.to; column++) {
        const i = column + x.whole;
        let value = (b.data[near + i] ?? 0) * (1 - u);
        if (u) value += (b.data[near + i + xs] ?? 0) * u;
        if (v) value = value * (1 - v) + v * ((b.data[far + i] ?? 0) * (1 - u) + (u ? (b.data[far + i + xs] ?? 0) * u : 0));
        const own = a.data[(c * height + row) * width + column] ?? 0;
        off += (value - own) ** 2;
        size += own * own;
      }
    }
  }
  return size > 0 ? Math.sqrt(off / size) : off > 0 ? Infinity : 0;
}

/** Input px from one cell to the next. @param {Layer} layer @returns {[number, number]} down, right */
export function strideOf(layer) {
  const [down = 1, right = 1] = layer.attributes.receptive_field?.stride ?? [1, 1];
  return [down || 1, right || 1];
}

/**
 * Every layer's change, in the order they run: the input, all maps, the units after them.
 * @param {Traced} still @param {Traced} moved @param {[number, number]} shift dx, dy
 * @returns {Change[]}
 */
export function changesOf(still, moved, [dx, dy]) {
  return still.graph.filter((layer) => kind(layer) === "input" || hasMap(layer)).flatMap((layer) => {
    const [a, b] = [still.tensors.get(layer.name), moved.tensors.get(layer.name)];
    if (!a || !b || a.data.length !== b.data.length) return [];
    const [down, right] = strideOf(layer);
    const { height, width } = extent(layer);
    const spatial = layer.output_shape.length > 2 && height * width > 1;
    return [{
      name: layer.name, kind: kind(layer), asIs: relative(a.data, b.data),
      back: spatial ? movedBack(a, b, dy / down, dx / right) : null,
    }];
  });
}

/** The measured change of a row: moved back where that is asked for and there is a map.
 *  @param {Change} row @param {Measure} measure @returns {number} */
export const changeBy = (row, measure) => (measure === "back" && row.back !== null ? row.back : row.asIs);

/** The last pooling layer: the one whose map the sentence is about. @param {Change[]} rows */
export const pooledRow = (rows) => [...rows].reverse().find((row) => row.kind === "pool");

/** The held-out measurement as rows of one shift. @param {any} study studies.shift
 *  @param {Layer[]} graph @param {number} px @returns {Change[]} */
export function studyRows(study, graph, px) {
  const at = study.pixels.indexOf(px);
  const rows = graph.flatMap((layer) => {
    const found = study.layers[layer.name];
    return found ? [{ name: layer.name, kind: kind(layer), asIs: found.as_is[at], back: found.moved_back[at] }] : [];
  });
  return study.logits ? [...rows, { name: "logits", kind: "linear", asIs: study.logits[at], back: null }] : rows;
}

/** A network and its twin trained without pooling share a name: `photos`, `photos-skip`.
 *  @param {{id: string}[]} models @param {string} id
 *  @returns {{pooled: string, skipping: string, twin: string}|null} `twin`: the one that is not `id` */
export function twinOf(models, id) {
  const base = id.replace(/-skip$/, "");
  const pair = { pooled: base, skipping: `${base}-skip`, twin: id === base ? `${base}-skip` : base };
  return models.some((row) => row.id === pair.twin) ? pair : null;
}

/** Two lengths within this are called alike. */
const ALIKE = 0.05;

/** @param {Change[]} rows @param {string|undefined} name @returns {Change|undefined} the layer named, else the last pooled map */
const rowOf = (rows, name) => (name === undefined ? pooledRow(rows) : rows.find((row) => row.name === name && row.kind !== "input"));

/** @param {Change} row @param {string|undefined} name @param {Measure} measure */
function whatChanged(row, name, measure) {
  const map = row.back !== null;
  const how = measure === "back" && map ? ", moved back," : "";
  return name === undefined && map ? `the pooled map${how}` : map ? `the map of ${row.name}${how}` : row.name;
}

/** Whether pooling helped, as the numbers shown say. @param {number} pooled @param {number} skipped */
function verdict(pooled, skipped) {
  if (change(pooled) === change(skipped) || Math.abs(pooled - skipped) <= skipped * ALIKE) return "Here they are alike: pooling did not help.";
  return pooled < skipped ? "" : "Here pooling did not help.";
}

/**
 * @param {number} px @param {Change[]} own @param {Change[]|null} twin @param {Measure} measure
 * @param {boolean} skips the network on show is the one without pooling
 * @param {string} [name] the layer that the sentence is about; by default the last pooled map
 * @returns {string} what follows from the numbers, whichever way they fall
 */
export function shiftSays(px, own, twin, measure, skips, name) {
  if (px === 0) return "Move the picture: drag it, or press an arrow key.";
  const row = rowOf(own, name);
  if (!row) return "";
  const other = twin && rowOf(twin, name);
  const mine = changeBy(row, measure);
  const what = whatChanged(row, other ? name : row.name, measure);
  if (!other) return `After ${px} px ${what} changed by ${change(mine)}.`;
  const [pooled, skipped] = skips ? [changeBy(other, measure), mine] : [mine, changeBy(other, measure)];
  return `After ${px} px ${what} changed by ${change(pooled)}, the twin's without pooling by ${change(skipped)}. ${verdict(pooled, skipped)}`.trim();
}

/** The 95 % interval of a share of n, after Wilson. @param {number} share @param {number} n @returns {[number, number]} */
export function interval(share, n) {
  const z = 1.96;
  const middle = share + (z * z) / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [(middle - reach) / (1 + (z * z) / n), (middle + reach) / (1 + (z * z) / n)];
}

/**
 * How many pictures kept their answer, with pooling and without; a tie is called one.
 * @param {any} study studies.shift @param {any} twin the twin's, or nothing @param {number} px @param {boolean} skips
 * @returns {string} "" where it was not measured
 */
export function keptSays(study, twin, px, skips) {
  const share = (/** @type {any} */ of) => of?.same_answer?.[of.pixels.indexOf(px)];
  const mine = share(study);
  if (mine === undefined) return "";
  const theirs = share(twin);
  if (theirs === undefined) return `${tenths(mine)} of ${count(study.n)} kept their answer.`;
  const [a, b] = skips ? [{ share: theirs, n: twin.n }, { share: mine, n: study.n }] : [{ share: mine, n: study.n }, { share: theirs, n: twin.n }];
  const [first, second] = [interval(a.share, a.n), interval(b.share, b.n)];
  const end = first[0] > second[1] ? "Pooling helped." : second[0] > first[1] ? "Pooling did not help."
    : `A tie: the 95 % intervals overlap (${spread(first)} and ${spread(second)}).`;
  return `With pooling ${tenths(a.share)} kept their answer, without ${tenths(b.share)}. ${end}`;
}

/** @param {[number, number]} ends */
const spread = ([low, high]) => `${(low * 100).toFixed(1)}–${tenths(high)}`;

/** Beyond 100 % too. @param {number} v @returns {string} */
export const change = (v) => (v > 0.995 ? `${Math.round(v * 100)} %` : percent(v));
