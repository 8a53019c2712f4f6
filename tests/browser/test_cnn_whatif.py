"""Changing the network and the picture: What if, pooling three ways, the shift test, the votes.

switch off, swap, undo by mouse and keys -> the API's own answer; a link opens the same changes;
a network that answers with a number works in every view
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import torch
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.nets import build
from app.zoo.publish import write_model
from tests.browser.cnn_room import check_sum, close, graph_of, model_of, open_room, values
from tests.browser.conftest import Serving
from tests.browser.second_network import ID, add_second_network, card
from tests.conftest import Watch

NUMBER = "angle"
expect.set_options(timeout=15_000)  # a busy machine is no failure


def sample_of(page: Page, model: str) -> str:
    return str(page.request.get(f"/api/v1/models/{model}/samples").json()["samples"][0]["name"])


def answer(page: Page, options: dict[str, Any], model: str = "") -> dict[str, float]:
    """The API's own shares for the first sample."""
    model = model or model_of(page)
    found = page.request.post(
        f"/api/v1/models/{model}/predict",
        data=json.dumps({"sample": sample_of(page, model), "options": options}),
        headers={"content-type": "application/json"},
    ).json()["predictions"]
    return {p["label"]: p["probability"] for p in found}


def convs(page: Page) -> list[dict[str, Any]]:
    return [n for n in graph_of(page, model_of(page)) if n["op"] == "conv2d"]


def shares_now(page: Page) -> list[float]:
    """The `now` column of What if, in its order."""
    found = page.locator(".effect-after").evaluate_all(
        "all => all.map(e => +(e.dataset.value ?? NaN))"
    )
    return [float(v) for v in found if v == v]


def edits_in(page: Page, count: int) -> None:
    """Waits until the strip says so many changes."""
    words = f"Changed: {count} thing{'' if count == 1 else 's'}"
    expect(page.locator(".changed")).to_contain_text(words)


def wait_for(page: Page, selector: str, want: float) -> None:
    """Returns once one of the numbers shown there is `want`."""
    page.wait_for_function(
        """([selector, want]) => [...document.querySelectorAll(selector)]
        .some((e) => Math.abs(Number(e.dataset.value) - want) < 1e-5)""",
        arg=[selector, want],
    )


def fragment(edits: list[dict[str, Any]]) -> str:
    return quote(json.dumps(edits))


def test_switching_a_channel_off_gives_what_the_api_gives(page: Page) -> None:
    open_room(page)
    layer = convs(page)[0]["name"]
    open_room(page, f"tab=whatif&layer={layer}&channel=2")
    page.get_by_role("button", name="Switch off").click()
    edits_in(page, 1)
    edits = [{"op": "scale", "tensor": layer, "channel": 2, "factor": 0}]
    want = sorted(answer(page, {"edits": edits}).values())
    wait_for(page, ".effect-after", want[-1])
    shown = sorted(shares_now(page))
    assert len(shown) == len(want)
    assert all(close(a, b) for a, b in zip(shown, want, strict=True))
    expect(page.locator(".off-mark")).to_have_text("off")
    page.keyboard.press("c")
    page.keyboard.press("o")
    edits_in(page, 2)
    page.keyboard.press("z")
    edits_in(page, 1)
    page.keyboard.press("Shift+z")
    edits_in(page, 2)
    page.locator(".change-list").get_by_role("button", name="Remove").first.click()
    edits_in(page, 1)
    for tab in ("Overview", "Answer"):
        page.get_by_role("tab", name=tab).click()
        edits_in(page, 1)
    page.keyboard.press("w")
    expect(page.locator(".whatif")).to_be_visible()
    page.keyboard.press("x")
    expect(page.locator(".changed")).to_have_count(0)


def test_an_activation_is_swapped_and_a_channel_kept_alone(page: Page) -> None:
    open_room(page)
    relu = next(n["name"] for n in graph_of(page, model_of(page)) if n["op"] == "relu")
    open_room(page, f"tab=whatif&layer={relu}&channel=1")
    for word, way in (("tanh", "tanh"), ("no activation", "none")):
        page.locator(".way-switch").get_by_role("button", name=word).click()
        edits_in(page, 1)
        want = max(
            answer(page, {"edits": [{"op": "replace", "layer": relu, "with": way}]}).values()
        )
        wait_for(page, ".effect-after", want)
    expect(page.locator(".whatif-way")).to_contain_text("It was trained with ReLU")
    page.get_by_role("button", name="Keep alone").click()
    edits_in(page, 2)
    expect(page.locator(".change-list")).to_contain_text("kept alone")
    assert page.locator("canvas.wall-canvas").count() == 1
    assert not Axe().run(page).response["violations"]


