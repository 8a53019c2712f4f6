"""Any picture of a digit -> white ink on black, as MNIST was made (LeCun et al. 1998).

    RGB --> grey --> dark on light? inverted --> paper made black, ink white
        --> ink cut out --> longer side to 20 px --> its centre of mass to the centre of 28 x 28

What is 28 x 28, light on dark, already is taken as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.inputs.colours import Step

Pixels = NDArray[np.float32]

INK_SHARE = 20 / 28  # of the side: MNIST's digits fill 20 of 28 px
FAINTEST = 24  # ink must stand out from the paper by this many of 255 values
GRAIN = 0.15  # of the strongest ink: on a photographed sheet this much is paper
IS_INK = 0.25  # of the strongest ink: fainter is paper, its grain or its shadow


@dataclass(frozen=True)
class Digit:
    """`image` is grey, `size` px; `square` (x, y, side) is what of the picture it shows."""

    image: Image.Image
    square: tuple[float, float, float]
    steps: list[Step]


def digit(image: Image.Image, size: int) -> Digit:
    """An RGB picture -> a Digit of size x size."""
    grey = np.asarray(image.convert("L"), dtype=np.float32)
    paper = _paper(grey)
    if image.size == (size, size) and paper < 128:
        step = Step(op="as_is", text=f"Already {size} × {size}, light on dark: taken as it is.")
        return Digit(Image.fromarray(grey.astype(np.uint8)), (0, 0, size), [step])
    steps: list[Step] = []
    ink = _ink(grey, paper, steps)
    found = np.argwhere(ink > IS_INK * 255)
    if not len(found):
        steps.append(Step(op="blank", text="No ink was found: the network sees an empty square."))
        return Digit(Image.new("L", (size, size)), (0, 0, max(image.size)), steps)
    (top, left), (bottom, right) = found.min(0), found.max(0) + 1
    steps.append(Step(op="ink", text=_placed(size)))
    return _place(ink[top:bottom, left:right], (int(left), int(top)), size, steps)


def inked(image: Image.Image, steps: list[Step]) -> Image.Image:
    """An RGB picture -> all of its ink where it is, white on black, in grey; `steps` grows."""
    grey = np.asarray(image.convert("L"), dtype=np.float32)
    ink = _ink(grey, _paper(grey), steps)
    if not ink.any():
        steps.append(Step(op="blank", text="No ink was found: the network sees an empty square."))
    return Image.fromarray(ink.astype(np.uint8))


def _paper(grey: Pixels) -> float:
    """The brightness of the paper: the median along the picture's border."""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    return float(np.median(border))


def _ink(grey: Pixels, paper: float, steps: list[Step]) -> Pixels:
    """Brightness -> strength of ink 0..255: paper 0, the strongest ink 255; `steps` grows."""
    darker, lighter = paper - float(grey.min()), float(grey.max()) - paper
    if max(darker, lighter) < FAINTEST:
        return np.zeros_like(grey)
    if darker >= lighter:
        steps.append(Step(op="invert", text="Dark on light was turned into light on dark."))
    strength = paper - grey if darker >= lighter else grey - paper
    strongest, grain = float(strength.max()), 0.0
    if strongest < 250:  # not drawn on a screen: paper has a grain and shadows
        grain = GRAIN * strongest
        steps.append(Step(op="contrast", text="The paper was made black, the ink white."))
    ink: Pixels = ((strength - grain) * (255 / (strongest - grain))).clip(0, 255)
    return ink


def _place(ink: Pixels, corner: tuple[int, int], size: int, steps: list[Step]) -> Digit:
    """The cut-out ink [h, w], scaled and centred by its mass in size x size."""
    height, width = ink.shape
    box = round(size * INK_SHARE)
    scale = box / max(height, width)
    shape = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = Image.fromarray(ink.astype(np.uint8)).resize(shape, Image.Resampling.LANCZOS)
    values = np.asarray(small, dtype=np.float32)
    x, y = (_offset(values, axis, size) for axis in (1, 0))
    canvas = Image.new("L", (size, size))
    canvas.paste(small, (x, y))
    square = (corner[0] - x / scale, corner[1] - y / scale, size / scale)
    return Digit(canvas, square, steps)


def _offset(values: Pixels, axis: int, size: int) -> int:
    """Where the ink must start, along an axis, for its mass to be in the centre; kept inside."""
    mass = values.sum(axis=1 - axis)
    centre = float((mass * (np.arange(len(mass)) + 0.5)).sum() / mass.sum())
    # MNIST has it in the middle of pixel 14, counted from 0, half a pixel beyond the centre.
    return max(0, min(round((size + 1) / 2 - centre), size - len(mass)))


def _placed(size: int) -> str:
    """The sentence for the scaling and the centring."""
    box = round(size * INK_SHARE)
    return f"The ink was scaled into {box} × {box} and centred by its mass in {size} × {size}."
