"""The whole picture in a square, and a box there and back."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.core.errors import BadOption
from app.inputs.image import read_image
from app.inputs.letterbox import placed
from app.inputs.spec import ImageSpec

PHOTO = ImageSpec(size=32, channels=3, mode="whole", mean=(0.5, 0.4, 0.3), std=(0.25, 0.25, 0.25))
BOARD = ImageSpec(size=32, channels=1, mode="board", mean=(0.1,), std=(0.2,))


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("size", [(64, 64), (100, 40), (40, 100), (1, 1), (1, 5000), (5000, 1)])
def test_a_box_goes_there_and_back(size: tuple[int, int]) -> None:
    place = placed(*size, 32)
    assert max(place.width, place.height) == 32
    assert min(place.width, place.height) >= 1
    assert 0 <= place.left <= 32 - place.width
    assert 0 <= place.top <= 32 - place.height
    width, height = size
    box = [0.1 * width, 0.25 * height, 0.8 * width, height]
    assert place.outside(place.inside(box)) == pytest.approx(box)
    assert place.outside([-9, -9, 99, 99]) == [0, 0, width, height]


def test_nothing_is_cut_off_and_the_rest_is_average() -> None:
    image = Image.new("RGB", (64, 32), (255, 0, 0))
    made = read_image(png(image), PHOTO, max_pixels=10**6)
    assert made.whole is not None
    assert made.report["place"] == {"left": 0, "top": 8, "width": 32, "height": 16}
    assert made.report["crop"] == {"x": 0, "y": -16, "side": 64}
    assert made.seen[:, 8:24].float().mean(dim=(1, 2)).tolist() == pytest.approx([255, 0, 0])
    assert float(made.tensor[0, :, :8].abs().max()) < 0.01
    assert any("Nothing was cut off" in step["text"] for step in made.report["steps"])


@pytest.mark.parametrize("paper", [255, 0])
def test_ink_is_light_on_black_wherever_it_is(paper: int) -> None:
    image = Image.new("L", (64, 64), paper)
    pen = ImageDraw.Draw(image)
    for x in (4, 44):
        pen.rectangle((x, 20, x + 11, 51), fill=255 - paper)
    seen = read_image(png(image), BOARD, max_pixels=10**6).seen[0].numpy()
    inked = np.argwhere(seen > 128)
    assert inked.min(0).tolist() == [10, 2]
    assert inked.max(0).tolist() == [25, 27]


def test_an_empty_sheet_is_said() -> None:
    made = read_image(png(Image.new("RGB", (50, 50), "white")), BOARD, max_pixels=10**6)
    assert not made.seen.any()
    assert any("No ink" in step["text"] for step in made.report["steps"])


def test_there_is_nothing_to_cut() -> None:
    with pytest.raises(BadOption, match="whole picture"):
        read_image(png(Image.new("RGB", (50, 50))), PHOTO, max_pixels=10**6, crop=(0, 0, 9))
