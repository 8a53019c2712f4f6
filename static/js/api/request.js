/**
 * One HTTP request that does not give up silently.
 *
 *   send(path) -> fetch -> 503? wait Retry-After, say so, again -> Response
 *                       -> other error: throws Problem; no answer: throws NoContact
 */
import { NoContact, contact, problemOf } from "gridtime/api/problem.js";

const ATTEMPTS = 4;

/**
 * @param {number} ms
 * @param {AbortSignal | undefined} signal
 */
function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, undefined);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/**
 * Count the seconds down in `contact`, so that the page can say them.
 * @param {number} seconds
 * @param {AbortSignal | undefined} signal
 */
async function countDown(seconds, signal) {
  try {
    for (let left = seconds; left > 0; left--) {
      contact.value = { state: "waiting", seconds: left };
      await sleep(1000, signal);
    }
  } catch (reason) {
    contact.value = { state: "ok", seconds: 0 };
    throw reason;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} init
 */
async function once(path, init) {
  try {
    return await fetch(path, init);
  } catch (reason) {
    if (/** @type {Error} */ (reason).name === "AbortError") throw reason;
    contact.value = { state: "lost", seconds: 0 };
    throw new NoContact();
  }
}

/**
 * @param {string} path under /api/v1
 * @param {RequestInit} [init]
 * @returns {Promise<Response>} with a good status
 */
export async function send(path, init = {}) {
  const signal = init.signal ?? undefined;
  for (let attempt = 1; ; attempt++) {
    const response = await once(`/api/v1${path}`, init);
    if (response.ok) {
      if (contact.peek().state !== "ok") contact.value = { state: "ok", seconds: 0 };
      return response;
    }
    const problem = await problemOf(response);
    if (problem.status !== 503 || attempt === ATTEMPTS) {
      contact.value = { state: "ok", seconds: 0 };
      throw problem;
    }
    await countDown(Math.min(Math.max(Math.ceil(problem.retryAfter), 1), 30), signal);
  }
}
