"""Waiting for a page to be drawn whole, and the time that each of its frames takes.

    key or click -> the frame that answers it -> frames that draw what explains it -> at rest
                    └────────────── PRESS: milliseconds of each ───────────────┘     AT_REST
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

# Resolves once nothing has changed for three frames: a view is drawn over a few. A view that plays
# never rests; `most` ms are waited for it.
AT_REST = """(most) => new Promise((go) => {
  let quiet = 0;
  const until = performance.now() + (most ?? Infinity);
  const watch = new MutationObserver(() => (quiet = 0));
  const all = {subtree: true, childList: true, attributes: true, characterData: true};
  watch.observe(document.body, all);
  const frame = (now) =>
    quiet++ < 3 && now < until ? requestAnimationFrame(frame) : (watch.disconnect(), go());
  requestAnimationFrame(frame);
})"""

# A page hears of another fragment only after the browser went there.
NEXT_FRAME = "() => new Promise((go) => requestAnimationFrame(() => setTimeout(go)))"

# Milliseconds of handler, render and layout in every frame that one event takes: the one that
# answers it, then those that draw what explains it (components/trailing.js). Events come as if a
# key were held or a pointer moved: a key is a name, a pointer's place a selector and two shares.
PRESS = """async (what) => {
  const room = document.querySelector('.frame');
  const frames = [];
  let [from, begun, changed] = [0, false, false];
  const laid = () => (room.getBoundingClientRect(), frames.push(performance.now() - from));
  const begin = () => { // before all others of its frame
    [from, begun, changed] = [performance.now(), true, false];
    if (frames.length < 9) requestAnimationFrame(begin);
  };
  const done = new Promise((go) => {
    const end = () => { // after all others of its frame
      if (!changed) return go();
      laid();
      requestAnimationFrame(end);
    };
    const watch = new MutationObserver(() => {
      changed = true;
      if (begun || frames.length) return;
      laid();
      requestAnimationFrame(end);
    });
    watch.observe(room, {subtree: true, childList: true, attributes: true, characterData: true});
    setTimeout(() => (watch.disconnect(), go()), 500);
  });
  requestAnimationFrame(begin);
  let target = document.activeElement ?? document.body;
  let event = new KeyboardEvent('keydown', {key: what, bubbles: true, cancelable: true});
  if (Array.isArray(what)) {
    const [selector, across, down] = what;
    target = document.querySelector(selector);
    const box = target.getBoundingClientRect();
    event = new PointerEvent('pointermove', {bubbles: true,
      clientX: box.left + across * box.width, clientY: box.top + down * box.height});
  }
  from = performance.now();
  target.dispatchEvent(event);
  await done;
  await new Promise((go) => setTimeout(go, 33));
  return frames;
}"""

Event = str | list[Any]


def at_rest(page: Any, most: float | None = None) -> None:
    """Returns once all that waits for a later frame is drawn, or after `most` ms."""
    page.evaluate(AT_REST, most)


def p95(times: list[float]) -> float:
    """The value that 95 of 100 stay under."""
    return statistics.quantiles(times, n=20)[-1]


def every_event(page: Any, events: Sequence[Event]) -> list[list[float]]:
    """Milliseconds of each frame that an event took; nothing for one that changed nothing."""
    return [page.evaluate(PRESS, event) for event in events]


def frames_of(page: Any, events: Sequence[Event]) -> list[list[float]]:
    """The same, of the events that changed something."""
    return [frames for frames in every_event(page, events) if frames]
