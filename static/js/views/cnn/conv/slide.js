/**
 * Where the window is and what is filled: the state behind play, step, drag and keys.
 *
 *     URL cell, order, step ─> {mask, filled, done}
 *     play ── every 600 / speed ms ──> next turn      fast: several turns a frame
 *     hand (drag, arrows) ──> the window goes there; in any order, what it visits is filled too
 *
 * Without `step` the whole map is there and the window only points.
 */

import { useEffect, useMemo, useRef, useState } from "gridtime/lib/html.js";
import { bind } from "gridtime/lib/keys.js";
import { filledBy, lastRank, orderOf, placeAt } from "gridtime/math/slide.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("gridtime/math/slide.js").Order} Order */
/** @typedef {[number, number]} Cell */
/** @typedef {ReturnType<typeof useSlide>} Slide */

const PACE = 600;
/** Shortest beat: what a screen can show. */
const FRAME = 40;
export const SPEEDS = [1, 2, 4, 16, 64, 256];

/** @returns {boolean} asked for in the visitor's system */
export const still = () =>
  globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;

/**
 * @param {Room} room @param {{height: number, width: number}} size of the output map
 * @param {Cell} cell where the window is
 * @param {unknown} fresh what, when it changes, ends the play: layer, channel, picture
 */
export function useSlide(room, size, cell, fresh) {
  const { order: word, step } = room.state.value;
  const order = orderOf(word);
  const count = size.height * size.width;
  const place = cell[0] * size.width + cell[1];
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(SPEEDS[0] ?? 1);
  const hand = useRef(/** @type {Set<number>} */ (new Set()));
  const filling = step !== undefined;
  const rank = !filling ? count - 1 : order === "rows" ? place : Math.min(step, lastRank(order, count));
  if (filling && order === "any") hand.current.add(place);
  const visited = hand.current.size;
  const mask = useMemo(() => (filling ? filledBy(order, rank, count, order === "any" ? hand.current : undefined) : null),
    [filling, order, rank, count, visited]);
  const filled = mask ? mask.reduce((n, one) => n + one, 0) : count;

  /** @param {number} to a turn @param {Partial<import("gridtime/stores/url.js").State>} [more] */
  const go = (to, more = {}) => {
    const next = order === "all" ? place : placeAt(order, to, count);
    room.patch({ step: to, cell: [Math.floor(next / size.width), next % size.width], ...more });
  };
  const begin = () => (hand.current.clear(), go(0));
  /** @param {number} by turns @returns {boolean} false: that was the last */
  const tick = (by) => {
    const last = lastRank(order, count);
    if (!filling || (rank >= last && filled >= count)) return begin(), last > 0;
    let to = Math.min(last, rank + by);
    while (order === "any" && to < last && hand.current.has(placeAt(order, to, count))) to++;
    go(to);
    return to < last;
  };
  const latest = useRef(tick);
  latest.current = tick;
  const beat = Math.max(FRAME, PACE / speed);
  useEffect(() => {
    if (!playing) return undefined;
    let due = performance.now(); // turns are counted by the clock: a slow page shows fewer, not later
    const timer = setInterval(() => {
      if (room.state.peek().step === undefined) return end(); // the whole map was asked for
      const turns = Math.max(1, Math.round(((performance.now() - due) * speed) / PACE));
      due += (turns * PACE) / speed;
      if (!latest.current(turns)) end();
    }, beat);
    // at once: the effect ends after the next paint, and a turn before it would begin anew
    const end = () => (clearInterval(timer), setPlaying(false));
    return () => clearInterval(timer);
  }, [playing, speed]);
  const shown = useRef(fresh);
  useEffect(() => {
    if (shown.current === fresh) return;
    shown.current = fresh;
    hand.current.clear();
    setPlaying(false);
    if (room.state.peek().step !== undefined) room.patch({ step: undefined });
  }, [fresh]);

  const stop = () => setPlaying(false);
  const step1 = () => (stop(), latest.current(1));
  const toggle = () => {
    if (still()) return void latest.current(1);
    if (playing) return stop();
    if (!filling || filled >= count) begin();
    setPlaying(true);
  };
  /** @param {number} by */
  const faster = (by) => setSpeed((now) =>
    SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(now) + by))] ?? 1);
  /** @param {Cell} to the window, moved by hand */
  const move = (to) => (stop(), room.patch({ cell: to }));
  /** Another order starts from nothing, or goes on playing. @param {Order} next */
  const choose = (next) => {
    hand.current.clear();
    const first = next === "all" ? place : placeAt(next, 0, count);
    room.patch({ order: next === "rows" ? undefined : next, step: 0, cell: [Math.floor(first / size.width), first % size.width] });
  };
  /** The whole map at once. */
  const finish = () => (stop(), hand.current.clear(), room.patch({ step: undefined }));
  /** @param {number} pace */
  const play = (pace) => (setSpeed(pace), begin(), setPlaying(true));
  return {
    order, playing, speed, mask, filled, count, filling, done: !playing && filled >= count, beat,
    toggle, next: step1, faster, move, choose, finish, stop, play,
  };
}

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].flatMap((key) => [key, `Shift+${key}`]);

/**
 * P, + and − while the view is open; arrows too where the room's own do not move its window.
 * @param {Slide} slide @param {(event: KeyboardEvent) => boolean} [arrow] false: not for us
 */
export function useSlideKeys(slide, arrow) {
  const latest = useRef({ slide, arrow });
  latest.current = { slide, arrow };
  useEffect(() => bind({
    p: () => latest.current.slide.toggle(), "+": () => latest.current.slide.faster(1), "-": () => latest.current.slide.faster(-1),
    ...Object.fromEntries(ARROWS.map((key) => [key, (/** @type {KeyboardEvent} */ event) => latest.current.arrow?.(event) ?? false])),
  }, { description: { p: "play or pause the window", "+": "faster", "-": "slower" } }), []);
}
