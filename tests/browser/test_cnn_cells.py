"""Cells taken apart: what the page shows adds up to what the network computed."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.cnn_room import (
    check_cell,
    check_sum,
    close,
    exact,
    graph_of,
    model_of,
    open_room,
    values,
)


def test_a_click_opens_a_map_and_a_cell_whose_sum_is_the_value(page: Page) -> None:
    open_room(page)
    page.get_by_role("group").get_by_role("button", name="conv").nth(1).click()
    wall = page.locator("canvas.wall-canvas").nth(1)
    layer = wall.get_attribute("data-layer")
    wall.click(position={"x": 10, "y": 10})
    wall.click(position={"x": 10, "y": 10})
    big = page.locator(".lens-big .map-box")
    expect(big).to_be_visible()
    big.click(position={"x": 200, "y": 150})
    big.click(position={"x": 200, "y": 150})
    expect(page.locator(".conv-cell")).to_be_visible()
    cell = [int(v) for v in re.findall(r"\d+", page.locator(".crumbs h2").inner_text())]
    want = exact(page, model_of(page), str(layer), 0, (cell[0], cell[1]))
    assert close(check_sum(page), want)
    patch, kernel, products = (
        values(page, f".products figure:nth-of-type({i})") for i in (1, 2, 3)
    )
    assert len(patch) == len(kernel) == len(products) > 1
    assert all(close(p * k, q) for p, k, q in zip(patch, kernel, products, strict=True))
    assert close(sum(products), values(page, ".products-sum")[0])


def test_every_kind_of_layer_takes_its_cells_apart(page: Page) -> None:
    open_room(page)
    model = model_of(page)
    for node in graph_of(page, model):
        op, name = node["op"], node["name"]
        if op in ("input", "flatten", "softmax"):
            continue
        tab = {"linear": "answer"}.get(op, "pooling" if "pool" in op else "convolution")
        page.goto(f"/cnn#tab={tab}&layer={name}&channel=1&cell=1,2&open=cell")
        heading = page.locator(".crumbs")
        expect(heading).to_contain_text(name)
        want = exact(page, model, name, 1, (0, 0) if op == "linear" else (1, 2))
        check_cell(page, want)
