"""The compare room: one picture and one sentence through two networks, by mouse, keys and walk."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

API = "/api/v1/models"
# Texts of the stage under 24 px.
SMALL = """[...document.querySelectorAll('.stage *')]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => e.offsetWidth && !e.closest('.unseen'))
  .map((e) => [parseFloat(getComputedStyle(e).fontSize), e.className])
  .filter(([px]) => px < 23.9)"""


def opened(page: Page, fragment: str = "") -> None:
    """The picture tab, once both networks have read."""
    page.goto(f"/compare#{fragment}")
    page.wait_for_selector(".belief-line")


def answers(page: Page, model: str, **options: Any) -> dict[str, float]:
    """What the API says to the first sample with these options: class -> probability."""
    body = {
        "sample": page.locator(".thumb[aria-pressed=true] img").get_attribute("src"),
        "options": options,
    }
    body["sample"] = str(body["sample"]).rsplit("/", 1)[-1]
    said = page.request.post(f"{API}/{model}/predict", data=json.dumps(body),
                             headers={"content-type": "application/json"}).json()  # fmt: skip
    return {row["label"]: row["probability"] for row in said["predictions"]}


def shown(page: Page, name: str) -> float:
    """The share beside a network's answer."""
    value = page.locator(f'.two-answer[data-of="{name}"] [data-value]').get_attribute("data-value")
    return float(str(value))


def networks(page: Page) -> dict[str, str]:
    """kind -> id of the networks that read digits."""
    rows = page.request.get(API).json()["models"]
    return {row["kind"]: row["id"] for row in rows
            if row["input"] == "image" and row["task"] == "classification"
            and row["id"].startswith("digits")}  # fmt: skip


def test_rows_shown_feed_both_and_every_answer_is_the_networks_own(page: Page) -> None:
    opened(page)
    ids = networks(page)
    slider = page.get_by_role("slider", name="Rows shown")
    slider.fill("14")
    expect(page.locator('.at-once[data-rows="14"]')).to_be_visible()
    expect(page.locator('.in-line[data-rows="14"]')).to_be_visible()
    expect(page.get_by_text("Rows 15 to 28: not read yet.")).to_be_visible()
    for kind, name in (("cnn", "CNN"), ("lstm", "LSTM")):
        wanted = max(answers(page, ids[kind], show={"rows": 14}).values())
        assert shown(page, name) == pytest.approx(wanted, abs=1e-5)
    page.get_by_role("application", name=re.compile("Belief in")).press("ArrowRight")
    expect(page).to_have_url(re.compile("rows=15"))
    expect(page.get_by_role("slider", name="Rows shown")).to_have_value("15")
    page.get_by_role("combobox", name="Row by row").select_option(label="GRU")
    expect(page.locator(".belief-line.is-gru")).to_be_visible()
    assert shown(page, "GRU") == pytest.approx(
        max(answers(page, ids["gru"], show={"rows": 15}).values()), abs=1e-5
    )
    slider.fill("0")
    expect(page.get_by_text("No row is read yet.")).to_be_visible()


def test_noise_moves_both_and_the_words_follow_from_the_numbers(page: Page) -> None:
    opened(page)
    ids = networks(page)
    page.get_by_role("slider", name="Noise").fill("50")
    expect(page.locator(".belief-before").first).to_be_attached()
    noise = {"amount": 0.5, "seed": 0}
    verdict = page.locator(".two-verdict")
    for kind, name in (("cnn", "CNN"), ("lstm", "LSTM")):
        now = answers(page, ids[kind], noise=noise)
        assert shown(page, name) == pytest.approx(max(now.values()), abs=1e-5)
        share = now[page.get_by_role("combobox", name="Belief in").input_value()]
        if 0.005 <= share < 0.995:
            expect(verdict).to_contain_text(re.compile(rf"{name} .*→ {round(share * 100)} %"))
    page.get_by_role("button", name="As it was").click()
    expect(page.locator(".belief-before")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("noise"))
    page.get_by_role("button", name="New picture").click()
    box = page.locator(".drawpad canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"]
    page.mouse.move(x, y + 40)
    page.mouse.down()
    page.mouse.move(x, y + 240, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("picture="))
    expect(page.locator('.picture-two[data-key*="picture"]')).to_be_visible()
    assert not (found := Axe().run(page).response["violations"]), found


def test_the_walk_hides_the_answer_until_the_vote(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    opened(page, "present=1&stop=belief")
    page.keyboard.press("PageUp")
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile("stop=guess"))
    expect(page.locator(".two-answer b").first).to_have_text("?")
    expect(page.locator(".belief, .two-answer [data-value]")).to_have_count(0)
    page.keyboard.press("PageDown")
    expect(page.locator(".two-answer [data-value]")).to_have_count(2)
    expect(page.locator(".foot-caption")).to_contain_text("after 14 of 28 rows")
    assert page.evaluate(SMALL) == []


def test_the_windows_of_a_sentence_add_up_to_the_score(page: Page) -> None:
    page.goto("/compare#tab=sentence&text=not%20a%20bad%20movie%20at%20all")
    page.wait_for_selector('.sent[data-whole="true"]')
    stand: list[float] = page.evaluate(
        "[...document.querySelectorAll('.sent-window [data-value]')]"
        ".map((e) => Number(e.dataset.value))"
    )
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("step=4"))
    page.get_by_role("button", name="how they add up").click()
    expect(page).to_have_url(re.compile("show=sum"))
    expect(page.locator(".sent-window")).to_have_count(0)
    values: list[float] = page.evaluate(
        "[...document.querySelectorAll('.falls [data-value]')].map((e) => Number(e.dataset.value))"
    )
    *terms, total = values
    assert stand
    assert terms[: len(stand)] == pytest.approx(stand)
    assert sum(terms) == pytest.approx(total, abs=1e-4)
    model = next(
        row["id"] for row in page.request.get(API).json()["models"]
        if row["input"] == "text" and row["kind"] == "cnn"
    )  # fmt: skip
    said = page.request.post(f"{API}/{model}/predict", data={"text": "not a bad movie at all"})
    logits = {row["label"]: row["logit"] for row in said.json()["predictions"]}
    label = page.get_by_role("combobox", name="Belief in").input_value()
    wanted = logits[label] - sum(v for k, v in logits.items() if k != label)
    assert total == pytest.approx(wanted, abs=1e-4)
    page.get_by_role("tab", name="Order").click()
    expect(page.locator(".order")).to_be_visible()
    assert not re.search("show=|step=", page.url)  # they mean nothing there
    page.go_back()
    expect(page.locator(".falls")).to_be_visible()
    assert not (found := Axe().run(page).response["violations"]), found
