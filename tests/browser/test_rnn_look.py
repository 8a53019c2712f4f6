"""The sentence room on a projector, on a phone, and to a screen reader."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.rnn_room import open_room

SMALLEST = """(least) => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !e.checkVisibility() || e.closest('.unseen, svg, option')) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < least) small.push([size, text.slice(0, 30), e.className]);
  }
  return small;
}"""

BEAT_NUMBERS = """() => [...document.querySelectorAll('.lane-value [data-value]')]
  .map((e) => parseFloat(getComputedStyle(e).fontSize))"""

FORMULA = """() => [...document.querySelectorAll('.formula mn[data-value]')]
  .map((e) => parseFloat(getComputedStyle(e).fontSize))"""

SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
DOWN = "document.documentElement.scrollHeight - innerHeight"


def test_the_walk_in_present_mode(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_room(page, "present=1")
    captions: list[str] = []
    while True:
        page.wait_for_timeout(200)
        where = page.url.split("stop=")[-1]
        assert page.locator(".header, .tabs").count() == 0
        assert page.evaluate(SMALLEST, 23.9) == [], where
        assert page.evaluate(SIDEWAYS) <= 0, where
        assert page.evaluate(DOWN) <= 0, where
        assert all(size >= 40 for size in page.evaluate(BEAT_NUMBERS)), where
        assert all(size >= 35.9 for size in page.evaluate(FORMULA)), where
        captions.append(page.locator(".foot-caption p").first.inner_text())
        if page.get_by_role("button", name="Next stop").is_disabled():
            break
        page.keyboard.press("PageDown")
    assert len(captions) == 12
    assert captions.count("What will it say? Vote, then press on.") == 2


def test_a_vote_hides_the_answer(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    for stop in ("vote", "guess"):
        open_room(page, f"present=1&stop={stop}")
        page.wait_for_timeout(300)
        assert page.locator(".is-chosen .word-share[data-value]").count() == 0
        assert page.locator(".beliefs, .vote, .formula").count() == 0
        assert "%" not in page.locator(".foot-caption").inner_text()


def test_it_grows_with_a_4k_projector(page: Page) -> None:
    page.set_viewport_size({"width": 3840, "height": 2160})
    open_room(page, "present=1&stop=write")
    page.wait_for_timeout(300)
    assert page.evaluate(SMALLEST, 47.9) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["", "tab=step&step=3&open=f", "signal=f&every=1", "tab=receipt"])
def test_axe_finds_nothing(page: Page, view: str, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    open_room(page, view)
    page.wait_for_timeout(300)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


PHONE = ["", "tab=step&step=3", "tab=step&step=3&open=f&beat=write", "tab=receipt"]


@pytest.mark.parametrize("view", PHONE)
def test_a_phone_scrolls_down_only(page: Page, view: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_room(page, view)
    page.wait_for_timeout(300)
    assert page.evaluate(SIDEWAYS) <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_tap_chooses_and_a_second_opens_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_room(page)
    row = page.locator(".down-row button").nth(2)
    row.click()
    row.click()
    page.wait_for_selector(".step-lanes .beat-told")


@pytest.mark.parametrize("view", ["", "tab=step&step=4", "tab=receipt"])
def test_one_screen_at_a_desk(page: Page, view: str) -> None:
    open_room(page, view)
    page.wait_for_timeout(300)
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(DOWN) <= 0


def test_reduced_motion_steps_instead_of_playing(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_room(page, "step=0")
    page.get_by_role("button", name="Step", exact=True).click()
    page.wait_for_timeout(1500)
    assert page.locator(".word.is-chosen [data-step='1']").count() == 1
