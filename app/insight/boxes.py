"""Boxes out of the maps of a detector, and which of them are the same thing seen twice.

    maps [5 + K, rows, columns] --decode--> objectness, K class probabilities and one box a cell
      --score = objectness × largest class probability, at least a threshold-->
      --suppress: best first; what overlaps a better one too much falls to it--> what is shown

The first map is objectness, the next four the distances to the left, upper, right and lower side,
the others the classes. For the cell at (row, column), whose middle is ((column + ½) s, (row + ½) s)
with s pixels between cells:

    objectness = 1 / (1 + exp(-o))        class probabilities = softmax
    left side = (column + ½) s - s exp(l)        right side = (column + ½) s + s exp(r)

and likewise up and down, cut at the picture's edge. One box a cell, without anchors: Tian et al.
2019, "FCOS"; a score that is to be the overlap with the thing: Redmon et al. 2016, "YOLO".
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

SIDES = 4
FIRST_CLASS = 1 + SIDES  # the map of the first class


@dataclass(frozen=True)
class Cells:
    """What every cell says: objectness [..., h, w], classes [..., K, h, w] (probabilities), boxes
    [..., 4, h, w] as x0, y0, x1, y1 in pixels of the network's picture."""

    objectness: Tensor
    classes: Tensor
    boxes: Tensor

    @property
    def scores(self) -> Tensor:
        """Objectness times the largest class probability, [..., h, w]."""
        return self.objectness * self.classes.amax(dim=-3)


def middles(rows: int, columns: int, stride: float, like: Tensor) -> tuple[Tensor, Tensor]:
    """The middle of every cell: x [columns] and y [rows, 1], in pixels."""
    x = (torch.arange(columns, dtype=like.dtype) + 0.5) * stride
    y = (torch.arange(rows, dtype=like.dtype) + 0.5) * stride
    return x, y[:, None]


def decode(maps: Tensor, stride: float, *, cut: bool = True) -> Cells:
    """Maps [..., 5 + K, h, w] -> Cells; with `cut` no box reaches beyond the picture."""
    rows, columns = maps.shape[-2:]
    x, y = middles(rows, columns, stride, maps)
    left, up, right, down = (stride * maps[..., 1 + side, :, :].exp() for side in range(SIDES))
    boxes = torch.stack([x - left, y - up, x + right, y + down], dim=-3)
    if cut:
        ends = torch.tensor([columns, rows] * 2, dtype=maps.dtype) * stride
        boxes = boxes.clamp(min=0).minimum(ends.view(SIDES, 1, 1))
    classes = F.softmax(maps[..., FIRST_CLASS:, :, :], dim=-3)
    return Cells(torch.sigmoid(maps[..., 0, :, :]), classes, boxes)


def area(boxes: Tensor) -> Tensor:
    """[..., 4] -> [...]; an empty box has none."""
    return (boxes[..., 2:] - boxes[..., :2]).clamp(min=0).prod(dim=-1)


def overlaps(a: Tensor, b: Tensor) -> Tensor:
    """Boxes [N, 4], [M, 4] -> intersection over union [N, M], 0 where both are empty."""
    first = torch.maximum(a[:, None, :2], b[None, :, :2])
    last = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = (last - first).clamp(min=0).prod(dim=-1)
    joined = area(a)[:, None] + area(b)[None] - shared
    return torch.where(joined > 0, shared / joined.clamp(min=1e-12), torch.zeros_like(shared))


def suppress(boxes: Tensor, scores: Tensor, overlap: float) -> list[int]:
    """Greedy non-maximum suppression: boxes [N, 4], scores [N] -> for each box the index of the
    better one that it fell to, its own where it stays.

    Best first, of equal scores the earlier; a box falls to the best kept one whose intersection
    over union with it is above `overlap`, whatever the classes of the two.
    """
    by = [-1] * len(scores)
    order = torch.argsort(scores, descending=True, stable=True).tolist()
    shared = overlaps(boxes, boxes)
    for place, best in enumerate(order):
        if by[best] >= 0:
            continue
        by[best] = best
        row = shared[best].tolist()
        for other in order[place + 1 :]:
            if by[other] < 0 and row[other] > overlap:
                by[other] = best
    return by