def test_a_link_opens_the_same_changes_and_drops_what_does_not_fit(page: Page) -> None:
    open_room(page)
    layer = convs(page)[0]["name"]
    edits = [
        {"op": "scale", "tensor": layer, "channel": 0, "factor": 0.5},
        {"op": "scale", "tensor": "no such layer", "channel": 0, "factor": 0},
    ]
    open_room(page, f"tab=whatif&shift=2,-1&edits={fragment(edits)}")
    edits_in(page, 2)
    expect(page.get_by_text("One of the changes does not fit this network")).to_be_visible()
    expect(page.locator(".change-list")).to_contain_text("picture moved 2 px right, 1 px up")
    want = max(answer(page, {"edits": edits[:1], "shift": [2, -1]}).values())
    assert any(close(v, want) for v in shares_now(page))
    page.keyboard.press("f")
    edits_in(page, 2)


def test_pooling_is_switched_live(page: Page) -> None:
    open_room(page)
    pools = [n for n in graph_of(page, model_of(page)) if n["op"] == "max_pool2d"]
    if not pools:
        pytest.skip("the first network has no max-pooling")
    page.get_by_role("tab", name="Pooling").click()
    rows = page.locator(".pool-rows tbody tr")
    expect(rows).to_have_count(3)
    name = pools[0]["name"]
    ways = ("maxpool", "avgpool", "skip")
    for row, way in enumerate(ways):
        edits = [] if way == "maxpool" else [{"op": "replace", "layer": name, "with": way}]
        want = max(answer(page, {"edits": edits}).values())
        cell = rows.nth(row).locator(".focus-share")
        expect(cell).to_be_visible()
        assert close(float(cell.get_attribute("data-value") or "nan"), want)
    before = values(page, ".window .equation")[-1]
    page.keyboard.press("m")
    edits_in(page, 1)
    expect(page.locator(".pool-rows")).to_contain_text("It was trained with max; that shows too.")
    expect(page.locator(".window figcaption")).to_have_text("their mean is taken")
    window = values(page, ".window .cells")
    assert close(values(page, ".window .equation")[-1], sum(window) / len(window))
    assert max(window) == before
    page.keyboard.press("m")
    expect(page.locator(".window figcaption")).to_contain_text("the first is kept")
    assert close(values(page, ".window .equation")[-1], values(page, ".window .cells")[0])
    whole = sum(n["attributes"].get("macs", 0) for n in graph_of(page, model_of(page)))
    assert values(page, ".pool-cost")[0] == whole


def test_the_picture_is_moved_by_keys_drag_and_field(page: Page) -> None:
    open_room(page, "tab=shift")
    pad = page.locator(".shift-pad")
    pad.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    edits_in(page, 1)
    expect(page.locator(".changed")).to_contain_text("picture moved 3 px right")
    plot = page.locator(".shift-plot").first
    expect(plot.locator(".plot-main circle").first).to_be_attached()
    want = max(answer(page, {"shift": [3, 0]}).values())
    wait_for(page, ".shift-answer td:last-child", want)
    expect(page.locator(".shift-plots .effect-says")).to_contain_text("After 3 px")
    page.get_by_role("button", name="after moving the map back").click()
    expect(page.locator(".shift-plots .effect-says")).to_contain_text("moved back")
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 50, box["y"] + 50 + box["height"] * 4 / 64, steps=3)
    page.mouse.up()
    page.wait_for_url(re.compile("shift=3,4"))
    page.keyboard.press("z")
    expect(page.locator(".changed")).to_have_count(0)
    page.get_by_label("down, px").fill("-5")
    page.get_by_label("down, px").press("Enter")
    expect(page.locator(".changed")).to_contain_text("5 px up")


def test_votes_add_up_for_a_class_and_for_one_rather_than_another(page: Page) -> None:
    open_room(page)
    page.get_by_role("tab", name="Answer").click()
    page.wait_for_selector(".vote-cell .falls")
    own = check_sum(page)
    page.get_by_role("button", name="per place").click()
    assert close(check_sum(page), own)
    page.get_by_role("button", name=re.compile("rather than")).click()
    expect(page.locator(".fall-total .fall-name")).to_contain_text("−")
    check_sum(page)
    entry = values(page, ".vector-product")
    assert close(entry[0] * entry[1], entry[2])
    page.locator(".vector-sheet").focus()
    page.keyboard.press("End")
    length = int(re.findall(r"\d+", page.locator(".vector h3").inner_text())[0])
    expect(page.locator(".vector-entry")).to_contain_text(f"Entry {length - 1} ")
    page.get_by_label("temperature", exact=True).fill("2")
    page.get_by_label("temperature", exact=True).press("Enter")
    expect(page.locator(".shares thead")).to_contain_text("T = 2.00")
    expect(page.locator(".shares")).to_contain_text("T = 1")


