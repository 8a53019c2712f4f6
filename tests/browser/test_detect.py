"""The detection room: boxes before and after suppression, thresholds, a board of one's own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

MODEL = "/api/v1/models/detect-digits"
BOARD = ".board-box"


def traced(page: Page, score: float, overlap: float) -> dict[str, Any]:
    """The trace of a sample at these thresholds, by REST."""
    detect = {"score": score, "overlap": overlap}
    body = {"sample": "scattered", "options": {"detect": detect}}
    answer: dict[str, Any] = page.request.post(f"{MODEL}/trace?layers=logits", data=body).json()
    return answer


def values(found: Locator) -> list[float]:
    """The exact numbers of some elements."""
    return [float(v) for v in found.evaluate_all("all => all.map(e => e.dataset.value)")]


def boxes(page: Page) -> list[list[float]]:
    """x0, y0, x1, y1 of the boxes that are drawn, in pixels of the square."""
    drawn = page.locator(".board-stays .board-over")
    sides = "all => all.map(e => ['x', 'y', 'width', 'height'].map(n => +e.getAttribute(n)))"
    return [[x, y, x + w, y + h] for x, y, w, h in drawn.evaluate_all(sides)]


def test_thresholds_give_what_the_server_gives(page: Page) -> None:
    page.goto("/detect#sample=scattered&show=above")
    expect(page.locator(BOARD)).to_be_visible()
    for score, overlap in ((0.5, 0.45), (0.2, 0.45), (0.2, 0.8)):
        page.get_by_label(re.compile("^Score")).fill(str(round(100 * score)))
        page.get_by_label(re.compile("^Overlap")).fill(str(round(100 * overlap)))
        proposals = traced(page, score, overlap)["detection"]["proposals"]
        page.get_by_role("button", name="Above the score").click()
        expect(page.locator(".board-stays")).to_have_count(len(proposals))
        assert boxes(page) == [pytest.approx(p["box"], abs=1e-3) for p in proposals]
        page.get_by_role("button", name="After suppression").click()
        stay = [p for k, p in enumerate(proposals) if p["by"] == k]
        expect(page.locator(".board-stays")).to_have_count(len(stay))
        assert boxes(page) == [pytest.approx(p["box"], abs=1e-3) for p in stay]
    page.get_by_role("button", name="All boxes").click()
    expect(page.locator(".board-faint")).to_have_count(14 * 14)


def test_a_cell_is_worked_out_and_adds_up(page: Page) -> None:
    found = traced(page, 0.5, 0.45)["detection"]["proposals"]
    best, second = [p for k, p in enumerate(found) if p["by"] == k][:2]
    row, column = second["cell"]
    page.goto(f"/detect#sample=scattered&cell={row},{column}")
    board = page.locator(BOARD)
    expect(board).to_be_visible()
    page.keyboard.press("k")  # the one before, which is the best
    row, column = best["cell"]
    expect(page.locator(".detect-cell h2")).to_have_text(f"Cell at row {row}, column {column}")
    assert values(page.locator(".detect-cell .detect-score .num")) == [pytest.approx(best["score"])]
    lines = page.locator(".detect-decode tr")
    for k, sign in enumerate((-1, -1, 1, 1)):
        side, middle, reach, raw, *_ = values(lines.nth(k).locator(".num"))
        assert middle == 8 * ((column, row)[k % 2] + 0.5)
        assert reach == pytest.approx(8 * 2.718281828459045**side, rel=1e-5)
        assert raw == pytest.approx(middle + sign * reach, abs=1e-4)
        assert raw == pytest.approx(best["box"][k], abs=1e-3)
    board.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"cell={row},{column + 1}"))
    page.goto("/detect#sample=scattered&tab=pair&show=above")
    shared, total, iou = (
        values(page.locator(".detect-iou p").nth(k).locator(".num"))[-1] for k in range(3)
    )
    assert iou == pytest.approx(shared / total, rel=1e-4)
    assert iou > 0.45
    page.get_by_role("button", name="Maps behind it").click()
    faults: Any = Axe().run(page)
    assert faults.violations_count == 0, faults.generate_report()
    page.get_by_role("button", name="How good").click()
    metrics = page.request.get(MODEL).json()["card"]["metrics"]
    stated = values(page.locator(".detect-figures tbody .num"))
    expected = [v for m in metrics for v in (m["value"], m["baseline"], m["n"])]
    assert stated == pytest.approx(expected)


def test_people_in_a_street(page: Page) -> None:
    page.goto("/detect")
    page.get_by_label("Network").select_option("detect-animals")
    expect(page).to_have_url(re.compile("model=detect-animals"))
    expect(page.locator(".board-label")).to_have_text([re.compile("^person")] * 3)
    page.get_by_role("button", name="A cat").first.click()
    expect(page.locator(".detect-done")).to_contain_text("What was done")
    page.locator(".detect-done summary").click()
    expect(page.locator(".detect-done")).to_contain_text("Nothing was cut off")


def test_a_board_of_ones_own_and_what_is_none(page: Page, allowed_errors: list[str]) -> None:
    allowed_errors.append("status of 4")
    page.goto("/detect#open=input")
    sheet = page.get_by_label("Sheet to draw on")
    expect(sheet).to_be_visible()
    place = sheet.bounding_box()
    assert place
    for share in (0.25, 0.7):  # two ones
        x = place["x"] + share * place["width"]
        page.mouse.move(x, place["y"] + 0.3 * place["height"])
        page.mouse.down()
        page.mouse.move(x - 4, place["y"] + 0.62 * place["height"], steps=6)
        page.mouse.up()
    expect(page.locator(".foot-caption")).to_contain_text(": 1, 1.")
    expect(page).to_have_url(re.compile("picture="))
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".board-label")).to_have_count(2)
    field = page.locator("input[type=file]").first
    field.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".board-label")).to_have_count(2)  # the last answer stays


def test_a_phone_and_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/detect#tab=maps")
    expect(page.locator(".detect-strong")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/detect#present=1")
    caption = page.locator(".foot-caption")
    expect(page.locator(".foot-place")).to_have_text(re.compile("^1 of 10"))
    expect(page.locator(".board-stays")).to_have_count(0)
    for words in ("14 × 14 cells", "its score", "One cell, row", "196", "score 50 % or more",
                  "overlap by", "after suppression", "Behind", "AP50"):  # fmt: skip
        page.keyboard.press("PageDown")
        expect(caption).to_contain_text(words)
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
