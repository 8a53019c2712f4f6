"""Find, Units and Plane: the same state elsewhere, what a unit watches, the path of the memory."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.frames import at_rest
from tests.browser.rnn_room import near, open_room, values

MODEL = "/api/v1/models/sentiment-lstm"
SAFE = {"accept": "application/vnd.safetensors"}
PRESSED = '.find-word button[aria-pressed="true"]'
# Texts under 24 px on a screen of 1080.
SMALL = """() => [...document.querySelectorAll('.stage *, .foot *')].filter((e) =>
  [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) &&
  e.getBoundingClientRect().width > 1 && parseFloat(getComputedStyle(e).fontSize) < 23.9)
  .map((e) => e.outerHTML).slice(0, 3)"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def states(page: Page, body: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """h [T, H] of a text or the corpus, and what is said about it."""
    raw = page.request.post(f"{MODEL}/states", data=body, headers=SAFE).body()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    h = np.frombuffer(raw[8 + length :], "<f4").reshape(header["h"]["shape"])
    return h, json.loads(header["__metadata__"]["states"])


def on_units(h: Any, first: int, last: int, level: float) -> dict[int, float]:
    """Units on through a range with one sign, and their value nearest to the level."""
    part = h[first : last + 1]
    sign = np.sign(part[0])
    least = (part * sign).min(0)
    return {int(u): float(sign[u] * least[u]) for u in np.flatnonzero(least >= level)}


def looked_at(page: Page) -> None:
    """Axe finds nothing; a phone never scrolls sideways; present mode walks with nothing small."""
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 844})
    at_rest(page, most=300)
    assert page.evaluate(SIDEWAYS) == 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.keyboard.press("f")
    for stop in range(1, 4):
        expect(page.locator(".foot-place")).to_have_text(f"{stop} of 3")
        small = page.evaluate(SMALL)
        assert not small, (stop, small)
        page.keyboard.press("PageDown")


def test_the_units_on_and_their_places_are_those_of_the_states(page: Page) -> None:
    open_room(page, "model=sentiment-lstm&sample=evening&tab=find&range=3,4&level=40")
    expect(page.locator(".places li").first).to_be_visible()
    own, _ = states(page, {"sample": "evening"})
    expected = on_units(own, 3, 4, 0.4)
    shown = values(page, ".find-units")
    assert len(shown) == len(expected) > 3
    assert all(near(a, b) for a, b in zip(sorted(shown), sorted(expected.values()), strict=True))
    h, about = states(page, {"corpus": True})
    most = 0
    for row in about["sentences"]:
        part = h[row["start"] : row["end"]]
        on = np.stack([np.sign(v) * part[:, u] >= 0.4 for u, v in expected.items()], 1)
        if len(on) > 1:
            most = max(most, int((on[1:] & on[:-1]).sum(1).max()))
    assert values(page, ".places li:first-child")[0] == most
    took = page.locator(".find-took").get_attribute("data-ms")
    assert took is not None
    assert float(took) < 300
    looked_at(page)


def test_a_range_by_mouse_and_keys_and_a_text_of_ones_own(page: Page) -> None:
    open_room(page, "model=sentiment-lstm&sample=evening&tab=find&step=3")
    words = page.locator(".find-word button")
    expect(words.nth(5)).to_be_visible()
    words.nth(2).hover()
    page.mouse.down()
    words.nth(5).hover()
    page.mouse.up()
    expect(page.locator(PRESSED)).to_have_count(4)
    words.nth(7).click(modifiers=["Shift"])
    expect(page.locator(PRESSED)).to_have_count(6)
    words.nth(3).click()
    expect(page.locator(PRESSED)).to_have_text(["not"])
    words.nth(4).click()  # a second tap is the other end
    expect(page.locator(PRESSED)).to_have_text(["not", "good"])
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 700, "y": 4})
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(PRESSED)).to_have_text(["not", "good", ","])
    page.get_by_role("button", name="from word one word later").click()
    expect(page.locator(PRESSED)).to_have_text(["good", ","])
    page.wait_for_url("**range=4,5**")
    before = page.locator(".find-units li").count()
    page.get_by_role("slider", name="Level").focus()
    for _ in range(25):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".find-units li")).not_to_have_count(before)
    page.get_by_text("a text of yours").click()
    page.locator(".book textarea").fill("The road was long. The soup was not nice at all. We sang.")
    expect(page.locator(".places li").first).to_contain_text("not nice")
    page.locator(".places button").first.click()
    field = page.get_by_role("textbox", name="Sentence")
    expect(field).to_have_value("The soup was not nice at all.")
    expect(page.locator(PRESSED).first).to_be_visible()


def test_a_unit_its_words_its_property_and_its_colours(page: Page) -> None:
    open_room(page, "model=sentiment-lstm&sample=evening&tab=units&unit=63&step=3")
    expect(page.locator(".driven .hue.is-at").first).to_be_visible()
    found = page.request.get(f"{MODEL}/units").json()
    unit = found["units"][63]
    said = next(p["says"] for p in found["properties"] if p["id"] == unit["follows"]["property"])
    expect(page.locator(".property-says")).to_contain_text(f"higher where {said}")
    n, of = unit["follows"]["n"], f"{unit['follows']['of']:,}"
    expect(page.locator(".property-says")).to_contain_text(f"{n} of {of} words")
    shown = values(page, ".drives-list")
    extremes = [value for *_, value in unit["up"] + unit["down"]]
    assert all(near(a, b) for a, b in zip(shown, extremes, strict=True))
    own, _ = states(page, {"sample": "evening"})
    assert near(values(page, ".own-says")[0], float(own[3, 63]))
    page.locator(".own .hue").nth(7).click()
    expect(page.locator(".own .hue").nth(7)).to_have_class("hue is-at")
    assert near(values(page, ".own-says")[0], float(own[7, 63]))
    minus = [k for k in range(len(own)) if own[k, 63] < -0.05]
    for k in minus:
        assert "is-minus" in (page.locator(".own .hue").nth(k).get_attribute("class") or "")
    page.get_by_text("by change").click()
    expect(page.locator(".drives h3").first).to_have_text("The word raises it most")
    page.locator("body").click(position={"x": 700, "y": 4})
    page.keyboard.press("c")
    expect(page.locator(".watch-main h2")).not_to_contain_text("Unit 63")
    looked_at(page)


def test_a_long_text_is_coloured_a_thousand_words_at_a_time(page: Page) -> None:
    open_room(page, "model=sentiment-lstm&sample=diary&tab=units&step=600")
    expect(page.locator(".own .hue")).to_have_count(1000)
    expect(page.locator(".own .hue.is-at")).to_be_visible()
    page.get_by_role("button", name="Later words").click()
    expect(page.locator(".own h3")).to_contain_text("words 1,001 to 1,242")


def test_the_path_on_the_plane(page: Page) -> None:
    open_room(page, "model=sentiment-lstm&sample=evening&tab=plane&step=3")
    expect(page.locator(".plane-marker")).to_be_visible()
    plane = page.request.get(f"{MODEL}/units").json()["plane"]
    own, _ = states(page, {"sample": "evening"})
    places = (own - np.array(plane["mean"])) @ np.array(plane["axes"]).T
    share = plane["share"]
    at_rest(page)
    shown = values(page, ".plane-side .plane-holds")
    assert all(near(a, b) for a, b in zip(shown, [sum(share), *share], strict=True))
    numbers = values(page, ".plane-numbers")
    assert np.allclose(numbers[:2], places[3], atol=1e-4)
    assert near(numbers[2], float(np.linalg.norm(own[3] - own[2])))
    before = page.locator(".plane-marker").get_attribute("cx")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".plane-numbers dt").first).to_contain_text("good")
    assert page.locator(".plane-marker").get_attribute("cx") != before
    page.locator(".plane-point").nth(1).click(force=True)
    expect(page.locator(".plane-numbers dt").first).to_contain_text("food")
    page.get_by_role("button", name="Show as table").click()
    expect(page.locator("dialog td")).to_have_count(3 * len(own))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save the path").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="SVG").click()
    drawn = saved.value.path().read_text()
    assert drawn.count("<circle") > 3000
    assert ">saved</text>" in drawn
    looked_at(page)
