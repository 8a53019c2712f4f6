/**
 * What the What-if view asks beside the reading itself.
 *
 *     plain reading --candidates--> predict each, four at once -> tries: the best of each kind
 *     another text  --predict-----> its words, to take the memory from
 */
import { signal } from "@preact/signals-core";
import * as client from "gridtime/api/client.js";
import { best } from "gridtime/math/whatif.js";

/** @typedef {import("gridtime/math/whatif.js").Candidate} Candidate */
/** @typedef {{candidate: Candidate, text: string, now: number}} Try */
/** @typedef {{model: string, text: string, label: string, before: number, candidates: {candidate: Candidate, text: string}[]}} Asked */
/** @typedef {{text: string, tokens: client.Token[]}} Other */

const AT_ONCE = 4;

/** @param {client.Prediction[]} predictions @param {string} label */
const shareOf = (predictions, label) => predictions.find((p) => p.label === label)?.probability ?? 0;

export function createWhatIf() {
  /** `key` says for which sentence; `failed`: the server did not answer. */
  const tries = signal(/** @type {{key: string, done: boolean, failed: boolean, list: Try[]}} */ ({ key: "", done: false, failed: false, list: [] }));
  const other = signal(/** @type {Other | null} */ (null));
  const otherProblem = signal(/** @type {Error | null} */ (null));
  /** @type {AbortController | undefined} */
  let running;

  /** @param {string} key @param {Asked} asked */
  async function look(key, { model, label, before, candidates }) {
    if (tries.peek().key === key && !tries.peek().failed) return;
    running?.abort();
    const { signal: stop } = (running = new AbortController());
    tries.value = { key, done: false, failed: false, list: [] };
    /** @type {Try[]} */
    const tried = [];
    try {
      for (let at = 0; at < candidates.length; at += AT_ONCE) {
        await Promise.all(candidates.slice(at, at + AT_ONCE).map(async ({ candidate, text }) => {
          const options = candidate.edit ? { edits: [candidate.edit] } : {};
          const asked = client.predict(model, { text }, options, { signal: stop });
          // Without its one known word a text cannot be read: no suggestion then.
          const answer = await asked.catch((problem) => (problem.status === 422 ? null : Promise.reject(problem)));
          if (answer) tried.push({ candidate, text, now: shareOf(answer.predictions, label) });
        }));
      }
    } catch {
      if (!stop.aborted) tries.value = { key, done: true, failed: true, list: [] };
      return;
    }
    if (!stop.aborted) tries.value = { key, done: true, failed: false, list: /** @type {Try[]} */ (best(tried, before)) };
  }

  /** Its words, to choose from; resolves to null where it cannot be read. @param {string} model @param {string} text */
  async function read(model, text) {
    try {
      const answer = await client.predict(model, { text });
      otherProblem.value = null;
      return (other.value = { text, tokens: answer.tokens ?? [] });
    } catch (problem) {
      otherProblem.value = /** @type {Error} */ (problem);
      return (other.value = null);
    }
  }

  return { tries, other, otherProblem, look, read };
}
