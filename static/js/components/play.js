/**
 * Play: one step every 600 ms, letters faster; with reduced motion a single step.
 *
 *     playing ── tick() every pace / speed ms ──> tick returns false at the end: playing stops
 */
import { useEffect, useRef, useState } from "gridtime/lib/html.js";

const PACE = 600;
const SPEEDS = [0.5, 1, 2, 4];

/**
 * @param {() => boolean} tick one step further; false where there is none
 * @param {boolean} still reduced motion
 * @param {number} [pace] ms a step at speed 1
 */
export function usePlay(tick, still, pace = PACE) {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const latest = useRef(tick);
  latest.current = tick;
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => latest.current() || setPlaying(false), pace / speed);
    return () => clearInterval(timer);
  }, [playing, speed, pace]);
  /** @param {1 | -1} by */
  const faster = (by) =>
    setSpeed((now) => SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(now) + by))]);
  const toggle = () => (still ? void latest.current() : setPlaying((on) => !on));
  return { playing, speed, faster, toggle, stop: () => setPlaying(false) };
}

/**
 * The marker goes on to the last step; from there it begins anew. Without motion one step a press.
 * @param {{at: number, last: number, go: (step: number) => void, still: boolean, pace?: number, of: string | undefined}} walk
 *   of: what is walked; another one stops the play
 */
export function useWalked({ at, last, go, still, pace, of }) {
  const { playing, toggle, stop } = usePlay(() => at < last && (go(at + 1), true), still, pace);
  useEffect(stop, [of]);
  const play = () => {
    if (of === undefined) return;
    if (!playing && at >= last) go(0);
    if (!still || at < last) toggle();
  };
  return { playing, play };
}
