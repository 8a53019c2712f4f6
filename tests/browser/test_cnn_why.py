"""Why this answer, compare two, save and script, and the camera: clicks, keys, files, commands."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.cnn_room import READY, check_sum, close, open_room, picture, shown, values
from tests.browser.test_cnn_look import OVERFLOW, walk_whole
from tests.conftest import BROWSER_ARGUMENTS, find_browser

FAKE_CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
DONE = "() => !document.querySelector('.why-progress')"
MODEL = "photos"


def explained(page: Page, query: str) -> dict[str, Any]:
    """The explanation over REST, for the room's first sample."""
    sample = page.request.get(f"/api/v1/models/{MODEL}/samples").json()["samples"][0]["name"]
    answer = page.request.post(f"/api/v1/models/{MODEL}/explain?{query}", data={"sample": sample})
    found: dict[str, Any] = answer.json()
    return found


def of(found: dict[str, Any], name: str = "map") -> np.ndarray[Any, Any]:
    """One tensor of a JSON answer."""
    tensor = found["tensors"][name]
    return np.array(tensor["data"], dtype=np.float32).reshape(tensor["shape"])


def readout(page: Page, part: str = ".why-readout") -> tuple[int, int, float]:
    """Row, column and exact value of the chosen cell."""
    row, column = (int(v) for v in re.findall(r"\d+", page.locator(part).inner_text())[:2])
    return row, column, values(page, part)[0]


def test_each_method_shows_what_the_server_computed(page: Page) -> None:
    open_room(page, f"model={MODEL}&tab=why")
    found = explained(page, "method=gradcam")
    expect(page.locator(".why-about h2")).to_contain_text(found["class"])
    row, column, value = readout(page)
    assert close(value, float(of(found)[row, column]))
    assert value == of(found).max()
    assert close(check_sum(page, ".why-worked .falls"), float(of(found, "signed")[row, column]))
    page.get_by_role("button", name="Input gradient").click()
    expect(page.locator(".why-about h2")).to_contain_text("Input gradient")
    found = explained(page, "method=gradient")
    page.locator(".explain-map .map-box").click(position={"x": 200, "y": 120})
    row, column, value = readout(page)
    assert close(value, float(of(found)[row, column]))
    *colours, largest = values(page, ".why-planes")
    assert close(max(map(abs, colours)), largest)
    assert close(largest, value)
    page.wait_for_url(re.compile(f"cell={row},{column}"))
    assert f"cell={row},{column}" in page.url
    assert "method=gradient" in page.url


def test_keys_choose_class_layer_and_cell(page: Page) -> None:
    open_room(page, f"model={MODEL}&tab=why")
    page.wait_for_selector(".why-readout")
    second = page.locator(".why-controls select").first.locator("option").nth(1)
    label = str(second.get_attribute("value"))
    page.keyboard.press("a")
    expect(page.locator(".why-about h2")).to_contain_text(label)
    before = page.locator(".why-controls select").nth(1).input_value()
    page.keyboard.press("k")
    expect(page.locator(".why-controls select").nth(1)).not_to_have_value(before)
    page.wait_for_url(re.compile(r"layer="))
    layer = page.locator(".why-controls select").nth(1).input_value()
    its = of(explained(page, f"method=gradcam&class={label}&layer={layer}"))
    # Until this layer's map is here, keys walk over the cells of the one before.
    expect(page.locator(".why-readout")).to_contain_text(f"of {its.shape[0]}×{its.shape[1]}")
    page.keyboard.press("Enter")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".why-readout")).to_contain_text("row 0, column 1")
    wanted = float(its[0, 1])
    for _ in range(100):  # the map of the layer before stays until this one's is here
        if close(readout(page)[2], wanted):
            break
        page.wait_for_timeout(100)
    assert close(readout(page)[2], wanted)
    page.wait_for_url(re.compile("cell="))
    page.reload()
    page.wait_for_selector(".why-readout")
    expect(page.locator(".why-about h2")).to_contain_text(label)
    expect(page.locator(".why-readout")).to_contain_text("row 0, column 1")


