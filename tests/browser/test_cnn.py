"""The picture room as a visitor uses it: pictures in, keys, links, the cut, trouble.

sample, upload, drop, paste -> every map; keyboard alone -> every level; URL -> the same view
"""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.cnn_room import (
    READY,
    TILES,
    best,
    check_sum,
    close,
    graph_of,
    model_of,
    open_room,
    picture,
    values,
    wait_for_another_answer,
)


def test_upload_draws_every_map_of_every_layer(page: Page) -> None:
    open_room(page, "every=1")
    before = best(page)
    page.get_by_role("button", name="New picture").click()
    page.locator('.picker input[type="file"]').set_input_files(
        {"name": "mine.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.wait_for_url(re.compile("picture="))
    expect(page.locator(".cnn-picture figcaption").first).to_have_text("Your picture")
    wait_for_another_answer(page, before)
    drawn = page.evaluate(TILES)
    layers = [n for n in graph_of(page, model_of(page)) if len(n["output_shape"]) == 3][1:]
    assert layers
    for layer in layers:
        assert drawn[layer["name"]] == layer["output_shape"][0], layer["name"]


def test_dropped_and_pasted_pictures_are_read(page: Page) -> None:
    open_room(page)
    for event in ("drop", "paste"):
        page.evaluate(
            """async ([kind, bytes]) => {
              const data = new DataTransfer();
              data.items.add(new File([new Uint8Array(bytes)], 'p.png', {type: 'image/png'}));
              const how = {bubbles: true, cancelable: true};
              const made = kind === 'drop'
                ? new DragEvent('drop', {dataTransfer: data, ...how})
                : new ClipboardEvent('paste', {clipboardData: data, ...how});
              document.body.dispatchEvent(made);
            }""",
            [event, list(picture())],
        )
        expect(page.locator(".cnn-picture figcaption").first).to_have_text("Your picture")
        page.goto("/cnn")
        page.wait_for_selector(READY)


def test_the_answer_is_that_of_the_api(page: Page) -> None:
    open_room(page)
    model = model_of(page)
    sample = page.request.get(f"/api/v1/models/{model}/samples").json()["samples"][0]["name"]
    answer = page.request.post(
        f"/api/v1/models/{model}/predict", data=json.dumps({"sample": sample}),
        headers={"content-type": "application/json"},
    ).json()["predictions"]  # fmt: skip
    row = page.locator(".cnn-classes .bar").first
    assert row.locator(".bar-name").inner_text().strip() == answer[0]["label"]
    assert close(values(page, ".cnn-classes")[0], answer[0]["probability"])
    assert abs(sum(values(page, ".cnn-classes")) - 1) < 1e-4


def test_all_levels_by_keyboard_alone(page: Page) -> None:
    open_room(page)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "cnn-columns":
            break
    page.keyboard.press("ArrowRight")
    expect(page.locator(".wall-mark")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    expect(page.locator(".lens-big")).to_be_visible()
    before = page.locator(".lens-readout output").inner_text()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".lens-readout output")).not_to_have_text(before)
    page.keyboard.press("Enter")
    expect(page.locator(".cell-lens")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".lens-big")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".cnn-overview")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator(".legends")).to_contain_text("each map its own")
    page.keyboard.press("s")
    expect(page.locator(".legends")).to_contain_text("whole network")
    page.keyboard.press("i")
    expect(page.locator(".picker-panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".picker-panel")).to_be_hidden()


def test_a_copied_link_opens_the_same_view(page: Page, browser: Browser, live_server: str) -> None:
    open_room(page, "tab=convolution&channel=3&cell=4,5&open=cell&scope=network")
    total = check_sum(page)
    page.wait_for_timeout(500)
    with browser.new_context() as context:
        other = context.new_page()
        other.goto(page.url.replace("http://127.0.0.1", live_server.rsplit(":", 1)[0]))
        other.wait_for_selector(".conv-cell .falls")
        assert other.locator(".crumbs h2").inner_text() == page.locator(".crumbs h2").inner_text()
        assert check_sum(other) == total


def test_a_moved_cut_changes_what_the_network_sees(page: Page) -> None:
    open_room(page)
    pixels = "() => document.querySelector('.cnn-picture canvas.seen').toDataURL()"
    before = page.evaluate(pixels)
    page.locator(".cut").focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.wait_for_url(re.compile("crop="))
    page.wait_for_function(f"(old) => ({pixels})() !== old", arg=before)
    box = page.locator(".cut").bounding_box()
    assert box
    moved = page.evaluate(pixels)
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 45, box["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_function(f"(old) => ({pixels})() !== old", arg=moved)


def test_a_picture_of_another_browser_is_said(page: Page) -> None:
    page.goto("/cnn#picture=0123456789abcdef")
    expect(page.get_by_text("This link's picture stayed in another browser.")).to_be_visible()
    page.wait_for_selector(READY)


def test_an_uploaded_picture_survives_a_reload(page: Page) -> None:
    open_room(page)
    before = best(page)
    page.locator('.picker input[type="file"]').set_input_files(
        {"name": "mine.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.wait_for_url(re.compile("picture="))
    wait_for_another_answer(page, before)
    answer = page.locator(".cnn-classes").inner_text()
    page.reload()
    page.wait_for_selector(READY)
    expect(page.locator(".cnn-picture figcaption").first).to_have_text("Your picture")
    assert page.locator(".cnn-classes").inner_text() == answer


class TestTrouble:
    @pytest.fixture
    def allowed_errors(self) -> list[str]:
        return ["status of 4(15|22)"]

    def test_what_is_no_picture_is_said_and_the_maps_stay(self, page: Page) -> None:
        open_room(page)
        page.locator('.picker input[type="file"]').set_input_files(
            {"name": "x.png", "mimeType": "image/png", "buffer": b"not a picture at all"}
        )
        expect(page.locator(".trouble").first).to_be_visible()
        assert page.locator("canvas.wall-canvas").count() > 0


def test_a_drawing_is_read_while_the_pen_moves(page: Page) -> None:
    open_room(page)
    if "digits-cnn" not in page.locator(".toolbar option").evaluate_all("a => a.map(o => o.value)"):
        pytest.skip("no network here reads drawings")
    open_room(page, "model=digits-cnn")
    page.keyboard.press("i")
    page.locator(".drawpad canvas").scroll_into_view_if_needed()
    sheet = page.locator(".drawpad canvas").bounding_box()
    assert sheet
    x, y, side = sheet["x"], sheet["y"], sheet["width"]
    before = best(page)
    page.mouse.move(x + side / 2, y + side * 0.2)
    page.mouse.down()
    page.mouse.move(x + side / 2, y + side * 0.8, steps=12)
    expect(page.locator(".cnn-picture figcaption").first).to_have_text("Your picture")
    wait_for_another_answer(page, before)  # the pen is still down
    page.mouse.up()
    page.wait_for_url(re.compile("picture="))
    assert page.locator(".cnn-classes .bar-name").first.inner_text().strip() == "1"
