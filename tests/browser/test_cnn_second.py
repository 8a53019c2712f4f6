"""A second, quite different network: the same views draw it and take its cells apart."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.cnn_room import TILES, check_cell, graph_of, open_room
from tests.browser.frames import at_rest
from tests.browser.second_network import ID, LAYERS


def test_every_map_is_drawn(odd: Page) -> None:
    open_room(odd)
    odd.get_by_role("button", name="Every layer").click()
    at_rest(odd)
    drawn = odd.evaluate(TILES)
    for node in graph_of(odd, ID)[1:]:
        if node["op"] not in ("flatten", "softmax") and node["name"] != "logits":
            assert drawn[node["name"]] == node["output_shape"][0], node["name"]


def test_every_cell_adds_up(odd: Page) -> None:
    open_room(odd)
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
    open_room(odd, "tab=pooling&layer=all&channel=3&open=cell")
    expect(odd.locator(".window")).to_contain_text("others, added")
