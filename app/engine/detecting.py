"""What a network that finds things answers: boxes, and how they came to be the ones shown.

    {"detect": {"score", "overlap"}} --parse_detect--> Detect
    maps [5 + K, h, w] --boxes.decode--> a box a cell --score--> proposals, best first
      --boxes.suppress--> predictions, in pixels of the picture as it was sent

Computed in float64 from the float32 maps of the trace, as the page does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from app.core.errors import BadOption
from app.engine.fields import Fields
from app.inputs.letterbox import Place
from app.insight.boxes import Cells, decode, suppress
from app.zoo import Card

LOWEST = 0.01  # with no threshold at all every cell is a box, and none of them says anything
TENSORS = ("objectness", "classes", "boxes")
Json = dict[str, Any]


@dataclass(frozen=True)
class Detect:
    """The least score and the largest overlap of what is shown; None: as the card has it."""

    score: float | None = None
    overlap: float | None = None

    def applied(self) -> Json:
        """As it is repeated in the answer."""
        return {"score": self.score, "overlap": self.overlap}


def parse_detect(raw: object) -> Detect:
    """`{"score": 0.01…1, "overlap": 0…1}`; what is left out is as the card has it."""
    if not isinstance(raw, Mapping):
        raise BadOption('detect is an object such as {"score": 0.5, "overlap": 0.45}.')
    given = Fields(raw, "detect", ("score", "overlap"))
    score, overlap = given.number_or_none("score"), given.number_or_none("overlap")
    if score is not None and not LOWEST <= score <= 1:
        raise BadOption(f"score of detect must be from {LOWEST} to 1.")
    if overlap is not None and not 0 <= overlap <= 1:
        raise BadOption("overlap of detect must be from 0 to 1.")
    return Detect(score, overlap)


def completed(card: Card, asked: Detect | None) -> Detect:
    """What is asked for, the card's own where it says nothing."""
    assert card.detection is not None
    asked = asked or Detect()
    return Detect(
        card.detection.score if asked.score is None else asked.score,
        card.detection.overlap if asked.overlap is None else asked.overlap,
    )


@dataclass(frozen=True)
class Found:
    """`proposals`: what scores enough, best first, boxes in pixels of the square that the network
    sees; `by` is the place in this list of the box that it fell to, its own where it is shown.
    """

    cells: Cells
    stride: float
    proposals: list[Json]

    @property
    def about(self) -> Json:
        """What a trace says beside its tensors."""
        rows, columns = self.cells.objectness.shape
        return {"stride": self.stride, "grid": [rows, columns], "proposals": self.proposals}

    def tensors(self) -> dict[str, Tensor]:
        """Of every cell: objectness [h, w], classes [K, h, w], boxes [4, h, w], float32."""
        cells = self.cells
        values = (cells.objectness, cells.classes, cells.boxes)
        return {name: v.float().contiguous() for name, v in zip(TENSORS, values, strict=True)}

    def predictions(self, place: Place) -> list[Json]:
        """What is shown, boxes in pixels of the original."""
        shown = [p for k, p in enumerate(self.proposals) if p["by"] == k]
        return [
            {"label": p["label"], "score": p["score"], "box": place.outside(p["box"])}
            for p in shown
        ]


def find(card: Card, maps: Tensor, size: int, how: Detect) -> Found:
    """The maps [5 + K, h, w] of one picture of `size` px -> what is found in it."""
    assert how.score is not None
    assert how.overlap is not None
    stride = size / maps.shape[-1]
    cells = decode(maps.double(), stride)
    scores, labels = cells.scores, cells.classes.argmax(dim=0)
    places = (scores >= how.score).nonzero()
    order = torch.argsort(scores[places[:, 0], places[:, 1]], descending=True, stable=True)
    rows, columns = places[order].unbind(dim=1)
    boxes = cells.boxes[:, rows, columns].T
    best = scores[rows, columns]
    by = suppress(boxes, best, how.overlap)
    proposals = [
        {"cell": [row, column], "label": card.classes[label], "score": score, "box": box, "by": to}
        for row, column, label, score, box, to in zip(
            rows.tolist(), columns.tolist(), labels[rows, columns].tolist(), best.tolist(),
            boxes.tolist(), by, strict=True,
        )
    ]  # fmt: skip
    return Found(cells, stride, proposals)
