"""What became of the held-out accuracy when words, rows or pixels changed their order.

    models/_shared/order.json --pydantic--> Ordered

`app.training.order` writes it; the server only reads it. Before and after are of the same texts or
pictures, read by the same weights.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from app.zoo.card import Part
from app.zoo.measured import Rate, Share, overlap, read_json

FILE = "_shared/order.json"


class OrderChange(Part):
    """One way of changing the order."""

    change: str = Field(description="its name in the rows of each model")
    title: str
    about: str
    drawn: Literal["once", "each", "never"] = Field(
        description="one permutation for all inputs, a fresh one for each, or nothing is drawn"
    )


class Ordering(Part):
    """One model under one change; only inputs that the change can be made to are counted."""

    change: str
    before: Rate
    after: Rate
    lost: int = Field(ge=0, description="right before, wrong after")
    won: int = Field(ge=0, description="wrong before, right after")
    same_answer: Share = Field(description="inputs with the same answer before and after")
    tie: bool = Field(description="whether the two intervals overlap")

    @model_validator(mode="after")
    def agrees(self) -> Self:
        """Both sides are of the same inputs, and the counts close."""
        closes = self.before.hits - self.lost + self.won == self.after.hits
        if self.before.n != self.after.n or not closes:
            raise ValueError(f"before and after of {self.change!r} are not of the same inputs")
        if self.tie != overlap(self.before, self.after):
            raise ValueError(f"the intervals of {self.change!r} say otherwise about the tie")
        return self


class OrderModel(Part):
    """One model over all changes."""

    model: str
    weights: str = Field(description="sha256 of the weights that were measured")
    changes: list[Ordering] = Field(min_length=1)


class OrderSet(Part):
    """One held-out split, and every model that reads it."""

    set: str
    title: str
    unit: Literal["words", "pixels"]
    n: int = Field(ge=1, description="inputs of the whole split")
    changes: list[OrderChange] = Field(min_length=1)
    models: list[OrderModel]


class Ordered(Part):
    """All splits. Every model was trained on inputs in their order, never on changed ones."""

    command: str
    seed: int
    torch: str
    seconds: float = Field(ge=0, description="of all measurements together")
    sets: list[OrderSet]


def read_ordered(models: Path) -> Ordered | None:
    """The figures of a models folder; None where none were made. Raises CardError."""
    return read_json(models / FILE, Ordered)
