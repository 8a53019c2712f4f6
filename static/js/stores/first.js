/**
 * Which came first: the figures of all distances, and what the networks say of one placing.
 *
 *     load()        -> GET /lab/first -> figures
 *     want(placing) -> POST /lab/first -> answered      a moving hand: its newest place each time
 *
 * An answer is kept by what was asked: a sign on its way back asks nothing.
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { latest } from "gridtime/lib/latest.js";
import { signsOf } from "gridtime/math/first.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/first.js").First} First */
/** @typedef {import("gridtime/math/first.js").Answered} Answered */
/** @typedef {import("gridtime/math/first.js").Placing} Placing */
/** @typedef {ReturnType<typeof createFirst>} FirstStore */

export function createFirst() {
  const ofFigures = /** @type {import("gridtime/stores/request.js").Request<First>} */ (createRequest());
  const ofPlacing = /** @type {import("gridtime/stores/request.js").Request<true>} */ (createRequest());
  const answered = signal(/** @type {Answered | null} */ (null));
  /** @type {Map<string, Answered>} */
  const known = new Map();

  /** @param {Placing} placing @param {AbortSignal} stop */
  async function ask(placing, stop) {
    const key = String(signsOf(placing));
    const answer = known.get(key) ?? (await client.placed(placing, { signal: stop }));
    known.set(key, answer);
    answered.value = answer;
    return /** @type {true} */ (true);
  }

  const load = () => void ofFigures.run(() => client.first());
  const want = latest((/** @type {Placing} */ placing) => ofPlacing.run((stop) => ask(placing, stop)));
  const retry = () => (ofFigures.retry(), ofPlacing.retry());
  return { figures: ofFigures.value, missing: ofFigures.problem, answered, busy: ofPlacing.busy, problem: ofPlacing.problem, load, want, retry };
}
