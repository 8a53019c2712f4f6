/**
 * One question to the server as signals: what was answered, whether it is busy, what went wrong.
 *
 *   run(work) -> busy -> value | problem        a newer run aborts the older
 *
 * `value` keeps the last answer until the new one is whole.
 */
import { batch, signal } from "@preact/signals-core";

/**
 * @template T
 * @typedef {object} Request
 * @property {import("@preact/signals-core").Signal<T | null>} value
 * @property {import("@preact/signals-core").Signal<boolean>} busy
 * @property {import("@preact/signals-core").Signal<Error | null>} problem
 * @property {(work: (signal: AbortSignal) => Promise<T>) => Promise<T | null>} run null: failed or overtaken
 * @property {() => void} retry the last work once more
 */

/**
 * @template T
 * @returns {Request<T>}
 */
export function createRequest() {
  const value = signal(/** @type {T | null} */ (null));
  const busy = signal(false);
  const problem = signal(/** @type {Error | null} */ (null));
  /** @type {AbortController | undefined} */
  let current;
  /** @type {((signal: AbortSignal) => Promise<T>) | undefined} */
  let last;

  /** @type {Request<T>["run"]} */
  async function run(work) {
    current?.abort();
    const mine = (current = new AbortController());
    last = work;
    busy.value = true;
    try {
      const answer = await work(mine.signal);
      if (mine !== current) return null;
      batch(() => {
        value.value = answer;
        problem.value = null;
        busy.value = false;
      });
      return answer;
    } catch (reason) {
      if (mine !== current) return null;
      batch(() => {
        problem.value = /** @type {Error} */ (reason);
        busy.value = false;
      });
      return null;
    }
  }

  return { value, busy, problem, run, retry: () => void (last && run(last)) };
}
