"""A lesson from the keyboard alone, through every stop; its page, its languages, and one sheet."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.frames import NEXT_FRAME

# What each view of a lesson puts on the screen: enough to tell that it is the promised one.
DIFFERENCE = {
    "1.1": ".wall", "1.2": ".memory, .word", "1.3": ".word",
    "2.1": ".foot-caption:has-text('One window slides')",
    "2.2": ".foot-caption:has-text('Patch × kernel')",
    "2.3": ".foot-caption:has-text('add up to the cell')",
    "2.4": ".foot-caption:has-text('Any order, same map')",
    "3.1": ".present-picture", "3.2": ".present-maps canvas", "3.3": ".present-maps canvas",
    "3.4": ".present-maps canvas",
    "4.1": ".foot-caption:has-text('One window of pool1')",
    "4.2": ".foot-caption:has-text('three ways')",
    "4.3": ".foot-caption:has-text('Votes')", "4.4": ".foot-caption:has-text('shares')",
    "5.1": ".foot-caption:has-text('one word after another')",
    "5.2": ".foot-caption:has-text('arrives')", "5.3": ".foot-caption:has-text('Forget gate')",
    "5.4": ".foot-caption:has-text('is added')", "5.5": ".foot-caption:has-text('is shown')",
    "5.6": ".foot-caption:has-text('If it ended here')",
    "6.1": ".bank-row", "6.2": ".foot-caption:has-text('Vote')", "6.3": ".bank-row",
    "7.1": ".first:not(:has(.first-answers)) .first-strip",
    "7.2": ".first-answers [data-model=pooled]:has-text('cannot know')",
    "7.3": ".first-says:has-text('Pooled CNN')",
    "8.1": ".foot-caption:has-text('Any order, same map')",
    "8.3": ".foot-caption:has-text('One window of pool1')",
    "8.5": ".foot-caption:has-text('Forget gate')",
    "8.7": ".foot-caption:has-text('one copy per word')", "8.9": ".bank-row",
}  # fmt: skip
LIMITS = {
    "1.1": ".signal-line.is-rnn", "1.2": ".signal-line.is-lstm", "1.3": ".signal-line.is-gru",
    "2.1": ".foot-caption:has-text('Never trained, RNN')",
    "2.2": ".foot-caption:has-text('Never trained, LSTM')",
    "3.1": ".foot-caption:has-text('forget bias 3')",
    "4.1": ".foot-caption:has-text('Add the two marked numbers')",
    "4.2": ".foot-caption:has-text('Say the ten symbols again')",
    "5.1": ".reach:not(:has(.reach-line)) .reach-plot", "5.2": ".reach-line.is-lstm",
    "5.3": ".reach-line.is-cnn", "5.4": ".foot-caption:has-text('exactly 0')",
    "6.1": ".speed-vote", "6.2": ".foot-caption:has-text('twice the work')",
    "6.3": ".foot-caption:has-text('Waiting line at')",
    "6.4": ".foot-caption:has-text('Twice as many words')",
    "7.1": ".foot-caption:has-text('It gives cat')", "7.2": ".foot-caption:has-text('stay')",
    "7.3": ".foot-caption:has-text('The largest score at every pixel')",
    "7.4": ".foot-caption:has-text('it looks most')",
    "7.5": ".foot-caption:has-text('From the line on it sees no value')", "7.6": ".duel-accuracy",
    "8.1": ".foot-caption:has-text('forget bias 3')",
    "8.3": ".foot-caption:has-text('Add the two marked numbers')",
    "8.5": ".foot-caption:has-text('The shares are off by')",
}  # fmt: skip


def texts(page: Page, lang: str) -> dict[str, Any]:
    """What the server gives of a language."""
    found: dict[str, Any] = page.request.get(f"/api/v1/lessons/{lang}").json()
    return found


@pytest.mark.parametrize(
    ("number", "shown"), [(0, DIFFERENCE), (1, LIMITS)], ids=["difference", "limits"]
)
def test_the_whole_lesson_by_page_down(page: Page, number: int, shown: dict[str, str]) -> None:
    """Every step in its order: the question over the room, the promised views, the sentence."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1920, "height": 1080})
    lesson = texts(page, "de")["lessons"][number]
    page.goto(f"/lessons#lesson={lesson['id']}&lang=de")
    page.get_by_role("link", name="Beginnen").first.press("Enter")
    assert walked(page, lesson["deck"], shown) == list(shown)
    card = page.locator(".lesson-card")
    expect(card).to_contain_text(lesson["deck"]["stop"][-1]["remember"])  # held at the end
    page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile(rf"at={re.escape(list(shown)[-1])}"))
    page.get_by_role("link", name="Lektion beenden").click()
    expect(page).to_have_url(re.compile(rf"/lessons#lesson={lesson['id']}&lang=de"))
    expect(page.locator(".lesson-bar")).to_have_count(0)


