"""The whole of a picture in a square: made smaller or larger, the rest of the square filled evenly.

    W x H --longer side to S, LANCZOS--> w x h --in the middle of S x S--> square

Nothing is cut off, so a box in the square is a box in the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

Box = Sequence[float]


@dataclass(frozen=True)
class Place:
    """Where in the square the picture lies, in its pixels; `original` is (width, height)."""

    left: int
    top: int
    width: int
    height: int
    original: tuple[int, int]

    def inside(self, box: Box) -> list[float]:
        """A box x0, y0, x1, y1 of the original -> of the square."""
        across, down = self._scales()
        x0, y0, x1, y1 = box
        return [self.left + x0 * across, self.top + y0 * down,
                self.left + x1 * across, self.top + y1 * down]  # fmt: skip

    def outside(self, box: Box) -> list[float]:
        """A box of the square -> of the original, cut at its edge."""
        across, down = self._scales()
        width, height = self.original
        x0, y0, x1, y1 = box
        xs = [min(max((x - self.left) / across, 0.0), float(width)) for x in (x0, x1)]
        ys = [min(max((y - self.top) / down, 0.0), float(height)) for y in (y0, y1)]
        return [xs[0], ys[0], xs[1], ys[1]]

    def _scales(self) -> tuple[float, float]:
        width, height = self.original
        return self.width / width, self.height / height


def placed(width: int, height: int, size: int) -> Place:
    """Where a picture of this size goes in a square of `size`."""
    scale = size / max(width, height)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    return Place((size - wide) // 2, (size - high) // 2, wide, high, (width, height))


def letterboxed(
    image: Image.Image, place: Place, size: int, fill: int | tuple[int, ...]
) -> Image.Image:
    """A picture of any mode, maybe reduced already -> size x size, `fill` around it."""
    small = image
    if (place.width, place.height) != image.size:
        small = image.resize((place.width, place.height), Image.Resampling.LANCZOS)
    square = Image.new(image.mode, (size, size), fill)
    square.paste(small, (place.left, place.top))
    return square
