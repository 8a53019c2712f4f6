"""A second, quite different network: the same views draw it and take its cells apart."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.cnn_room import READY, TILES, check_cell, graph_of
from tests.browser.second_network import ID, LAYERS, add_second_network

ROOT = Path(__file__).resolve().parents[2]
PORT = 18_471


@pytest.fixture(scope="module")
def odd_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that knows the odd network alone."""
    models = tmp_path_factory.mktemp("models")
    add_second_network(models)
    environment = {**os.environ, "GRIDTIME_MODELS_FOLDER": str(models)}
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(PORT)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{PORT}"
    for _ in range(600):
        try:
            if httpx.get(f"{url}/readyz", timeout=5).status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def odd(browser: Browser, odd_server: str) -> Iterator[Page]:
    """A page on that server that must log no error."""
    context = browser.new_context(base_url=odd_server, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto("/cnn")
    page.wait_for_selector(READY)
    page.wait_for_load_state("networkidle")
    yield page
    context.close()
    assert not errors, errors


def test_every_map_is_drawn(odd: Page) -> None:
    odd.get_by_role("button", name="Every layer").click()
    odd.wait_for_timeout(300)
    drawn = odd.evaluate(TILES)
    for node in graph_of(odd, ID)[1:]:
        if node["op"] not in ("flatten", "softmax") and node["name"] != "logits":
            assert drawn[node["name"]] == node["output_shape"][0], node["name"]


def test_every_cell_adds_up(odd: Page) -> None:
    headers = {"accept": "application/json"}
    answer = odd.request.post(
        f"/api/v1/models/{ID}/trace", data={"sample": "ring"}, headers=headers
    )
    traced: Any = answer.json()
    for node in graph_of(odd, ID)[1:]:
        name, shape = node["name"], (*node["output_shape"], 1, 1)
        if node["op"] in ("flatten", "softmax"):
            continue
        y, x = min(1, shape[1] - 1), min(2, shape[2] - 1)
        tab = "pooling" if "pool" in node["op"] else "convolution"
        tab = "answer" if len(node["output_shape"]) == 1 else tab
        odd.goto(f"/cnn#tab={tab}&layer={name}&channel=2&cell={y},{x}&open=cell")
        expect(odd.locator(".crumbs")).to_contain_text(name)
        want = traced["tensors"][name]["data"][(2 * shape[1] + y) * shape[2] + x]
        check_cell(odd, want)


def test_large_windows_say_their_largest_terms(odd: Page) -> None:
    assert any(layer.get("output_size") == 1 for layer in LAYERS)
    odd.goto("/cnn#tab=pooling&layer=all&channel=3&open=cell")
    expect(odd.locator(".window")).to_contain_text("others, added")
