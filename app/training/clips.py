"""Sample clips of the project's own: strokes that move, as GIFs, dark ink on paper; a room.

    NAME -> strokes, a path --16 places--> frames of 120 px --> samples/NAME.gif

`python -m app.training.clips FOLDER` writes them all.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from app.training.strokes import PAPER, WRITTEN, Point, points, write

SIDE, FRAMES, MILLISECONDS = 120, 16, 110
STAR = "50,10 61,38 90,38 67,57 76,86 50,68 24,86 33,57 10,38 39,38 50,10"
HOUSE = "20,88 20,45 50,15 80,45 80,88 20,88"


@dataclass(frozen=True)
class Moving:
    """`written`: what moves; `ends`: where its middle is at first and last, in shares of the
    picture's side; or round `centre`; `sizes` at first and last.
    """

    written: str
    ends: tuple[Point, Point] = ((0.5, 0.5), (0.5, 0.5))
    radius: float = 0.0
    turns: float = 0.0  # clockwise
    sizes: tuple[float, float] = (0.42, 0.42)

    def place(self, u: float) -> tuple[float, float, float]:
        """Middle x, y and size when a share `u` of the path is walked."""
        (ax, ay), (bx, by) = self.ends
        angle = 2 * math.pi * (self.turns * u - 0.2)
        x = ax + (bx - ax) * u + self.radius * math.cos(angle)
        y = ay + (by - ay) * u + self.radius * math.sin(angle)
        first, last = self.sizes
        return x, y, first * (last / first) ** u


SAMPLES = {
    "left": Moving(WRITTEN["three"], ends=((0.74, 0.45), (0.28, 0.52))),
    "right": Moving(WRITTEN["five"], ends=((0.26, 0.55), (0.75, 0.5))),
    "up": Moving(WRITTEN["two"], ends=((0.45, 0.74), (0.52, 0.27))),
    "down": Moving(STAR, ends=((0.55, 0.27), (0.5, 0.74))),
    "clockwise": Moving(WRITTEN["seven"], radius=0.19, turns=1.2),
    "anticlockwise": Moving(WRITTEN["four"], radius=0.19, turns=-1.2),
    "growing": Moving(WRITTEN["eight"], sizes=(0.26, 0.76)),
    "shrinking": Moving(HOUSE, sizes=(0.74, 0.27)),
}


def frame(moving: Moving, drawn: Image.Image, u: float) -> Image.Image:
    """The picture when a share `u` of the path is walked."""
    x, y, size = moving.place(u)
    side = round(size * SIDE)
    sheet = Image.new("L", (SIDE, SIDE), PAPER[0])
    small = drawn.resize((side, side), Image.Resampling.LANCZOS)
    sheet.paste(small, (round(x * SIDE - side / 2), round(y * SIDE - side / 2)))
    return sheet


def draw(moving: Moving) -> list[Image.Image]:
    """Its 16 frames; the hand starts slowly and ends slowly."""
    drawn = write(points(moving.written)).convert("L")
    walked = [(1 - math.cos(math.pi * t / (FRAMES - 1))) / 2 for t in range(FRAMES)]
    even = [t / (FRAMES - 1) for t in range(FRAMES)]
    return [frame(moving, drawn, (a + b) / 2) for a, b in zip(walked, even, strict=True)]


def room(u: float) -> Image.Image:
    """A room from above, a bed in it, and a figure that has walked a share `u` of the way past."""
    sheet = Image.new("L", (160, 120), 96)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((50, 30, 110, 72), fill=172, outline=60)
    pen.rectangle((54, 34, 66, 68), fill=205)
    x, y, sway, reach = -20 + 200 * u, 97, 4 * math.sin(20 * u), 14 * math.sin(20 * u)
    pen.ellipse((x - 17, y - 21 + sway, x + 17, y + 21 + sway), fill=34)
    pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=14)
    pen.ellipse((x - 4 + reach, y - 25, x + 6 + reach, y - 13), fill=40)
    return sheet


def write_room(folder: Path) -> None:
    """Writes folder/crossing.gif."""
    save(folder / "crossing.gif", [room(t / (FRAMES - 1)) for t in range(FRAMES)])


def write_all(folder: Path) -> None:
    """Writes folder/<name>.gif for every movement."""
    for name, moving in SAMPLES.items():
        save(folder / f"{name}.gif", draw(moving))


def save(path: Path, frames: list[Image.Image]) -> None:
    """An animation in 16 greys."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first, *more = [one.quantize(16) for one in frames]
    first.save(
        path,
        save_all=True,
        append_images=more,
        duration=MILLISECONDS,
        loop=0,
        optimize=True,
    )


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
