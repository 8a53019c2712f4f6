"""Every number of the step view recomputes from the numbers it is made of, for all three cells."""

from __future__ import annotations

import math
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.rnn_models import write_models
from tests.browser.rnn_room import check_waterfall, lanes, near, open_room, sigmoid, values

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"lstm": ["f", "i", "g", "o"], "gru": ["hn", "r", "word", "z"], "rnn": ["word", "state"]}


@pytest.fixture(scope="module")
def all_kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with untrained networks of every kind."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    folder = write_models(tmp_path_factory.mktemp("models"))
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "GRIDTIME_MODELS_FOLDER": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(1800):
            with suppress(httpx.TransportError):
                if httpx.get(f"{url}/readyz", timeout=5).status_code == 200:
                    break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def page(browser: Browser, all_kinds: str) -> Iterator[Page]:
    """A page on that server that must log no error."""
    context = browser.new_context(base_url=all_kinds, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    yield page
    context.close()
    assert not errors, errors


def check(kind: str, n: dict[str, float]) -> None:
    """The cell's equations on displayed numbers."""
    if kind == "lstm":
        assert near(n["f"] * n["c0"], n["kept"])
        assert near(n["i"] * n["g"], n["written"])
        assert near(n["kept"] + n["written"], n["c"])
        assert near(n["o"] * math.tanh(n["c"]), n["h"])
    elif kind == "gru":
        assert near(n["r"] * n["hn"], n["recalled"])
        assert near(math.tanh(n["word"] + n["recalled"]), n["n"])
        assert near(n["z"] * n["h0"], n["kept"])
        assert near((1 - n["z"]) * n["n"], n["written"])
        assert near(n["kept"] + n["written"], n["h"])
    else:
        assert near(n["word"] + n["state"], n["total"])
        assert near(math.tanh(n["total"]), n["h"])


@pytest.mark.parametrize(("model", "kind"), [("long", "lstm"), ("gated", "gru"), ("plain", "rnn")])
def test_the_step_adds_up_at_every_word_and_unit(page: Page, model: str, kind: str) -> None:
    open_room(page, f"model={model}&tab=step&step=0")
    last: dict[str, float] | None = None
    for _ in range(12):
        shown = lanes(page)
        check(kind, shown)
        if last:
            old = "c" if kind == "lstm" else "h"
            assert shown[f"{old}0"] == last[old]
        last = shown
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(40)
    for _ in range(4):
        page.keyboard.press("c")
        page.wait_for_timeout(40)
        check(kind, lanes(page))


@pytest.mark.parametrize(("model", "kind"), [("long", "lstm"), ("gated", "gru"), ("plain", "rnn")])
def test_the_sum_behind_every_gate_adds_up(page: Page, model: str, kind: str) -> None:
    open_room(page, f"model={model}&tab=step&step=5")
    for signal in KEYS[kind]:
        page.keyboard.press("j")
        page.wait_for_selector(f'.behind[data-gate="{signal}"]')
        total = check_waterfall(page, ".behind .falls")
        value = lanes(page)[signal]
        squash = math.tanh if signal == "g" else sigmoid if signal in "iforz" else float
        assert near(squash(total), value)
        assert page.locator(".behind .fall").count() in (8, 9, 10)


@pytest.mark.parametrize("model", ["long", "gated", "plain"])
def test_the_vote_and_the_belief_agree(page: Page, model: str) -> None:
    open_room(page, f"model={model}&tab=step&step=4")
    score = check_waterfall(page, ".vote .falls")
    assert near(values(page, ".beliefs .belief:last-child")[0], sigmoid(score))
    w, h, product = values(page, ".vote-own")
    assert near(w * h, product)
    assert h == lanes(page)["h"]


def test_numbers_are_those_of_the_api(page: Page) -> None:
    open_room(page, "model=long&tab=step&step=3&unit=7")
    answer = page.request.post("/api/v1/models/long/trace", data={"sample": "food"}).json()
    tensors = answer["tensors"]
    shown = lanes(page)
    names = {"h": "h", "c": "c", "i": "gate.i", "f": "gate.f", "g": "gate.g", "o": "gate.o"}
    for lane, suffix in names.items():
        tensor = tensors[f"memory.l0.{suffix}"]
        assert near(shown[lane], tensor["data"][3 * tensor["shape"][1] + 7]), lane


def test_stacked_and_two_directional_layers(page: Page) -> None:
    open_room(page, "model=deep")
    assert page.locator(".switch-bar").first.locator("button").count() == 4
    for layer in ("memory.l0", "memory.l0_reverse", "memory.l1", "memory.l1_reverse"):
        open_room(page, f"model=deep&tab=step&step=4&layer={layer}")
        check("lstm", lanes(page))
        page.keyboard.press("j")
        page.wait_for_selector(".behind")
        assert near(sigmoid(check_waterfall(page, ".behind .falls")), lanes(page)["f"])


def test_three_readers_share_one_plot_of_what_is_left(page: Page) -> None:
    """Each line is its own network's, as a share of what it is at the last word."""
    open_room(page, "tab=signal&model=long", text="the food was not good but the music saved it")
    page.wait_for_selector(".signal-readout tbody tr:nth-child(3)")
    shown = page.evaluate(
        """() => [...document.querySelectorAll('.signal-readout tbody tr')].map((tr) => [
          tr.querySelector('th').innerText.trim(),
          Number(tr.querySelector('[data-value]').dataset.value)])"""
    )
    label = page.locator(".signal-side").inner_text().split("loss: “")[1].split("”")[0]
    for name, share in shown:
        model = {"LSTM": "long", "GRU": "gated", "RNN": "plain"}[name]
        answer = page.request.post(
            f"/api/v1/models/{model}/gradient",
            params={"class": label},
            data={"text": "the food was not good but the music saved it"},
        ).json()
        steps = answer["steps"]
        assert near(share, steps[0]["loss_h"] / steps[-1]["loss_h"])
    assert [name for name, _ in shown] == ["RNN", "GRU", "LSTM"]
    assert page.locator(".signal-name").count() == 3
    assert page.locator(".signal-line.is-thick .signal-name").inner_html().startswith("LSTM")
    page.keyboard.press("Escape")
    page.goto("/rnn#tab=signal&model=deep")
    expect(page.locator(".signal-side")).to_contain_text("does not read from left to right")
