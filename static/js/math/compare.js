/**
 * Two runs side by side with one selection.
 *
 *     "model:ID" | "sample:NAME" | "picture:KEY"  <->  {kind, id}
 *     layer of A -> layer of B: by name, else by place      cell of A -> cell of B: the same place
 *     predictions of both -> one row a class, best in either first
 */

import { mapLayer, mapLayers } from "./explain.js";
import { extent, kind } from "./groups.js";

/** @typedef {import("./groups.js").Layer} Layer */
/** @typedef {import("./groups.js").Extent} Extent */
/** @typedef {import("./choice.js").Prediction} Prediction */
/** @typedef {{kind: "model"|"sample"|"picture", id: string}} Against picture: the visitor's own, kept in this browser */
/** @typedef {{id: string, input: string, title: string}} Row */
/** @typedef {{layer: Layer|undefined, by: "name"|"place"|"none"}} Match */

/** @param {string|undefined} text @returns {Against|null} */
export function parseAgainst(text) {
  const found = /^(model|sample|picture):(.+)$/.exec(text ?? "");
  return found ? { kind: /** @type {Against["kind"]} */ (found[1]), id: found[2] ?? "" } : null;
}

/** Fewer cells than this show little of a picture. */
const FINE = 12;

/**
 * The layer asked for, else the deepest whose maps are still fine enough to be looked at, and that
 * the other network has too.
 * @param {Layer[]} graph @param {string|undefined} asked @param {Layer[]} [other]
 */
export function startLayer(graph, asked, other = graph) {
  const all = mapLayers(graph);
  const both = all.filter((layer) => matchLayer(graph, other, layer).layer);
  const fine = both.filter((layer) => extent(layer).height >= FINE);
  return all.find((layer) => layer.name === asked) ?? fine[fine.length - 1] ?? both[0] ?? mapLayer(graph, undefined);
}

/** @param {Against} against */
export const formatAgainst = ({ kind: what, id }) => `${what}:${id}`;

/**
 * What may stand beside the run on show: every other network, every other sample.
 * @param {{models: Row[], samples: {name: string, title: string}[], model: string, sample: string|undefined}} there
 * @returns {{models: Row[], samples: {name: string, title: string}[]}}
 */
export const offers = ({ models, samples, model, sample }) => ({
  models: models.filter((row) => row.id !== model),
  samples: samples.filter((s) => s.name !== sample),
});

/** The one asked for, where it is offered; else another picture, else another network.
 *  @param {string|undefined} asked @param {ReturnType<typeof offers>} offered @returns {Against|null} */
export function againstOf(asked, offered) {
  const wanted = parseAgainst(asked);
  const there = wanted && (wanted.kind === "picture" || (wanted.kind === "model" ? offered.models.some((row) => row.id === wanted.id)
    : offered.samples.some((s) => s.name === wanted.id)));
  if (there) return wanted;
  const [sample] = offered.samples;
  if (sample) return { kind: "sample", id: sample.name };
  const [model] = offered.models;
  return model ? { kind: "model", id: model.id } : null;
}

/**
 * The layer of the other network that stands for this one.
 * @param {Layer[]} graph @param {Layer[]} other @param {Layer} layer @returns {Match}
 */
export function matchLayer(graph, other, layer) {
  const named = other.find((l) => l.name === layer.name && kind(l) === kind(layer) && l.output_shape.length === layer.output_shape.length);
  if (named) return { layer: named, by: "name" };
  const place = mapLayers(graph).findIndex((l) => l.name === layer.name);
  const there = place < 0 ? undefined : mapLayers(other)[place];
  return there ? { layer: there, by: "place" } : { layer: undefined, by: "none" };
}

/** The same place of the picture in maps of another size. @param {[number, number]} cell y, x
 *  @param {Extent} from @param {Extent} to @returns {[number, number]} */
export const matchCell = ([y, x], from, to) => [
  Math.min(to.height - 1, Math.floor(((y + 0.5) / from.height) * to.height)),
  Math.min(to.width - 1, Math.floor(((x + 0.5) / from.width) * to.width)),
];

/** @param {Layer} a @param {Layer} b @returns {boolean} their maps have the same size */
export const sameExtent = (a, b) => extent(a).height === extent(b).height && extent(a).width === extent(b).width;

/** b − a, place by place. @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export const difference = (a, b) => Float32Array.from(a, (v, i) => (b[i] ?? 0) - v);

/**
 * How far b is from a: ‖b − a‖ ÷ ‖a‖.
 * @param {ArrayLike<number>} a @param {ArrayLike<number>} b @returns {number} NaN where a is 0 everywhere
 */
export function changedBy(a, b) {
  let gap = 0;
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    gap += ((b[i] ?? 0) - a[i]) ** 2;
    size += a[i] ** 2;
  }
  return size > 0 ? Math.sqrt(gap / size) : NaN;
}

/**
 * The classes with the largest share in either run; undefined where a network has no such class.
 * @param {Prediction[]} a @param {Prediction[]} b @param {number} count
 * @returns {{label: string, a: number|undefined, b: number|undefined}[]}
 */
export function shares(a, b, count) {
  const ofA = new Map(a.map((p) => [p.label, p.probability]));
  const ofB = new Map(b.map((p) => [p.label, p.probability]));
  const rows = [...new Set([...ofA.keys(), ...ofB.keys()])].map((label) => ({ label, a: ofA.get(label), b: ofB.get(label) }));
  rows.sort((p, q) => Math.max(q.a ?? 0, q.b ?? 0) - Math.max(p.a ?? 0, p.b ?? 0));
  return rows.slice(0, count);
}
