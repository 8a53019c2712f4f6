/**
 * Runs beside the one on show, for views that compare.
 *
 *     asks [{key, options, which}] --room.trace--> key -> Run      asked again for another picture
 *
 * What was answered last stays until the new answers are here; a failed one is null. What was asked
 * before beside the same run is not asked again.
 */
import { useEffect, useRef, useState } from "gridtime/lib/html.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Run} Run */
/** @typedef {{key: string, options: Record<string, any>, which?: import("./room.js").Which}} Ask */
/** @typedef {{of: Run, runs: Record<string, Run|null>}} Answered `of`: the run that they stand beside */

/** Answers kept beside one run. */
const KEPT = 4;

/** @typedef {{of: Run|null, runs: Map<string, Run>}} Kept oldest first */

/** One answer, kept or asked for. @param {Room} room @param {Kept} kept @param {Ask} ask @param {AbortSignal} signal
 *  @returns {Promise<Run|null>} */
async function answer(room, kept, { options, which }, signal) {
  const id = JSON.stringify([options, which?.model]);
  const run = kept.runs.get(id) ?? await room.trace(options, { ...which, signal }).catch(() => null);
  if (!run || which?.input) return run;
  kept.runs.delete(id);
  kept.runs.set(id, run);
  for (const oldest of [...kept.runs.keys()].slice(0, -KEPT)) kept.runs.delete(oldest);
  return run;
}

/**
 * @param {Room} room @param {Run} of the run they stand beside: with another one all are asked anew
 * @param {Ask[]} asks
 * @returns {Record<string, Run|null|undefined>} undefined while the first answer is on its way
 */
export function useRuns(room, of, asks) {
  const [found, setFound] = useState(/** @type {Answered|null} */ (null));
  const alive = useRef(0);
  const kept = useRef(/** @type {Kept} */ ({ of: null, runs: new Map() }));
  const wanted = JSON.stringify(asks.map(({ key, options, which }) => [key, options, which?.model]));
  useEffect(() => {
    if (!of.exact) return undefined;
    const abort = new AbortController();
    const turn = ++alive.current;
    if (kept.current.of !== of) kept.current = { of, runs: new Map() };
    const mine = kept.current;
    Promise.all(asks.map(async (ask) =>
      /** @type {[string, Run|null]} */ ([ask.key, await answer(room, mine, ask, abort.signal)]),
    )).then((rows) => {
      if (turn === alive.current && !abort.signal.aborted) setFound({ of, runs: Object.fromEntries(rows) });
    });
    return () => abort.abort();
  }, [of, wanted]);
  return found?.runs ?? {};
}
