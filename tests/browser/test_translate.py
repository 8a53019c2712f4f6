"""The translation room: a sentence by two networks, piece by piece, on a phone and a projector."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

LOOKING, PLAIN = "/api/v1/models/translate-attention", "/api/v1/models/translate-plain"
SENTENCE = "The black cat drinks the cold milk."


def answer(page: Page, model: str, layers: str = "handed") -> Any:
    """The trace, by REST."""
    return page.request.post(f"{model}/trace?layers={layers}", data={"text": SENTENCE}).json()


def values(page: Page, where: str) -> list[float]:
    """The exact numbers that stand somewhere."""
    found = page.locator(f"{where} .num").evaluate_all("all => all.map(e => e.dataset.value)")
    return [float(value) for value in found]


def test_a_sentence_by_both_networks(page: Page) -> None:
    page.goto("/translate#sample=black-cat")
    said = page.locator(".trans-said")
    expect(said).to_have_count(2)
    looking, plain = answer(page, LOOKING, "attention,handed"), answer(page, PLAIN)
    expect(said.nth(0)).to_have_text(looking["predictions"][0]["text"])
    expect(said.nth(1)).to_have_text(plain["predictions"][0]["text"])
    pieces = page.locator(".trans-write .strip-words li")
    expect(pieces).to_have_count(len(looking["predictions"][0]["tokens"]))
    # The row of the chosen piece is the trace's, and so are the next pieces and the candidates.
    pieces.nth(2).click()
    expect(page).to_have_url(re.compile("step=2"))
    expect(page.locator(".trans-write .is-later")).to_have_count(
        len(looking["predictions"][0]["tokens"]) - 3
    )
    rows, columns = looking["tensors"]["attention"]["shape"]
    weights = looking["tensors"]["attention"]["data"][2 * columns : 3 * columns]
    assert rows > 2
    assert values(page, ".strip-weights") == pytest.approx(weights, abs=1e-6)
    shares = [one["probability"] for one in looking["steps"][2]["predictions"]]
    assert values(page, ".trans-next") == pytest.approx(shares, abs=1e-6)
    sums = [one["sum"] for one in looking["search"][2]]
    assert values(page, ".trans-search") == pytest.approx(sums, abs=1e-5)
    expect(page.locator(".trans-search .is-best")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("step=3"))
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("a")
    expect(page.locator(".trans-matrix")).to_contain_text("None.")
    expect(page.locator(".trans-handed")).to_contain_text("Nothing else crosses")
    expect(page.locator(".strip-weights")).to_have_count(0)


def test_own_sentences_beam_and_refusals(page: Page, allowed_errors: list[str]) -> None:
    allowed_errors.append("status of 4")
    page.goto("/translate")
    field = page.get_by_label("English sentence")
    expect(page.locator(".trans-said")).to_have_count(2)
    field.fill("I like 猫.")
    expect(page.get_by_text("new to this network")).to_be_visible()
    expect(page.locator(".trans-read .is-unknown")).to_have_count(1)
    page.get_by_role("group", name="Beginnings kept").get_by_text("1", exact=True).click()
    expect(page).to_have_url(re.compile("beam=1"))
    expect(page.locator(".trans-search tbody tr")).to_have_count(2)
    field.fill("猫")
    expect(page.get_by_role("alert")).to_contain_text("knows none")


def test_the_figures_are_those_of_the_cards(page: Page) -> None:
    page.goto("/translate")
    table = page.locator(".trans-lengths table")
    expect(table).to_be_visible()
    for row, url in enumerate((LOOKING, PLAIN)):
        metrics = page.request.get(url).json()["card"]["metrics"]
        expected = [m["value"] for m in metrics if m["split"].endswith("words")]
        assert values(page, f".trans-lengths tbody tr:nth-child({row + 1})") == pytest.approx(
            [*expected, metrics[0]["value"]]
        )


def test_a_phone_and_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/translate")
    expect(page.locator(".trans-lengths svg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/translate#present=1")
    place, caption = page.locator(".foot-place"), page.locator(".foot-caption")
    expect(place).to_have_text(re.compile("^1 of 8"))
    expect(page.locator(".trans-write")).to_have_count(0)
    for shown in (".trans-handed", ".trans-next", ".crossing", ".trans-matrix", ".trans-search",
                  ".trans-answers", ".trans-lengths"):  # fmt: skip
        page.keyboard.press("PageDown")
        expect(page.locator(shown)).to_be_visible()
    expect(caption).to_contain_text("BLEU by length")
    sizes = page.locator(".trans :is(p, td, th, li, button)").evaluate_all(
        "all => all.map((e) => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 23.9
