"""Five readers of sentences with one budget: accuracy, time, weights and steps that wait.

    models/_shared/duel.json --pydantic--> Duel

`app.training.duel` writes it; the server only reads it. Four of the readers are shipped models; the
bag of words was trained by that command and is not shipped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from app.zoo.card import Part
from app.zoo.machine import Machine
from app.zoo.measured import Rate, read_json

FILE = "_shared/duel.json"


class DuelSplit(Part):
    """Accuracy on one held-out split; a tie with the best where the intervals overlap."""

    split: str
    accuracy: Rate
    best: bool
    tie: bool = Field(description="the interval overlaps that of the best reader of this split")


class Microseconds(Part):
    """One sentence at a time, from word numbers to logits, on one thread: of all sentences the
    median and the 10th and 90th percentile, each sentence the best of `repeats`.
    """

    median: float = Field(gt=0)
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    n: int = Field(ge=1, description="sentences timed")
    repeats: int = Field(ge=1)


class Serial(Part):
    """Steps that must wait for one another: `fixed` + `per_word` × words. A layer with weights is
    one, with all that follows it; a word read by a cell is one, with all its gates.
    """

    fixed: int = Field(ge=0)
    per_word: int = Field(ge=0)
    mean: float = Field(gt=0, description="over the sentences that were timed")


class Duellist(Part):
    """One reader."""

    reader: Literal["bag", "cnn", "rnn", "gru", "lstm"]
    model: str | None = Field(description="the shipped model; null for the bag of words")
    title: str
    about: str
    weights: str = Field(description="sha256 of the weights that were measured")
    parameters: int = Field(ge=1, description="without the word table, which all share")
    splits: list[DuelSplit] = Field(min_length=1)
    microseconds: Microseconds
    serial: Serial


class Duel(Part):
    """All readers, trained on the same texts over the same frozen word table."""

    command: str
    seed: int
    seconds: float = Field(
        ge=0, description="of this run: a teacher or a bag kept in runs/ is not trained again"
    )
    machine: Machine
    words: float = Field(gt=0, description="mean words of the sentences that were timed")
    note: str
    readers: list[Duellist] = Field(min_length=1)


def read_duel(models: Path) -> Duel | None:
    """The figures of a models folder; None where none were made. Raises CardError."""
    return read_json(models / FILE, Duel)
