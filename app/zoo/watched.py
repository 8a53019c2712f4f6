"""What the units of a reader follow, measured over the project's sentences, kept beside its card.

    models/<id>/units.json --pydantic--> Watched

`app.training.watched` writes it; the server only reads it. `weights` and `corpus` are the sha256 of
the weights and of the sentences it was measured with: where either is another now, the figures are
of another network or point to other words, and count as not there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from app.core.errors import NotFound
from app.zoo.card import Part
from app.zoo.measured import read_json
from app.zoo.sentences import read_sentences

FILE = "units.json"
Share = Annotated[float, Field(ge=0, le=1)]
Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Place = tuple[int, int, float]  # sentence, word in it, value: all from 0


class Property(Part):
    """Something simple about a word in its sentence. `says` ends "its value is higher where …";
    `n` words of the corpus have it.
    """

    id: str
    says: str
    n: int = Field(ge=0)


class Follows(Part):
    """How well a unit's h tells words with a property from the others, on the half of the
    sentences that the property was not chosen on: the share of pairs in which it is larger
    (`sign` −1: smaller). `n` words of `of` have the property.
    """

    property: str
    sign: Literal[-1, 1]
    auroc: Share
    n: int = Field(ge=1)
    of: int = Field(ge=1)


class Unit(Part):
    """One unit over all words: `spread` is the standard deviation of h; `up`, `down` the words
    where h is largest and smallest, `rise`, `fall` where it changed most, each in a sentence of
    its own. `answer`: correlation of h with the logit difference of two classes. Of `follows` and
    `nearest` one is there: above the bar, or below it.
    """

    mean: float
    spread: float
    least: float
    most: float
    up: list[Place]
    down: list[Place]
    rise: list[Place]
    fall: list[Place]
    follows: Follows | None = None
    nearest: Follows | None = None
    answer: Annotated[float, Field(ge=-1, le=1)] | None = None


class Plane(Part):
    """The plane that holds most of the variance of h: place = axes (h − mean).

    `axes` [2, H] of length 1 and at right angles, `share` of the variance along each.
    """

    mean: list[float]
    axes: tuple[list[float], list[float]]
    share: tuple[Share, Share]


class Watched(Part):
    """models/<id>/units.json. `command` measures it again."""

    weights: Sha
    corpus: Sha
    command: str
    layer: str
    sentences: int = Field(ge=1)
    words: int = Field(ge=1)
    measure: str
    bar: Share
    properties: list[Property]
    units: list[Unit]
    plane: Plane

    def fits(self, weights: str, models: Path) -> bool:
        """Whether these are figures of these weights and of the sentences of this folder."""
        try:
            return (self.weights, self.corpus) == (weights, read_sentences(models).sha256)
        except NotFound:
            return False

    def dump(self) -> str:
        """As it is written: one line a unit."""
        own = self.model_dump_json(exclude={"units"}, exclude_none=True)
        lines = ",\n".join(unit.model_dump_json(exclude_none=True) for unit in self.units)
        return f'{own[:-1]},"units":[\n{lines}\n]}}\n'


def read_watched(folder: Path) -> Watched | None:
    """The units of models/<id>/; None where none were looked at. Raises CardError."""
    return read_json(folder / FILE, Watched)
