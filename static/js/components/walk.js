/**
 * The walk: the stops that PageDown and PageUp go through, kept in the URL.
 *
 *   walk [{id, caption, apply}] + state.stop -> where we are -> step(+1) -> apply() of that stop
 *
 * While a lesson runs, its bar has the keys: it goes from stop to stop of many walks.
 */
import { useEffect, useMemo, useRef } from "gridtime/lib/html.js";
import { bind } from "gridtime/lib/keys.js";
import { live } from "gridtime/components/live.js";
import { running } from "gridtime/stores/lesson.js";
import { blank, present } from "gridtime/stores/ui.js";
import { patch, state } from "gridtime/stores/url.js";

/** @typedef {import("gridtime/lib/html.js").Children} Children */
/**
 * @typedef {object} Stop
 * @property {string} id
 * @property {Children | (() => Children)} caption one sentence; a function is asked when it is shown
 * @property {() => void} [apply] bring the view to this stop
 * @property {string} [notes] for the speaker
 */
/**
 * @typedef {object} Walk
 * @property {Stop[]} stops
 * @property {number} at -1: not on the walk
 * @property {(to: number) => void} go
 * @property {() => void} next
 * @property {() => void} previous
 */

/**
 * @param {Stop[]} stops
 * @param {string | undefined} id
 */
export const placeOf = (stops, id) => stops.findIndex((stop) => stop.id === id);

/**
 * Where a step leads: held at both ends, so that a clicker pressed too often loses nothing.
 * @param {number} at
 * @param {number} by
 * @param {number} count
 */
export const stepTo = (at, by, count) => Math.max(0, Math.min(count - 1, at < 0 ? 0 : at + by));

/**
 * @param {Stop[]} stops
 * @returns {Walk}
 */
export function useWalk(stops) {
  const latest = useRef(stops);
  latest.current = stops;
  const at = placeOf(stops, state.value.stop);
  const walk = useMemo(() => {
    /** @param {number} to */
    const go = (to) => {
      const stop = latest.current[to];
      if (!stop) return;
      blank.value = false;
      patch({ stop: stop.id });
      stop.apply?.();
      if (typeof stop.caption === "string") live(stop.caption);
    };
    const place = () => placeOf(latest.current, state.peek().stop);
    /** @param {number} by */
    const by = (by) => () => go(stepTo(place(), by, latest.current.length));
    return { go, next: by(1), previous: by(-1) };
  }, []);
  useWalkKeys(walk);
  useArrival(latest, walk.go);
  return { stops, at, ...walk };
}

/** @param {Pick<Walk, "go" | "next" | "previous">} walk */
function useWalkKeys({ go, next, previous }) {
  const given = running.value;
  useEffect(() => (given ? undefined : bind({ PageDown: next, PageUp: previous }, { description: { PageDown: "next stop", PageUp: "previous stop" } })), [given]);
  const on = present.value;
  useEffect(() => {
    if (!on || given) return undefined;
    const off = [
      bind({ Space: next, ArrowRight: next, ArrowLeft: previous }, { idle: true, description: { Space: "next stop", ArrowRight: "next stop", ArrowLeft: "previous stop" } }),
      bind({ F5: () => go(0) }, { description: "first stop" }),
    ];
    return () => off.forEach((stop) => stop());
  }, [on, given]);
  useEffect(() => {
    if (!on) return undefined;
    const off = [
      bind({ b: () => (blank.value = !blank.peek()), ".": () => (blank.value = !blank.peek()) }, { description: "blank screen" }),
    ];
    return () => off.forEach((stop) => stop());
  }, [on]);
}

/**
 * A link to a stop opens it; present mode without a stop starts at the first.
 * @param {{current: Stop[]}} latest
 * @param {(to: number) => void} go
 */
function useArrival(latest, go) {
  const id = state.value.stop;
  const on = present.value;
  const ready = latest.current.length > 0;
  const arrived = useRef("");
  useEffect(() => {
    // Pressed on before this stop was drawn: it is the next one's turn, which counts as not arrived.
    if (!ready || state.peek().stop !== id) return;
    const place = placeOf(latest.current, id);
    if (place < 0) {
      if (on) go(0);
    } else if (arrived.current !== id) latest.current[place].apply?.();
    arrived.current = state.peek().stop ?? "";
  }, [id, on, ready]);
}
