"""How far each cell can remember: figures of cells trained for that alone, for the page to draw.

    models/_shared/remember.json --pydantic--> Remembered

`app.training.remember` writes it; the server only reads it. The cells themselves are not shipped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from app.zoo.card import Part
from app.zoo.measured import Share, read_json

FILE = "_shared/remember.json"
Loss = Annotated[float, Field(ge=0)]


class Point(Part):
    """One cell at one length: of several trainings from fresh weights the one in the middle."""

    length: int = Field(ge=1, description="T of the task")
    distance: float = Field(
        gt=0, description="mean number of steps from what must be kept to where it is needed"
    )
    loss: Loss = Field(description="on n test sequences, never trained on")
    chance: Loss = Field(description="the loss without any memory, at this length")
    recall: Share = Field(description="share of what had to be kept that was given back")
    recalls: list[Share] = Field(min_length=1, description="of every training, in order of seeds")
    losses: list[Loss] = Field(min_length=1, description="of every training, in order of seeds")
    n: int = Field(ge=1, description="test sequences of each")
    updates: int = Field(ge=1, description="steps of training that were made")
    learnt: bool = Field(description="whether the training ended early, the task being learnt")
    seconds: float = Field(ge=0, description="of all its trainings and tests")


class Remembering(Part):
    """One cell on one task, over all lengths."""

    cell: Literal["rnn", "gru", "lstm"]
    hidden: int = Field(ge=1)
    parameters: int = Field(ge=1)
    rate: float = Field(gt=0, description="the highest learning rate")
    points: list[Point] = Field(min_length=1)


class RememberTask(Part):
    """A task, how its loss and its recall are measured, and where chance lies."""

    task: Literal["adding", "copy"]
    title: str
    about: str
    source: str
    loss: str = Field(description="what the loss is")
    chance: str = Field(description="the formula of the chance line")
    recall: str = Field(description="what counts as given back")
    recall_chance: Share
    updates: int = Field(ge=1, description="the budget of every run")
    batch: int = Field(ge=1, description="sequences an update")
    cells: list[Remembering] = Field(min_length=1)


class Remembered(Part):
    """All tasks. Few trainings a point: other seeds may move a point near its edge."""

    command: str
    seed: int = Field(description="the first of the seeds")
    trainings: int = Field(ge=1, description="of each point, one a seed")
    torch: str
    seconds: float = Field(ge=0, description="of all trainings together, on one core")
    tasks: list[RememberTask] = Field(min_length=1)


def read_remembered(models: Path) -> Remembered | None:
    """The figures of a models folder; None where none were made. Raises CardError."""
    return read_json(models / FILE, Remembered)
