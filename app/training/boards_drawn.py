"""Boards written as strokes by code: samples for `detect-digits` that come from no data set.

    NAME -> (digit, middle, size, degrees) each --strokes.points, turned, made smaller, moved-->
      dark ink on paper, 448 px

All digits of a board are drawn with one pen, as visitors draw them.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from app.training.strokes import INK, OVER, PAPER, WRITTEN, points, spline, turn

SIDE, PEN = 448, 15
Written = tuple[str, int, int, int, int]  # digit, its middle and size in hundredths, degrees

TOO_LARGE = "too-large"  # one cell sees less than this digit: it falls apart
BOARDS: dict[str, tuple[Written, ...]] = {
    "year": (("two", 16, 48, 36, -4), ("zero", 39, 51, 34, 3), ("two", 61, 47, 36, 0),
             ("six", 84, 50, 36, 4)),
    "scattered": (("three", 18, 22, 34, -6), ("seven", 54, 17, 30, 8), ("eight", 82, 30, 36, 0),
                  ("five", 32, 55, 44, 4), ("one", 62, 57, 36, 5), ("four", 84, 76, 36, -5),
                  ("nine", 54, 85, 28, 0), ("zero", 17, 85, 26, -10)),
    "large-and-small": (("eight", 30, 45, 52, 0), ("three", 74, 24, 30, 6), ("six", 80, 58, 22, -6),
                        ("two", 70, 84, 30, 4)),
    "close": (("five", 24, 42, 44, 0), ("three", 46, 47, 42, 4), ("nine", 74, 40, 42, -3),
              ("one", 88, 46, 42, 6), ("six", 50, 84, 30, 0)),
    TOO_LARGE: (("eight", 50, 50, 96, 0),),
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
