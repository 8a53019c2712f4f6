/**
 * What can go wrong with a request, as two errors and one signal.
 *
 *   problem+json -> Problem      no answer at all -> NoContact
 *   contact: "ok" | "waiting" (the server asked to wait) | "lost"
 */
import { signal } from "@preact/signals-core";

/** The server answered, and said why not. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} title
   * @param {string} detail a sentence a visitor can act on
   * @param {number} [retryAfter] seconds
   */
  constructor(status, title, detail, retryAfter = 0) {
    super(detail || title);
    this.name = "Problem";
    this.status = status;
    this.title = title;
    this.detail = detail || title;
    this.retryAfter = retryAfter;
  }
}

/** Nobody answered. */
export class NoContact extends Error {
  constructor() {
    super("No contact. This is the last answer.");
    this.name = "NoContact";
  }
}

/**
 * @typedef {object} Contact
 * @property {"ok" | "waiting" | "lost"} state
 * @property {number} seconds until the next try, while waiting
 */

/** Read by the frame, written by the client alone. */
export const contact = signal(/** @type {Contact} */ ({ state: "ok", seconds: 0 }));

/**
 * @param {Response} response
 * @returns {Promise<Problem>}
 */
export async function problemOf(response) {
  const wait = Number(response.headers.get("retry-after")) || 0;
  try {
    const { title, detail } = await response.json();
    return new Problem(response.status, title ?? response.statusText, detail ?? "", wait);
  } catch {
    // A proxy in between answers in its own format; its status is still true.
    return new Problem(response.status, response.statusText || `Error ${response.status}`, "", wait);
  }
}
