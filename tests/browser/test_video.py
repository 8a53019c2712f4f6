"""The video room: a clip frame by frame, in other orders, one of your own, phone and projector."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.api.conftest import clip

MODEL = "/api/v1/models/video-lstm"
SEEN = "The frames as the network gets them"


def beliefs(page: Page, label: str, **options: object) -> list[float]:
    """P(label) after every frame of the sample "left", by REST."""
    body = {"sample": "left", "options": options}
    answer = page.request.post(f"{MODEL}/predict", data=body).json()
    return [
        next(p["probability"] for p in step["predictions"] if p["label"] == label)
        for step in answer["steps"]
    ]


def shown(page: Page) -> float:
    """The belief that stands under the plot."""
    first = page.locator(".is-belief .num").first
    return float(first.get_attribute("data-value") or "nan")


def test_a_clip_is_followed_and_its_frames_reordered(page: Page) -> None:
    page.goto("/video#sample=left")
    plot = page.get_by_role("application", name=re.compile("^Belief in left"))
    expect(plot).to_be_visible()
    expected = beliefs(page, "left")
    assert shown(page) == pytest.approx(expected[-1], abs=1e-6)
    page.get_by_role("application", name=re.compile(SEEN)).press("Home")
    assert shown(page) == pytest.approx(expected[0], abs=1e-6)
    page.locator(".unitmap").press("ArrowRight")
    assert shown(page) == pytest.approx(expected[1], abs=1e-6)
    plot.press("End")
    body = {"sample": "left"}
    h = page.request.post(f"{MODEL}/trace?layers=lstm.l0.gate.f", data=body).json()
    page.get_by_role("button", name=re.compile("^f: ")).click()
    unit = int(re.findall(r"unit (\d+)", page.locator(".is-unit").inner_text())[0])
    steps, hidden = h["tensors"]["lstm.l0.gate.f"]["shape"]
    gate = h["tensors"]["lstm.l0.gate.f"]["data"][(steps - 1) * hidden + unit]
    value = page.locator(".is-unit .num").get_attribute("data-value")
    assert float(value or "nan") == pytest.approx(gate, abs=1e-6)
    page.get_by_role("button", name="reversed", exact=True).click()
    expect(page.locator(".clip-answer li b").first).to_have_text("right")
    expect(page.locator(".clip-answer")).to_contain_text("In order: left")
    order = {"of": "frames", "how": "reversed"}
    assert shown(page) == pytest.approx(beliefs(page, "left", order=order)[-1], abs=1e-6)
    figures = page.request.get(f"{MODEL}/frames").json()
    row = page.locator(".clip-orders .is-chosen")
    expect(row).to_contain_text("reversed")
    held = row.locator(".num").first.get_attribute("data-value")
    assert float(held or "nan") == figures["ways"][2]["accuracy"]["value"]
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_own_clips_and_what_is_none(page: Page, allowed_errors: list[str]) -> None:
    allowed_errors.append("status of 4")
    page.goto("/video#open=own")
    board = page.locator(".mover-board")
    expect(board).to_be_visible()
    box = board.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y - 70)
    page.mouse.down()
    for k in range(12):
        page.mouse.move(x, y - 70 + 12 * k)
        page.wait_for_timeout(50)
    page.mouse.up()
    expect(page).to_have_url(re.compile("picture="))
    expect(page.locator(".clip-answer li b").first).to_have_text("down")
    page.get_by_text("A clip of your own").click()
    page.get_by_label("Or a path").select_option("growing")
    page.get_by_role("button", name="Make the clip").click()
    expect(page.locator(".clip-answer li b").first).to_have_text("growing")
    page.get_by_text("A clip of your own").click()
    field = page.locator("input[type=file]")
    field.set_input_files({"name": "a.gif", "mimeType": "image/gif", "buffer": clip(1)})
    expect(page.get_by_role("alert")).to_contain_text("does not move")
    page.get_by_text("A clip of your own").click()
    field.set_input_files({"name": "b.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(page.get_by_text("Not a clip we can read")).to_be_visible()
    field.set_input_files({"name": "c.mp4", "mimeType": "video/mp4", "buffer": b"no film"})
    expect(page.get_by_text("cannot read that film")).to_be_visible()


def test_the_network_of_films_says_what_it_lacks(page: Page) -> None:
    page.goto("/video")
    page.get_by_role("combobox", name="Network").select_option("video-actions")
    expect(page.locator(".clip-answer li b").first).to_have_text("walking")
    expect(page.get_by_text("was not measured")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_phone_and_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/video")
    expect(page.locator(".clip .belief")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/video#present=1")
    caption = page.locator(".foot-caption")
    expect(page.locator(".foot-place")).to_have_text(re.compile("^1 of 10"))
    expect(caption).to_contain_text("Vote")
    expect(page.locator(".clip-answer")).to_have_count(0)
    for words in ("16 frames", "One frame cannot tell", "no memory", "An LSTM reads", "answers"):
        page.keyboard.press("PageDown")
        expect(caption).to_contain_text(words)
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0, words
    page.keyboard.press("PageDown")
    expect(page.locator(".clip-answer li b").first).to_have_text("?")
    page.keyboard.press("PageDown")
    expect(caption).to_contain_text("Shuffled")
    page.keyboard.press("PageDown")
    expect(page.locator(".clip-answer li b").first).to_have_text("anticlockwise")
