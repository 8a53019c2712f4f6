"""The budgets of DESIGN on the sentence room: a new sentence, a step key, memory.

Times are the page's own clock; the middle of several, because a shared machine pauses at will.
"""

from __future__ import annotations

import statistics

import pytest
from playwright.sync_api import Page, expect

from tests.browser.frames import every_event, p95
from tests.browser.rnn_room import SENTENCE, open_room

pytestmark = pytest.mark.timed

ROUNDS = 3  # of the same keys

# Text given on with Enter -> its words on screen and its units painted.
SENTENCE_DRAWN = """async ([text, last]) => {
  const field = document.querySelector('.sentencebox textarea');
  field.value = text;
  field.dispatchEvent(new Event('input', {bubbles: true}));
  await new Promise((go) => requestAnimationFrame(go)); // a hand is slower than a frame
  const from = performance.now();
  const how = {key: 'Enter', bubbles: true, cancelable: true};
  field.dispatchEvent(new KeyboardEvent('keydown', how));
  while (document.querySelector('.word:last-child .word-text')?.textContent !== last)
    await new Promise((go) => setTimeout(go, 1));
  await new Promise((go) => requestAnimationFrame(() => setTimeout(go, 0)));
  return performance.now() - from;
}"""


def fifty(last: str) -> str:
    """A sentence of 50 tokens that ends with a word of its own."""
    return f"{' '.join([SENTENCE] * 3)} The music was good, so it saved the whole {last}"


def test_a_new_sentence_of_fifty_words_is_drawn_within_200_ms(page: Page) -> None:
    open_room(page)
    lasts = """day film summer trip band night hotel week party game show story dinner evening year
               song team room house winter morning""".split()
    middle = 0.0
    for start in range(0, len(lasts), 7):  # other words once more where the machine was busy
        texts = [[fifty(last), last] for last in lasts[start : start + 7]]
        middle = statistics.median(page.evaluate(SENTENCE_DRAWN, text) for text in texts)
        print(f"\na new sentence of 50 words, drawn: {middle:.0f} ms, bar 200")
        if middle <= 200:
            break
    assert middle <= 200


@pytest.mark.parametrize("view", ["step=0", "tab=step&step=0"])
def test_a_step_key_takes_at_most_8_ms_of_a_frame(page: Page, view: str) -> None:
    """The word, its belief and the beat in the first frame, all else in the next ones."""
    open_room(page, view)
    page.wait_for_timeout(500)
    keys = ["ArrowRight"] * 12 + ["ArrowLeft"] * 12 + ["c", "ArrowRight"] * 6
    every_event(page, keys)  # the first round compiles
    rounds = [every_event(page, keys) for _ in range(ROUNDS)]
    # What a key takes is its shortest time: the longer ones hold pauses of the machine.
    best = [min(taken, key=sum) for taken in zip(*rounds, strict=True) if all(taken)]
    assert len(best) > len(keys) * 0.8
    found = {
        "the frame that answers": [frames[0] for frames in best],
        "every frame": [took for frames in best for took in frames],
    }
    whole = [sum(frames) for frames in best]
    for name, times in (*found.items(), ("all frames of a key together", whole)):
        print(f"\nstep key, {view}, {name}: median {statistics.median(times):.1f} ms, "
              f"p95 {p95(times):.1f}")  # fmt: skip
    assert not [f"{name}: {p95(times):.1f} ms" for name, times in found.items() if p95(times) > 8]


def test_memory_stays_over_100_sentences(page: Page) -> None:
    open_room(page)
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")

    def held() -> dict[str, float]:
        tools.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(200)
        tools.send("HeapProfiler.collectGarbage")
        metrics = tools.send("Performance.getMetrics")["metrics"]
        return {m["name"]: m["value"] for m in metrics}

    def switch(times: int) -> None:
        for k in range(times):
            page.locator(".example").nth(k % 4).click()
            expect(page.locator(".example").nth(k % 4)).to_have_attribute("aria-pressed", "true")
            page.wait_for_timeout(60)

    switch(12)
    before = held()
    switch(100)
    after = held()
    grown = (after["JSHeapUsedSize"] - before["JSHeapUsedSize"]) / 1e6
    nodes = after["Nodes"] - before["Nodes"]
    print(f"\n100 sentences: heap {grown:+.2f} MB (bar 1), nodes {nodes:+.0f} (bar 0)")
    assert grown <= 1
    assert nodes <= 0