def test_occlusion_is_drawn_as_it_comes_and_a_newer_question_overtakes(page: Page) -> None:
    bands: list[str] = []
    page.on("request", lambda r: bands.append(r.url) if "method=occlusion" in r.url else None)
    page.goto(f"/cnn#model={MODEL}&tab=why&method=occlusion")  # not waiting for it to be done
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator(".why-progress")).to_contain_text("Stopped")
    stopped = len(bands)
    page.wait_for_timeout(400)
    assert len(bands) == stopped
    page.get_by_role("button", name="Go on").click()
    page.wait_for_function(
        "() => document.querySelector('.why-progress')?.innerText.includes('Stop')"
    )
    page.keyboard.press("a")  # another class while the first is on its way
    page.wait_for_function(DONE)
    label = page.locator(".why-controls select").first.input_value()
    expect(page.locator(".why-about h2")).to_contain_text(label)
    found = explained(page, f"method=occlusion&class={label}")
    page.get_by_role("button", name="Show as table").click()
    table = values(page, "dialog[open] tbody")
    assert all(close(a, float(b)) for a, b in zip(table, of(found).reshape(-1), strict=True))
    assert len(bands) > 4  # row by row, not at once


def test_the_four_side_by_side_share_one_point(page: Page) -> None:
    open_room(page, f"model={MODEL}&tab=why&method=all")
    page.wait_for_function("() => document.querySelectorAll('.why-one .map-box').length === 4")
    maps = page.locator(".why-one .map-box")
    maps.nth(1).click(position={"x": 100, "y": 50})
    expect(page.locator(".why-one output")).to_have_count(4)
    centres = maps.evaluate_all(
        """all => all.map((box) => {
          const b = box.getBoundingClientRect();
          const m = box.querySelector('.marker').getBoundingClientRect();
          return [(m.x - b.x) / b.width, (m.y - b.y) / b.height, m.width / b.width];
        })"""
    )
    x, y, _ = centres[1]
    for left, top, width in centres:
        assert left - 0.01 <= x <= left + width + 0.01
        assert top - 0.01 <= y <= top + width + 0.01


def test_two_pictures_with_one_selection(page: Page) -> None:
    open_room(page, f"model={MODEL}&tab=compare")
    page.wait_for_selector(".compare-maps")
    maps = page.locator(".compare-map .map-box")
    maps.nth(1).click(position={"x": 150, "y": 90})
    texts = page.locator(".compare-map output").all_inner_texts()
    assert len({text.split(":")[0] for text in texts}) == 1
    assert len(texts) == 3
    first, second, gap = values(page, ".compare-map output")
    assert close(second - first, gap)
    for row in page.locator(".compare-answers tbody tr").all():
        a, b, apart = (
            float(str(e.get_attribute("data-value"))) for e in row.locator("[data-value]").all()
        )
        assert close(b - a, apart)
        assert abs(shown(row.locator(".compare-gap").inner_text()) - 100 * apart) <= 0.051
    page.keyboard.press("j")
    expect(page.locator(".compare-map h2").nth(1)).not_to_contain_text("undefined")
    page.wait_for_url(re.compile("layer="))


def test_two_networks_on_one_picture(page: Page) -> None:
    open_room(page, f"model={MODEL}&tab=compare")
    page.get_by_role("combobox", name=re.compile("^Beside it")).select_option("model:digits-cnn")
    expect(page.locator(".compare-answers")).to_contain_text("different classes")
    expect(page.locator(".compare-note")).to_contain_text("trained apart")
    page.wait_for_url(re.compile("against=model(:|%3A)digits-cnn"))
    last = (
        page.get_by_role("combobox", name=re.compile("^Layer"))
        .locator("option")
        .last.get_attribute("value")
    )
    page.get_by_role("combobox", name=re.compile("^Layer")).select_option(last)
    expect(page.get_by_role("status").filter(has_text="nothing in the place")).to_be_visible()


def saved(page: Page, button: Any) -> tuple[str, bytes]:
    """The file that a button gives: name and bytes."""
    with page.expect_download() as download:
        button.click()
    path = download.value.path()
    return download.value.suggested_filename, path.read_bytes()


