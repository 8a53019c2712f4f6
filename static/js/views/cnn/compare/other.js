/**
 * The run that stands beside the one on show.
 *
 *     against (URL) -> another picture, a sample or the visitor's own, the network as it is on show: changed and shifted too
 *                   -> another network, the same picture: shifted too; changes do not fit it
 */

import { useEffect, useState } from "gridtime/lib/html.js";
import { againstOf, formatAgainst, offers } from "gridtime/math/compare.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../room.js").Run} Run */
/** @typedef {import("gridtime/math/compare.js").Against} Against */
/** @typedef {{a: Run, b: Run, what: Against}} Pair what belongs together, until the next is whole */
/** @typedef {{pair: Pair|null, problem: Error|null, busy: boolean, again: () => void}} Other */

/** @param {Room} room */
export function offered(room) {
  const state = room.state.value;
  const samples = room.net.value?.samples ?? [];
  const sample = state.picture ? undefined : samples.find((s) => s.name === state.sample)?.name ?? samples[0]?.name;
  const model = room.run.value?.model ?? "";
  return offers({ models: room.models.value, samples, model, sample });
}

/** @param {Room} room @returns {Against|null} */
export const against = (room) => againstOf(room.state.value.against, offered(room));

/** @param {Room} room @param {Against} what a sample, or a picture of the visitor's own */
async function inputOf(room, { kind, id }) {
  if (kind === "sample") return { sample: id };
  const blob = await room.recall(id);
  if (!blob) throw new Error("This link's second picture stayed in another browser. Pick it again, or a sample.");
  return { blob };
}

/** @param {Room} room @param {Against} what @param {AbortSignal} signal @returns {Promise<Run>} */
async function load(room, what, signal) {
  const { edits, shift, moment } = room.asking()?.options ?? {};
  const moved = shift ? { shift } : {};
  if (what.kind === "model") return room.trace(moved, { model: what.id, signal });
  const same = { ...moved, ...(edits ? { edits } : {}), ...(moment !== undefined ? { moment } : {}) };
  return room.trace(same, { input: await inputOf(room, what), signal });
}

/** @param {Room} room @param {Run} run @param {Against|null} what @returns {Other} */
export function useOther(room, run, what) {
  const [state, set] = useState(/** @type {Omit<Other, "again">} */ ({ pair: null, problem: null, busy: true }));
  const [attempt, again] = useState(0);
  const key = what ? formatAgainst(what) : "";
  useEffect(() => {
    if (!what || !run.exact) return undefined;
    const controller = new AbortController();
    set((old) => ({ ...old, busy: true, problem: null }));
    load(room, what, controller.signal).then(
      (b) => !controller.signal.aborted && set({ pair: { a: run, b, what }, problem: null, busy: false }),
      (problem) => !controller.signal.aborted && set((old) => ({ ...old, problem, busy: false })),
    );
    return () => controller.abort();
  }, [run, key, attempt]);
  return { ...state, again: () => again((n) => n + 1) };
}
