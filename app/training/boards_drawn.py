"""Boards written as strokes by code: samples for `detect-digits` that come from no data set.

    NAME -> (digit, middle, size, degrees) each --strokes.points, turned, made smaller, moved-->
      dark ink on paper, 448 px
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from app.training.strokes import INK, OVER, PAPER, WRITTEN, points, spline, turn

SIDE, PEN = 448, 15
Written = tuple[str, int, int, int, int]  # digit, its middle and size in hundredths, degrees

BOARDS: dict[str, tuple[Written, ...]] = {
    "year": (("two", 16, 48, 36, -4), ("zero", 39, 51, 34, 3), ("two", 61, 47, 36, 0),
             ("six", 84, 50, 36, 4)),
    "scattered": (("three", 18, 22, 34, -6), ("seven", 54, 17, 30, 8), ("eight", 82, 30, 36, 0),
                  ("five", 32, 55, 44, 4), ("one", 62, 57, 36, 5), ("four", 84, 76, 36, -5),
                  ("nine", 54, 85, 28, 0), ("zero", 17, 85, 26, -10)),
    "large-and-small": (("eight", 34, 45, 76, 0), ("three", 78, 22, 28, 6), ("six", 80, 55, 22, -6),
                        ("two", 76, 84, 30, 4)),
    "touching": (("five", 25, 42, 44, 0), ("three", 42, 47, 44, 4), ("nine", 72, 40, 44, -3),
                 ("one", 84, 44, 44, 6), ("six", 50, 83, 30, 0)),
    "alone": (("four", 62, 40, 46, 3),),
}  # fmt: skip


def write(written: tuple[Written, ...]) -> Image.Image:
    """An RGB picture of 448 px, dark on light, one round pen for all."""
    side, radius = SIDE * OVER, PEN * OVER / 2
    image = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(image)
    for digit, x, y, size, degrees in written:
        for stroke in turn(points(WRITTEN[digit]), degrees):
            dots = [
                ((x + (u - 0.5) * size) / 100 * side, (y + (v - 0.5) * size) / 100 * side)
                for u, v in spline(stroke)
            ]
            pen.line(dots, fill=INK, width=int(2 * radius), joint="curve")
            for u, v in dots:
                pen.ellipse((u - radius, v - radius, u + radius, v + radius), fill=INK)
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def write_all(folder: Path) -> None:
    """Writes folder/<name>.png for every board."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in BOARDS.items():
        write(written).save(folder / f"{name}.png", optimize=True)