def test_maps_and_plots_and_the_run_as_files(page: Page) -> None:
    open_room(page, f"model={MODEL}&tab=save")
    page.wait_for_selector(".save-map")
    layer = page.get_by_role("combobox", name=re.compile("^Layer")).input_value()
    channel = int(page.get_by_role("spinbutton", name="Channel").input_value())
    name, data = saved(page, page.get_by_role("button", name="npz, for numpy"))
    trace = np.load(io.BytesIO(data))
    assert name.endswith(".npz")
    want = trace[layer][channel]
    name, data = saved(page, page.get_by_role("button", name="PNG, raw grey"))
    raw = Image.open(io.BytesIO(data))
    low, high = (float(v) for v in re.findall(r"= (-?[\d.e-]+)", raw.text["Description"])[:2])  # type: ignore[attr-defined]
    levels = np.asarray(raw, dtype=np.float64)
    assert levels.shape == want.shape
    assert np.abs(low + levels / 65535 * (high - low) - want).max() <= (high - low) / 65535
    name, data = saved(page, page.get_by_role("button", name="PNG, as coloured"))
    assert min(Image.open(io.BytesIO(data)).size) >= 256
    page.get_by_role("button", name="Save Shares of the classes").click()
    name, data = saved(page, page.get_by_role("button", name="SVG", exact=True))
    assert data.startswith(b"<svg xmlns=")
    assert b"<rect" in data
    page.get_by_role("button", name=re.compile("Save Votes")).click()
    name, data = saved(page, page.locator(".save-list").get_by_role("button", name="CSV"))
    rows = [line.split(",") for line in data.decode().splitlines()[1:]]
    assert close(sum(float(row[-1]) for row in rows[:-1]), float(rows[-1][-1]))


def commands(page: Page) -> tuple[str, str]:
    """The curl and the Python on show."""
    curl, python = page.locator(".script pre").all_inner_texts()
    return curl, python


def run_both(page: Page, folder: Path) -> tuple[str, str]:
    """Runs what is printed, in `folder`; gives what each wrote."""
    curl, python = commands(page)
    shell = subprocess.run(["bash", "-c", curl], cwd=folder, capture_output=True, text=True)
    assert shell.returncode == 0, (curl, shell.stderr, shell.stdout)
    script = subprocess.run(
        [sys.executable, "-c", python], cwd=folder, capture_output=True, text=True
    )
    assert script.returncode == 0, (python, script.stderr)
    return shell.stdout, script.stdout


def test_the_commands_run_as_printed(page: Page, tmp_path: Path) -> None:
    edits = json.dumps([{"op": "scale", "tensor": "relu1", "channel": 1, "factor": 0}])
    edits = edits.replace(
        "relu1", page.request.get(f"/api/v1/models/{MODEL}").json()["graph"][2]["name"]
    )
    open_room(page, f"model={MODEL}&tab=save&crop=40,10,200&shift=2,-1&edits={edits}")
    said, printed = run_both(page, tmp_path)
    best = json.loads(said)["predictions"][0]
    assert json.loads(said)["options"]["shift"] == [2, -1]
    assert printed.splitlines()[0].split()[0] == best["label"].split()[0]
    for call in ("Every value", "This map", "Why"):
        page.get_by_role("button", name=call, exact=True).click()
        expect(page.locator(".script pre").first).to_contain_text(
            "explain" if call == "Why" else "trace"
        )
        _, printed = run_both(page, tmp_path)
        assert printed.strip()
    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".safetensors"}


def test_the_commands_name_the_visitors_own_file(page: Page, tmp_path: Path) -> None:
    own = tmp_path / "it's my cat.png"
    own.write_bytes(picture())
    open_room(page, f"model={MODEL}&tab=save")
    page.get_by_role("button", name="New picture").click()
    page.locator(".picker-own input[type=file]").set_input_files(own)
    expect(page.locator(".script pre").first).to_contain_text("@it")
    said, printed = run_both(page, tmp_path)
    assert json.loads(said)["predictions"][0]["label"].split()[0] == printed.split()[0]
    _name, data = saved(page, page.get_by_role("button", name="Save the picture under that name"))
    assert data == own.read_bytes()


