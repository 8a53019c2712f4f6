"""How a network that hears speech does on a voice that it never heard, kept beside its card.

    models/<id>/voices.json --pydantic--> Voices

`app.training.unheard` writes it; the server only reads it. Each voice has a network of its own,
trained by the card's recipe on the other voices alone; these networks are not shipped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from app.zoo.card import Part
from app.zoo.measured import Rate, read_json

FILE = "voices.json"


class Voice(Part):
    """One voice left out: accuracy over all its recordings, by the network and by the baseline."""

    speaker: str
    taught: int = Field(ge=1, description="recordings of the other voices that were trained on")
    accuracy: Rate
    baseline: Rate
    by_class: list[Rate] = Field(description="the network's, for each class of the card")
    chosen_on: bool = Field(
        description="whether the recipe was chosen with this voice's training recordings in view:"
        " its figure then flatters"
    )


class Voices(Part):
    """Every voice of the pack, and all of them together."""

    command: str
    recipe: dict[str, Any] = Field(description="the card's: the networks were trained alike")
    split: str
    baseline_name: str
    minutes: float = Field(ge=0, description="of all trainings together, on one core")
    voices: list[Voice] = Field(min_length=1)
    all: Rate
    baseline: Rate


def read_voices(folder: Path) -> Voices | None:
    """The figures of models/<id>/; None where none were made. Raises CardError."""
    return read_json(folder / FILE, Voices)
