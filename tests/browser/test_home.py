"""Home: two living panels from real answers, on one clock; present mode; the phone."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

SMALLEST_TEXT = """() => {
  const sizes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!node.textContent.trim() || !box.checkVisibility({visibilityProperty: true})) continue;
    if (box.closest(".unseen, noscript")) continue;
    sizes.push([parseFloat(getComputedStyle(box).fontSize), node.textContent.trim()]);
  }
  return sizes.sort((a, b) => a[0] - b[0])[0];
}"""


@pytest.fixture
def still(page: Page) -> Page:
    """A visitor who asked for less motion: everything is drawn at once and rests."""
    page.emulate_media(reduced_motion="reduce")
    return page


def opened(page: Page, fragment: str = "") -> None:
    """Home with both panels drawn."""
    page.goto(f"/{fragment}")
    expect(page.locator(".memory, .wall canvas").first).to_be_visible(timeout=15_000)
    page.wait_for_load_state("networkidle")


def answer(url: str, model: str, sample: str) -> dict[str, Any]:
    """What the server predicts for a sample."""
    post = httpx.post(f"{url}/api/v1/models/{model}/predict", json={"sample": sample}, timeout=30)
    found: dict[str, Any] = post.json()
    return found


def test_both_panels_show_the_networks_own_answers(still: Page, live_server: str) -> None:
    opened(still)
    first = httpx.get(f"{live_server}/api/v1/models/photos/samples").json()["samples"][0]["name"]
    best = answer(live_server, "photos", first)["predictions"][0]
    shown = still.locator(".verdict [data-value]")
    assert float(shown.get_attribute("data-value") or 0) == pytest.approx(
        best["probability"], abs=1e-5
    )
    expect(still.locator(".verdict")).to_contain_text(best["label"])
    expect(still.locator(".wall.is-lit")).to_have_count(still.locator(".wall").count())


def test_the_counters_come_from_graph_and_input(still: Page, live_server: str) -> None:
    opened(still)
    graph = httpx.get(f"{live_server}/api/v1/models/photos").json()["graph"]
    layers = sum("weights" in n["attributes"] and bool(n["attributes"]["weights"]) for n in graph)
    words = still.locator(".word").count()
    line = still.locator(".counter p")
    expect(line.nth(0)).to_have_text(f"Waiting line: {layers} layers, however large the picture")
    expect(line.nth(1)).to_have_text(f"Waiting line: {words} words; longer text, longer line")


def test_the_clock_plays_once_moves_no_word_and_rests_whole(page: Page) -> None:
    opened(page)
    ahead = page.locator(".word:not(.is-read)")
    expect(ahead.first).to_be_visible(timeout=10_000)
    expect(ahead.first).to_contain_text("not read yet")
    places = "[...document.querySelectorAll('.word-text')].map(w => w.getBoundingClientRect().x)"
    before = page.evaluate(places)
    expect(page.get_by_role("button", name="Replay")).to_be_visible(timeout=30_000)
    expect(ahead).to_have_count(0)
    assert page.evaluate(places) == before
    page.wait_for_timeout(2500)
    expect(ahead).to_have_count(0)


def test_less_motion_turns_play_into_step(still: Page) -> None:
    opened(still)
    still.get_by_role("button", name="Step").click()
    expect(still.locator(".word.is-read")).to_have_count(0)
    still.get_by_role("button", name="Step").click()
    expect(still.locator(".word.is-read")).to_have_count(1)
    expect(still.locator(".wall.is-lit")).to_have_count(1)


def test_a_card_states_score_baseline_and_limits(still: Page) -> None:
    opened(still)
    still.locator(".network-name").first.click()
    card = still.get_by_role("dialog")
    expect(card).to_contain_text("What it cannot do")
    expect(card).to_contain_text("without learning")
    expect(card).to_contain_text("Licence")
    found: Any = Axe().run(still)
    assert found.violations_count == 0, found.generate_report()
    still.keyboard.press("Escape")
    expect(card).to_be_hidden()


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
def test_present_mode_has_no_small_text_at_any_stop(still: Page, size: tuple[int, int]) -> None:
    least = size[1] / 45  # 24 px at 1080p, 48 px at 4K
    still.set_viewport_size({"width": size[0], "height": size[1]})
    opened(still, "#present=1")
    stops = int((still.locator(".foot-place").inner_text()).split()[-1])
    for _ in range(stops):
        found = still.evaluate(SMALLEST_TEXT)
        assert found[0] >= least - 0.01, found
        overflow = still.evaluate("document.documentElement.scrollHeight - innerHeight")
        assert overflow <= 0, f"{still.url} is {overflow} px taller than the screen"
        still.keyboard.press("PageDown")
    expect(still.locator(".foot-place")).to_have_text(f"{stops} of {stops}")


def test_the_vote_hides_the_answer_until_the_next_stop(still: Page) -> None:
    still.set_viewport_size({"width": 1920, "height": 1080})
    opened(still, "#present=1&stop=vote")
    expect(still.locator(".foot-caption")).to_have_text("What will it say? Vote, then press on.")
    last = still.locator(".word").last
    expect(last).to_contain_text("?")
    expect(last.locator("[data-value]")).to_have_count(0)
    still.keyboard.press("PageDown")
    expect(still).to_have_url(re.compile("stop=answer"))
    expect(last.locator("[data-value]")).to_have_count(1)
    size = last.locator("[data-value]").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 40


def test_first_load_stays_under_400_kb(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    got: list[float] = []
    session.on("Network.loadingFinished", lambda event: got.append(event["encodedDataLength"]))
    opened(page)
    assert 0 < sum(got) <= 400_000, f"{sum(got):.0f} bytes"


def test_without_a_server_home_says_so_and_tries_again(
    page: Page, allowed_errors: list[str]
) -> None:
    allowed_errors.append("Failed to load resource")
    page.route("**/api/v1/models", lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_text("No contact. This is the last answer.").first).to_be_visible()
    page.unroute("**/api/v1/models")
    page.get_by_role("button", name="Try now").first.click()
    expect(page.locator(".wall").first).to_be_visible(timeout=15_000)
    expect(page.locator(".contact")).to_be_hidden()
