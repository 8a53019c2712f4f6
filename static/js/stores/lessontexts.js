/**
 * The texts of the lessons in the address's language.
 *
 *     lang -> GET /lessons/{lang} -> texts; a language that is not there -> English, and it is said
 */
import * as api from "gridtime/api/client.js";
import { createRequest } from "gridtime/stores/request.js";
import { state } from "gridtime/stores/url.js";

/** @typedef {import("gridtime/math/lesson.js").Texts} Texts */

export const ENGLISH = "en";

/** Of the texts asked for. */
export const texts = /** @type {import("gridtime/stores/request.js").Request<Texts>} */ (createRequest());

/** @param {string} lang @returns {Promise<Texts>} */
async function translated(lang) {
  try {
    return await api.lessons(lang);
  } catch (reason) {
    const problem = /** @type {{status?: number}} */ (reason);
    if (lang === ENGLISH || problem.status !== 404) throw reason;
    return api.lessons(ENGLISH);
  }
}

/** Asks for what the address names, unless it is here. */
export function read() {
  const lang = state.peek().lang ?? ENGLISH;
  if (texts.value.peek()?.lang === lang && !texts.problem.peek()) return;
  texts.run(() => translated(lang));
}
