"""Bank: the belief at every word of three sentences, and a state carried from one to another."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.frames import at_rest
from tests.browser.rnn_room import open_room, values


def river(page: Page, sentence: int) -> list[float]:
    """P(river) after every word of a sentence; after a swap the old and the new one."""
    return values(page, f".bank-sentence:nth-of-type({sentence}) .bank-figures")


def test_at_bank_the_left_to_right_reader_cannot_know_what_comes_after(page: Page) -> None:
    open_room(page, "tab=bank")
    first, second, third = (river(page, k) for k in (1, 2, 3))
    assert first[5] > 0.9  # "I went to the river bank": the clue came before
    assert second[:5] == third[:5]  # the same words: the same belief, at "bank" too
    assert 0.1 < second[4] < 0.9
    assert second[-1] < 0.1
    assert third[-1] > 0.9
    notes = page.locator(".bank-sentence").nth(1).locator(".bank-notes")
    expect(notes).to_contain_text("it cannot know yet")
    expect(notes).to_contain_text("two-way reader")
    expect(page.locator(".bank-measured")).to_contain_text("river recall")
    found = Axe().run(page).response["violations"]
    assert not found, found


def test_the_state_after_river_turns_the_money_sentence(page: Page) -> None:
    open_room(page, "tab=bank")
    before = river(page, 2)
    carry = "Carry the state after “river” into this sentence"
    page.get_by_role("button", name=carry).first.click()
    carried = page.locator(".bank-sentence").nth(1).locator(".bank-figures b .num").first
    expect(carried).to_be_visible()
    at_rest(page)
    after = float(carried.get_attribute("data-value") or "nan")
    assert after - before[4] > 0.3
    page.wait_for_url("**show=swap1**")
    page.get_by_role("button", name="Take the carried state out").click()
    expect(page.locator(".bank-figures b")).to_have_count(0)


def test_a_sentence_of_ones_own_and_one_without_the_word(
    page: Page, allowed_errors: list[str]
) -> None:
    allowed_errors.append("422")
    open_room(page, "tab=bank")
    field = page.get_by_role("textbox", name="Your sentence with “bank”")
    field.fill("We moored the boat at the bank.")
    field.press("Enter")
    expect(page.locator(".bank-sentence").nth(2)).to_contain_text("moored")
    assert river(page, 3)[-1] > 0.5
    field.fill("We moored the boat.")
    field.press("Enter")
    expect(page.locator(".bank-sentence").nth(2).locator(".trouble")).to_contain_text("bank")
    expect(page.locator(".bank-sentence").nth(0).locator(".bank-word")).to_have_count(7)


def test_keys_walk_the_words_and_a_projector_votes_before_it_sees(page: Page) -> None:
    open_room(page, "tab=bank")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".bank-word.is-chosen")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".bank-sentence").nth(1).locator(".is-chosen")).to_have_count(1)
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_room(page, "tab=bank&present=1&stop=vote-2")
    assert len(river(page, 1)) == 4  # the words before "bank" alone
    page.keyboard.press("PageDown")
    expect(page.locator(".bank-figures .num")).to_have_count(9)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_time_runs_down(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/rnn#tab=bank")
    expect(page.locator(".bank-down li").first).to_be_visible()
    page.get_by_role("button", name="Sentence 2").click()
    expect(page.locator(".bank-down")).to_contain_text("deposit")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
