"""The uses on one page: every answer is the network's own, every card leads to its view."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.frames import at_rest
from tests.browser.test_rnn_look import DOWN, SIDEWAYS, SMALLEST


def uses(page: Page) -> dict[str, Any]:
    """The page's own table, by id."""
    found: dict[str, Any] = page.evaluate(
        """async () => Object.fromEntries((await import('gridtime/math/applications.js')).USES
          .map((use) => [use.id, use]))"""
    )
    return found


def sample_of(page: Page, use: dict[str, Any]) -> str:
    """The sample that a card shows."""
    if "sample" in use:
        return str(use["sample"])
    samples = page.request.get(f"/api/v1/models/{use['model']}/samples").json()["samples"]
    return str(samples[0]["name"])


def test_every_answer_is_the_networks_own(page: Page) -> None:
    page.goto("/applications")
    table = uses(page)
    expect(page.locator(".use")).to_have_count(len(table))
    expect(page.locator(".use-waits")).to_have_count(0, timeout=20_000)
    for name, use in table.items():
        card = page.locator(f'.use[data-use="{name}"]')
        data = {"sample": sample_of(page, use), "options": use.get("options", {})}
        given = page.request.post(f"/api/v1/models/{use['model']}/predict", data=data).json()
        best = given["predictions"][0]
        said = card.locator(".use-answer")
        if "probability" in best:
            value = float(said.locator("[data-value]").get_attribute("data-value") or "nan")
            assert math.isclose(value, best["probability"], rel_tol=1e-6)
            expect(said).to_contain_text(best["label"])
        elif "text" in best:
            expect(said).to_contain_text(best["text"].strip().splitlines()[0][:40])
        else:
            assert said.inner_text().strip()
        metric = page.request.get(f"/api/v1/models/{use['model']}").json()["card"]["metrics"][0]
        expect(card.locator(".use-figure")).to_contain_text(metric["name"])


def test_every_card_leads_to_its_view(page: Page) -> None:
    page.goto("/applications")
    links = page.locator(".use h3 a")
    expect(links).to_have_count(len(uses(page)))
    links.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cnn#**")
    page.go_back()
    page.locator(".use").last.scroll_into_view_if_needed()
    page.locator(".use-takes").last.click(force=True)  # the whole card is the link
    page.wait_for_url(lambda url: "/applications" not in url)


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720)])
def test_a_projector_shows_a_group_at_a_time(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/applications#present=1")
    expect(page.locator(".uses section")).to_have_count(1)
    expect(page.locator(".use-waits")).to_have_count(0, timeout=20_000)
    stops = int(re.findall(r"\d+", page.locator(".foot-place").inner_text())[-1])
    titles = set()
    for stop in range(stops):
        if stop:
            page.keyboard.press("PageDown")
        at_rest(page, most=300)
        titles.add(page.locator(".uses h2").inner_text())
        assert max(page.evaluate(DOWN), page.evaluate(SIDEWAYS)) <= 0
        if size == (1920, 1080):
            assert page.evaluate(SMALLEST, 23.9) == []
    assert len(titles) == stops