@pytest.fixture
def filmed(playwright: Playwright, live_server: str) -> Iterator[Page]:
    """A page of a browser that has a camera: Chromium's test picture."""
    browser: Browser = playwright.chromium.launch(
        executable_path=find_browser(), args=[*BROWSER_ARGUMENTS, *FAKE_CAMERA]
    )
    context = browser.new_context(base_url=live_server, viewport={"width": 1440, "height": 900})
    context.add_init_script(
        "const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);"
        "if (ask) navigator.mediaDevices.getUserMedia = async (w) => (window.film = await ask(w));"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    browser.close()
    assert not errors, errors


ENDED = "() => window.film.getTracks().every((track) => track.readyState === 'ended')"


def test_the_camera_takes_a_picture_and_stops(filmed: Page) -> None:
    open_room(filmed, f"model={MODEL}")
    filmed.get_by_role("button", name="New picture").click()
    filmed.get_by_role("button", name="Use the camera").click()
    filmed.wait_for_function("() => document.querySelector('.camera video')?.videoWidth > 0")
    filmed.get_by_role("button", name="Take this picture").click()
    filmed.wait_for_url(re.compile("picture="))
    filmed.wait_for_function(ENDED)
    expect(filmed.locator(".picker-panel")).to_be_hidden()
    filmed.get_by_role("button", name="New picture").click()
    filmed.get_by_role("button", name="Use the camera").click()
    filmed.wait_for_selector(".camera video")
    filmed.keyboard.press("Escape")
    expect(filmed.locator(".picker-panel")).to_be_hidden()
    filmed.wait_for_function(ENDED)


def test_live_frames_are_read_as_they_come(filmed: Page) -> None:
    asked: list[float] = []
    filmed.on("request", lambda r: asked.append(1) if r.url.endswith("/trace") else None)
    open_room(filmed, f"model={MODEL}")
    filmed.get_by_role("button", name="New picture").click()
    filmed.get_by_role("button", name="Use the camera").click()
    filmed.wait_for_function("() => document.querySelector('.camera video')?.videoWidth > 0")
    before = len(asked)
    filmed.get_by_role("button", name="Live").click()
    filmed.wait_for_timeout(1500)
    filmed.get_by_role("button", name="Stop live").click()
    frames = len(asked) - before
    assert 2 <= frames <= 7  # a bounded rate
    filmed.wait_for_url(re.compile("picture="))  # the last one is kept
    filmed.get_by_role("button", name="Close camera").click()
    filmed.wait_for_function(ENDED)


def test_without_a_secure_origin_the_page_says_so(page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    open_room(page)
    page.get_by_role("button", name="New picture").click()
    expect(page.locator(".camera")).to_contain_text("HTTPS or localhost")
    assert page.locator(".camera input").get_attribute("capture") == "environment"


@pytest.mark.parametrize("tab", ["why", "compare", "save"])
def test_projector_phone_and_axe(page: Page, tab: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_room(page, f"model={MODEL}&present=1&tab={tab}")
    page.wait_for_selector(f".{tab}, .present-two")
    walk_whole(page)
    page.set_viewport_size({"width": 390, "height": 844})
    open_room(page, f"model={MODEL}&tab={tab}")
    page.wait_for_selector(f".{tab}")
    assert page.evaluate(OVERFLOW)[0] == 0
    found = Axe().run(page).response["violations"]
    assert not found, [(v["id"], [n["html"] for n in v["nodes"]][:2]) for v in found]


def test_another_network_draws_in_every_view(odd: Page) -> None:
    for method in ("gradcam", "gradient", "occlusion"):
        odd.goto(f"/cnn#tab=why&method={method}")
        odd.wait_for_selector(READY)
        expect(odd.locator(".why-readout")).to_contain_text("row")
        odd.wait_for_function(DONE)
    odd.goto("/cnn#tab=save&call=explain")
    expect(odd.locator(".script pre").first).to_contain_text("explain")
    odd.goto("/cnn#tab=compare")
    expect(odd.locator(".stage")).to_contain_text("nothing to compare with")
