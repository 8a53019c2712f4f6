"""Signal: what is left of the error signal at every word, and of fresh cells behind their knobs."""

from __future__ import annotations

import math
import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.rnn_room import near, open_room, type_text
from tests.browser.test_rnn_look import DOWN, SIDEWAYS, SMALLEST

TEXT = "The acting is great, but the story is so slow that I fell asleep."
SMALL = "show=fresh&lab=60,8,torch,normal,1,0,,10"


def figures(page: Page) -> dict[str, list[float]]:
    """Every row of the readout by its name: its exact numbers."""
    found: dict[str, list[float]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.signal-readout tbody tr')]
          .map((tr) => [tr.querySelector('th').innerText.trim(),
                        [...tr.querySelectorAll('[data-value]')].map((e) => +e.dataset.value)]))"""
    )
    return found


def measured(page: Page, model: str, text: str, label: str) -> dict[str, Any]:
    """The API's answer."""
    url = f"/api/v1/models/{model}/gradient"
    answer = page.request.post(url, params={"class": label}, data={"text": text})
    found: dict[str, Any] = answer.json()
    return found


def fresh(page: Page, **settings: Any) -> dict[str, Any]:
    """The lab's answer about a small cell."""
    data = {"length": 60, "hidden": 8, **settings}
    found: dict[str, Any] = page.request.post("/api/v1/lab/gradients", data=data).json()
    return found


def test_what_is_left_at_every_word(page: Page) -> None:
    """Shares of the last word's norm, as the API gives them; by mouse, keys and switches."""
    open_room(page, "model=sentiment-lstm&tab=signal&class=negative", text=TEXT)
    steps = measured(page, "sentiment-lstm", TEXT, "negative")["steps"]

    def check(t: int, name: str) -> None:
        share, raw = figures(page)["LSTM"]
        assert math.isclose(raw, steps[t][name], rel_tol=1e-9)
        assert math.isclose(share, steps[t][name] / steps[-1][name], rel_tol=1e-9)

    plot = page.get_by_role("application", name="Words of your sentence")
    expect(page.locator(".signal-readout caption")).to_have_text("At “but”")  # ten steps back
    check(len(steps) - 11, "loss_h")
    expect(page.locator(".signal-says")).to_contain_text("ten steps back")
    plot.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".signal-readout caption")).to_have_text("At “,”")
    check(len(steps) - 12, "loss_h")
    page.keyboard.press("Home")
    check(0, "loss_h")
    box = page.locator(".signal-plot > div > svg").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.91, box["y"] + box["height"] / 2)
    expect(page.locator(".signal-readout caption")).to_have_text("At “.”")
    assert figures(page)["LSTM"][0] == 1
    page.keyboard.press("Home")
    page.get_by_role("button", name="∂loss/∂c").click()
    check(0, "loss_c")
    page.get_by_role("button", name="∂answer/∂x").click()
    check(0, "answer_x")
    page.wait_for_url(re.compile("method=reach"))
    page.get_by_role("button", name="Show as table").click()
    rows = page.locator(".dialog tbody tr")
    expect(rows).to_have_count(len(steps))
    cell = rows.first.locator("[data-value]").nth(2 * list(figures(page)).index("LSTM") + 1)
    assert float(cell.get_attribute("data-value") or 0) == steps[0]["answer_x"]
    page.keyboard.press("Escape")
    type_text(page, "not bad at all")
    expect(page.locator(".signal-says")).to_contain_text("three steps back")
    assert page.evaluate(DOWN) <= 0
    assert Axe().run(page).violations_count == 0


def test_fresh_cells_and_their_knobs(page: Page) -> None:
    """Lines and factors of the API; the forget bias opens the gate; clipping moves no line."""
    open_room(page, f"tab=signal&{SMALL}")
    names = page.locator(".signal-name")
    expect(page.locator(".signal-figure > p.small")).not_to_contain_text("so far")
    plain = {cell: fresh(page, cell=cell) for cell in ("rnn", "gru", "lstm")}
    for cell, answer in plain.items():
        text = f"{cell.upper()}, × {answer['factor']['value']:.2f} a step"
        expect(names.filter(has_text=cell.upper())).to_have_text(text)
        at_ten = next(point["log10"] for point in answer["curve"] if point["n"] == 10)
        assert near(figures(page)[cell.upper()][0], 10**at_ten)
    expect(page.get_by_role("button", name="Trained: ")).to_have_attribute(
        "aria-pressed", "false"
    )
    knob = page.get_by_role("spinbutton", name="Forget bias")
    knob.fill("3")
    knob.press("Enter")
    opened = fresh(page, cell="lstm", forget_bias=3)
    expect(names.filter(has_text="LSTM")).to_contain_text(f"{opened['factor']['value']:.2f}")
    assert opened["factor"]["value"] > plain["lstm"]["factor"]["value"]
    page.wait_for_url(re.compile(r"lab=60%?2?C?,?8"))
    page.get_by_role("combobox", name="Gradient clipping").select_option("0.01")
    expect(page.locator(".signal-side")).to_contain_text("Clipping holds the norm")
    before, after = figures(page)["LSTM"][-2:]
    assert before > 0.01 >= after
    expect(names.filter(has_text="LSTM")).to_contain_text(f"{opened['factor']['value']:.2f}")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="RNN", exact=True).click()
    expect(page.locator(".signal-line.is-thick .signal-name")).to_contain_text("RNN")
    page.get_by_role("application", name="Steps back").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".signal-readout caption")).to_have_text("11 steps back")
    # The forget bias has the cells as torch draws them measured too: by now none, or up to three.
    expect(page.locator(".signal-stated tbody button")).to_have_text(
        re.compile("measure (all|the rest)|to go")
    )
    assert Axe().run(page).violations_count == 0


def test_on_a_projector_one_line_a_stop(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_room(page, "model=sentiment-lstm&sample=plain&tab=signal&present=1")
    expect(page.locator(".foot-place")).to_contain_text("1 of")
    stops = int(page.locator(".foot-place").inner_text().split()[-1])
    for stop in range(stops):
        expect(page.locator(".foot-place")).to_have_text(f"{stop + 1} of {stops}")
        page.wait_for_timeout(60)
        assert page.evaluate(SMALLEST, 23.9) == []
        assert max(page.evaluate(DOWN), page.evaluate(SIDEWAYS)) <= 0
        if page.locator(".foot-caption").inner_text().startswith("Trained."):
            expect(page.locator(".signal-name")).to_have_count(1)
        if stop == stops - 4:
            break  # fresh cells of full size take seconds: their stops are as these
        page.keyboard.press("PageDown")


def test_a_phone_scrolls_down_only(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_room(page, f"tab=signal&{SMALL}")
    expect(page.locator(".signal-key span")).to_have_count(3)
    assert page.evaluate(SIDEWAYS) <= 0
    page.get_by_role("button", name="Trained: ").click()
    expect(page.locator(".signal-readout caption")).to_contain_text("At")
    assert page.evaluate(SIDEWAYS) <= 0
