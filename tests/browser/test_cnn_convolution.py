"""The sliding kernel, the convolution lab and one's own kernel, as a visitor uses them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.cnn_room import (
    READY,
    check_sum,
    close,
    exact,
    graph_of,
    model_of,
    open_room,
    values,
)
from tests.browser.second_network import ID

SAME = "Any order, same map: no place waits for another."


def convs(page: Page, model: str) -> list[dict[str, Any]]:
    """The convolutions of a network, as the API sends them."""
    return [node for node in graph_of(page, model) if node["op"] == "conv2d"]


def filled(page: Page) -> int:
    """How many places the player says are there."""
    text = page.locator(".slide-count").inner_text()
    return int(text.split(" of ")[0].replace(",", ""))


def shows(page: Page, places: int) -> None:
    """Waits until the player says that so many places are there."""
    expect(page.locator(".slide-count")).to_have_text(re.compile(f"^{places:,} of"))


def cell(page: Page) -> tuple[int, int]:
    """Where the window is."""
    y, x = re.findall(r"\d+", page.locator(".crumbs h2").inner_text())
    return int(y), int(x)


def furthest(page: Page) -> float:
    """How far the map computed on the page is from the network's own."""
    expect(page.locator(".proof")).to_contain_text(SAME)
    return values(page, ".proof")[0]


