/**
 * One clock for both panels: a beat a layer, a beat a word.
 *
 *   whole (everything computed) -> play: 0, 1, 2 … last, every 600 ms -> rests
 */
import { useCallback, useEffect, useState } from "gridtime/lib/html.js";

const BEAT = 600;
/** The whole picture first; then how it came about. */
const HOLD = 1400;

/**
 * @typedef {object} Clock
 * @property {number} beat how many layers or words are done
 * @property {boolean} playing
 * @property {() => void} play from the start
 * @property {() => void} step one beat; from the end, to the start
 * @property {() => void} rest everything done
 */

/**
 * @param {number} last beats until both are done
 * @param {boolean} auto play once by itself
 * @returns {Clock}
 */
export function useClock(last, auto) {
  const [beat, setBeat] = useState(Infinity);
  const [playing, setPlaying] = useState(false);
  const play = useCallback(() => {
    setBeat(0);
    setPlaying(true);
  }, []);
  const rest = useCallback(() => {
    setPlaying(false);
    setBeat(Infinity);
  }, []);
  const step = useCallback(() => {
    setPlaying(false);
    setBeat((now) => (now >= last ? 0 : now + 1));
  }, [last]);
  useEffect(() => {
    if (!auto || last === 0) return undefined;
    const timer = setTimeout(play, HOLD);
    return () => clearTimeout(timer);
  }, [auto, last > 0]);
  useEffect(() => {
    if (!playing || last === 0) return undefined; // asked to play before there is anything
    if (beat >= last) return void setPlaying(false);
    const timer = setTimeout(setBeat, BEAT, beat + 1);
    return () => clearTimeout(timer);
  }, [playing, beat, last]);
  return { beat: Math.min(beat, last), playing, play, step, rest };
}
