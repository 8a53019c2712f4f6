"""Digits written as strokes by code: samples for the digit models that come from no data set.

    NAME -> strokes, each a list of points --maybe turned--> --spline--> dark ink on paper, 280 px

`python -m app.training.strokes FOLDER` writes them all.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from PIL import Image, ImageDraw

SIDE, OVER, PEN = 280, 4, 20
PAPER, INK = (250, 250, 247), (24, 28, 44)
Point = tuple[float, float]
Stroke = list[Point]

# Points "x,y" in hundredths of the side; strokes parted by ";".
WRITTEN = {
    "zero": "55,16 34,26 27,52 35,80 54,86 71,70 73,40 62,19 50,17",
    "one": "47,22 54,14 53,40 51,64 49,88",
    "two": "28,34 36,18 56,15 69,28 64,46 46,66 28,84; 28,84 50,82 76,84",
    "three": "32,22 50,14 68,24 62,42 46,48; 46,48 66,54 73,70 58,86 38,86 27,76",
    "four": "50,13 38,36 26,60 50,60 78,57; 64,34 62,60 59,89",
    "five": "70,16 52,17 38,18; 38,18 35,34 32,48; 32,48 50,41 70,52 70,74 52,87 30,80",
    "six": "63,13 42,32 30,60 36,82 56,87 70,72 62,56 44,56 33,70",
    "seven": "26,20 50,18 75,17; 75,17 62,42 52,64 45,89",
    "eight": "66,25 50,14 35,24 40,40 56,52 68,70 54,87 36,80 36,64 52,50 66,38 66,25",
    "nine": "68,30 54,15 36,22 33,42 48,51 64,42 69,29; 69,29 67,56 60,88",
    "four-or-nine": "46,20 33,30 32,48 46,56 62,50 70,30; 71,20 68,50 63,88",
}

# The samples of `digits-angle`: which digit, and by how many degrees it is turned clockwise.
TURNED = {
    "four-upright": ("four", 0),
    "seven-right-30": ("seven", 30),
    "two-left-30": ("two", -30),
    "three-right-45": ("three", 45),
    "five-left-15": ("five", -15),
    "five-right-20": ("five", 20),
    "seven-left-45": ("seven", -45),
    "six-right-10": ("six", 10),
}


def points(written: str) -> list[Stroke]:
    """The notation above -> strokes in a unit square."""
    return [
        [(int(x) / 100, int(y) / 100) for x, y in (p.split(",") for p in stroke.split())]
        for stroke in written.split(";")
    ]


def spline(points: Stroke, steps: int = 24) -> Stroke:
    """A Catmull-Rom curve through the points."""
    if len(points) < 3:
        return points
    ends = [points[0], *points, points[-1]]
    curve: Stroke = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for i in range(steps):
            t = i / steps
            curve.append((_through(a[0], b[0], c[0], d[0], t), _through(a[1], b[1], c[1], d[1], t)))
    return [*curve, points[-1]]


def _through(a: float, b: float, c: float, d: float, t: float) -> float:
    bend = (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
    return 0.5 * (2 * b + (c - a) * t + bend)


def turn(strokes: list[Stroke], degrees: float) -> list[Stroke]:
    """Turned clockwise about the middle of the square; y grows downward."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def moved(x: float, y: float) -> Point:
        x, y = x - 0.5, y - 0.5
        return 0.5 + cos * x - sin * y, 0.5 + sin * x + cos * y

    return [[moved(x, y) for x, y in stroke] for stroke in strokes]


def write(strokes: list[Stroke]) -> Image.Image:
    """Strokes -> RGB picture of 280 px, dark on light, with a round pen."""
    side, radius = SIDE * OVER, PEN * OVER / 2
    image = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(image)
    for stroke in strokes:
        dots = [(x * side, y * side) for x, y in spline(stroke)]
        pen.line(dots, fill=INK, width=int(2 * radius), joint="curve")
        for x, y in dots:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=INK)
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def write_all(folder: Path) -> None:
    """Writes folder/<name>.png for every digit."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in WRITTEN.items():
        write(points(written)).save(folder / f"{name}.png", optimize=True)


def write_turned(folder: Path) -> None:
    """Writes folder/<name>.png for every turned digit."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (digit, degrees) in TURNED.items():
        write(turn(points(WRITTEN[digit]), degrees)).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
