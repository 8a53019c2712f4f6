"""Pictures drawn by the project for the segmentation networks: samples that everyone may copy.

    nuclei: soft bright ellipses on black, grain over all   --> 256 px PNG
    streets: sky, houses, road, pavement, trees, cars, people --> 320 px PNG

`python -m app.training.scenes FOLDER` draws them all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIDE, STREET = 256, 320
FINE = 4  # streets are drawn this much larger, then made smaller: smooth edges
Blob = tuple[float, float, float, float, float, float]  # x, y, half axes, turn, brightness
Colour = tuple[int, int, int]


def cells(blobs: list[Blob], seed: int) -> Image.Image:
    """Blobs with a soft edge and a speckled inside, on a background that is not quite black."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float64)
    speckle = _smooth(rng.standard_normal((SIDE, SIDE)), 3)
    light = np.full((SIDE, SIDE), 0.04) + 0.012 * _smooth(rng.standard_normal((SIDE, SIDE)), 24)
    for cx, cy, a, b, turn, bright in blobs:
        u = (x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)
        v = -(x - cx) * np.sin(turn) + (y - cy) * np.cos(turn)
        inside = 1 / (1 + np.exp((np.hypot(u / a, v / b) - 1) * min(a, b) / 0.9))
        light = np.maximum(light, bright * inside * (1 + 0.12 * speckle))
    light = light + 0.008 * rng.standard_normal((SIDE, SIDE))
    grey = Image.fromarray((light.clip(0, 1) * 255).astype(np.uint8))
    return Image.merge("RGB", (grey, grey, grey))


def _smooth(values: np.ndarray, radius: float) -> np.ndarray:
    """Noise blurred over `radius` px, mean 0 and spread 1."""
    scaled = ((values - values.min()) / np.ptp(values) * 255).astype(np.uint8)
    soft = np.asarray(Image.fromarray(scaled).filter(ImageFilter.GaussianBlur(radius)), dtype=float)
    evened: np.ndarray = (soft - soft.mean()) / soft.std()
    return evened


def apart() -> Image.Image:
    """Nine blobs, none touching."""
    places = [(48, 52), (128, 40), (206, 60), (60, 132), (134, 122), (202, 146), (42, 210),
              (120, 206), (204, 222)]  # fmt: skip
    rng = np.random.default_rng(3)
    return cells(
        [(x, y, rng.uniform(13, 19), rng.uniform(11, 15), rng.uniform(0, 3), rng.uniform(0.5, 0.8))
         for x, y in places], 3)  # fmt: skip


def touching() -> Image.Image:
    """Two pairs and one three that touch, and two on their own."""
    return cells(
        [(70, 60, 18, 14, 0.3, 0.7), (100, 66, 17, 15, 1.0, 0.6),
         (180, 84, 20, 14, 1.4, 0.65), (196, 58, 15, 15, 0.2, 0.75),
         (74, 168, 17, 15, 0.5, 0.6), (102, 182, 16, 14, 2.2, 0.7), (78, 198, 15, 14, 1.1, 0.55),
         (188, 168, 16, 13, 0.9, 0.7), (206, 222, 14, 12, 2.0, 0.6)], 5)  # fmt: skip


def faint() -> Image.Image:
    """Many small ones, half of them hardly brighter than the background."""
    rng = np.random.default_rng(8)
    blobs: list[Blob] = []
    while len(blobs) < 26:
        x, y = rng.uniform(14, SIDE - 14, 2)
        if all(np.hypot(x - b[0], y - b[1]) > 27 for b in blobs):
            size, bright = rng.uniform(7, 11, 2), rng.choice([0.14, 0.2, 0.45, 0.7])
            blobs.append((x, y, size[0], size[1], rng.uniform(0, 3), bright))
    return cells(blobs, 8)


