"""What the tests of the picture room share: opening it, reading its numbers, checking its sums.

open_room(page, fragment) -> values(page, part) -> check_sum, check_cell
"""

from __future__ import annotations

import io
import json
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.browser.frames import NEXT_FRAME, at_rest

READY = '.cnn[data-exact="true"]'
WHOLE = '.cnn[data-whole="true"]'  # its weights and the view are here too
WITHIN = 1e-5

# Every wall's tiles: how many have a picture drawn in them (opaque inside, at the centre too).
TILES = """() => Object.fromEntries(
[...document.querySelectorAll('canvas.wall-canvas')].map((c) => {
  const columns = Number(c.dataset.columns);
  const side = (c.clientWidth - 1) / columns * c.width / c.clientWidth;
  const pixels = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
  let drawn = 0;
  for (let y = side / 2; y < c.height; y += side)
    for (let x = side / 2; x < c.width; x += side)
      drawn += pixels[4 * (Math.floor(y) * c.width + Math.floor(x)) + 3] === 255;
  return [c.dataset.layer, drawn];
}))"""


def picture() -> bytes:
    """A picture that no sample shows, as PNG."""
    image = Image.new("RGB", (300, 200), (200, 180, 150))
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 30, 190, 170), fill=(210, 110, 30))
    draw.polygon([(180, 40), (280, 30), (240, 170)], fill=(40, 90, 160))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def open_room(page: Page, fragment: str = "") -> None:
    """Opens the room at a fragment, and waits until the view and what it needs are here and drawn.

    A room that is open already loads no page anew.
    """
    page.goto(f"/cnn#{fragment}")
    page.evaluate(NEXT_FRAME)
    page.wait_for_selector(WHOLE)
    at_rest(page, most=2000)


def graph_of(page: Page, model: str) -> list[dict[str, Any]]:
    """The layer graph that the API sends."""
    answer = page.request.get(f"/api/v1/models/{model}")
    graph: list[dict[str, Any]] = answer.json()["graph"]
    return graph


def model_of(page: Page) -> str:
    """The network on show."""
    return str(page.locator(".toolbar select").input_value())


def values(page: Page, selector: str) -> list[float]:
    """The exact numbers behind what a part of the page shows, once all of them are drawn."""
    at_rest(page, most=1000)
    found = page.locator(f"{selector} [data-value]").evaluate_all(
        "all => all.map((e) => Number(e.dataset.value))"
    )
    return [float(v) for v in found]


BEST = "() => document.querySelector('.cnn-classes [data-value]').dataset.value"


def best(page: Page) -> str:
    """The exact share of the best class on show."""
    return str(page.evaluate(BEST))


def wait_for_another_answer(page: Page, before: str) -> None:
    """Returns when the best class has another share than `before`."""
    page.wait_for_function(f"(old) => ({BEST})() !== old", arg=before)


def close(a: float, b: float) -> bool:
    return abs(a - b) <= WITHIN * max(1.0, abs(b))


def shown(text: str) -> float:
    """A number as a visitor reads it."""
    return float(text.replace("\u2212", "-").replace("+", ""))


def exact(page: Page, model: str, tensor: str, channel: int, cell: tuple[int, int]) -> float:
    """The traced value over REST, for the room's first sample."""
    sample = page.request.get(f"/api/v1/models/{model}/samples").json()["samples"][0]["name"]
    answer = page.request.post(
        f"/api/v1/models/{model}/trace?layers={tensor}", data=json.dumps({"sample": sample}),
        headers={"content-type": "application/json", "accept": "application/json"},
    )  # fmt: skip
    found = answer.json()["tensors"][tensor]
    shape = found["shape"]
    height, width = [*shape, 1, 1][1:3]
    return float(found["data"][(channel * height + cell[0]) * width + cell[1]])


def check_sum(page: Page, part: str = ".falls") -> float:
    """The bars of a waterfall add up, exactly and as shown; gives the total."""
    *terms, total = values(page, part)
    assert close(sum(terms), total), (terms, total)
    *texts, last = page.locator(f"{part} .fall-value").all_inner_texts()
    assert round(sum(map(shown, texts)) - shown(last), 6) == 0, (texts, last)
    return total


def check_cell(page: Page, want: float) -> None:
    """Whatever lens is open: its parts give its value, and that is the network's."""
    page.wait_for_selector(".cell-lens :is(.conv-cell, .pool-cell, .element-cell, .vote-cell)")
    if page.locator(".falls").count():
        assert close(check_sum(page), want)
    elif page.locator(".pool-cell").count():
        window, found = values(page, ".window .cells"), values(page, ".window .equation")
        assert close(found[-1], want)
        if window:
            mean = len(found) > 1
            assert close(sum(window) / len(window) if mean else max(window), want)
    else:
        assert close(values(page, ".element .equation")[-1], want)
