"""How far can it remember: what was measured, drawn with its chance line, by mouse and keys."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.rnn_room import values


def given_back(page: Page) -> list[float]:
    """Recall and loss of every cell at the chosen distance, then those of chance."""
    return values(page, ".remember .signal-readout")


def test_every_cell_is_drawn_against_chance_at_every_distance(page: Page) -> None:
    page.goto("/rnn#tab=remember")
    plot = page.get_by_role("application")
    expect(plot).to_be_visible()
    task = page.request.get("/api/v1/lab/remember").json()["tasks"][0]
    far = [cell["points"][-1]["recall"] for cell in task["cells"]]
    shown = given_back(page)
    assert shown[:-2:2] == pytest.approx(far)
    assert shown[-2] == pytest.approx(task["recall_chance"])
    plot.press("ArrowLeft")
    before = [cell["points"][-2]["recall"] for cell in task["cells"]]
    assert given_back(page)[:-2:2] == pytest.approx(before)
    expect(page.locator(".remember-plot .signal-line")).to_have_count(len(task["cells"]))
    expect(page.locator(".remember-chance")).to_have_count(1)
    page.get_by_role("button", name="copy").click()
    page.get_by_role("button", name="loss", exact=True).click()
    expect(page).to_have_url(re.compile("order=copy.*method=loss|method=loss.*order=copy"))
    found = Axe().run(page).response["violations"]
    assert not found, found


def test_a_phone_and_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/rnn#tab=remember")
    expect(page.locator(".remember-plot")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/rnn#tab=remember&present=1")
    expect(page.locator(".foot-caption")).to_contain_text("Learnt within")
    page.keyboard.press("PageDown")
    expect(page.locator(".foot-place")).to_have_text("2 of 2")
