"""Unroll: the cell with its loop, its copies, what travels between them, and the loop cut."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.rnn_room import near, open_room, values


def test_u_unrolls_into_one_copy_per_word_and_what_is_not_read_stays_shut(page: Page) -> None:
    open_room(page, "sample=plain&step=1")
    page.keyboard.press("u")
    copies = page.locator(".unroll-copy")
    expect(copies.first).to_be_visible()
    total = copies.count()
    expect(page.locator(".unroll-copy.is-unread")).to_have_count(total - 2)
    expect(page.locator(".unroll-tie")).to_contain_text("the same weights in every copy")
    copies.last.locator("button").dispatch_event("click")  # disabled: it says why
    expect(page.locator(".said")).to_contain_text("Not read yet")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".unroll-copy.is-unread")).to_have_count(total - 3)
    page.keyboard.press("u")
    expect(page.locator(".unroll-one")).to_be_visible()
    expect(page.locator(".unroll-one")).to_contain_text("weights")


def test_what_travels_is_the_state_of_the_word_before(page: Page) -> None:
    open_room(page, "sample=plain&tab=unroll&unroll=1&step=3")
    expect(page.locator(".unroll-copy .unroll-carried").nth(3)).to_be_visible()
    carried = values(page, ".unroll-copy:nth-child(4) .unroll-carried")
    page.evaluate("location.hash = '#sample=plain&tab=step&step=3'")
    before = page.locator('[data-lane="before"], [data-lane="c0"], [data-lane]').first
    expect(before).to_be_visible()
    lanes = page.evaluate(
        """() => [...document.querySelectorAll('[data-lane] [data-value]')]
          .map((e) => Number(e.dataset.value))"""
    )
    # The old cell state is the first lane of the step.
    assert any(near(carried[1], value) for value in lanes), (carried, lanes)


def test_with_the_loop_cut_the_same_word_says_the_same_anywhere(page: Page) -> None:
    open_room(page, "tab=unroll&unroll=1&show=alone", text="good film good film")
    expect(page.locator(".unroll-says small")).to_have_count(4)
    alone = values(page, ".unroll-says small")
    assert near(alone[0], alone[2]), alone
    assert near(alone[1], alone[3]), alone
    page.get_by_role("button", name="Cut the loop").click()
    expect(page.locator(".unroll-says small")).to_have_count(0)


def test_the_weights_of_the_loop_are_drawn_for_every_gate(page: Page) -> None:
    open_room(page, "sample=plain&tab=unroll")
    told = page.locator(".unroll-told")
    expect(told.locator("h2")).to_contain_text("The loop's weights")
    first = values(page, ".unroll-told")
    told.get_by_role("button", name="forget gate f").click()
    expect(told).to_contain_text("forget gate")
    assert values(page, ".unroll-told") != first
