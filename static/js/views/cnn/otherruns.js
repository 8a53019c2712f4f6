/**
 * Runs beside the one on show, for views that compare.
 *
 *     asks [{key, options, which}] --room.trace--> key -> Run      asked again for another picture
 *
 * What was answered last stays until the new answers are here; a failed one is null.
 */
import { useEffect, useRef, useState } from "gridtime/lib/html.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {{key: string, options: Record<string, any>, which?: import("./room.js").Which}} Ask */
/** @typedef {{of: Run, runs: Record<string, Run|null>}} Answered `of`: the run that they stand beside */

/**
 * @param {Room} room @param {Run} of the run they stand beside: with another one all are asked anew
 * @param {Ask[]} asks
 * @returns {Record<string, Run|null|undefined>} undefined while the first answer is on its way
 */
export function useRuns(room, of, asks) {
  const [found, setFound] = useState(/** @type {Answered|null} */ (null));
  const alive = useRef(0);
  const wanted = JSON.stringify(asks.map(({ key, options, which }) => [key, options, which?.model]));
  useEffect(() => {
    if (!of.exact) return undefined;
    const abort = new AbortController();
    const turn = ++alive.current;
    Promise.all(asks.map(async ({ key, options, which }) => {
      const run = await room.trace(options, { ...which, signal: abort.signal }).catch(() => null);
      return /** @type {[string, Run|null]} */ ([key, run]);
    })).then((rows) => {
      if (turn === alive.current && !abort.signal.aborted) setFound({ of, runs: Object.fromEntries(rows) });
    });
    return () => abort.abort();
  }, [of, wanted]);
  return found?.runs ?? {};
}
