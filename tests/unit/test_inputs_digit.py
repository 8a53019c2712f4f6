"""Pictures of digits -> white ink on black, in 20 x 20, centred by mass, as MNIST was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from app.inputs.digit import digit
from tests.unit.pictures import DIGIT, encode, ops, read, scene

SEVEN = ((0.2, 0.15), (0.8, 0.15), (0.4, 0.9))


def drawn(
    width: int = 280, height: int = 280, ink: int = 0, paper: int = 255, at: float = 0.0
) -> Image.Image:
    """A seven as the page's drawing pad sends it, moved by `at` of the side."""
    image = Image.new("RGB", (width, height), (paper,) * 3)
    side = min(width, height)
    points = [((x + at) * side, (y + at) * side) for x, y in SEVEN]
    pen = ImageDraw.Draw(image)
    pen.line(points, fill=(ink,) * 3, width=max(1, side // 12), joint="curve")
    return image


def picture(image: Image.Image) -> np.ndarray:
    """What the network sees of it, float [28, 28] in 0..255."""
    return read(encode(image, "PNG"), DIGIT).seen[0].numpy().astype(float)


def test_a_drawing_becomes_as_mnist_was() -> None:
    seen = picture(drawn())
    rows, columns = np.flatnonzero(seen.max(1) > 40), np.flatnonzero(seen.max(0) > 40)
    assert seen.max() >= 250
    assert 18 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 20
    y, x = ((seen.sum(1 - a) * (np.arange(28) + 0.5)).sum() / seen.sum() for a in (0, 1))
    assert abs(y - 14.5) <= 0.6  # the middle of pixel 14, as in MNIST
    assert abs(x - 14.5) <= 0.6
    assert (seen[:, [0, -1]] == 0).all()


def test_every_step_is_said() -> None:
    prepared = read(encode(drawn(), "PNG"), DIGIT)
    assert ops(prepared) == ["invert", "ink"]
    assert [step["text"] for step in prepared.report["steps"]] == [
        "Dark on light was turned into light on dark.",
        "The ink was scaled into 20 × 20 and centred by its mass in 28 × 28.",
        "The average brightness was subtracted; then divided by the spread.",
    ]
    faint = read(encode(drawn(ink=120, paper=180), "PNG"), DIGIT)
    assert ops(faint) == ["invert", "contrast", "ink"]
    assert prepared.tensor.shape == (1, 1, 28, 28)


def test_place_size_and_polarity_do_not_matter() -> None:
    expected = picture(drawn())
    for image in (
        drawn(at=0.05),
        drawn(560, 560),
        drawn(400, 280),
        drawn(ink=255, paper=0),
        drawn(ink=60, paper=220),
    ):
        assert np.abs(picture(image) - expected).mean() < 6


def test_what_is_mnist_already_is_taken_as_it_is() -> None:
    seen = picture(drawn())
    again = read(encode(Image.fromarray(seen.astype(np.uint8)), "PNG"), DIGIT)
    assert ops(again) == ["grey", "as_is"]
    assert (again.seen[0].numpy() == seen).all()
    assert again.report["crop"] == {"x": 0, "y": 0, "side": 28}


def test_the_cut_says_which_square_of_the_picture_is_seen() -> None:
    """A cell of the 28 x 28 can be found on the original: the ink's box fits."""
    prepared = read(encode(drawn(), "PNG"), DIGIT)
    cut, seen = prepared.report["crop"], prepared.seen[0].numpy()
    scale = cut["side"] / 28
    top = cut["y"] + np.flatnonzero(seen.max(1) > 40)[0] * scale
    assert abs(top - 0.15 * 280 + 280 / 24) < 2 * scale


def test_a_cut_is_respected() -> None:
    two = Image.new("RGB", (560, 280), "white")
    two.paste(drawn(), (0, 0))
    two.paste(scene(280, 280), (280, 0))
    prepared = read(encode(two, "PNG"), DIGIT, crop=(0, 0, 280))
    assert ops(prepared)[0] == "crop"
    assert np.abs(prepared.seen[0].numpy() - picture(drawn())).mean() < 1


@pytest.mark.parametrize("size", [(1, 1), (28, 28), (300, 200), (1, 5000)])
def test_an_empty_sheet_is_said(size: tuple[int, int]) -> None:
    prepared = read(encode(Image.new("RGB", size, "white"), "PNG"), DIGIT)
    assert ops(prepared) == ["blank"]
    assert (prepared.seen == 0).all()


def test_photographed_paper() -> None:
    """Grey, grainy paper with a shadow: the ink is still found."""
    rng = np.random.default_rng(0)
    shadow = np.linspace(0, 25, 280)[None, :, None]
    values = np.asarray(drawn(ink=40, paper=200)) - shadow + rng.normal(0, 4, (280, 280, 1))
    image = Image.fromarray(values.clip(0, 255).astype(np.uint8))
    clean, found = picture(drawn()), picture(image)
    moved = [np.roll(found, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    assert min(np.abs(one - clean).mean() for one in moved) < 8


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_any_picture(width: int, height: int, data: st.DataObject) -> None:
    values = data.draw(st.binary(min_size=width * height, max_size=width * height))
    image = Image.frombytes("L", (width, height), values).convert("RGB")
    made = digit(image, 28)
    assert made.image.size == (28, 28)
    assert made.square[2] > 0
    assert made.steps
