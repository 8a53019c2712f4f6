"""What if: words, gates and memory changed by hand; the numbers are those of the edited run."""

from __future__ import annotations

import json
import re
import statistics
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.frames import at_rest
from tests.browser.rnn_room import SENTENCE, near, open_room, type_text, values

NOT_BAD = "The new teacher is not bad at all."
MODEL = "/api/v1/models/sentiment-lstm/predict"
FORGET = {"op": "clamp", "tensor": "lstm.l0.gate.f", "step": 4, "unit": None, "value": 0}
COLUMNS = """(part) => [...document.querySelectorAll('.if-word')].map((word) =>
  word.querySelector(part + ' [data-value]')).map((e) => e && Number(e.dataset.value))"""
# A slider moved to a value -> the answer drawn anew.
MOVED = """async (to) => {
  const slider = document.querySelector('.if-slide input[type=range]');
  const now = () => document.querySelector('.if-answer b').dataset.value;
  const [was, from] = [now(), performance.now()];
  slider.value = to;
  slider.dispatchEvent(new Event('input', {bubbles: true}));
  while (now() === was && performance.now() - from < 3000)
    await new Promise((go) => setTimeout(go, 1));
  await new Promise((go) => requestAnimationFrame(() => setTimeout(go, 0)));
  return performance.now() - from;
}"""


def asked(page: Page, text: str, *edits: dict[str, Any]) -> dict[str, Any]:
    """What the server says of a text with these edits."""
    body = {"text": text, "options": {"edits": list(edits)}}
    answer = page.request.post(MODEL, data=body)
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def positive(predictions: list[dict[str, Any]]) -> float:
    return next(float(p["probability"]) for p in predictions if p["label"] == "positive")


def check_now(page: Page, said: dict[str, Any]) -> None:
    """The large number and every column hold what the server says."""
    final = positive(said["predictions"])
    expect(page.locator(".if-now")).to_have_attribute(
        "data-value", re.compile(re.escape(str(final)[:5]))
    )
    at_rest(page)
    assert near(values(page, ".if-large")[-1], final)
    shown = [v for v in page.evaluate(COLUMNS, ".if-share") if v is not None]
    assert len(shown) == len(said["steps"])
    for value, step in zip(shown, said["steps"], strict=True):
        assert near(value, positive(step["predictions"]))


def fragment(page: Page) -> str:
    page.wait_for_timeout(400)  # the address settles
    return str(page.evaluate("decodeURIComponent(location.hash).replaceAll('+', ' ')"))


def test_suggestions_are_measured_and_undone(page: Page) -> None:
    open_room(page, "sample=not-bad&tab=whatif")
    tries = page.locator(".if-try")
    expect(tries).to_have_count(3)
    expect(tries.first).to_have_text(re.compile("Leave out “not”"))
    before = positive(asked(page, NOT_BAD)["predictions"])
    promised = [values(page, f".if-tries li:nth-child({n})") for n in (1, 2, 3)]
    assert all(near(was, before) and abs(now - was) > 0.3 for was, now in promised)
    tries.first.click()
    expect(page.locator(".if-word.is-gone")).to_have_text(re.compile("not"))
    check_now(page, asked(page, "The new teacher is bad at all."))
    assert near(values(page, ".if-large")[-1], promised[0][1])
    expect(page.locator(".if-says")).to_contain_text("Without “not”, the answer would be negative")
    expect(page.locator(".if-move").first).to_have_text("same")
    page.locator("body").press("z")
    expect(page.locator(".if-word.is-gone")).to_have_count(0)
    page.keyboard.press("Shift+Z")
    expect(page.locator(".if-word.is-gone")).to_have_count(1)
    tries.last.click()
    assert near(values(page, ".if-large")[-1], promised[2][1])
    expect(page.locator(".change-list li")).to_have_text(re.compile("memory emptied after “not”"))
    page.locator("body").press("x")
    expect(page.locator(".changed")).to_have_count(0)
    expect(page.locator(".change-list h2")).to_have_text("Nothing is changed yet")


def test_words_are_left_out_swapped_and_replaced_beside_the_answer_before(page: Page) -> None:
    open_room(page, "sample=not-bad&tab=whatif&step=4")
    expect(page.locator(".if-change h2")).to_have_text("At “not”")
    page.keyboard.press("Delete")
    expect(page.locator(".if-word.is-gone")).to_have_count(1)
    found = fragment(page)
    assert f"against={NOT_BAD}" in found
    assert "text=The new teacher is bad at all." in found
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Swap with “bad”").click()
    expect(page.locator(".if-word.is-chosen .word-text")).to_have_text("is")
    check_now(page, asked(page, "The new teacher bad is at all."))
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".if-change h2")).to_have_text("At “bad”")  # then the field is that word's
    page.get_by_label("Another word in its place").fill("great")
    page.get_by_label("Another word in its place").press("Enter")
    expect(page.locator(".if-word.is-chosen .word-text")).to_have_text("great")
    check_now(page, asked(page, "The new teacher great is at all."))
    page.wait_for_url("**great**")  # the address settles shortly after
    page.reload()
    page.wait_for_selector(".if-word")
    check_now(page, asked(page, "The new teacher great is at all."))
    assert near(values(page, ".if-large")[0], positive(asked(page, NOT_BAD)["predictions"]))
    page.get_by_role("button", name="Remove:").click()
    expect(page.get_by_role("textbox", name="Sentence")).to_have_value(NOT_BAD)


