"""Streets with people, painted by code: samples for `detect-animals` that come from no data set.

    NAME -> (x, size, clothes, stride) of each walker --painted on a street, softened, grained-->
      RGB picture of 480 x 360

Figures of flat colours with a little shade, on a pavement before a wall and a hedge.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, OVER = 480, 360, 3
Colour = tuple[int, int, int]
SKIN, HAIR, SHOE = (198, 148, 118), (52, 38, 30), (34, 32, 34)
# Where the walker stands (middle of the feet), how tall, shirt, trousers, how wide the stride is.
Walker = tuple[int, int, int, Colour, Colour, float]
STREETS: dict[str, tuple[Walker, ...]] = {
    "two-walkers": ((150, 318, 220, (176, 44, 48), (48, 56, 84), 0.16),
                    (330, 310, 200, (58, 96, 140), (70, 66, 62), -0.12)),
    "three-walkers": ((90, 312, 190, (210, 206, 198), (44, 48, 66), 0.14),
                      (232, 322, 226, (46, 48, 54), (92, 86, 78), 0.1),
                      (392, 306, 180, (150, 60, 88), (40, 46, 72), -0.15)),
}  # fmt: skip


def paint(walkers: tuple[Walker, ...], seed: int = 0) -> Image.Image:
    """A street with these people on it."""
    image = Image.new("RGB", (WIDTH * OVER, HEIGHT * OVER), (168, 164, 156))
    pen = ImageDraw.Draw(image)
    _street(pen, np.random.default_rng(seed))
    for walker in walkers:
        _walker(pen, walker)
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    small = small.filter(ImageFilter.GaussianBlur(0.8))
    grain = np.random.default_rng(seed).normal(0, 6, (HEIGHT, WIDTH, 1))
    return Image.fromarray((np.asarray(small) + grain).clip(0, 255).astype(np.uint8))


def _street(pen: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """Wall with windows, a hedge, pavement and kerb."""
    wide = WIDTH * OVER
    pen.rectangle((0, 0, wide, 190 * OVER), fill=(158, 140, 122))
    for x in range(20, WIDTH, 92):
        pen.rectangle((x * OVER, 24 * OVER, (x + 46) * OVER, 110 * OVER), fill=(74, 84, 96))
        pen.rectangle((x * OVER, 64 * OVER, (x + 46) * OVER, 68 * OVER), fill=(190, 184, 172))
    for _ in range(1500):
        x, y = int(rng.integers(0, wide)), int(rng.integers(150, 232)) * OVER
        r, shade = int(rng.integers(3, 9)) * OVER, int(rng.integers(0, 46))
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(40 + shade, 74 + shade, 34 + shade // 2))
    pen.rectangle((0, 236 * OVER, wide, HEIGHT * OVER), fill=(172, 168, 160))
    for x in range(-200, WIDTH + 200, 70):
        ends = [(x * OVER, 236 * OVER), ((2 * x - 240) * OVER, HEIGHT * OVER)]
        pen.line(ends, fill=(150, 146, 140), width=2 * OVER)
    pen.rectangle((0, 330 * OVER, wide, 338 * OVER), fill=(206, 200, 188))
    pen.rectangle((0, 338 * OVER, wide, HEIGHT * OVER), fill=(96, 96, 98))


def _walker(pen: ImageDraw.ImageDraw, walker: Walker) -> None:
    """One person, from the shadow up to the hair."""
    x, y, tall, shirt, trousers, stride = walker

    def at(u: float, v: float) -> tuple[float, float]:
        """Shares of the height, right and up from the feet."""
        return (x + u * tall) * OVER, (y - v * tall) * OVER

    def limb(points: list[tuple[float, float]], width: float, colour: Colour) -> None:
        dots = [at(*point) for point in points]
        pen.line(dots, fill=colour, width=int(width * tall * OVER), joint="curve")
        for px, py in dots:
            r = width * tall * OVER / 2
            pen.ellipse((px - r, py - r, px + r, py + r), fill=colour)

    dark: Colour = tuple(int(0.72 * v) for v in shirt)  # type: ignore[assignment]
    legs: Colour = tuple(int(0.78 * v) for v in trousers)  # type: ignore[assignment]
    left, top = at(-0.2, 0.02)
    right, bottom = at(0.2, -0.03)
    pen.ellipse((left, top, right, bottom), fill=(128, 124, 118))
    swing = math.copysign(0.1, stride)
    limb([(-0.02, 0.78), (-swing, 0.62), (-1.3 * swing, 0.47)], 0.065, dark)
    limb([(-1.35 * swing, 0.46), (-1.4 * swing, 0.43)], 0.045, SKIN)
    limb([(0.02, 0.5), (-0.5 * stride, 0.27), (-stride, 0.05)], 0.105, legs)
    limb([(-stride, 0.025), (-stride + 0.06, 0.02)], 0.045, SHOE)
    limb([(-0.02, 0.5), (0.6 * stride, 0.28), (stride, 0.05)], 0.11, trousers)
    limb([(stride, 0.025), (stride + 0.06, 0.02)], 0.045, SHOE)
    limb([(0, 0.76), (0, 0.66), (0, 0.54)], 0.2, shirt)
    limb([(0.03, 0.78), (swing, 0.63), (1.5 * swing, 0.5)], 0.065, shirt)
    limb([(1.55 * swing, 0.49), (1.65 * swing, 0.46)], 0.045, SKIN)
    limb([(0, 0.85), (0, 0.88)], 0.06, SKIN)
    limb([(0, 0.91), (0.004, 0.935)], 0.105, SKIN)
    limb([(-0.012, 0.955), (0.008, 0.962)], 0.092, HAIR)


def paint_all(folder: Path) -> None:
    """Writes folder/<name>.png for every street."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed, (name, walkers) in enumerate(STREETS.items()):
        paint(walkers, seed).save(folder / f"{name}.png", optimize=True)
