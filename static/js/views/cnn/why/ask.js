/**
 * Asking for an explanation, and drawing it while it comes.
 *
 *     query {method, class, layer} -> one answer                         -> found
 *                 occlusion        -> rows 0:1, 1:9, 9:15 … one by one   -> found, found, found
 *
 * A newer query aborts the older. What was computed for a run is kept as long as the run.
 */

import { useEffect, useState } from "gridtime/lib/html.js";
import { nextBand } from "gridtime/math/explain.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("../room.js").Tensor} Tensor */
/** @typedef {{method: string, class?: string, layer?: string, rows?: [number, number]}} Query */
/** @typedef {{answer: Record<string, any>, tensors: Map<string, Tensor>}} Answered */
/** @typedef {(query: Query, how?: {signal?: AbortSignal}) => Promise<Answered>} Ask */
/**
 * @typedef {object} Explained
 * @property {string} key of its query
 * @property {string} method @property {string} class @property {string|undefined} layer
 * @property {Record<string, any>} settings @property {string} formula
 * @property {Map<string, Tensor>} tensors
 * @property {number} done rows of the map that are computed @property {number} total
 */

/** @param {Query} query */
export const keyOf = ({ method, class: label, layer }) => [method, label ?? "", layer ?? ""].join("|");

/** @param {Query} query @param {Answered} answered @returns {Explained} */
function explained(query, { answer, tensors }) {
  const rows = tensors.get("map")?.shape[0] ?? 0;
  return {
    key: keyOf(query), method: answer.method ?? query.method, class: answer.class ?? query.class ?? "",
    layer: answer.layer ?? query.layer, settings: answer.settings ?? {}, formula: answer.formula ?? "",
    tensors, done: rows, total: rows,
  };
}

/**
 * One band more: rows not computed yet are no numbers.
 * @param {Explained|null} before @param {Query} query @param {Answered} answered @returns {Explained}
 */
export function withBand(before, query, answered) {
  const band = /** @type {Tensor} */ (answered.tensors.get("map"));
  const columns = band.shape[1] ?? 1;
  const [from, to, total] = /** @type {[number, number, number]} */ (answered.answer.settings.rows);
  const data = new Float32Array(total * columns).fill(NaN);
  const known = before?.tensors.get("map");
  if (known) data.set(known.data.subarray(0, from * columns));
  data.set(band.data, from * columns);
  const next = explained(query, answered);
  return { ...next, tensors: new Map([["map", { shape: [total, columns], data }]]), done: to, total };
}

/** @returns {number} */
const clock = () => performance.now();

/**
 * @param {Ask} ask @param {Query} query @param {Explained|null} before what is there already
 * @param {(found: Explained) => void} onPart @param {AbortSignal} signal
 */
export async function explain(ask, query, before, onPart, signal) {
  if (query.method !== "occlusion") {
    const answered = await ask(query, { signal });
    if (!signal.aborted) onPart(explained(query, answered));
    return;
  }
  let found = before;
  let each = Infinity;
  while (!found || found.done < found.total) {
    const [from, to] = nextBand(found?.done ?? 0, found?.total ?? NaN, each);
    const start = clock();
    const answered = await ask({ ...query, rows: [from, to] }, { signal });
    if (signal.aborted) return;
    each = (clock() - start) / Math.max(1, to - from);
    onPart((found = withBand(found, query, answered)));
  }
}

/** @type {WeakMap<Run, Map<string, Explained>>} */
const kept = new WeakMap();

/** @param {Run} run */
function keptFor(run) {
  const known = kept.get(run) ?? new Map();
  kept.set(run, known);
  return known;
}

/**
 * @typedef {object} Asked
 * @property {Explained|null} found the last one, until a new one begins to come
 * @property {Run} of the run that `found` explains: a map is never laid over another picture
 * @property {boolean} busy @property {boolean} stopped @property {Error|null} problem
 * @property {() => void} stop @property {() => void} go
 */

/**
 * @param {Room} room @param {Run} run @param {Query|null} query null: nothing is wanted now
 * @returns {Asked}
 */
export function useExplained(room, run, query) {
  const [state, set] = useState(/** @type {Omit<Asked, "stop"|"go">} */ (
    { found: null, of: run, busy: false, stopped: false, problem: null }));
  const [attempt, again] = useState(0);
  const [running, setRunning] = useState(/** @type {AbortController|null} */ (null));
  const key = query ? keyOf(query) : "";
  useEffect(() => {
    if (!query || !run.exact) return undefined;
    const shelf = keptFor(run);
    const before = shelf.get(key) ?? null;
    const whole = Boolean(before && before.done >= before.total);
    set((old) => ({ found: before ?? old.found, of: before ? run : old.of, busy: !whole, stopped: false, problem: null }));
    if (whole) return undefined;
    const controller = new AbortController();
    setRunning(controller);
    const onPart = (/** @type {Explained} */ found) => {
      shelf.set(key, found);
      set((old) => ({ ...old, found, of: run }));
    };
    const ask = /** @type {Ask} */ (room.explain);
    explain(ask, query, before, onPart, controller.signal).then(
      () => !controller.signal.aborted && set((old) => ({ ...old, busy: false })),
      (problem) => !controller.signal.aborted && set((old) => ({ ...old, busy: false, problem })),
    );
    return () => controller.abort();
  }, [run, key, attempt]);
  const stop = () => {
    running?.abort();
    set((old) => ({ ...old, busy: false, stopped: true }));
  };
  return { ...state, stop, go: () => again((n) => n + 1) };
}