class Street:
    """A sheet of 320 x 320, drawn larger and then made smaller; coordinates are in final pixels."""

    def __init__(self, top: Colour, bottom: Colour) -> None:
        side = STREET * FINE
        ramp = Image.linear_gradient("L").resize((side, side))
        sky, low = (Image.new("RGB", (side, side), colour) for colour in (top, bottom))
        self.image = Image.composite(low, sky, ramp)
        self._pen = ImageDraw.Draw(self.image)

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        self._pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self._pen.rectangle([v * FINE for v in (x, y, x + width, y + height)], fill=colour)

    def round(self, x: float, y: float, a: float, b: float, colour: Colour) -> None:
        self._pen.ellipse([v * FINE for v in (x - a, y - b, x + a, y + b)], fill=colour)

    def house(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A front with rows of windows."""
        self.box(x, y, width, height, colour)
        dark = tuple(int(c * 0.55) for c in colour)
        for top in np.arange(y + 8, y + height - 16, 20):
            for left in np.arange(x + 6, x + width - 10, 15):
                self.box(left, top, 8, 11, dark)  # type: ignore[arg-type]

    def tree(self, x: float, y: float, size: float, seed: int) -> None:
        """A trunk that ends at y, and leaves over it."""
        self.box(x - size / 14, y - size * 0.7, size / 7, size * 0.7, (62, 50, 42))
        rng = np.random.default_rng(seed)
        for _ in range(70):
            angle, far = rng.uniform(0, 6.3), rng.uniform(0, 0.42) * size
            shade = int(rng.uniform(0, 38))
            self.round(x + far * np.cos(angle), y - size + far * np.sin(angle) * 0.9, size / 9,
                       size / 11, (38 + shade, 58 + shade, 34 + shade // 2))  # fmt: skip

    def car(self, x: float, y: float, width: float, colour: Colour) -> None:
        """Seen from behind; y is the road under it."""
        w, h = width, width * 0.72
        self.round(x + w / 2, y, w * 0.55, h * 0.07, (38, 38, 40))
        for left in (0.06, 0.74):
            self.box(x + w * left, y - h * 0.25, w * 0.2, h * 0.25, (22, 22, 24))
        self.box(x, y - h * 0.62, w, h * 0.48, colour)
        self.shape([(x + w * 0.08, y - h * 0.6), (x + w * 0.2, y - h), (x + w * 0.8, y - h),
                    (x + w * 0.92, y - h * 0.6)], colour)  # fmt: skip
        self.shape([(x + w * 0.17, y - h * 0.62), (x + w * 0.25, y - h * 0.92),
                    (x + w * 0.75, y - h * 0.92), (x + w * 0.83, y - h * 0.62)],
                   (48, 56, 66))  # fmt: skip
        for left in (0.04, 0.82):
            self.box(x + w * left, y - h * 0.52, w * 0.14, h * 0.14, (170, 30, 28))

    def person(self, x: float, y: float, height: float, colour: Colour) -> None:
        """Standing on y."""
        h = height
        self.round(x, y - h * 0.92, h * 0.075, h * 0.09, (150, 112, 92))
        self.round(x, y - h * 0.62, h * 0.14, h * 0.24, colour)
        for side in (-1, 1):
            self.box(x + side * h * 0.07 - h * 0.05, y - h * 0.45, h * 0.1, h * 0.45, (40, 42, 56))

    def finish(self, seed: int) -> Image.Image:
        """Fine grain, as a sensor leaves it, and the final size."""
        small = self.image.resize((STREET, STREET), Image.Resampling.LANCZOS)
        grain = np.random.default_rng(seed).normal(0, 5, (STREET, STREET, 1))
        return Image.fromarray((np.asarray(small) + grain).clip(0, 255).astype(np.uint8))


def ground(street: Street, horizon: float) -> None:
    """Road with its line, kerbs and pavements, all running to one point on the horizon."""
    bottom = float(STREET)
    street.shape([(0, horizon), (STREET, horizon), (STREET, bottom), (0, bottom)], (128, 120, 116))
    street.shape([(146, horizon), (174, horizon), (290, bottom), (30, bottom)], (84, 84, 88))
    for left, right in (((30, 26), (146, 145)), ((290, 294), (174, 175))):
        street.shape([(left[0], bottom), (left[1], bottom), (right[1], horizon),
                      (right[0], horizon)], (164, 158, 150))  # fmt: skip
    for far, near in ((0.12, 0.2), (0.3, 0.42), (0.58, 0.78)):
        y0, y1 = (horizon + (bottom - horizon) * v for v in (far, near))
        street.shape([(160 - far * 2, y0), (160 + far * 2, y0), (160 + near * 4, y1),
                      (160 - near * 4, y1)], (196, 196, 190))  # fmt: skip


def town() -> Image.Image:
    """Houses on both sides, two cars, three people, a tree."""
    street = Street((206, 214, 224), (236, 236, 236))
    street.house(-10, 26, 74, 150, (138, 104, 84))
    street.house(62, 62, 46, 106, (160, 142, 116))
    street.house(106, 96, 30, 66, (124, 112, 104))
    street.house(256, 18, 74, 160, (146, 124, 102))
    street.house(206, 70, 52, 96, (112, 92, 84))
    street.house(184, 100, 26, 60, (150, 134, 118))
    ground(street, 158)
    street.box(250, 40, 3, 150, (70, 70, 74))
    street.box(72, 70, 2.5, 112, (70, 70, 74))
    street.tree(226, 186, 66, 2)
    street.car(166, 196, 34, (168, 172, 178))
    street.car(96, 222, 56, (66, 78, 110))
    street.person(40, 214, 56, (120, 46, 44))
    street.person(62, 200, 44, (58, 64, 84))
    street.person(272, 226, 62, (60, 84, 66))
    return street.finish(1)


def avenue() -> Image.Image:
    """Trees along both sides, one car, one house far away."""
    street = Street((186, 204, 228), (232, 236, 240))
    street.house(120, 104, 26, 58, (140, 124, 110))
    street.house(176, 96, 30, 66, (122, 104, 92))
    ground(street, 160)
    for x, y, size, seed in ((110, 176, 54, 4), (208, 176, 56, 5), (66, 196, 92, 6),
                             (252, 196, 96, 7), (14, 236, 150, 8), (308, 232, 150, 9)):  # fmt: skip
        street.tree(x, y, size, seed)
    street.car(120, 206, 44, (150, 34, 32))
    return street.finish(2)


NUCLEI = {"apart": apart, "touching": touching, "faint": faint}
STREETS = {"town": town, "avenue": avenue}


def draw_nuclei(folder: Path) -> None:
    """Writes the samples of `segment-nuclei`."""
    _draw(NUCLEI, folder)


def draw_streets(folder: Path) -> None:
    """Writes the samples of `segment-streets`."""
    _draw(STREETS, folder)


def _draw(pictures: dict[str, Callable[[], Image.Image]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in pictures.items():
        make().save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    draw_nuclei(Path(sys.argv[1]))
    draw_streets(Path(sys.argv[1]))
