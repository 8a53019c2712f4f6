/**
 * Strongest places in many pictures, for a view: they come one after another.
 */
import { useEffect, useState } from "gridtime/lib/html.js";
import { gather, seenPixels } from "gridtime/stores/gathered.js";

export { seenPixels };

/** @typedef {import("gridtime/stores/gathered.js").Gathered} Gathered */
/** @typedef {{of: string, found: Gathered[], total: number}} State */

/** Layers passed by with a held key are not asked for. */
const REST = 150;

/**
 * @param {string} model @param {string} layer @param {Record<string, any>|undefined} preprocessing
 *   undefined: not known yet
 * @returns {{found: Gathered[], total: number}} total 0: nothing has come yet
 */
export function useGathered(model, layer, preprocessing) {
  const of = `${model}\n${layer}`;
  const [state, setState] = useState(/** @type {State} */ ({ of: "", found: [], total: 0 }));
  useEffect(() => {
    if (!preprocessing || !layer) return undefined;
    const stop = new AbortController();
    const start = () => gather(model, layer, preprocessing, stop.signal,
      (found, total) => setState({ of, found, total })).catch(() => undefined);
    const timer = setTimeout(start, REST);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [of, preprocessing]);
  return state.of === of ? state : { found: [], total: 0 };
}
