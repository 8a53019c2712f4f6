"""Order and Reach of the compare room: by mouse, keys and walk, on a phone and a projector."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.zoo.order import FILE
from app.zoo.store import models_folder

API = "/api/v1/models"
TEXT = "the film is not a bad one , it is great ."
ORDER = f"tab=order&text={quote(TEXT)}"
REACH = f"tab=reach&text={quote(TEXT)}"
SMALL = """[...document.querySelectorAll('.stage *')]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => e.getClientRects().length && !e.closest('.unseen'))
  .map((e) => [parseFloat(getComputedStyle(e).fontSize) * (e.ownerSVGElement
    ? e.ownerSVGElement.getBoundingClientRect().width / e.ownerSVGElement.viewBox.baseVal.width
    : 1), e.textContent])
  .filter(([px]) => px < 23.9)"""
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


def posted(page: Page, path: str, body: dict[str, Any]) -> Any:
    """What the API answers."""
    data, headers = json.dumps(body), {"content-type": "application/json"}
    return page.request.post(f"{API}/{path}", data=data, headers=headers).json()


def share(page: Page, model: str, body: dict[str, Any], label: str) -> float:
    """A class's share as the API gives it."""
    rows = posted(page, f"{model}/predict", body)["predictions"]
    return float(next(row["probability"] for row in rows if row["label"] == label))


def dumbbell(page: Page, model: str, where: str = ".order-live") -> list[float]:
    """Before and after of a network on screen."""
    found = page.locator(f'{where} [data-model="{model}"] [data-value]')
    return [float(str(found.nth(k).get_attribute("data-value"))) for k in range(2)]


def changed(page: Page) -> str:
    """The sentence in its new order."""
    return " ".join(page.locator(".order-words span[aria-hidden] bdi").all_inner_texts())


def test_words_move_and_every_network_answers_both(page: Page) -> None:
    page.goto(f"/compare#{ORDER}")
    page.wait_for_selector(".order-held .dumb-row")
    label = page.get_by_role("combobox", name="Belief in").input_value()
    models = [m for m in page.request.get(API).json()["models"] if m["id"].startswith("sentiment")]
    assert page.locator(".order-live .dumb-row").count() == len(models)
    for row in models:
        expected = [share(page, row["id"], {"text": t}, label) for t in (TEXT, changed(page))]
        assert dumbbell(page, row["id"]) == pytest.approx(expected, abs=1e-5)
    first = changed(page)
    page.keyboard.press("o")
    expect(page.locator(".order")).not_to_have_attribute("data-key", re.compile('"shuffled",0'))
    expect(page).to_have_url(re.compile("seed=1"))
    assert changed(page) != first
    assert sorted(changed(page).split()) == sorted(TEXT.split())
    page.get_by_role("button", name="Swap two").click()
    page.locator('[data-word="3"]').press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("range=10,4"))
    expect(page.locator(".order-lines path")).to_have_count(2)
    page.get_by_role("button", name="Move the negation").click()
    expect(page.locator('.order[data-key*="negation"]')).to_be_visible()
    words = changed(page).split()
    assert abs(words.index("not") - 3) >= 3
    plot = page.get_by_role("application", name=re.compile("^Accuracy"))
    plot.press("ArrowDown")
    expect(page.locator(".order-held .order-readout b")).to_have_text("LSTM")
    stored = json.loads((models_folder() / FILE).read_text())["sets"][0]["models"]
    row = next(c for c in stored[1]["changes"] if c["change"] == "negation")
    assert dumbbell(page, stored[1]["model"], ".order-held") == pytest.approx(
        [row["before"]["value"], row["after"]["value"]]
    )
    expect(plot).to_contain_text(f"n {row['after']['n']}")
    assert not (found := Axe().run(page).response["violations"]), found