def walked(page: Page, deck: dict[str, Any], shown: dict[str, str]) -> list[str]:
    """PageDown to the end of the lesson; gives the steps whose view was there."""
    card, seen = page.locator(".lesson-card"), []
    for number, stop in enumerate(deck["stop"], 1):
        steps = 2 * len(stop["question"]) or len(stop["views"]) + 1
        expect(page.locator(".lesson-bar")).to_contain_text(f"{number} / 8 {stop['title']}")
        for step in range(steps + 1):
            at = f"{number}.{step}" if step else f"{number}"
            expect(page).to_have_url(re.compile(rf"at={re.escape(at)}(&|$)"))
            asks = step == 0 or (stop["question"] and step % 2 == 0 and step < steps)
            if asks or step == steps:
                expect(card).to_be_visible()
                expect(card).to_contain_text(
                    stop["remember"] if step == steps
                    else stop["question"][step // 2]["ask"] if stop["question"]
                    else stop["predict"]
                )  # fmt: skip
            else:
                expect(card).to_have_count(0)
                expect(page.locator(shown[at]).first).to_be_visible()
                seen.append(at)
                if not stop["question"] and step == len(stop["views"]):
                    expect(page.locator(".foot-answer")).to_have_text(stop["reveal"])
            page.evaluate(NEXT_FRAME)  # no hand is quicker than what it sees
            page.keyboard.press("PageDown")
    return seen


def test_languages_are_switched_and_kept_in_the_address(
    page: Page, allowed_errors: list[str]
) -> None:
    allowed_errors.append("status of 404")  # a language that nobody has written
    page.goto("/lessons#lesson=limits")
    expect(page.locator(".plan h2").first).to_have_text("Limits and uses")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator(".plan h2").first).to_have_text("Grenzen und Anwendungen")
    expect(page).to_have_url(re.compile("lang=de"))
    page.goto("/lessons#lang=xx&lesson=none")
    expect(page.get_by_text("There is no such lesson here")).to_be_visible()


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("lang", ["en", "de"])
def test_the_answer_prints_on_one_sheet(page: Page, size: str, lang: str) -> None:
    page.goto(f"/answer#lang={lang}")
    expect(page.locator(".answer-table tbody tr")).to_have_count(6)
    sheet = page.pdf(format=size)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_a_projector_shows_a_row_at_a_time(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/lessons#present=1&lang=de")
    expect(page.locator(".plan")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    for row in ("applications", "limits"):
        page.goto(f"/answer#present=1&stop={row}&lang=de")
        expect(page.locator(".answer-table tbody tr")).to_have_count(1)
        top, bottom = page.evaluate(
            """() => [document.querySelector('.answer-table').getBoundingClientRect().top,
              document.querySelector('.foot').getBoundingClientRect().top
              - document.querySelector('.answer-table').getBoundingClientRect().bottom]"""
        )
        assert top >= 0
        assert bottom >= 0
    page.goto("/cnn#present=1&lesson=difference&at=3&lang=en")
    expect(page.locator(".lesson-card")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert not found, found
