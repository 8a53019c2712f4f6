"""What changing the network, the window and the answer may cost: time, frames, memory.

    a switch in What if or Pooling -> answered and drawn   ≤ 200 ms, the middle of several
    an arrow or the pointer over a map or the vector       ≤ 16 ms of any frame, p95
    100 switches                                           ≤ 1 MB of heap, no node

Times are the page's own clock.
"""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.cnn_room import graph_of, model_of, open_room
from tests.browser.frames import Event, at_rest, frames_of, p95

pytestmark = pytest.mark.timed

SWITCHES = 12
MANY = 100
BAR = 16
ROUNDS = 3  # the best of up to so many counts: other programs of the machine may take the rest

# Milliseconds from a key to the frame that shows the last of what follows: the answer is another,
# and nothing changed in six frames after it. Canvases are painted one frame after their elements.
SWITCH = """async ([key, number]) => {
  const read = () => document.querySelector(number)?.dataset.value;
  const before = read();
  await new Promise((go) => requestAnimationFrame(go)); // a hand is slower than a frame
  let last = 0;
  const watch = new MutationObserver(() => (last = performance.now()));
  const all = {subtree: true, childList: true, attributes: true, characterData: true};
  watch.observe(document.querySelector('.cnn'), all);
  const from = performance.now();
  const how = {key, bubbles: true, cancelable: true};
  document.body.dispatchEvent(new KeyboardEvent('keydown', how));
  while (read() === before && performance.now() - from < 5000)
    await new Promise((go) => setTimeout(go, 1));
  let drawn = 0;
  for (let quiet = 0, seen = -1; quiet < 6; quiet += 1) {
    await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
    if (seen === last) continue;
    [seen, quiet] = [last, 0];
    await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
    drawn = performance.now();
  }
  watch.disconnect();
  return [drawn - from, read() !== before];
}"""


def first_layer(page: Page, op: str) -> str:
    """The name of the network's first layer of a kind."""
    name = next(node["name"] for node in graph_of(page, model_of(page)) if node["op"] == op)
    return str(name)


@pytest.mark.parametrize(
    ("tab", "op", "key", "number"),
    [
        ("whatif", "conv2d", "o", ".effect-after"),
        ("pooling", "max_pool2d", "m", ".pool-rows .is-now .focus-share"),
    ],
)
def test_a_switch_is_answered_and_drawn_within_200_ms(
    page: Page, tab: str, op: str, key: str, number: str
) -> None:
    open_room(page)
    page.goto(f"/cnn#tab={tab}&layer={first_layer(page, op)}&channel=2&open=cell")
    page.wait_for_selector(number)
    at_rest(page)
    page.evaluate(SWITCH, [key, number])  # the first one compiles
    found = [page.evaluate(SWITCH, [key, number]) for _ in range(SWITCHES)]
    times = [took for took, _ in found]
    print(f"\na switch in {tab}, drawn: {statistics.median(times):.0f} ms, bar 200")
    assert all(changed for _, changed in found)
    assert statistics.median(times) <= 200, times


ARROWS: list[Event] = ["ArrowRight", "ArrowDown", "ArrowRight", "ArrowUp"] * 8
ACROSS: list[list[float]] = [[0.1 + 0.02 * k, 0.2 + 0.013 * (k % 20)] for k in range(32)]

# What is focused, the keys there, and where the pointer goes.
HANDS = {
    "convolution&open=cell": (".board-in .board-box", ARROWS, ".board-in .board-box"),
    "answer": (".vector-sheet", [*ARROWS, *["a"] * 8], ""),  # nothing there follows a pointer
}


@pytest.mark.parametrize("view", HANDS)
def test_keys_and_pointer_take_at_most_one_frame(page: Page, view: str) -> None:
    focus, keys, under = HANDS[view]
    open_room(page, f"tab={view}")
    page.locator(focus).focus()
    at_rest(page)
    hands: dict[str, list[Event]] = {"keys": keys}
    if under:
        hands["pointer"] = [[under, *place] for place in ACROSS]
    for name, events in hands.items():
        frames_of(page, events)  # the first round compiles
        found: list[float] = []
        while len(found) < ROUNDS and min(found, default=BAR + 1) > BAR:
            answered = frames_of(page, events)
            assert len(answered) > len(events) * 0.6, f"{name}: too few changed anything"
            found.append(p95([took for frames in answered for took in frames]))
        print(f"\n{view}, {name}: p95 of a frame {min(found):.1f} ms, bar {BAR}; rounds {found}")
        assert min(found) <= BAR, found


# --- memory ----------------------------------------------------------------------------------


def held(page: Page, tools: CDPSession) -> tuple[float, float]:
    """MB of heap and DOM nodes once the garbage is collected."""
    for _ in range(3):
        tools.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(100)
    found = {m["name"]: m["value"] for m in tools.send("Performance.getMetrics")["metrics"]}
    return found["JSHeapUsedSize"] / 1e6, found["Nodes"]


def switch(page: Page, times: int) -> None:
    """Switches the channel off and on, each time until the answer is another."""
    shares = "() => document.querySelector('.effect-rows').innerText"
    for _ in range(times):
        before: Any = page.evaluate(shares)
        page.keyboard.press("o")
        page.wait_for_function(f"(old) => ({shares})() !== old", arg=before)


def test_memory_stays_flat_over_a_hundred_switches(page: Page) -> None:
    open_room(page)
    page.goto(f"/cnn#tab=whatif&layer={first_layer(page, 'conv2d')}&channel=1")
    expect(page.locator(".effect-after").first).to_be_visible()
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")
    switch(page, 20)
    heap, nodes = held(page, tools)
    switch(page, MANY)
    after, more = held(page, tools)
    print(f"\n{MANY} switches: heap {after - heap:+.2f} MB (bar 1), nodes {more - nodes:+.0f}")
    assert after - heap <= 1
    assert more - nodes <= 0
