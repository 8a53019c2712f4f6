/**
 * Play: one step every 600 ms; with reduced motion a single step.
 *
 *     playing ── tick() every 600 / speed ms ──> tick returns false at the end: playing stops
 */
import { useEffect, useRef, useState } from "gridtime/lib/html.js";

const PACE = 600;
const SPEEDS = [0.5, 1, 2, 4];

/**
 * @param {() => boolean} tick one step further; false where there is none
 * @param {boolean} still reduced motion
 */
export function usePlay(tick, still) {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const latest = useRef(tick);
  latest.current = tick;
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => latest.current() || setPlaying(false), PACE / speed);
    return () => clearInterval(timer);
  }, [playing, speed]);
  /** @param {1 | -1} by */
  const faster = (by) =>
    setSpeed((now) => SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(now) + by))]);
  const toggle = () => (still ? void latest.current() : setPlaying((on) => !on));
  return { playing, speed, faster, toggle, stop: () => setPlaying(false) };
}