def test_a_gate_is_held_and_every_view_shows_that_run(page: Page) -> None:
    open_room(page, "sample=not-bad&tab=whatif&step=4&unit=7")
    page.locator("body").press("o")
    expect(page.locator(".if-marks").nth(4)).to_have_text("f = 0")
    check_now(page, asked(page, NOT_BAD, FORGET))
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("End")
    check_now(page, asked(page, NOT_BAD, {**FORGET, "value": 1}))
    page.locator("h2").first.click()
    page.keyboard.press("k")  # from f back to i
    page.keyboard.press("k")
    page.get_by_role("button", name="unit 7").click()
    page.get_by_label("as a number").fill("-0.75")
    page.get_by_label("as a number").press("Enter")
    cell = {"op": "clamp", "tensor": "lstm.l0.c", "step": 4, "unit": 7, "value": -0.75}
    check_now(page, asked(page, NOT_BAD, {**FORGET, "value": 1}, cell))
    page.get_by_role("button", name="every word").click()
    page.locator("h2").first.click()
    page.keyboard.press("o")
    every = {**cell, "step": None, "value": 0}
    said = asked(page, NOT_BAD, {**FORGET, "value": 1}, cell, every)
    check_now(page, said)
    page.get_by_role("tab", name="Step").click()
    expect(page.locator(".changed")).to_contain_text("Changed: 3 things")
    expect(page.locator("[data-lane=f].is-held .lane-name")).to_have_text("forget gate: put in")
    page.keyboard.press("3")
    expect(page.locator(".formula")).to_contain_text("cell state c was put in at 0.000")
    page.get_by_role("tab", name="Read").click()
    shown = values(page, ".words")
    for value, step in zip(shown, said["steps"], strict=True):
        assert near(value, positive(step["predictions"]))
    page.locator("body").press("z")
    expect(page.locator(".changed")).to_contain_text("Changed: 2 things")
    page.locator("body").press("w")
    expect(page.locator(".change-list li")).to_have_count(2)


def test_the_memory_is_emptied_or_taken_from_another_text(page: Page) -> None:
    open_room(page, "sample=not-bad&tab=whatif&step=5")
    empty = page.get_by_role("button", name="Empty it here")
    empty.click()
    expect(empty).to_have_attribute("aria-pressed", "true")
    check_now(page, asked(page, NOT_BAD, {"op": "state", "step": 5, "from": None}))
    field = page.get_by_label("Take it from another text")
    field.fill("a truly great film")
    field.press("Enter")
    others = page.get_by_role("group", name="After which word of it").get_by_role("button")
    expect(others).to_have_count(4)
    source = {"text": "a truly great film", "step": 3}
    check_now(page, asked(page, NOT_BAD, {"op": "state", "step": 5, "from": source}))
    others.nth(2).click()
    source["step"] = 2
    check_now(page, asked(page, NOT_BAD, {"op": "state", "step": 5, "from": source}))
    page.get_by_role("button", name="Leave it out").click()  # its memory goes with the word
    expect(page.locator(".change-list li")).to_have_text([re.compile("without “bad”")])
    type_text(page, "A warm film.")
    expect(page.locator(".changed")).to_have_count(0)


@pytest.mark.parametrize("allowed_errors", [["status of 422"]])
def test_links_that_do_not_fit_the_walk_and_a_phone(page: Page) -> None:
    edits = json.dumps([FORGET, {**FORGET, "step": 40}])
    open_room(page, "sample=not-bad&tab=whatif&step=4", edits=edits)
    expect(page.locator(".said")).to_contain_text("steps 0 to 8; not 40")
    expect(page.locator(".changed")).to_have_count(0)
    page.locator("body").press("o")
    expect(page.locator(".changed")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.set_viewport_size({"width": 1440, "height": 900})
    page.keyboard.press("f")
    expect(page.locator(".foot-place")).to_have_text("1 of 3")
    expect(page.locator(".foot-caption")).to_contain_text("forget gate f held at 0 at “not”")
    page.keyboard.press("PageDown")
    expect(page.locator(".if-now")).to_have_text("?")
    assert page.locator(".if-says").count() == 0
    page.keyboard.press("PageDown")
    expect(page.locator(".foot-caption")).to_contain_text("the answer would")
    expect(page.locator(".if-now")).not_to_have_text("?")


@pytest.mark.timed
def test_an_intervention_on_fifty_words_is_drawn_within_200_ms(page: Page) -> None:
    open_room(page, "tab=whatif&order=every", text=" ".join([SENTENCE] * 4))
    page.wait_for_selector(".if-try")
    middle = 0.0
    for start in range(3):  # other values once more where the machine was busy
        times = [page.evaluate(MOVED, (start * 5 + k + 1) / 20) for k in range(5)]
        middle = statistics.median(times)
        print(f"\nan intervention on 50 words, drawn: {middle:.0f} ms, bar 200")
        if middle <= 200:
            break
    assert middle <= 200
