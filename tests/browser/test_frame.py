"""The frame of every page: keys, help, present mode, theme, trouble, sizes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.cnn_room import WHOLE
from tests.browser.frames import at_rest
from tests.browser.rnn_room import READY

MODELS = "**/api/v1/models"
# What a page shows once its first answers are here.
STOP = "/#present=1&stop=in-line"
PAGES = {
    "/": ".wall canvas",
    "/cnn": WHOLE,
    "/rnn": READY,
    "/compare": ".belief-line",
    "/lessons": ".plan h2",
    "/answer": ".answer-table",
}
DRAWN = {**PAGES, STOP: ".foot-place"}
SMALL_TARGETS = """(least) => [...document.querySelectorAll('button, select, a[href], summary')]
  .filter((e) => e.checkVisibility() && !e.closest('p, li, td, .unseen'))
  .map((e) => [e.getBoundingClientRect(), e.textContent.trim() || e.getAttribute('aria-label')])
  .filter(([box]) => box.width && Math.min(box.height, box.width) < least - 0.5)
  .map(([box, name]) => `${name} ${box.width} x ${box.height}`)"""


def opened(page: Page, path: str = "/") -> None:
    """A page whose first answers are drawn, without motion."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(path)
    expect(page.locator(".frame")).to_be_visible()
    page.wait_for_selector(DRAWN[path])
    at_rest(page, most=2000)


def theme(page: Page) -> str:
    """The theme the page is drawn in."""
    found: str = page.evaluate("document.documentElement.dataset.theme")
    return found


def presents(page: Page) -> bool:
    """Whether the page is in present mode."""
    found: bool = page.evaluate("document.documentElement.hasAttribute('data-present')")
    return found


def test_theme_follows_the_system_until_it_is_chosen(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page)
    assert theme(page) == "dark"
    page.keyboard.press("t")
    assert theme(page) == "light"
    page.reload()
    assert theme(page) == "light"


def test_help_lists_this_views_keys_and_turns_letters_off(page: Page) -> None:
    opened(page)
    page.keyboard.press("?")
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Keys in this view")
    for does in ("present", "theme", "next stop", "copy the link"):
        expect(card.get_by_role("row", name=re.compile(does)).first).to_be_visible()
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("switch").uncheck()
    page.keyboard.press("Escape")
    before = theme(page)
    page.keyboard.press("t")
    assert theme(page) == before
    page.get_by_role("button", name="Help and keys").click()
    page.get_by_role("switch").check()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert theme(page) != before


def test_keys_do_not_act_behind_a_dialog_or_with_ctrl(page: Page) -> None:
    opened(page)
    before = theme(page)
    page.keyboard.press("Alt+t")
    page.keyboard.press("?")
    page.keyboard.press("t")
    assert theme(page) == before


def test_go_to_reaches_every_room(page: Page) -> None:
    opened(page)
    page.keyboard.press("g")
    page.get_by_role("dialog").get_by_role("link", name="CNN").click()
    expect(page).to_have_url(re.compile("/cnn"))


def test_present_mode_walks_with_a_clicker(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page)
    page.keyboard.press("f")
    assert presents(page)
    assert theme(page) == "light"  # in a bright room dark greys fall to 2.2:1
    expect(page.locator(".header")).to_have_count(0)
    place = page.locator(".foot-place")
    expect(place).to_have_text(re.compile("^1 of "))
    for key in ("PageDown", "Space", "ArrowRight"):
        page.keyboard.press(key)
    expect(place).to_have_text(re.compile("^4 of "))
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text(re.compile("^2 of "))
    page.evaluate("window.stayed = true")
    page.keyboard.press("F5")
    expect(place).to_have_text(re.compile("^1 of "))
    assert page.evaluate("window.stayed")
    page.keyboard.press("b")
    expect(page.locator(".blank")).to_be_visible()
    page.keyboard.press(".")
    expect(page.locator(".blank")).to_have_count(0)
    page.keyboard.press("f")
    expect(page.locator(".header")).to_be_visible()
    assert theme(page) == "dark"


def test_a_link_opens_the_same_stop(page: Page) -> None:
    opened(page, STOP)
    expect(page.locator(".foot-place")).to_have_text(re.compile("^3 of "))
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("stop=vote"))
    page.reload()
    expect(page.locator(".foot-place")).to_have_text(re.compile("^4 of "))


def test_present_mode_needs_a_wider_screen(page: Page) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    opened(page)
    page.keyboard.press("f")
    expect(page.get_by_text("Present mode needs a wider screen.")).to_be_visible()
    assert not presents(page)


def test_copy_link_says_what_it_did(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page)
    page.keyboard.press("l")
    expect(page.locator(".toast")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_every_tab_stop_shows_its_focus(page: Page) -> None:
    opened(page)
    seen: set[str] = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "(() => { const e = document.activeElement; if (e === document.body) return null;"
            " const s = getComputedStyle(e); return [e.outerHTML.slice(0, 80), s.outlineStyle,"
            " parseFloat(s.outlineWidth)]; })()"
        )
        if found is None:
            break
        seen.add(found[0])
        assert found[1] == "solid", found
        assert found[2] >= 2, found
    assert len(seen) >= 8


def test_an_overloaded_server_is_asked_again_and_said(
    page: Page, allowed_errors: list[str]
) -> None:
    allowed_errors.append("status of 503")
    asked: list[str] = []

    def busy_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()
            return
        route.fulfill(
            status=503,
            headers={"Retry-After": "2", "Content-Type": "application/problem+json"},
            body='{"type":"about:blank","title":"Busy","status":503,"detail":"Server busy."}',
        )

    page.route(MODELS, busy_once)
    page.goto("/")
    expect(page.get_by_text(re.compile(r"Server busy\. Trying again in \d s\."))).to_be_visible()
    expect(page.locator(".wall").first).to_be_visible(timeout=15_000)
    expect(page.locator(".contact")).to_be_hidden()
    assert len(asked) == 2


@pytest.mark.parametrize("path", list(PAGES))
def test_large_text_needs_no_sideways_scroll(page: Page, path: str) -> None:
    page.add_init_script("localStorage.setItem('gridtime.textSize', '2')")
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        opened(page, path)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{overflow} px wider than {width}"


@pytest.mark.parametrize("path", list(PAGES))
def test_targets_are_24_px_for_a_pointer_and_44_px_for_a_finger(page: Page, path: str) -> None:
    opened(page, path)
    assert page.evaluate(SMALL_TARGETS, 24) == []
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, path)
    assert page.evaluate(SMALL_TARGETS, 44) == []
    assert page.locator(".header").evaluate("(e) => e.offsetHeight") == 48  # one line
