"""Boards with several handwritten digits on them, composed from mnist as they are needed.

    digit 28 x 28 --ink cut out, stretched, turned, thinned or thickened, made larger--> patch
    patches --one after another, where they hardly overlap--> board S x S, box and label of each
    board --specks, grain, softness--> uint8

The box of a digit is the smallest that holds its ink (INK of the strongest). Training boards are
made of training digits, held-out boards of test digits with a seed of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from app.inputs.digit import IS_INK

SIZE = 112
MOST = 9  # digits on a board
SMALLEST, LARGEST = 16, 60  # px, the longer side of a digit's ink
TOUCH = 0.1  # of the smaller box that another box may cover
TRIES = 12  # places tried for a digit before it is left out
HELD_OUT_SEED = 20_260

Pixels = NDArray[np.uint8]
Boxes = NDArray[np.float32]


@dataclass(frozen=True)
class Board:
    """`picture` uint8 [S, S], light ink on black; `boxes` float32 [N, 4] as x0, y0, x1, y1 in
    pixels; `labels` int64 [N]."""

    picture: Pixels
    boxes: Boxes
    labels: NDArray[np.int64]


def compose(digits: Pixels, labels: NDArray[np.int64], rng: np.random.Generator) -> Board:
    """One board of 1 to MOST of these digits, uint8 [N, 28, 28]; at least one is always there."""
    canvas = np.zeros((SIZE, SIZE), np.uint8)
    boxes: list[tuple[int, int, int, int]] = []
    found: list[int] = []
    wanted = int(rng.integers(1, MOST + 1))
    # Few digits may be large; many are of about one size, as people write them.
    largest = max(SMALLEST + 8, min(LARGEST, 1.45 * SIZE / wanted**0.5))
    usual = np.exp(rng.uniform(np.log(SMALLEST + 4), np.log(largest)))
    for _ in range(wanted):
        which = int(rng.integers(len(labels)))
        size = float(np.clip(usual * np.exp(rng.normal(0, 0.22)), SMALLEST, largest))
        patch = _patch(digits[which], size, rng)
        place = _place(patch, boxes, rng)
        if place is None:
            continue
        x, y = place
        high, wide = patch.shape
        part = canvas[y : y + high, x : x + wide]
        np.maximum(part, patch, out=part)
        boxes.append((x, y, x + wide, y + high))
        found.append(int(labels[which]))
    return Board(_weathered(canvas, rng), np.array(boxes, np.float32), np.array(found, np.int64))


def _patch(digit: Pixels, size: float, rng: np.random.Generator) -> Pixels:
    """A digit -> its ink alone, the longer side about `size` px: uint8 [h, w]."""
    image = Image.fromarray(digit)
    turn, slant = float(rng.normal(0, 5)), float(rng.normal(0, 0.08))
    zoom = size / 20  # mnist's ink fills 20 px
    wide = zoom * float(np.exp(rng.normal(0, 0.1)))
    side = round(36 * max(zoom, wide))
    a, b = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    half = side / 2
    across, down = np.array([a / wide, slant + b / wide]), np.array([-b / zoom, a / zoom])
    matrix = (*across, 14 - across.sum() * half, *down, 14 - down.sum() * half)
    image = image.transform((side, side), Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)
    if size > 26 and rng.random() < 0.45:
        image = image.filter(ImageFilter.MinFilter(3))  # a pen that is thin for so large a digit
    elif size > 24 and rng.random() < 0.35:
        image = image.filter(ImageFilter.MaxFilter(3))
    values = np.asarray(image, dtype=np.float32)
    values = values * (float(rng.uniform(200, 255)) / max(float(values.max()), 1.0))
    ink = np.argwhere(values > IS_INK * values.max())
    (top, left), (bottom, right) = ink.min(0), ink.max(0) + 1
    return values[top:bottom, left:right].astype(np.uint8)


def _place(
    patch: Pixels, boxes: list[tuple[int, int, int, int]], rng: np.random.Generator
) -> tuple[int, int] | None:
    """Where its left upper corner may go; None where no place was found."""
    high, wide = patch.shape
    if high > SIZE or wide > SIZE:
        return None
    for _ in range(TRIES):
        x, y = int(rng.integers(SIZE - wide + 1)), int(rng.integers(SIZE - high + 1))
        if all(_covered((x, y, x + wide, y + high), box) <= TOUCH for box in boxes):
            return x, y
    return None


def _covered(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> float:
    """The share of the smaller box that the other covers."""
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return wide * high / smaller


def _weathered(canvas: Pixels, rng: np.random.Generator) -> Pixels:
    """Softness, grain and specks, each in some of the boards."""
    if rng.random() < 0.4:
        soft = ImageFilter.GaussianBlur(float(rng.uniform(0.2, 0.7)))
        canvas = np.asarray(Image.fromarray(canvas).filter(soft))
    values = canvas.astype(np.float32)
    if rng.random() < 0.6:
        values += rng.normal(0, float(rng.uniform(2, 20)), values.shape).astype(np.float32)
    for _ in range(int(rng.poisson(1.5))):
        x, y = rng.integers(0, SIZE - 2, 2)
        high, wide = rng.integers(1, 4, 2)
        values[y : y + high, x : x + wide] = float(rng.uniform(60, 255))
    return values.clip(0, 255).astype(np.uint8)


def held_out(digits: Pixels, labels: NDArray[np.int64], count: int = 1000) -> list[Board]:
    """The same boards at every call: `count` of them, of the test digits."""
    rng = np.random.default_rng(HELD_OUT_SEED)
    return [compose(digits, labels, rng) for _ in range(count)]