# --- other networks --------------------------------------------------------------------------


def add_number_network(models: Path) -> None:
    """An untrained network that answers with one number of degrees."""
    layers: list[dict[str, Any]] = [
        {"name": "first", "op": "conv2d", "in_channels": 1, "out_channels": 4, "kernel_size": 3},
        {"name": "bend", "op": "relu"},
        {"name": "smaller", "op": "max_pool2d", "kernel_size": 2},
        {"name": "row", "op": "flatten"},
        {"name": "last", "op": "linear", "in_features": 4 * 19 * 19, "out_features": 1},
    ]
    torch.manual_seed(1)
    folder = models / NUMBER
    (folder / "samples").mkdir(parents=True)
    (folder / "samples" / "ring.png").write_bytes((models / ID / "samples/ring.png").read_bytes())
    own = {**card(), "id": NUMBER, "title": "A number", "task": "regression", "classes": [],
           "unit": "degrees", "architecture": {"name": "sequential", "layers": layers}}  # fmt: skip
    write_model(folder, own, build("sequential", layers).state_dict())


@pytest.fixture(scope="module")
def other_server(tmp_path_factory: pytest.TempPathFactory, serving: Serving) -> Iterator[str]:
    """A server that knows the odd network and the one with a number head."""
    models = tmp_path_factory.mktemp("models")
    add_second_network(models)
    add_number_network(models)
    with serving(models) as url:
        yield url


@pytest.fixture
def other(browser: Browser, other_server: str) -> Iterator[Page]:
    """A page there that must log no error."""
    context = browser.new_context(base_url=other_server, viewport={"width": 1440, "height": 900})
    watch = Watch(other_server)
    context.on("page", watch.attach)
    yield context.new_page()
    context.close()
    watch.check(["status of 404"])  # nothing was measured for these networks


def test_the_odd_network_is_changed_in_the_same_views(other: Page) -> None:
    open_room(other, f"model={ID}")
    for node in graph_of(other, ID)[1:]:
        if node["op"] in ("flatten", "softmax"):
            continue
        open_room(other, f"model={ID}&tab=whatif&layer={node['name']}&channel=1")
        expect(other.locator(".whatif-channel h2")).to_contain_text(node["name"])
        other.keyboard.press("o")
        edits_in(other, 1)
        want = max(
            answer(
                other,
                {"edits": [{"op": "scale", "tensor": node["name"], "channel": 1, "factor": 0}]},
                ID,
            ).values()
        )
        wait_for(other, ".effect-after", want)
        other.keyboard.press("x")
    open_room(other, f"model={ID}&tab=pooling&layer=all&open=cell")
    expect(other.locator(".pool-rows tbody tr .focus-share")).to_have_count(3)
    open_room(other, f"model={ID}&tab=shift&shift=2,0")
    expect(other.locator(".shift-plots .effect-says")).to_contain_text("has no twin")


def test_a_network_with_a_number_head_works_in_the_room(other: Page) -> None:
    open_room(other, f"model={NUMBER}")
    expect(other.locator(".cnn-classes .number-answer output")).to_contain_text("°")
    number = values(other, ".cnn-classes")[0]
    other.get_by_role("button", name="How it adds up").click()
    other.wait_for_selector(".vote-cell .falls")
    assert close(check_sum(other), number)
    expect(other.locator(".number-head")).to_contain_text("No softmax")
    open_room(other, f"model={NUMBER}&tab=whatif&layer=smaller&channel=0")
    other.keyboard.press("o")
    edits_in(other, 1)
    expect(other.locator(".effect-number output")).to_have_count(2)
    for tab in ("pooling&open=cell", "shift&shift=1,0", "convolution"):
        open_room(other, f"model={NUMBER}&tab={tab}")
        expect(other.locator(".foot-caption")).not_to_be_empty()
    open_room(other, f"model={NUMBER}&present=1&stop=answer")
    expect(other.locator(".present-answer output")).to_contain_text("°")
