"""Speed: the past measurement at once, a live one by points, 429 in words; phone and projector.

Short texts alone are measured: the range in the address is what a visitor's choice writes.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

SHORT = "/compare#tab=speed&range=10,20"
API = "/api/v1/lab/speed"


def figures(page: Page) -> list[float]:
    """Time, what waits, work and work per step of every network at the chosen length."""
    cells = page.locator(".speed-figures [data-value]")
    return [float(value) for value in cells.evaluate_all("all => all.map(e => e.dataset.value)")]


def expected(run: dict[str, Any], length: int) -> list[float]:
    """The same out of the API's answer."""
    found = []
    for reader in run["readers"]:
        one = next(
            p for p in run["points"] if p["model"] == reader["model"] and p["length"] == length
        )
        found += [one["ms"]["median"], one["steps"], one["work"], one["work"] / one["steps"]]
    return found


def test_the_past_at_once_then_measured_here(page: Page) -> None:
    page.goto(SHORT)
    plots = page.get_by_role("application")
    expect(plots).to_have_count(3)
    run = page.request.get(API).json()
    assert figures(page) == pytest.approx(expected(run, run["lengths"][-1]))
    expect(page.locator(".speed-source")).to_contain_text(
        "this server" if run["here"] else "Not this server"
    )
    expect(page.locator("figure[data-measure=time] .speed-line")).to_have_count(len(run["readers"]))
    plots.first.press("Home")
    expect(page.locator(".speed-figures caption")).to_have_text("One text of 10 words")
    assert figures(page) == pytest.approx(expected(run, 10))
    box = plots.last.bounding_box()
    assert box is not None
    plots.last.click(position={"x": box["width"] * 0.76, "y": box["height"] / 2})
    expect(page.locator(".speed-figures caption")).to_have_text("One text of 4,000 words")
    plots.last.press("ArrowDown")
    expect(page).to_have_url(re.compile("model="))
    found = Axe().run(page).response["violations"]
    assert not found, found
    page.get_by_role("button", name="Show as table").click()
    expect(page.locator("dialog tbody tr")).to_have_count(len(run["points"]))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Measure here").click()
    expect(page.locator(".speed-source")).to_contain_text("Measured on this server")
    expect(page.locator("figure[data-measure=time] circle")).to_have_count(2 * len(run["readers"]))
    expect(page.locator(".speed-says")).to_contain_text("At 20 words")
    assert len(figures(page)) == 4 * len(run["readers"])


@pytest.fixture
def allowed_errors() -> list[str]:
    """The browser logs a 429 as an error of its own."""
    return ["status of 429"]


def test_stop_and_somebody_else_measures(page: Page) -> None:
    page.goto("/compare#tab=speed")
    expect(page.get_by_role("application")).to_have_count(3)
    before = figures(page)
    other = page.context.new_page()
    other.goto("/compare#tab=speed&range=10,10")
    expect(other.get_by_role("application")).to_have_count(3)
    page.get_by_role("button", name="Measure here").click()
    expect(page.locator(".speed-progress")).to_contain_text(re.compile(r"\d+ of 45"))
    expect(page.locator(".speed-before").first).to_be_attached()
    other.get_by_role("button", name="Measure here").click()
    expect(other.locator(".speed-progress")).to_contain_text("Another measurement runs")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator(".speed-before")).to_have_count(0)
    assert figures(page) == before
    other.get_by_role("button", name="Stop", exact=True).click()
    expect(other.locator(".speed-progress")).to_have_count(0)


def test_a_phone_and_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(SHORT)
    expect(page.locator(".speed-plot")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/compare#tab=speed&present=1")
    expect(page.locator(".foot-caption")).to_contain_text("Twice as many words: twice the time?")
    expect(page.locator(".speed-plot")).to_have_count(0)
    for says in ("multiply–adds", "Waiting line", "times as long"):
        page.keyboard.press("PageDown")
        expect(page.locator(".foot-caption")).to_contain_text(says)
        expect(page.locator(".speed-plot")).to_have_count(1)
        size = page.locator(".speed-beat b").first.evaluate("e => getComputedStyle(e).fontSize")
        assert float(size.removesuffix("px")) >= 40
        letters = page.locator(".speed-plot text").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect().height)"
        )
        assert min(letters) >= 24
    expect(page.get_by_role("button", name="Measure here")).to_be_visible()
