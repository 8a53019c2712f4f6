"""The memory receipt: its parts add up to the score and to the memory, at every word."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.rnn_room import near, open_room, type_text, values


def shown(page: Page, selector: str) -> list[float]:
    """The rounded numbers on screen."""
    texts = page.locator(f"{selector} .num").all_inner_texts()
    return [float(text.replace("\u2212", "-")) for text in texts]


def check_sums(page: Page) -> None:
    """Exact parts add up to the exact sum, shown ones to the shown sum."""
    answer, own = values(page, ".receipt-answer"), values(page, ".receipt-word .receipt-own")
    totals = [values(page, f".receipt-total:nth-child({k})") for k in (1, 2)]
    (bias, score), (memory,) = totals
    assert near(sum(answer) + bias, score), (answer, totals)
    assert near(sum(own), memory), (own, totals)
    *added, total = shown(page, ".receipt-total:nth-child(1)")
    assert abs(sum(shown(page, ".receipt-answer")) + sum(added) - total) < 1e-9
    *added, total = shown(page, ".receipt-total:nth-child(2)")
    assert abs(sum(shown(page, ".receipt-word .receipt-own")) + sum(added) - total) < 1e-9


def test_the_parts_add_up_at_every_word_and_for_any_unit(page: Page) -> None:
    open_room(page, "sample=plain&tab=receipt")
    total = page.locator(".receipt-word").count()
    check_sums(page)
    page.keyboard.press("Home")
    expect(page.locator(".receipt-word.is-later")).to_have_count(total - 1)
    check_sums(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    expect(page.locator(".receipt-word.is-later")).to_have_count(total - 2)
    check_sums(page)
    page.locator(".receipt-word.is-later button").last.click()
    expect(page.locator(".receipt-word.is-later")).to_have_count(0)
    head = page.locator("h3", has_text="cell state").inner_text()
    page.get_by_role("button", name="Next unit").click()
    expect(page.locator("h3", has_text="cell state")).not_to_have_text(head)
    check_sums(page)


def test_the_caption_names_the_largest_part(page: Page) -> None:
    open_room(page, "tab=receipt", text="The food was awful but the music saved the evening")
    parts = values(page, ".receipt-answer")
    largest = max(range(len(parts)), key=lambda k: abs(parts[k]))
    word = page.locator(".receipt-name").nth(largest).inner_text()
    expect(page.locator(".foot-caption")).to_contain_text(f"“{word}” has written the largest part")


def test_a_link_opens_it_and_escape_leaves_it(page: Page) -> None:
    open_room(page, "sample=plain&tab=receipt&step=3&unit=12")
    expect(page.locator(".receipt-word.is-chosen .receipt-name")).to_have_text("funny")
    expect(page.locator("h3", has_text="unit 12")).to_be_visible()
    type_text(page, "not bad at all")
    expect(page.locator(".receipt-name")).to_have_text(["not", "bad", "at", "all"])
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("Escape")
    expect(page.locator(".strip")).to_be_visible()


def test_of_a_long_text_the_last_words_are_shown_and_the_sums_hold_all(page: Page) -> None:
    open_room(page, "sample=diary&tab=receipt")
    expect(page.locator(".receipt-rest")).to_contain_text("the sums hold them")
    answer = page.request.post("/api/v1/models/sentiment-lstm/predict", data={"sample": "diary"})
    logits = {said["label"]: said["logit"] for said in answer.json()["predictions"]}
    score = values(page, ".receipt-total:nth-child(1)")[-1]
    assert near(score, logits["positive"] - logits["negative"])
    assert page.locator(".receipt-word").count() <= 24
