/**
 * The same words through the same weights without the recurrent connection: the state is set to
 * zero after every word, so that each is read alone.
 */
import { trace } from "gridtime/api/client.js";

/** The server gives at most so many rows at once. */
const MOST = 512;

/**
 * @param {string} model
 * @param {import("gridtime/api/client.js").Input} input
 * @param {number} total
 * @param {AbortSignal} signal
 * @returns {Promise<ArrayLike<number>>} shares [T, K] of at most the first 512 words
 */
export async function withoutLoop(model, input, total, signal) {
  const edits = [{ op: "state", step: null, from: null }];
  const { tensors } = await trace(model, input, { edits }, { signal, layers: ["probabilities"], steps: [0, Math.min(total, MOST)] });
  return /** @type {ArrayLike<number>} */ (tensors.get("probabilities")?.data ?? []);
}
