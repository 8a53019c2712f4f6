"""What the order of its frames is worth to a network that reads clips, kept beside its card.

    models/<id>/frames.json --pydantic--> Frames

`app.training.orders` writes it; the server only reads it. The baselines see the same clips and were
trained on as many; they are not shipped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from app.zoo.card import Part
from app.zoo.measured import Rate, read_json

FILE = "frames.json"
How = Literal["plain", "shuffled", "reversed", "held"]


class Way(Part):
    """The held-out clips with their frames in one order."""

    how: How
    accuracy: Rate = Field(description="named as the clip was before its frames were moved")
    opposite: Rate | None = Field(
        default=None, description="named as the opposite movement, where every class has one"
    )


class Baseline(Part):
    """A network that cannot use the order, on the same held-out clips."""

    name: str
    sees: str
    steps: int = Field(ge=1, description="of training")
    accuracy: Rate


class Frames(Part):
    """Every order, every baseline, and the accuracy after each frame."""

    command: str
    sha256: str = Field(description="of the weights that were measured")
    split: str
    n: int = Field(ge=1)
    chance: float = Field(ge=0, le=1)
    minutes: float = Field(ge=0, description="of the baselines' trainings, on one core")
    ways: list[Way] = Field(min_length=1)
    baselines: list[Baseline]
    after: list[Rate] = Field(description="accuracy after 1, 2, … frames of the clips as they are")


def read_frames(folder: Path) -> Frames | None:
    """The figures of models/<id>/; None where none were made. Raises CardError."""
    return read_json(folder / FILE, Frames)
