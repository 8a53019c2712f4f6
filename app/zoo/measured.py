"""Figures measured by a command and kept beside the models, and shares with their interval.

    models/<id>/studies.json, units.json, models/_shared/<name>.json --read_json--> what it holds
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from app.core.errors import CardError
from app.zoo.card import Part

Kind = TypeVar("Kind", bound=Part)
Share = Annotated[float, Field(ge=0, le=1)]


class Rate(Part):
    """`hits` of `n` were right, with the 95 % interval of that share (Wilson 1927)."""

    n: int = Field(ge=1)
    hits: int = Field(ge=0)
    value: Share
    interval: tuple[Share, Share]

    @model_validator(mode="after")
    def agrees(self) -> Self:
        """The share is that of the counts and lies in its interval."""
        low, high = self.interval
        if abs(self.value - self.hits / self.n) > 1e-4 or not low <= self.value <= high:
            raise ValueError("the share is not that of the counts, or not within its interval")
        return self


def overlap(a: Rate, b: Rate) -> bool:
    """Whether the two intervals have a point in common: then the page calls it a tie."""
    return a.interval[0] <= b.interval[1] and b.interval[0] <= a.interval[1]


def read_json(path: Path, kind: type[Kind]) -> Kind | None:
    """The file's content; None where there is no file. Raises CardError, naming it."""
    if not path.is_file():
        return None
    try:
        return kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise CardError(f"{path} does not validate: {error}") from error
