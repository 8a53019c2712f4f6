"""The segmentation room: mask, a bridge off, one pixel, a drawing, phone and projector."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

MODEL = "/api/v1/models/segment-nuclei"
OFF = {"edits": [{"op": "scale", "tensor": "skip1", "factor": 0}]}

# What is written in less than 24 px.
SMALL = """() => [...document.querySelectorAll('.segment *, .foot *')]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 23.9)
  .map((e) => e.className + ' ' + e.textContent)"""


def trace(page: Page, layers: str, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """Tensors of the sample “touching”, by REST."""
    body = {"sample": "touching", **({"options": options} if options else {})}
    answer = page.request.post(f"{MODEL}/trace?layers={layers}", data=body)
    tensors: dict[str, Any] = answer.json()["tensors"]
    return tensors


def value(page: Page, selector: str, place: int = 0) -> float:
    """The exact number behind what is shown."""
    return float(page.locator(selector).nth(place).get_attribute("data-value") or "nan")


def test_mask_bridges_and_one_pixel(page: Page) -> None:
    page.goto("/segment#sample=touching")
    expect(page.locator(".seg-shares .num")).to_have_count(2)
    found = trace(page, "mask,logits,probabilities,enc2_relu2")
    mask = found["mask"]["data"]
    assert value(page, ".seg-shares .num", 1) == pytest.approx(sum(mask) / len(mask))
    # one pixel: its scores, and the same cell in an opened layer
    sheet = page.get_by_role("application", name="The picture and its mask")
    sheet.press("ArrowRight")
    expect(page).to_have_url(re.compile("cell=64,65"))
    for k in range(2):
        score = found["logits"]["data"][(k * 128 + 64) * 128 + 65]
        assert value(page, ".seg-pixel tbody tr td:first-of-type .num", k) == pytest.approx(score)
        share = found["probabilities"]["data"][(k * 128 + 64) * 128 + 65]
        assert value(page, ".seg-pixel td.num", k) == pytest.approx(share)
    page.get_by_role("button", name=re.compile("enc2_relu2")).click()
    opened = page.get_by_role("application", name=re.compile("^Channel .* of enc2_relu2"))
    expect(opened).to_be_visible()
    channel = int(re.findall(r"\d+", opened.get_attribute("aria-label") or "")[0])
    cell = found["enc2_relu2"]["data"][(channel * 64 + 32) * 64 + 32]
    readout = page.locator(".seg-large .map-readout")
    expect(readout).to_have_text(f"row 32, column 32: {cell:.2f}")
    # a bridge off: the mask changes at once, and how much is said
    page.keyboard.press("1")
    expect(page.locator(".seg-changed")).to_be_visible()
    other = trace(page, "mask", OFF)["mask"]["data"]
    kept = sum(a == b for a, b in zip(mask, other, strict=True)) / len(mask)
    both = sum(a == b == 1 for a, b in zip(mask, other, strict=True))
    either = sum(1 in (a, b) for a, b in zip(mask, other, strict=True))
    assert value(page, ".seg-changed .num", 0) == pytest.approx(kept)
    assert value(page, ".seg-changed .num", 1) == pytest.approx(both / either)
    expect(page.get_by_role("button", name=re.compile("^skip1.*off$"))).to_be_visible()
    expect(page.locator(".seg-honest")).to_contain_text("not the same as a network trained without")
    figure = page.request.get(f"{MODEL}-bare").json()["card"]["metrics"][0]
    assert value(page, ".seg-twin .num", 0) == pytest.approx(figure["value"])
    results: Any = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.keyboard.press("x")
    expect(page.locator(".seg-changed")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Open .* without skip connections")).click()
    expect(page.locator(".seg-none")).to_have_count(3)
    expect(page.locator(".seg-bridge")).to_have_count(0)


def test_blobs_that_are_drawn_are_found(page: Page, allowed_errors: list[str]) -> None:
    allowed_errors.append("status of 4")
    page.goto("/segment#sample=apart")
    count = page.locator(".seg-count b")
    expect(count).to_have_text("9 connected regions of nucleus")
    page.get_by_role("button", name="Your own picture").click()
    sheet = page.get_by_role("img", name=re.compile("^Sheet to draw on"))
    box = sheet.bounding_box()
    assert box
    for share in (0.25, 0.75):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 0.5 * box["height"])
        page.mouse.down()
        page.mouse.up()
    expect(count).to_have_text("2 connected regions of nucleus")
    expect(page).to_have_url(re.compile("picture="))
    field = page.locator(".picker input[type=file]").first
    field.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(page.get_by_role("alert")).to_contain_text("picture")


def test_a_phone_and_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/segment")
    expect(page.locator(".seg-u .map-box")).not_to_have_count(0)
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/segment#present=1&stop=picture")
    place, caption = page.locator(".foot-place"), page.locator(".foot-caption")
    expect(place).to_have_text(re.compile("^1 of 6"))
    expect(page.locator(".seg-stop .seg-sheet")).to_be_visible()
    said = ["The encoder shrinks", "The decoder grows", "skip1 off", "A score", "makes the mask"]
    for part in said:
        page.keyboard.press("PageDown")
        expect(caption).to_contain_text(part)
        high = page.evaluate("() => document.documentElement.scrollHeight")
        assert high <= 1080, part
        assert page.evaluate(SMALL) == [], part
    expect(page.locator(".seg-shares .num")).to_have_count(2)