def test_a_picture_is_put_in_the_order_that_the_study_used(page: Page) -> None:
    page.goto("/compare#tab=order&show=picture&order=columns")
    page.wait_for_selector(".order-live .dumb-row")
    label = page.get_by_role("combobox", name="Belief in").input_value()
    sample = page.request.get(f"{API}/digits-cnn/samples").json()["samples"][0]["name"]
    options = {"order": {"of": "columns", "seed": 0}}
    body = {"sample": sample, "options": options}
    expected = share(page, "digits-cnn", body, label)
    assert dumbbell(page, "digits-cnn")[1] == pytest.approx(expected, abs=1e-5)
    held = page.locator(".order-held")
    expect(held).to_contain_text("Here the CNN noticed the order better")
    expect(held).to_contain_text("no twin trained on shuffled ones was measured")
    held.get_by_role("button", name="Show as table").click()
    expect(page.get_by_role("dialog")).to_contain_text("10,000")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New picture").click()
    pad = page.locator(".drawpad canvas").bounding_box()
    assert pad is not None
    page.mouse.move(pad["x"] + pad["width"] / 2, pad["y"] + 40)
    page.mouse.down()
    page.mouse.move(pad["x"] + pad["width"] / 2, pad["y"] + 240, steps=3)
    page.mouse.up()
    expect(page).to_have_url(re.compile("picture="))
    expect(page.locator('.order[data-key*="picture"]')).to_be_visible()
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Rows reversed").click()
    expect(page.locator(".compare-head .small").first).to_have_text(re.compile("reverse order"))
    expect(held).to_contain_text("not measured")


def test_a_cell_has_a_wall_and_a_reader_a_slope(page: Page) -> None:
    page.goto(f"/compare#{REACH}")
    page.wait_for_selector(".reach-line")
    page.get_by_role("button", name="one cell").click()
    page.get_by_role("button", name="3 words").click()
    page.get_by_role("slider", name="after word").fill("7")
    expect(page.locator(".reach-line.is-cnn .reach-zero")).to_have_count(4)
    expect(page.locator(".foot-caption")).to_contain_text("3 words move it; the other 9 words")
    answer = posted(page, "sentiment-cnn/reach?layer=relu3&at=6", {"text": TEXT})
    plot = page.get_by_role("application", name=re.compile("One cell of relu3"))
    plot.press("ArrowLeft")
    expect(page).to_have_url(re.compile("cell=6,5"))
    values = page.locator(".reach-readout .is-chosen [data-value]")
    norm = float(str(values.nth(1).get_attribute("data-value")))
    assert norm == pytest.approx(answer["steps"][5]["norm"])
    plot.press("Home")
    expect(values.nth(1)).to_have_text("exactly 0")
    plot.press("ArrowDown")
    expect(page.locator(".reach-line.is-thick.is-lstm")).to_be_visible()
    assert not (found := Axe().run(page).response["violations"]), found
    page.get_by_role("button", name="Digit").click()
    expect(page.locator(".reach-readout caption")).to_have_text("At row 28")


def test_on_a_phone_nothing_moves_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for fragment, ready in ((ORDER, ".order-held .dumb-row"), (REACH, ".reach-line")):
        page.goto(f"/compare#{fragment}")
        page.wait_for_selector(ready)
        assert not page.evaluate(SIDEWAYS), fragment


def test_present_votes_before_it_shows(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"/compare#{ORDER}&present=1")
    page.wait_for_selector(".order-lines")
    expect(page).to_have_url(re.compile("stop=vote"))
    expect(page.locator(".stage [data-value]")).to_have_count(0)
    assert page.evaluate(SMALL) == []
    page.keyboard.press("PageDown")
    expect(page.locator(".order-live .dumb-row").first).to_be_visible()
    assert page.evaluate(SMALL) == []
    page.keyboard.press("PageDown")
    expect(page.locator(".order-held .dumb-whisker").first).to_be_visible()
    assert page.evaluate(SMALL) == []
    page.goto(f"/compare#{REACH}&present=1&stop=vote")
    page.wait_for_selector(".reach-plot")
    expect(page.locator(".reach-line")).to_have_count(0)
    for _ in range(3):
        page.keyboard.press("PageDown")
    expect(page.locator(".reach-line.is-cnn.is-thick .reach-zero").first).to_be_visible()
    assert page.evaluate(SMALL) == []
