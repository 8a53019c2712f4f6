"""The forecast room: an origin that moves, a series of the visitor's own, a phone, a projector."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

MODEL = "/api/v1/models/forecast-gru"


def answer(page: Page, body: dict[str, Any]) -> dict[str, Any]:
    """What REST says."""
    found: dict[str, Any] = page.request.post(f"{MODEL}/predict", data=body).json()
    return found


def shown(page: Page, place: str) -> list[float]:
    """The exact numbers within a place."""
    values = page.locator(f"{place} .num").evaluate_all("all => all.map(e => e.dataset.value)")
    return [float(value) for value in values]


def test_the_origin_moves_and_all_follows(page: Page) -> None:
    page.goto("/forecast#sample=airline")
    expect(page.locator(".forecast-step h2")).to_contain_text("1960-01: step 1 of 12 steps ahead")
    said = answer(page, {"sample": "airline", "options": {"origin": 132}})
    first = said["predictions"][0]
    expected = [first["values"][0], first["lower"][0], first["upper"][0]]
    expected += [said["naive"]["last_value"][0], said["naive"]["grown_season"][0]]
    expected += [said["backtest"]["actual"][0]]
    assert shown(page, ".forecast-step > dl") == pytest.approx(expected, rel=1e-9)
    errors = said["backtest"]
    names = ("network", "last_value", "grown_season", "last_season")
    both = [errors[of][name] for name in names for of in ("mae", "mase")]
    assert shown(page, ".forecast-errors table") == pytest.approx(both, rel=1e-9)
    # How the median came to be adds up to it.
    page.get_by_text("How this median came to be").click()
    ago, grown, added, z, scale, level, u, value = shown(page, ".forecast-worked")
    assert z == pytest.approx(ago + grown + added, abs=1e-5)
    assert u == pytest.approx(z * scale + level, abs=1e-5)
    assert value == pytest.approx(math.exp(u), rel=1e-5)
    assert value == pytest.approx(first["values"][0], rel=1e-5)
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page).to_have_url(re.compile("origin=120"))
    expect(page.locator(".forecast-step h2")).to_contain_text("1959-01")
    earlier = answer(page, {"sample": "airline", "options": {"origin": 120}})
    mae = [earlier["backtest"]["mae"][name] for name in names]
    assert shown(page, ".forecast-errors table")[::2] == pytest.approx(mae, rel=1e-9)
    page.locator(".forecast-plot").press("ArrowLeft")
    expect(page.locator(".forecast-step h2")).to_have_text("1958-12: read")
    page.get_by_label("Origin: how many values are known").press("End")
    expect(page.locator(".forecast-errors h2")).to_have_text("What came is not known")
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_states_and_input_are_the_trace(page: Page) -> None:
    page.goto("/forecast#sample=sunspots&step=10")
    expect(page.locator(".unitmap")).to_be_visible()
    body = {"sample": "sunspots", "options": {"origin": 298}}
    tensors = page.request.post(f"{MODEL}/trace?layers=input,gru", data=body).json()["tensors"]
    unit = int(re.findall(r"unit (\d+)", page.locator(".is-unit").inner_text())[0])
    hidden = tensors["gru"]["shape"][1]
    state = tensors["gru"]["data"][10 * hidden + unit]
    assert shown(page, ".is-unit")[0] == pytest.approx(state, abs=1e-6)
    seen = shown(page, ".forecast-says:not(.is-unit)")
    assert seen == pytest.approx(tensors["input"]["data"][30:33], abs=1e-6)


def test_every_held_out_series_with_its_errors(page: Page) -> None:
    page.goto("/forecast")
    rows = page.locator(".forecast-held tbody tr")
    series = page.request.get(f"{MODEL}/forecasts").json()["series"]
    expect(rows).to_have_count(len(series))
    says = {2: "below both", 1: "below one of two", 0: "below neither"}
    for place, one in enumerate(series):
        mae = one["mae"]
        expected = [one["n"], mae["network"], mae["last_value"], mae["grown_season"]]
        expected += [mae["last_season"], one["mase"], one["inside"]]
        values = rows.nth(place).locator(".num").evaluate_all("r => r.map(e => e.dataset.value)")
        assert [float(v) for v in values] == pytest.approx(expected)
        expect(rows.nth(place).locator(".forecast-verdict")).to_have_text(says[one["below"]])


def test_a_series_of_ones_own_and_what_is_none(page: Page, allowed_errors: list[str]) -> None:
    allowed_errors.append("status of 4")
    page.goto("/forecast")
    page.get_by_role("button", name="Your own series").click()
    field = page.get_by_label("A column of a table")
    values = [10 + k + (5 if k % 4 == 0 else 0) for k in range(28)]
    lines = [f"{2020 + k // 4}-{k % 4 + 1};{v}" for k, v in enumerate(values)]
    lines[9] = "2022-2;"
    field.fill("quarter;sales\n" + "\n".join(lines))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("A season of 4 steps was measured").first).to_be_visible()
    expect(page.get_by_text("1 missing value within was filled").first).to_be_visible()
    expect(page).to_have_url(re.compile("text=quarter"))
    expect(page.locator(".forecast-step h2")).to_contain_text("step 1 of 4")
    filled = [*values[:9], (values[8] + values[10]) / 2, *values[10:]]
    said = answer(page, {"series": filled})["predictions"][0]
    assert shown(page, ".forecast-step > dl")[0] == pytest.approx(said["values"][0], rel=1e-6)
    season = page.get_by_role("spinbutton", name="Season")
    season.fill("5")
    season.press("Enter")
    expect(page.locator(".forecast-step h2")).to_contain_text("step 1 of 5")
    for text, says in (("no numbers here", "There are no numbers"), ("5\n" * 30, "one value")):
        field.fill(text)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("alert")).to_contain_text(says)


def test_a_phone_and_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/forecast#sample=co2")
    expect(page.locator(".forecast-plot")).to_be_visible()
    expect(page.locator(".forecast-key li")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/forecast#present=1")
    place, caption = page.locator(".foot-place"), page.locator(".foot-caption")
    expect(place).to_have_text(re.compile("^1 of 9"))
    fits = "document.documentElement.scrollHeight - innerHeight"
    small = """() => [...document.querySelectorAll(".forecast *")].filter((e) =>
      [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length
      && !e.closest(".unseen, svg") && parseFloat(getComputedStyle(e).fontSize) < 23.9)
      .map((e) => e.textContent)"""
    letters = """() => [...document.querySelectorAll(".forecast-plot svg")].map((svg) =>
      parseFloat(svg.style.getPropertyValue("--letter")) * svg.getScreenCTM().a)"""
    for stop in range(1, 10):
        expect(place).to_have_text(re.compile(f"^{stop} of 9"))
        assert page.evaluate(fits) <= 0, stop
        assert page.evaluate(small) == [], stop
        assert all(size >= 23.9 for size in page.evaluate(letters)), stop
        if stop == 4:
            expect(caption).to_contain_text("Draw it in the air")
            expect(page.locator(".forecast-line.is-network")).to_have_count(0)
        if stop == 8:
            expect(page.locator(".forecast-errors tbody tr")).to_have_count(4)
        page.keyboard.press("PageDown")
    expect(page.locator(".forecast-held tbody tr")).to_have_count(7)
