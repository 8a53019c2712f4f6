/**
 * What is said of an input that is unlike those the network was tested on.
 */
import { percent } from "./format.js";

/** @typedef {import("gridtime/api/client.js").Familiarity} Familiarity */

/**
 * "More unusual than 95 % of its test pictures.": how rare such an input is among the held-out ones.
 * @param {Familiarity | null | undefined} judged
 * @param {"pictures" | "sentences" | "recordings" | "clips"} what
 * @returns {string} "" where it is like them, or nobody can say
 */
export const unusualSays = (judged, what) =>
  judged?.familiar === false ? `More unusual than ${percent(1 - judged.share)} of its test ${what}.` : "";

/**
 * The same, and what follows.
 * @param {Familiarity | null | undefined} judged
 * @param {"pictures" | "sentences" | "recordings" | "clips"} what
 */
export function doubtSays(judged, what) {
  const says = unusualSays(judged, what);
  return says && `${says} Do not trust this answer.`;
}

/**
 * Of several networks, those that hardly know such an input: "CNN: more unusual than …"
 * @param {{name: string, judged: Familiarity | null | undefined}[]} networks
 * @param {"pictures" | "sentences"} what
 */
export const doubtsSay = (networks, what) =>
  networks.flatMap(({ name, judged }) => unusualSays(judged, what).replace(/^M(.*)$/, `${name}: m$1`) || []);
