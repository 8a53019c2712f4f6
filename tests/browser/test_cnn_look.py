"""The picture room on a projector, on a phone, and to a screen reader."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.cnn_room import open_room
from tests.browser.frames import at_rest

SMALL_TEXT = """() => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !e.checkVisibility() || e.closest('.unseen, svg')) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < 23.9) small.push([size, text.slice(0, 30), e.className]);
  }
  return small;
}"""

OVERFLOW = """() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  return [Math.max(0, scrollWidth - innerWidth), Math.max(0, scrollHeight - innerHeight)];
}"""

LENSES = [
    "tab=convolution",
    "tab=convolution&open=cell",
    "tab=pooling&open=cell",
    "tab=answer",
]


@pytest.mark.parametrize("view", ["", "tab=convolution&open=cell", "tab=pooling", "tab=answer"])
def test_present_mode_walks_with_nothing_small(page: Page, view: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_room(page, f"present=1&{view}")
    assert page.locator(".header").count() == 0
    walk_whole(page)


def walk_whole(page: Page) -> None:
    """Every stop of a walk: its own caption, no small text, nothing beyond the screen."""
    seen = []
    while True:
        at_rest(page, most=300)
        assert page.evaluate(SMALL_TEXT) == [], page.url
        assert page.evaluate(OVERFLOW) == [0, 0], page.url
        seen.append(page.locator(".foot-caption").inner_text())
        if page.get_by_role("button", name="Next stop").is_disabled():
            break
        page.keyboard.press("PageDown")
    assert len(set(seen)) == len(seen) > 1


def test_a_phone_never_scrolls_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for view in ("", *LENSES):
        open_room(page, view)
        assert page.evaluate(OVERFLOW)[0] == 0, view


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, theme: Any) -> None:
    page.emulate_media(color_scheme=theme)
    for view in ("every=1", *LENSES):
        open_room(page, view)
        found: Any = Axe().run(page)
        assert found.violations_count == 0, f"{view}: {found.generate_report()}"
