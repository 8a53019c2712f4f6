"""How long networks take to read sequences, and what must wait: what was measured, line by line.

models/_shared/speed.json --pydantic--> Speed      (written by `python -m app.training.speed`)
a measurement on the server -----------> Speed     (kept in its memory, never on disk)
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from app.zoo.card import Part
from app.zoo.machine import Machine
from app.zoo.measured import read_json

FILE = "_shared/speed.json"


class Passes(Part):
    """Forward passes over one sequence, in milliseconds: of `n` the median and the 10th and 90th
    percentile.
    """

    median: float = Field(gt=0)
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    n: int = Field(ge=1)


class SpeedPoint(Part):
    """One network at one length."""

    model: str
    length: int = Field(ge=1, description="words")
    ms: Passes
    steps: int = Field(ge=1, description="operations that must wait for one another")
    work: int = Field(ge=0, description="multiply–adds of one pass")


class SpeedReader(Part):
    """One network; `directions` 2 reads from both ends, which need not wait for each other."""

    model: str
    title: str
    kind: Literal["cnn", "rnn", "gru", "lstm"]
    directions: Literal[1, 2]
    weights: str = Field(description="sha256 of the weights that were measured")
    parameters: int = Field(ge=1, description="without the word table, which all share")


class Unreached(Part):
    """A point for which there was no time left."""

    model: str
    length: int


class Speed(Part):
    """A whole measurement. `here`: on this server since it started; else by the command."""

    here: bool
    command: str
    measured: str = Field(description="when it ended, UTC")
    seconds: float = Field(ge=0)
    machine: Machine
    ladder: list[int] = Field(description="lengths that are measured where none are asked for")
    lengths: list[int]
    note: str
    readers: list[SpeedReader]
    points: list[SpeedPoint]
    missing: list[Unreached] = Field(description="points for which there was no time")


def read_speed(models: Path) -> Speed | None:
    """The figures of a models folder; None where none were made. Raises CardError."""
    return read_json(models / FILE, Speed)
