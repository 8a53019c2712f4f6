"""How far every layer moves when the picture does.

    picture, moved by 0…8 px in four directions, uncovered edge = 0 (the mean colour)
      --walk--> maps b of the moved, a of the original picture
    as it is      |b - a| / |a|
    moved back    the same after b is moved back by pixels / stride cells; half cells by linear
                  interpolation between two; only cells that both have are compared

Mean over pictures and directions. |.| is the Euclidean norm over all channels and cells.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from app.training.study.figures import listed
from app.training.study.held import Held, walk
from app.zoo.studies import Moved, Shift

PIXELS = 8
DIRECTIONS = ((-1, 0), (1, 0), (0, -1), (0, 1))  # dx, dy: left, right, up, down
BATCH = 50
MEASURE = (
    "‖moved − original‖ ÷ ‖original‖ over all channels and cells of a layer, mean of pictures and "
    "directions. The uncovered edge is the mean colour. Moved back: by pixels ÷ stride cells, half "
    "cells by linear interpolation; only cells that both maps have are compared."
)


def shifted(x: Tensor, dx: int, dy: int) -> Tensor:
    """x [..., H, W] moved right by dx and down by dy; what is uncovered is 0."""
    height, width = x.shape[-2:]
    padded = F.pad(x, (max(dx, 0), max(-dx, 0), max(dy, 0), max(-dy, 0)))
    top, left = max(-dy, 0), max(-dx, 0)
    return padded[..., top : top + height, left : left + width]


def back(maps: Tensor, axis: int, cells: float) -> Tensor:
    """Maps moved along `axis` by `cells` (≥ 0), moved back: out[i] = maps[i + cells].

    Only those i for which it is known are given, from 0 on: the length along `axis` shrinks.
    """
    whole, part = int(cells), cells - int(cells)
    n = maps.shape[axis] - whole - (1 if part else 0)
    if n <= 0:
        return maps.narrow(axis, 0, 0)
    near = maps.narrow(axis, whole, n)
    return near if not part else near * (1 - part) + maps.narrow(axis, whole + 1, n) * part


def change(now: Tensor, before: Tensor) -> Tensor:
    """[N, …] twice -> relative distance [N]; nan where there is nothing to compare."""
    distance = (now - before).flatten(1).norm(dim=1)
    relative: Tensor = distance / before.flatten(1).norm(dim=1)
    return relative


def change_back(now: Tensor, before: Tensor, axis: int, sign: int, cells: float) -> Tensor:
    """The same after moving `now` back by `cells` along `axis` (`sign`: which way it went)."""
    if sign < 0:
        now, before = now.flip(axis), before.flip(axis)
    returned = back(now, axis, cells)
    return change(returned, before.narrow(axis, 0, returned.shape[axis]))


class Sums:
    """Running sums [shift] of one layer's change, and how many pictures were counted."""

    def __init__(self) -> None:
        self.total = torch.zeros(PIXELS + 1, dtype=torch.float64)
        self.count = torch.zeros(PIXELS + 1, dtype=torch.float64)

    def add(self, pixels: int, values: Tensor) -> None:
        """Adds the pictures for which there is a value."""
        known = values[values.isfinite()].double()
        self.total[pixels] += known.sum()
        self.count[pixels] += len(known)

    def mean(self) -> list[float]:
        """Mean by shift, rounded."""
        return listed(self.total / self.count.clamp(min=1))


def shift(held: Held) -> Shift:
    """The part `shift`."""
    names = ["input", *held.map_layers()]
    strides = {name: held.fields()[name]["stride"] for name in names}
    as_is, moved_back = ({name: Sums() for name in names} for _ in range(2))
    logits, same = Sums(), Sums()
    with torch.inference_mode():
        for x in held.x.split(BATCH):
            original = dict(walk(held.net, x))
            for pixels in range(PIXELS + 1):
                for dx, dy in DIRECTIONS if pixels else DIRECTIONS[:1]:
                    axis, sign = (3, dx) if dx else (2, dy)
                    for name, out in walk(held.net, shifted(x, dx * pixels, dy * pixels)):
                        before = original[name]
                        if name in as_is:
                            cells = pixels / strides[name][axis - 2]
                            as_is[name].add(pixels, change(out, before))
                            moved_back[name].add(
                                pixels, change_back(out, before, axis, sign, cells)
                            )
                        elif name == "logits":
                            logits.add(pixels, change(out, before))
                            same.add(pixels, (out.argmax(1) == before.argmax(1)).float())
    return Shift(
        pixels=list(range(PIXELS + 1)),
        direction="mean of left, right, up, down",
        measure=MEASURE,
        n=len(held.x),
        layers={
            name: Moved(as_is=as_is[name].mean(), moved_back=moved_back[name].mean())
            for name in names
        },
        logits=logits.mean(),
        same_answer=same.mean(),
    )
