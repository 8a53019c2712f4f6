"""The picture room on a projector, on a phone, and to a screen reader."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.cnn_room import open_room

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
    seen = []
    while True:
        page.wait_for_timeout(150)
        assert page.locator(".header").count() == 0
        assert page.evaluate(SMALL_TEXT) == []
        assert page.evaluate(OVERFLOW) == [0, 0], page.url
        seen.append(page.locator(".foot-caption").inner_text())
        following = page.get_by_role("button", name="Next stop")
        if following.is_disabled():
            break
        page.keyboard.press("PageDown")
    assert len(set(seen)) == len(seen) > 1


@pytest.mark.parametrize("view", ["", *LENSES])
def test_a_phone_never_scrolls_sideways(page: Page, view: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_room(page, view)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["every=1", *LENSES])
def test_axe_finds_nothing(page: Page, view: str, theme: Any) -> None:
    page.emulate_media(color_scheme=theme)
    open_room(page, view)
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