def drag(page: Page, board: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drags over a map, in shares of its width and height."""
    box = page.locator(f"{board} .board-box").bounding_box()
    assert box
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*at[0])
    page.mouse.down()
    page.mouse.move(*at[1], steps=4)
    page.mouse.up()


def test_the_window_plays_steps_and_is_dragged(page: Page) -> None:
    open_room(page)
    model = model_of(page)
    page.locator('[data-tab="convolution"]').click()
    total = convs(page, model)[0]["output_shape"][1:]
    shows(page, total[0] * total[1])
    page.keyboard.press("p")
    page.keyboard.press("+")
    page.wait_for_url(re.compile(r"step=([3-9]|\d\d)"))
    page.keyboard.press("p")
    expect(page.locator(".slide-play")).to_contain_text("Play")
    before = filled(page)
    page.get_by_role("button", name="Step", exact=True).click()
    shows(page, before + 1)
    at = cell(page)
    channel = int(page.get_by_label("Output channel").input_value())
    assert close(check_sum(page), exact(page, model, convs(page, model)[0]["name"], channel, at))
    drag(page, ".board-in", (0.3, 0.3), (0.6, 0.5))
    expect(page.locator(".crumbs h2")).not_to_have_text(f"row {at[0]}, column {at[1]}")
    there = cell(page)
    assert there[0] > at[0]
    assert abs(there[1] - 0.6 * total[1]) <= 2
    page.locator(".board-in .board-box").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".crumbs h2")).to_have_text(f"row {there[0] + 1}, column {there[1]}")
    page.wait_for_url(re.compile(f"cell={there[0] + 1},{there[1]}"))


def test_every_order_ends_in_the_networks_map(page: Page) -> None:
    open_room(page)
    last = convs(page, model_of(page))[-1]
    height, width = last["output_shape"][1:]
    page.goto(f"/cnn#tab=convolution&layer={last['name']}&channel=2&open=cell")
    expect(page.locator(".crumbs")).to_contain_text(last["name"])
    page.wait_for_selector(".slide-player")
    for _ in range(5):
        page.keyboard.press("+")
    for order in ("any order", "all at once", "row by row"):
        page.get_by_role("button", name=order).click()
        shows(page, 0 if order == "all at once" else 1)
        page.keyboard.press("p")
        shows(page, height * width)
        assert furthest(page) <= 1e-5
    page.goto(f"/cnn#tab=convolution&layer={last['name']}&open=cell&order=any&step=5&cell=0,0")
    page.reload()
    page.wait_for_selector(READY)
    assert filled(page) in (6, 7)  # the window may stand on a place that is not of the first six


def test_reduced_motion_steps(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_room(page, "tab=convolution&open=cell")
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    page.keyboard.press("p")
    shows(page, 1)
    page.keyboard.press("p")
    shows(page, 2)


def test_a_projector_walks_to_any_order(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_room(page, "present=1&tab=convolution&open=cell&stop=maps")
    page.wait_for_url(re.compile(r"step=[1-9]"))
    for stop in ("cells", "sums", "predict", "order"):
        page.keyboard.press("PageDown")
        expect(page.locator(f".conv-cell.part-{stop}")).to_be_visible()
    expect(page.locator(".three-orders .board")).to_have_count(3)
    expect(page.locator(".foot-caption")).to_have_text(SAME)


def test_the_lab_works_out_the_size(page: Page) -> None:
    open_room(page, "tab=lab")
    size = page.locator(".lab-formula .focus")
    expect(size).to_have_text("8")
    field = page.locator("#lab-s")
    field.fill("2")
    field.press("Enter")
    expect(size).to_have_text("4")
    expect(page.locator(".lab-notes")).to_contain_text("Unused border, shaded: 1 row and 1 column")
    expect(page.locator(".board-border").first).to_be_visible()
    page.wait_for_url(re.compile("lab=8,3,1,2,1,edge"))
    page.locator("#lab-k").fill("40")
    page.locator("#lab-k").press("Enter")
    says = page.locator(".lab-fields [role=status]")
    expect(says).to_have_text("Kernel size goes from 1 to 7: 40 became 7.")
    page.get_by_label("Dilation, 1 to 4").fill("4")
    expect(page.locator(".lab-notes")).to_contain_text("No place: the window reaches over 25 cells")
    page.goto("/cnn#tab=lab&lab=9,3,0,1,2,ones")
    expect(size).to_have_text("5")
    page.get_by_role("button", name="Step", exact=True).click()
    page.get_by_role("button", name="Step", exact=True).click()
    shows(page, 2)
    patch, kernel, products = (
        values(page, f".products figure:nth-of-type({i})") for i in (1, 2, 3)
    )
    assert [p * k for p, k in zip(patch, kernel, strict=True)] == products
    assert values(page, ".products-sum") == [sum(products)]


def predicted(page: Page, model: str, edits: list[dict[str, Any]]) -> dict[str, float]:
    """What REST says with these edits, for the room's first sample."""
    sample = page.request.get(f"/api/v1/models/{model}/samples").json()["samples"][0]["name"]
    answer = page.request.post(
        f"/api/v1/models/{model}/predict", headers={"content-type": "application/json"},
        data=json.dumps({"sample": sample, "options": {"edits": edits}}),
    )  # fmt: skip
    assert answer.ok, answer.text()
    return {p["label"]: p["probability"] for p in answer.json()["predictions"]}


def test_ones_own_kernel_on_the_picture_and_in_the_network(page: Page) -> None:
    open_room(page, "tab=kernel")
    model = model_of(page)
    first = convs(page, model)[0]
    rows, columns = first["attributes"]["kernel_size"]
    page.get_by_role("button", name="sharpen").click()
    title = page.locator(".kernel-result figcaption")
    expect(title).to_have_text("after sharpen")
    corner = page.locator(".taps input").first
    corner.fill("0.5")
    corner.press("Tab")
    expect(title).to_have_text("after your kernel")
    page.wait_for_url(re.compile(f"kernel={rows}x{columns}"))
    numbers = [float(i % 5 - 2) for i in range(rows * columns)]
    page.evaluate("(text) => { window.pasted = text }", " ".join(map(str, numbers)))
    page.locator(".taps input").nth(2).evaluate(
        """(input) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text', window.pasted);
        const how = { clipboardData, bubbles: true, cancelable: true };
        input.dispatchEvent(new ClipboardEvent('paste', how));
        }"""
    )
    shown = page.locator(".taps input").evaluate_all("all => all.map((e) => Number(e.value))")
    assert shown == numbers
    plain = predicted(page, model, [])
    page.locator(".kernel-put").click()
    expect(page.locator(".kernel-put")).to_have_text("Take it out")
    page.wait_for_url(re.compile("edits="))
    out = int(page.get_by_label("in place of kernel").input_value())
    values_in = [numbers[i * columns : (i + 1) * columns] for i in range(rows)]
    edit = {"op": "kernel", "layer": first["name"], "out": out, "in": None, "values": values_in,
            "bias": None}  # fmt: skip
    want = predicted(page, model, [edit])
    label = max(want, key=lambda name: abs(want[name] - plain[name]))
    row = page.locator(".effect", has=page.locator(".effect-name", has_text=label)).first
    after = row.locator(".effect-after")
    page.wait_for_function(
        "([e, v]) => Math.abs(Number(e.dataset.value) - v) < 1e-5",
        arg=[after.element_handle(), want[label]],
    )
    assert close(
        float(str(row.locator(".effect-before").get_attribute("data-value"))), plain[label]
    )
    page.locator(".kernel-where").get_by_role("button", name="Undo").click()
    expect(page.locator(".kernel-put")).to_have_text("Put it into the network")
    expect(page).not_to_have_url(re.compile("edits="))


@pytest.mark.parametrize(
    "view", ["tab=convolution&open=cell&step=9&order=any", "tab=lab", "tab=kernel"]
)
def test_a_phone_and_a_screen_reader(page: Page, view: str) -> None:
    open_room(page, view)
    expect(page.locator(".board").first).to_be_visible()
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_strides_dilation_and_groups_end_in_the_networks_map(odd: Page) -> None:
    open_room(odd)
    for node in convs(odd, ID):
        odd.goto(f"/cnn#tab=convolution&layer={node['name']}&channel=3&open=cell&order=all")
        expect(odd.locator(".crumbs")).to_contain_text(node["name"])
        odd.get_by_role("button", name="Step", exact=True).click()
        odd.get_by_role("button", name="Step", exact=True).click()
        assert furthest(odd) <= 1e-5, node["name"]
    odd.goto("/cnn#tab=kernel")
    for node in convs(odd, ID):
        odd.get_by_label("layer", exact=True).select_option(node["name"])
        rows, columns = node["attributes"]["kernel_size"]
        expect(odd.locator(".taps input")).to_have_count(rows * columns)
        odd.get_by_role("button", name="identity").click()
        expect(odd.locator(".kernel-result figcaption")).to_have_text("after identity")
