"""The writing room: every shown number follows from the trace; temperature, seed, keys, walk."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
import torch
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

MODEL = "/api/v1/models/letters-lstm"


class Told:
    """What the API says of a beginning and what was written after it."""

    def __init__(self, page: Page, sample: str, **how: Any) -> None:
        ask = {"sample": sample, "options": {"generate": how}}
        answer = page.request.post(f"{MODEL}/predict", data=ask).json()
        said = answer["predictions"][0]
        self.letters, self.text = said["tokens"], said["text"]
        self.lead, self.heat = answer["input"]["total_tokens"], how["temperature"]
        samples = page.request.get(f"{MODEL}/samples").json()["samples"]
        begun = next(row["text"] for row in samples if row["name"] == sample)
        body = {"text": begun + self.text, "options": {"generate": {"length": 1}}}
        found = page.request.post(f"{MODEL}/trace?layers=logits,lstm.l0.h", data=body).json()
        self.ids = [token["id"] for token in found["tokens"]]
        self.logits, self.h = [
            torch.tensor(t["data"], dtype=torch.float64).view(t["shape"])
            for t in (found["tensors"]["logits"], found["tensors"]["lstm.l0.h"])
        ]

    def shares(self, k: int, heat: float) -> torch.Tensor:
        """softmax(logits / T) of the row that letter k was drawn from."""
        return torch.softmax(self.logits[self.lead + k - 1] / heat, 0)


def values(page: Page, selector: str) -> list[float]:
    """The exact numbers behind what is shown."""
    found = page.locator(selector).evaluate_all("all => all.map(e => e.dataset.value)")
    return [float(v) for v in found]


def bits(shares: torch.Tensor) -> float:
    return float(-(shares * shares.clamp_min(1e-300).log2()).sum())


def written(page: Page) -> str:
    """The whole text as a screen reader has it."""
    return page.locator(".written .unseen").nth(1).inner_text().removeprefix("Written: ")


def test_every_number_of_a_step_follows_from_the_trace(page: Page) -> None:
    page.goto("/write#sample=river&heat=130&seed=5&rows=40")
    text = page.locator(".written-text")
    expect(text.locator(".ink")).to_have_count(40)
    told = Told(page, "river", temperature=1.3, seed=5, length=40)
    assert values(page, ".ink") == pytest.approx([t["probability"] for t in told.letters])
    text.press("ArrowRight")
    text.press("ArrowRight")
    expect(page.locator(".foot-caption")).to_contain_text("Letter 3 of 40")
    now, plain, id_ = told.shares(2, 1.3), told.shares(2, 1), told.letters[2]["id"]
    rows = values(page, ".next-row .num")
    first = plain.sort(descending=True, stable=True).indices[:12].tolist()
    if id_ not in first:
        first[-1] = id_
    assert rows[0:24:2] == pytest.approx(now[first].tolist(), abs=1e-6)
    assert rows[1:24:2] == pytest.approx(plain[first].tolist(), abs=1e-6)
    assert [sum(rows[0::2]), sum(rows[1::2])] == pytest.approx([1, 1], abs=1e-5)
    expect(page.locator(".next-row.is-chosen")).to_have_count(1)
    before = float(now[now > now[id_]].sum())
    drawn = [told.letters[2]["draw"], before, before + float(now[id_])]
    assert values(page, ".draw-says .num") == pytest.approx(drawn, abs=1e-6)
    assert drawn[1] <= drawn[0] < drawn[2]
    mean = [sum(bits(told.shares(k, t)) for k in range(40)) / 40 for t in (1, 1.3)]
    expected = [bits(plain), bits(now), *mean]
    assert values(page, ".openness .num") == pytest.approx(expected, abs=1e-5)
    unit = int(page.locator(".unitnames .is-chosen b").inner_text())
    state = float(told.h[told.lead + 1, unit])
    assert values(page, ".state-value .num") == pytest.approx([state], abs=1e-6)
    own = -torch.log_softmax(told.logits, 1) / math.log(2)
    costs = [float(own[t, told.ids[t + 1]]) for t in range(told.lead - 1)]
    assert values(page, ".guesses .num")[0] == pytest.approx(sum(costs) / len(costs), abs=1e-5)
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_temperature_seed_and_three_at_once(page: Page) -> None:
    page.goto("/write#sample=bank&rows=40&heat=0")
    expect(page.locator(".ink")).to_have_count(40)
    told = Told(page, "bank", temperature=0, length=40)
    rows = told.logits[told.lead - 1 : told.lead + 39]
    assert rows.argmax(1).tolist() == [letter["id"] for letter in told.letters]
    expect(page.locator(".draw-says")).to_contain_text("nothing is drawn")
    expect(page.get_by_role("button", name="Another draw")).to_be_disabled()
    page.get_by_role("slider", name="Temperature").fill("70")
    expect(page.locator(".draw-number")).to_be_visible()
    first = written(page)
    page.locator("body").press("r")
    expect(page).to_have_url(re.compile("seed=18"))
    expect(page.locator(".written .unseen").nth(1)).not_to_have_text(f"Written: {first}")
    page.goto("/write#sample=bank&rows=40&heat=70&seed=17")
    expect(page.locator(".written .unseen").nth(1)).to_have_text(f"Written: {first}")
    page.get_by_role("button", name="Write it at 0.3, 0.7 and 1.2").click()
    expect(page.locator(".heats-list li")).to_have_count(3)
    for place, heat in enumerate((0.3, 0.7, 1.2)):
        again = Told(page, "bank", temperature=heat, seed=17, length=40)
        shares = [again.shares(k, 1)[letter["id"]] for k, letter in enumerate(again.letters)]
        mean = float(-torch.stack(shares).log2().mean())
        assert values(page, ".heats .num")[place] == pytest.approx(mean, rel=1e-4)


def test_it_is_seen_writing_and_bad_beginnings_are_said(
    page: Page, allowed_errors: list[str]
) -> None:
    allowed_errors.append("status of 422")
    page.goto("/write#sample=king&rows=40")
    ink = page.locator(".ink")
    expect(ink).to_have_count(40)
    page.get_by_role("button", name="× 1").click()
    page.locator("body").press("p")
    page.wait_for_function("() => document.querySelectorAll('.ink').length < 8")
    page.wait_for_function("() => document.querySelectorAll('.ink').length > 8")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator(".pen")).to_be_visible()
    page.keyboard.press("End")
    expect(ink).to_have_count(40)
    page.locator("body").press("j")
    expect(page).to_have_url(re.compile("signal=c"))
    expect(page.get_by_role("application", name=re.compile("^cell state c of the"))).to_be_visible()
    field = page.get_by_label("Beginning")
    field.fill("   ")
    expect(page.get_by_text("Nothing to read yet")).to_be_visible()
    expect(ink).to_have_count(0)
    expect(page.get_by_role("button", name="The river bank")).to_be_visible()
    field.fill("漢字")
    expect(page.get_by_role("alert")).to_contain_text("none of these letters")
    field.fill("A wörd")
    expect(page.locator(".begun .is-new")).to_have_text("ö")
    expect(page.locator(".notices")).to_contain_text("new to this network")


def test_a_phone_and_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/write#rows=40")
    expect(page.locator(".write-states .unitmap")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/write#rows=40&present=1")
    place, caption = page.locator(".foot-place"), page.locator(".foot-caption")
    expect(place).to_have_text(re.compile("^1 of 11"))
    expect(page.locator(".ink")).to_have_count(0)
    page.keyboard.press("PageDown")
    expect(caption).to_contain_text("Vote")
    expect(page.locator(".next-row")).to_have_count(0)
    page.keyboard.press("PageDown")
    expect(page.locator(".next-row")).to_have_count(9)
    for _ in range(3):
        page.keyboard.press("PageDown")
    expect(caption).to_contain_text("its next input")
    expect(page.locator(".ink")).to_have_count(1)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.stage *, .foot *')].filter(e =>
            [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.closest('.unseen')
            && parseFloat(getComputedStyle(e).fontSize) < 24).map(e => e.className)"""
    )
    assert small == []
    for _ in range(3):
        page.keyboard.press("PageDown")
    expect(page.locator(".unitmap")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator(".heats-list li")).to_have_count(3)
    expect(caption).to_contain_text("bits a letter")
