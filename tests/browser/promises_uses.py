"""What the answer and the README promise of the applications, link by link.

PROMISES: link -> check(page), on a page that has just opened it
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.promises_cnn import API, Promise, predicted
from tests.browser.test_applications import uses


def numbers(page: Page, selector: str) -> list[float]:
    """data-values of all that a selector finds, in order."""
    found: list[float] = page.locator(selector).evaluate_all(
        "all => all.map((e) => Number(e.dataset.value))"
    )
    return found


def applications(page: Page) -> None:
    """C10, C11: every use of the table, each with a network's answer, none without."""
    expect(page.locator(".use")).to_have_count(len(uses(page)))
    expect(page.locator(".use-waits")).to_have_count(0, timeout=20_000)
    assert all(text.strip() for text in page.locator(".use-answer").all_inner_texts())


def writing(page: Page) -> None:
    """C11: every letter written has the probability that the network gave it."""
    expect(page.locator(".ink").first).to_be_visible()
    sample = page.request.get(f"{API}/letters-lstm/samples").json()["samples"][0]["name"]
    how = {"length": 120, "temperature": 0.7, "seed": 17}  # what the page begins with
    ask = {"sample": sample, "options": {"generate": how}}
    said = page.request.post(f"{API}/letters-lstm/predict", data=ask).json()["predictions"][0]
    given = [token["probability"] for token in said["tokens"]]
    assert numbers(page, ".ink") == pytest.approx(given, abs=1e-6)


def speech(page: Page) -> None:
    """C11: the belief at the end of a spoken word is the network's."""
    plot = page.get_by_role("application", name=re.compile("^Belief in "))
    expect(plot).to_be_visible()
    best = predicted(page, "speech-gru")["predictions"][0]["probability"]
    assert numbers(page, ".is-belief .num") == pytest.approx([best], abs=1e-6)


def detection(page: Page) -> None:
    """C10: the boxes drawn are those that the network gives, after suppression."""
    expect(page.locator(".board-box")).to_be_visible()
    found = predicted(page, "detect-digits")["predictions"]
    expect(page.locator(".board-stays")).to_have_count(len(found))
    for one in found:
        expect(page.locator(".foot-caption")).to_contain_text(one["label"])


def segmentation(page: Page) -> None:
    """C10: how much of the picture each class covers, by the network's mask."""
    shares = predicted(page, "segment-nuclei")["predictions"][0]["share"]
    expect(page.locator(".seg-shares .num")).to_have_count(len(shares))
    assert numbers(page, ".seg-shares .num") == pytest.approx(shares, abs=1e-6)


def translation(page: Page) -> None:
    """C11: the sentence by both networks, and BLEU with attention above BLEU without."""
    expect(page.locator(".trans-said")).to_have_count(2)
    bleu = []
    for place, model in enumerate(("translate-attention", "translate-plain")):
        best = predicted(page, model)["predictions"][0]
        expect(page.locator(".trans-said").nth(place)).to_have_text(best["text"])
        card = page.request.get(f"{API}/{model}").json()["card"]
        bleu.append(card["metrics"][0]["value"])
    assert bleu[0] >= 30
    assert bleu[0] - bleu[1] >= 3


def forecasting(page: Page) -> None:
    """C11: the first value ahead with its interval, below both naive forecasts here."""
    expect(page.locator(".forecast-step h2")).to_contain_text("steps ahead")
    ask = {"sample": "airline", "options": {"origin": 132}}  # where the page begins
    said = page.request.post(f"{API}/forecast-gru/predict", data=ask).json()
    first = said["predictions"][0]
    want = [first["values"][0], first["lower"][0], first["upper"][0]]
    assert numbers(page, ".forecast-step > dl .num")[:3] == pytest.approx(want, rel=1e-9)
    errors = said["backtest"]["mae"]
    assert errors["network"] < min(errors["last_value"], errors["grown_season"])


def film(page: Page) -> None:
    """C11: the belief after the last frame is the network's."""
    plot = page.get_by_role("application", name=re.compile("^Belief in "))
    expect(plot).to_be_visible()
    best = predicted(page, "video-lstm")["predictions"][0]["probability"]
    assert numbers(page, ".is-belief .num")[:1] == pytest.approx([best], abs=1e-6)


PROMISES: dict[str, Promise] = {
    "/applications": applications,
    "/detect": detection,
    "/segment": segmentation,
    "/translate": translation,
    "/write": writing,
    "/speech": speech,
    "/forecast": forecasting,
    "/video": film,
}
