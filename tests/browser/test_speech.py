"""The speech room: a word frame by frame, one of the visitor's own, on a phone and a projector."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.sounds import spoken, wav

MODEL = "/api/v1/models/speech-gru"
# A microphone that hears one recording: what a browser records is decoded like any file.
MICROPHONE = """
const bytes = Uint8Array.from(atob('%s'), (sign) => sign.charCodeAt(0));
navigator.mediaDevices.getUserMedia = async () => new MediaStream();
window.MediaRecorder = class extends EventTarget {
  state = 'inactive';
  start() { this.state = 'recording'; }
  stop() {
    this.state = 'inactive';
    const data = new Blob([bytes], { type: 'audio/webm' });
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data }));
    this.dispatchEvent(new Event('stop'));
  }
};
"""


def beliefs(page: Page, sample: str, label: str) -> list[float]:
    """P(label) after every frame, by REST."""
    answer = page.request.post(f"{MODEL}/predict", data={"sample": sample}).json()
    return [
        next(p["probability"] for p in step["predictions"] if p["label"] == label)
        for step in answer["steps"]
    ]


def shown(page: Page) -> float:
    """The belief that stands under the plot."""
    return float(page.locator(".is-belief .num").get_attribute("data-value") or "nan")


def test_a_word_is_followed_frame_by_frame(page: Page) -> None:
    page.goto("/speech#sample=seven")
    plot = page.get_by_role("application", name=re.compile("^Belief in seven"))
    expect(plot).to_be_visible()
    expected = beliefs(page, "seven", "seven")
    assert shown(page) == pytest.approx(expected[-1], abs=1e-6)
    plot.press("ArrowLeft")
    assert shown(page) == pytest.approx(expected[-2], abs=1e-6)
    page.get_by_role("application", name=re.compile("^Log-mel")).press("Home")
    assert shown(page) == pytest.approx(expected[0], abs=1e-6)
    page.locator(".unitmap").press("End")
    assert shown(page) == pytest.approx(expected[-1], abs=1e-6)
    h = page.request.post(f"{MODEL}/trace?layers=gru", data={"sample": "seven"}).json()
    unit = int(re.findall(r"unit (\d+)", page.locator(".is-unit").inner_text())[0])
    steps, hidden = h["tensors"]["gru"]["shape"]
    state = h["tensors"]["gru"]["data"][(steps - 1) * hidden + unit]
    value = page.locator(".is-unit .num").get_attribute("data-value")
    assert float(value or "nan") == pytest.approx(state, abs=1e-6)
    page.get_by_role("button", name="“three”").click()
    expect(page).to_have_url(re.compile("sample=three"))
    expect(page.locator(".heard-answer li b").first).to_have_text("three")
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("class=four"))
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_voices_stand_with_their_number_and_interval(page: Page) -> None:
    page.goto("/speech")
    table = page.locator(".heard-voices table")
    expect(table).to_be_visible()
    voices = page.request.get(f"{MODEL}/voices").json()["voices"]
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(len(voices))
    for place, voice in enumerate(voices):
        values = (
            rows.nth(place).locator(".num").evaluate_all("all => all.map(e => e.dataset.value)")
        )
        expected = [voice["accuracy"]["value"], voice["accuracy"]["n"], voice["baseline"]["value"]]
        assert [float(v) for v in values] == pytest.approx(expected)
        assert "to" in rows.nth(place).inner_text()


def test_own_recordings_and_what_is_none(page: Page, allowed_errors: list[str]) -> None:
    allowed_errors.append("status of 4")
    sound = wav(spoken(0.6, 16_000), rate=16_000)
    page.add_init_script(MICROPHONE % base64.b64encode(sound).decode())
    page.goto("/speech")
    page.get_by_role("button", name="Record a word").click()
    page.get_by_role("button", name="Stop recording").click()
    expect(page).to_have_url(re.compile("picture="))
    expect(page.locator(".heard-words [aria-pressed=true]")).to_have_count(0)
    page.get_by_text("What was done to the recording").click()
    expect(page.locator(".heard-done")).to_contain_text("Resampled from 16,000")
    field = page.locator("input[type=file]")
    field.set_input_files({"name": "a.wav", "mimeType": "audio/wav", "buffer": b"no sound"})
    expect(page.get_by_role("alert")).to_contain_text("cannot read that sound")
    silent = wav(0 * spoken(1.0))
    field.set_input_files({"name": "b.wav", "mimeType": "audio/wav", "buffer": silent})
    expect(page.get_by_role("alert")).to_contain_text("silent")
    field.set_input_files({"name": "c.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(page.get_by_text("Not a recording we can read")).to_be_visible()


def test_a_phone_and_a_projector(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/speech")
    expect(page.locator(".heard .belief")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/speech#present=1")
    place, caption = page.locator(".foot-place"), page.locator(".foot-caption")
    expect(place).to_have_text(re.compile("^1 of 7"))
    for _ in range(3):
        page.keyboard.press("PageDown")
    expect(caption).to_contain_text("Vote")
    expect(page.locator(".heard-answer li b").first).to_have_text("?")
    page.keyboard.press("PageDown")
    expect(caption).to_contain_text("If the word ended after")
    page.keyboard.press("PageDown")
    expect(caption).to_contain_text("It answers")
    page.keyboard.press("PageDown")
    expect(page.locator(".heard-voices table")).to_be_visible()
