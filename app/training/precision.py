"""Average precision of a detector, as PASCAL VOC has it since 2010.

    pictures: boxes found with label and score, boxes that are there
      --per class, over all pictures, best score first: right where it overlaps (IoU >= 0.5) a box
        that no better one has taken--> recall and precision after each
      --precision made monotone, area under it (all-point interpolation)--> AP50

(Everingham et al. 2015, "The PASCAL visual object classes challenge: a retrospective".)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from app.insight.boxes import decode, overlaps, suppress
from app.training.detect import Truth

ENOUGH = 0.5  # IoU from which a box is right
FLOOR = 0.05  # boxes that score less are not looked at


@dataclass(frozen=True)
class Boxes:
    """What was found in one picture: boxes [N, 4], labels [N], scores [N]."""

    boxes: Tensor
    labels: Tensor
    scores: Tensor


def found(maps: Tensor, size: int, overlap: float, floor: float = FLOOR) -> list[Boxes]:
    """Maps [N, 5 + K, h, w] of pictures of `size` px -> what is left after suppression: as the
    engine finds it, with a lower score."""
    cells = decode(maps.double(), size / maps.shape[-1])
    result = []
    for scores, classes, boxes in zip(cells.scores, cells.classes, cells.boxes, strict=True):
        some = scores >= floor
        mine, best = boxes[:, some].T, scores[some]
        kept = [k for k, by in enumerate(suppress(mine, best, overlap)) if by == k]
        result.append(Boxes(mine[kept], classes.argmax(dim=0)[some][kept], best[kept]))
    return result


def average_precision(right: Tensor, total: int) -> float:
    """Whether each box is right, best score first, and how many there are to find -> AP."""
    if not total or not len(right):
        return 0.0
    hits = right.double().cumsum(0)
    precision = hits / torch.arange(1, len(right) + 1)
    monotone = precision.flip(0).cummax(0).values.flip(0)
    # Recall rises by 1 / total at each right box and nowhere else.
    return float(monotone[right.bool()].sum() / total)


def ap50(found: Sequence[Boxes], truths: Sequence[Truth], label: int) -> float:
    """AP50 of one class over pictures in which all of its things are labelled."""
    scores, right, total = [], [], 0
    for mine, truth in zip(found, truths, strict=True):
        there = truth.boxes[truth.labels == label]
        total += len(there)
        some = mine.labels == label
        best = mine.scores[some]
        order = torch.argsort(best, descending=True, stable=True)
        scores.append(best[order])
        right.append(hits(mine.boxes[some][order], there))
    every = torch.cat(scores)
    order = torch.argsort(every, descending=True, stable=True)
    return average_precision(torch.cat(right)[order], total)


def hits(boxes: Tensor, there: Tensor) -> Tensor:
    """Boxes of one picture and class, best first -> whether each is right: a box counts for the
    thing that it overlaps most, and a thing for the first box alone.
    """
    right = torch.zeros(len(boxes), dtype=torch.bool)
    if not len(there):
        return right
    shared = overlaps(boxes.double(), there.double())
    taken: set[int] = set()
    for k, row in enumerate(shared):
        best = int(row.argmax())
        if row[best] >= ENOUGH and best not in taken:
            taken.add(best)
            right[k] = True
    return right
