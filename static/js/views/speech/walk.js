/**
 * The walk: the wave, the bands, the states, a vote at half of the word, the belief, other voices.
 *
 *     stop -> PARTS: what is on screen      stop.apply -> frames heard
 */
import { statesOf } from "gridtime/math/drawnunits.js";
import { count, number, plural } from "gridtime/math/format.js";
import { voicesSay } from "gridtime/math/voices.js";
import { settledSays, soFar } from "gridtime/views/speech/scene.js";

/** @typedef {import("gridtime/views/speech/scene.js").Room} Room */
/** @typedef {{wave?: boolean, bands?: boolean, states?: boolean, belief?: boolean, answer?: boolean, voices?: boolean, cut?: boolean, vote?: boolean}} Shown cut: what is not heard yet is hidden; vote: the answer too */

/** @type {Record<string, Shown>} */
export const PARTS = {
  all: { wave: true, bands: true, states: true, belief: true, answer: true, voices: true },
  wave: { wave: true },
  bands: { wave: true, bands: true },
  states: { bands: true, states: true },
  guess: { wave: true, bands: true, answer: true, cut: true, vote: true },
  half: { wave: true, bands: true, answer: true, cut: true },
  belief: { wave: true, belief: true },
  voices: { voices: true },
};

/** @param {Room} room @returns {import("gridtime/components/walk.js").Stop[]} */
export function walk({ store, patch }) {
  const heard = store.heard.value;
  if (!heard) return [];
  const { answer, net, total } = heard;
  const { bands, rate } = net.card.preprocessing;
  const half = Math.floor((total - 1) / 2);
  const units = statesOf(heard)?.reader.hidden ?? 0;
  /** @param {number | undefined} step */
  const at = (step) => () => patch({ step });
  const voices = store.voices.value;
  return [
    { id: "wave", caption: `A word as the microphone gives it: ${count(rate)} numbers a second.`, apply: at(undefined) },
    { id: "bands", caption: `Every ${number(1000 * answer.input.frame.hop, 0)} ms, ${bands} numbers: how strong each region of pitch is.`, apply: at(undefined), notes: "Bright: strong. Low pitch at the bottom. A hiss is bright at the top." },
    { id: "states", caption: `Each column of states comes from the column of bands over it and the column of states before it: ${plural(units, "unit")}, of which those are drawn that move the answer most.`, apply: at(undefined) },
    { id: "guess", caption: "Half of the word is heard. What will it say? Vote, then press on.", apply: at(half) },
    { id: "half", caption: () => soFar(heard, half), apply: at(half) },
    { id: "belief", caption: () => settledSays(heard), apply: at(undefined), notes: "Ask: at which sound was it sure?" },
    ...(voices ? [{ id: "voices", caption: voicesSay(voices), apply: at(undefined) }] : []),
  ]; // prettier-ignore
}
