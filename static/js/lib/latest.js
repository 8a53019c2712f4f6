/**
 * Work that keeps up with a moving hand: one at a time, and after it only the newest wish.
 *
 *   latest(work) -> call(a) runs, call(b) and call(c) wait, then c runs; b never does
 *
 * Aborting the running one instead would show nothing until the hand rests.
 */

/**
 * @template T
 * @param {(wish: T) => Promise<unknown>} work
 * @returns {(wish: T) => Promise<void>} resolves when nothing is waiting any more
 */
export function latest(work) {
  let running = false;
  /** @type {{wish: T}|undefined} */
  let next;
  return async (wish) => {
    next = { wish };
    if (running) return;
    running = true;
    try {
      while (next) {
        const now = next;
        next = undefined;
        await work(now.wish);
      }
    } finally {
      running = false;
    }
  };
}
