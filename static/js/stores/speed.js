/**
 * Speed: the last measurement of the server at once, and one of the visitor's own, point by point.
 *
 *   load -> past            measure(range) -> now: start, points … -> end: past = now, now = null
 *   429 -> waiting: counts the server's seconds down, asks again   stop -> now = null
 */
import { batch, signal } from "@preact/signals-core";
import * as api from "gridtime/api/lines.js";
import { Problem } from "gridtime/api/problem.js";
import { begun, grown, within } from "gridtime/math/speed.js";
import { createRequest } from "gridtime/stores/request.js";

/** @typedef {import("gridtime/math/speed.js").Run} Run */
/** @typedef {import("gridtime/math/speed.js").Line} Line */
/** @typedef {ReturnType<typeof createSpeed>} SpeedStore */

const COMMAND = "POST /api/v1/lab/speed";
const SECOND = 1000;

export function createSpeed() {
  const last = /** @type {import("gridtime/stores/request.js").Request<Run>} */ (createRequest());
  const now = signal(/** @type {Run | null} */ (null));
  const running = signal(false);
  /** Seconds until it asks again; 0: it does not wait. */
  const waiting = signal(0);
  const problem = signal(/** @type {Error | null} */ (null));
  /** @type {AbortController | undefined} */
  let current;

  const load = () => last.run(api.speed);

  /** @param {Line} line */
  function take(line) {
    if (line.type === "start") now.value = begun(line, COMMAND);
    else if (now.value) now.value = grown(now.value, line);
  }

  /** Until nobody else measures. @param {{lengths?: number[]}} body @param {AbortSignal} stop */
  async function turn(body, stop) {
    for (;;) {
      try {
        return await api.measureSpeed(body, stop, take);
      } catch (reason) {
        if (!(reason instanceof Problem) || reason.status !== 429) throw reason;
        waiting.value = Math.max(1, Math.ceil(reason.retryAfter));
        while (waiting.value > 0) {
          await new Promise((done) => setTimeout(done, SECOND));
          stop.throwIfAborted();
          waiting.value -= 1;
        }
      }
    }
  }

  /** @param {AbortController} mine */
  const end = (mine) => mine === current && batch(() => ((running.value = false), (waiting.value = 0), (current = undefined)));

  /** Points of a measurement that broke off stay only where there is no other. @param {Error} reason */
  const broken = (reason) => batch(() => ((problem.value = reason), (now.value = last.value.peek() ? null : now.value)));

  /** @param {[number, number] | undefined} range of lengths */
  async function measure(range) {
    const mine = (current = new AbortController());
    const lengths = range && within(last.value.peek()?.ladder ?? [], range);
    batch(() => ((running.value = true), (problem.value = null), (now.value = null)));
    try {
      await turn(lengths?.length ? { lengths } : {}, mine.signal);
      if (mine === current) batch(() => ((last.value.value = now.value), (now.value = null)));
    } catch (reason) {
      if (mine === current && !mine.signal.aborted) broken(/** @type {Error} */ (reason));
    } finally {
      end(mine);
    }
  }

  /** The earlier measurement is shown again. */
  function stop() {
    current?.abort();
    batch(() => ((running.value = false), (waiting.value = 0), (now.value = null)));
    current = undefined;
  }

  return { past: last.value, busy: last.busy, trouble: last.problem, now, running, waiting, problem, load, measure, stop };
}
