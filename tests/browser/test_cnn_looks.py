"""What channels look for, edges to classes, training, trust and cortex: what is shown is measured.

    studies, trace (REST) -> figures -> the same figures on the page, by click and by key
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.cnn_room import READY, close, open_room, values
from tests.browser.frames import at_rest
from tests.browser.test_cnn_look import OVERFLOW, walk_whole

TABS = ("looks", "hierarchy", "training", "trust", "cortex")
PREFERS = 0.9


def studies_of(page: Page, model: str = "photos") -> dict[str, Any]:
    """What was measured of a network."""
    found: dict[str, Any] = page.request.get(f"/api/v1/models/{model}/studies").json()
    return found


def post(page: Page, what: str, body: dict[str, Any], model: str = "photos") -> dict[str, Any]:
    """An answer of the API as JSON."""
    headers = {"content-type": "application/json", "accept": "application/json"}
    url = f"/api/v1/models/{model}/{what}"
    sent = page.request.post(url, data=json.dumps(body), headers=headers)
    found: dict[str, Any] = sent.json()
    return found


def test_a_channel_is_shown_by_its_figures_and_patches(page: Page) -> None:
    open_room(page, "tab=looks&layer=conv5&channel=3")
    expect(page.locator(".patch").first).to_be_visible()
    layer = page.locator(".looks .stage-switch [aria-pressed=true]").inner_text()
    figures = studies_of(page)["channels"][layer][3]
    shown = values(page, ".class-dots")
    assert all(close(a, row["auroc"]) for a, row in zip(shown, figures["best"], strict=True))
    best = values(page, ".patches")
    assert best == sorted(best, reverse=True)
    assert all(v > 0 for v in best)
    expect(page.locator(".patch")).to_have_count(8)
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("channel=4"))
    page.keyboard.press("Shift+C")
    wall = page.locator(".looks-wall canvas").first
    wall.click(position={"x": 6, "y": 6})
    expect(page).to_have_url(re.compile("channel=0"))
    page.keyboard.press("k")
    expect(page.locator(".looks .stage-switch [aria-pressed=true]")).not_to_have_text(layer)


def test_patches_are_the_largest_values_of_real_traces(page: Page) -> None:
    open_room(page, "tab=looks&layer=conv5&channel=3")
    expect(page.locator(".patch")).to_have_count(8)
    layer = page.locator(".looks .stage-switch [aria-pressed=true]").inner_text()
    rows = page.request.get("/api/v1/models/photos/samples").json()["samples"]
    most = []
    for row in rows:
        traced = post(page, f"trace?layers={layer}", {"sample": row["name"]})["tensors"][layer]
        area = traced["shape"][1] * traced["shape"][2]
        most.append(max(traced["data"][3 * area : 4 * area]))
    best = sorted((v for v in most if v > 0), reverse=True)[:8]
    shown = values(page, ".patches")
    assert len(shown) == len(best)
    assert all(close(a, b) for a, b in zip(shown, best, strict=True))


def test_titles_of_the_way_are_counted(page: Page) -> None:
    open_room(page, "tab=hierarchy")
    page.wait_for_selector(".hier-count")
    channels = studies_of(page)["channels"]
    for stop in page.locator(".hier-stop:not(.hier-answer)").all():
        layer = stop.get_attribute("aria-label").split(" to ")[-1]  # type: ignore[union-attr]
        count = sum(c["best"][0]["auroc"] >= PREFERS for c in channels[layer])
        assert stop.locator(".hier-count").get_attribute("data-value") == str(count)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".hier-stop.is-chosen")).to_have_count(1)


def test_training_runs_with_the_weights_of_a_moment(page: Page) -> None:
    open_room(page, "tab=training")
    slider = page.locator(".training-slider")
    slider.focus()
    before = page.locator(".training-answer [data-value]").first.get_attribute("data-value")
    slider.press("Home")
    page.wait_for_function(
        "(old) => document.querySelector('.training-answer [data-value]').dataset.value !== old",
        arg=before,
    )
    sample = page.request.get("/api/v1/models/photos/samples").json()["samples"][0]["name"]
    want = post(page, "predict", {"sample": sample, "options": {"moment": 0}})["predictions"][0]
    page.wait_for_selector(READY)
    assert close(values(page, ".training-answer")[0], want["probability"])
    expect(page).to_have_url(re.compile("moment=0"))
    page.get_by_role("tab", name="Overview").click()
    page.wait_for_function("() => !location.hash.includes('moment')")


def test_a_confusion_is_a_sentence_and_noise_can_be_had(page: Page) -> None:
    open_room(page, "tab=trust")
    trust = studies_of(page)["trust"]
    assert values(page, ".trust-figure") == [pytest.approx(trust["accuracy"])]
    page.locator(".confusion-cells").focus()
    for key in ("Home", *["ArrowUp"] * len(trust["classes"])):
        page.keyboard.press(key)
    row, names = trust["confusion"][0], trust["classes"]
    says = page.locator(".confusion-says")
    expect(says).to_have_text(f"{names[0]} named {names[0]}: {row[0]} of {sum(row)}")
    page.keyboard.press("ArrowRight")
    expect(says).to_have_text(f"{names[0]} taken for {names[1]}: {row[1]} of {sum(row)}")
    noise = page.get_by_role("button", name="Noise")
    expect(page.locator(".try-score [data-value]").nth(3)).to_be_attached()
    noise.click()
    page.wait_for_function("() => location.hash.includes('picture=')")


def test_edge_filters_are_counted_as_measured(page: Page) -> None:
    open_room(page, "tab=cortex")
    kernels = studies_of(page)["edges"]["channels"]
    edges = sum(kernel["kind"] == "edge" for kernel in kernels)
    expect(page.locator(".foot-caption")).to_contain_text(f"{edges} of the {len(kernels)} kernels")
    assert page.locator(".rose-line").count() == edges
    before = page.locator(".cortex-one h2").inner_text()
    page.keyboard.press("Shift+C")
    page.keyboard.press("c")
    page.keyboard.press("c")
    expect(page.locator(".cortex-one h2")).not_to_have_text(before)


@pytest.mark.parametrize("tabs", [TABS[:3], TABS[3:]], ids=" ".join)
def test_axe_finds_nothing_and_a_phone_never_scrolls_sideways(
    page: Page, tabs: tuple[str, ...]
) -> None:
    for tab in tabs:
        page.set_viewport_size({"width": 1440, "height": 900})
        open_room(page, f"tab={tab}")
        found: Any = Axe().run(page)
        assert found.violations_count == 0, f"{tab}: {found.generate_report()}"
        page.set_viewport_size({"width": 390, "height": 844})
        at_rest(page, most=300)
        assert page.evaluate(OVERFLOW)[0] == 0, tab


def test_present_mode_walks_with_nothing_small(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    for tab in TABS:
        open_room(page, f"present=1&tab={tab}")
        walk_whole(page)


class TestNothingMeasured:
    @pytest.fixture
    def allowed_errors(self) -> list[str]:
        return ["status of 404"]

    def test_a_network_without_figures_is_drawn_and_says_so(self, odd: Page) -> None:
        open_room(odd, "tab=looks")
        expect(odd.locator(".looks-classes")).to_contain_text("Not measured")
        expect(odd.locator(".patch").first).to_be_visible()
        odd.goto("/cnn#tab=hierarchy")
        expect(odd.locator(".hier-title").first).to_contain_text("not measured")
        odd.goto("/cnn#tab=training")
        expect(odd.locator(".cnn")).to_contain_text("No moments of the training")
        odd.goto("/cnn#tab=trust")
        expect(odd.locator(".trust-none")).to_contain_text("No study of single answers was made")
        odd.goto("/cnn#tab=cortex")
        expect(odd.locator(".kind h3")).to_contain_text("not measured")
