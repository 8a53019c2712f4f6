"""What the tests of the RNN room share: opening it, reading its numbers, its long texts."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import quote

from tests.browser.frames import at_rest

# One of these stands in every view once it is drawn.
READY = ", ".join(
    [
        ".strip .word", ".step-lanes .lane-value .num", ".down-row", ".receipt-word", ".unroll",
        ".bank-row", ".if-word", ".signal-plot", ".find-word", ".own .hue", ".plane-path",
    ]
)  # fmt: skip
SENTENCE = "The food was not good, but the music saved the evening."
LONG = " ".join(f"{SENTENCE} We stayed for {n} hours and talked of films." for n in range(60))

# data-value of every lane on screen, by its id
LANES = """() => Object.fromEntries([...document.querySelectorAll('[data-lane]')].map((lane) =>
  [lane.dataset.lane, Number(lane.querySelector('.lane-value [data-value]').dataset.value)]))"""


def open_room(page: Any, fragment: str = "", **more: str) -> None:
    """The RNN room with this address, once something is drawn."""
    extra = "&".join(f"{key}={quote(value)}" for key, value in more.items())
    page.set_default_timeout(90_000)  # a shared machine pauses at will
    page.goto("/rnn#" + "&".join(part for part in (fragment, extra) if part))
    page.wait_for_selector(READY)


def type_text(page: Any, text: str) -> None:
    """Types over what is in the field and gives it on with Enter."""
    field = page.get_by_role("textbox", name="Sentence")
    field.fill(text)
    field.press("Enter")


def words(page: Any) -> list[str]:
    """The words on screen."""
    return [text.strip() for text in page.locator(".words .word-text").all_inner_texts()]


def lanes(page: Any) -> dict[str, float]:
    """Every number of the chosen step, by its lane, once all of them are drawn."""
    at_rest(page)
    found: dict[str, float] = page.evaluate(LANES)
    return found


def values(page: Any, selector: str) -> list[float]:
    """data-values inside what a selector finds, once all of them are drawn."""
    at_rest(page)
    found: list[float] = page.evaluate(
        """(s) => [...document.querySelectorAll(s + ' [data-value]')]
          .map((e) => Number(e.dataset.value))""",
        selector,
    )
    return found


def near(a: float, b: float) -> bool:
    """Within the tolerance that every shown number keeps: 1e-5 of it, or of 1."""
    return abs(a - b) <= 1e-5 * max(1.0, abs(b))


def sigmoid(v: float) -> float:
    """1 / (1 + e^-v)."""
    return 1 / (1 + math.exp(-v))


def check_waterfall(page: Any, selector: str) -> float:
    """The exact terms add up to the exact total, the shown ones to the shown total; the total."""
    *terms, total = values(page, selector)
    assert near(sum(terms), total), (terms, total)
    texts = page.locator(f"{selector} .fall-value").all_inner_texts()
    *shown, last = [float(text.replace("\u2212", "-").replace("+", "")) for text in texts]
    assert abs(sum(shown) - last) < 1e-9, texts
    return total
