"""The sentence room as a visitor uses it: typing, keys, links, long and hostile texts, trouble."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.rnn_room import LONG, READY, lanes, open_room, type_text, values, words

STEPS = "[...document.querySelectorAll('[data-step]')].map((e) => +e.dataset.step)"
HOSTILE = "<img src=x onerror=alert(1)> <b>bold</b> \u05e9\u05dc\u05d5\u05dd \U0001f600 zzxqy good"


def pattern(text: str) -> re.Pattern[str]:
    """A regular expression that finds a text."""
    return re.compile(re.escape(text))


def test_a_typed_sentence_shows_states_for_every_token(page: Page) -> None:
    open_room(page)
    type_text(page, "A warm and funny film.")
    expect(page.locator(".words .word")).to_have_count(6)
    assert words(page) == ["a", "warm", "and", "funny", "film", "."]
    assert len(values(page, ".words")) == 6
    assert len(values(page, ".unitline-numbers")) == 6
    page.get_by_role("button", name="Show as table").click()
    columns = page.locator(".numbers thead th").all_inner_texts()
    assert [c.split(" ")[-1] for c in columns[1:]] == words(page)
    select = page.get_by_label("Rows")
    rows = page.locator(".numbers tbody tr").count()
    assert rows == 32 or not select.count()
    assert len(values(page, ".numbers tbody")) == rows * 6


def test_every_signal_can_be_shown_and_units_sorted(page: Page) -> None:
    open_room(page)
    for name in ("cell state c", "input gate i", "forget gate f", "candidate g", "output gate o"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("application")).to_have_attribute(
            "aria-label", pattern(name.rsplit(" ", 1)[0])
        )
    names = ".unitnames li b"
    by_effect = page.locator(names).all_inner_texts()
    page.get_by_role("button", name="Sort by the unit's number").click()
    expect(page.locator(names).first).to_have_text("0")
    assert page.locator(names).all_inner_texts() != by_effect
    assert len(by_effect) == 12
    page.locator(".signalbar-rest .button", has_text="others").click()
    assert page.locator(names).count() > 12


def test_keyboard_alone_from_sentence_to_sum(page: Page) -> None:
    open_room(page)
    page.keyboard.press("i")
    page.keyboard.press("Control+a")
    page.keyboard.type("The film was not good.")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".words .word")).to_have_count(6)
    page.keyboard.press("Home")
    expect(page.locator(".word.is-chosen")).to_have_text(pattern("the"))
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".word.is-chosen")).to_have_text(pattern("not"))
    page.keyboard.press("j")
    expect(page.locator(".switch-choice[aria-pressed=true]").first).to_have_text("c")
    page.keyboard.press("Enter")
    page.wait_for_selector(".step-lanes")
    for key, beat in zip("12345", ("read", "forget", "write", "expose", "predict"), strict=True):
        page.keyboard.press(key)
        expect(page.locator(".step")).to_have_attribute("data-beat", beat)
    unit = page.locator(".unitcard h2").inner_text()
    page.keyboard.press("c")
    expect(page.locator(".unitcard h2")).not_to_have_text(unit)
    page.keyboard.press("j")
    expect(page.locator(".behind")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".behind")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".strip")).to_be_visible()


def test_a_step_not_read_yet_cannot_be_opened(page: Page) -> None:
    open_room(page, "tab=step&step=2")
    expect(page.locator(".word.is-unread").first).to_contain_text("not read yet")
    page.locator(".word.is-unread .word-button").nth(3).click(force=True)
    expect(page.locator(".said")).to_have_text(pattern("Not read yet"))
    assert "step=2" in page.evaluate("location.hash")
    page.locator(".word.is-next .word-button").click()
    expect(page.locator('.word.is-chosen [data-step="3"]')).to_be_visible()


def test_later_beats_are_outlines_without_numbers(page: Page) -> None:
    open_room(page, "tab=step&step=3&beat=forget")
    assert set(lanes(page)) == {"c0", "f", "kept"}
    expect(page.locator(".beat.is-later")).to_have_count(3)
    assert not values(page, ".beat.is-later")


def test_a_second_click_on_a_word_opens_its_step(page: Page) -> None:
    open_room(page)
    word = page.locator(".word-button").nth(3)
    word.click()
    expect(page.locator(".word.is-chosen")).to_have_count(1)
    word.click()
    expect(page.locator(".step-lanes")).to_be_visible()
    page.go_back()
    expect(page.locator(".strip")).to_be_visible()


def test_a_link_opens_the_same_view(page: Page) -> None:
    open_room(page, "tab=step&step=1&beat=write&unit=5&open=g", text="Not bad at all")
    expect(page.locator(".behind")).to_have_attribute("data-gate", "g")
    before = lanes(page)
    link = page.evaluate("location.href")
    page.goto("/")
    page.goto(link)
    page.wait_for_selector(READY)
    assert lanes(page) == before
    assert page.locator(".unitcard h2").inner_text() == "Unit 5"
    assert words(page) == ["not", "bad", "at", "all"]


def test_a_long_text_is_read_window_by_window(page: Page) -> None:
    open_room(page)
    with page.expect_response(lambda r: "steps=" in r.url and "trace" in r.url):
        type_text(page, LONG)
    page.wait_for_selector(".overview")
    place = page.locator(".overview-place span").first.inner_text()
    total = int(place.split(" of ")[1].replace(",", ""))
    assert total > 1000
    expect(page.locator(".words .word")).to_have_count(24)
    expect(page.locator(".overview-place")).not_to_contain_text("so far", timeout=60_000)
    seen: set[int] = set()
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    expect(page.locator('[data-step="0"]')).to_be_visible()
    for _ in range(3):
        seen |= set(page.evaluate(STEPS))
        page.get_by_role("button", name="Later words").click()
        expect(page.locator(f'[data-step="{max(seen) + 1}"]')).to_be_visible()
    assert len(seen) == 72
    page.locator(".overview-curve").click(position={"x": 600, "y": 10})
    expect(page.locator('[data-step="80"]')).to_have_count(0)
    assert min(page.evaluate(STEPS)) > 300
    assert all(word for word in words(page))
    page.keyboard.press("Enter")
    page.wait_for_selector(".step-lanes .lane-value .num")


def test_hostile_text_is_escaped_and_said(page: Page) -> None:
    open_room(page)
    type_text(page, HOSTILE)
    expect(page.locator(".notices")).to_contain_text("new to this network (dotted)")
    assert "<" in words(page)
    assert "onerror" in words(page)
    assert page.locator(".words img, .words b:not(.never)").count() == 0
    fresh = page.locator(".word-text.is-new")
    assert fresh.count() > 0
    assert "dotted" in fresh.first.evaluate("(e) => getComputedStyle(e).textDecorationStyle")


def test_an_empty_field_says_what_to_do(page: Page) -> None:
    open_room(page)
    page.get_by_role("textbox", name="Sentence").fill("   ")
    expect(page.get_by_text("Nothing to read yet. Type a sentence or pick one.")).to_be_visible()


class TestTrouble:
    @pytest.fixture
    def allowed_errors(self) -> list[str]:
        return ["status of 422", "ERR_FAILED", "Failed to load"]

    def test_only_unknown_words(self, page: Page) -> None:
        open_room(page)
        type_text(page, "zzxqy qqwxz")
        expect(page.get_by_role("alert")).to_contain_text("It knows none of these words")

    def test_lost_contact_keeps_the_drawing(self, page: Page) -> None:
        open_room(page)
        page.route("**/api/v1/**", lambda route: route.abort())
        type_text(page, "A good film")
        expect(page.get_by_text("No contact. This is the last answer.").first).to_be_visible()
        expect(page.locator(".strip")).to_be_visible()
        page.unroute("**/api/v1/**")
        page.get_by_role("button", name="Try now").first.click()
        expect(page.locator(".words .word")).to_have_count(3)


def test_a_network_that_writes_on_reads_letters_and_says_so(page: Page) -> None:
    open_room(page, "model=letters-lstm")
    expect(page.locator(".foot-caption")).to_contain_text("The next letter")
    expect(page.locator(".waiting")).to_contain_text("letters; longer text")
    page.evaluate("location.hash = '#model=letters-lstm&tab=units&unit=7'")
    expect(page.get_by_role("heading", name="Unit 7")).to_be_visible()
