"""The model card: everything a model folder states about itself, read from model.toml.

    models/<id>/model.toml --tomllib--> dict --pydantic--> Card

`Card.model_json_schema()` is the published schema. Unknown keys are refused, so that a misspelt
one is not silently ignored.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.core.errors import CardError
from app.inputs.spec import Preprocessing

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
Task = Literal[
    "classification",
    "regression",
    "detection",
    "segmentation",
    "translation",
    "generation",
    "forecast",
]


class Part(BaseModel):
    """Base of all parts of a card: frozen, and strict about unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Architecture(Part):
    """A name from `app.nets.ARCHITECTURES` and its layers, `{name, op, **torch arguments}`."""

    name: str
    layers: list[dict[str, Any]] = Field(min_length=1)


class Data(Part):
    """One data set that the model was trained or measured on; `n` examples of `split`."""

    name: str
    source: str
    licence: str
    split: str
    n: int = Field(ge=1)


class Training(Part):
    """How the weights were made; `command` makes them again."""

    command: str
    seed: int
    minutes: float = Field(ge=0)
    recipe: dict[str, Any] = {}
    notes: str = ""


class Metric(Part):
    """A measured figure on a split that was not trained on, beside the trivial baseline."""

    name: str
    value: float
    unit: str = "share"
    split: str
    n: int = Field(ge=1)
    baseline: float
    baseline_name: str
    command: str


class Also(Part):
    """A second measure of features that lowers the first one's score: by `weight` for each
    `spread` (standard deviation) below `centre` (mean) of its own held-out scores.
    """

    method: str
    tensor: str
    of: Literal["mean", "largest"] = "mean"
    centre: float
    spread: float = Field(gt=0)
    weight: float = Field(gt=0)


class Familiarity(Part):
    """Score of an input; `direction` says which side of `threshold` is unusual.

    A `share` of the held-out examples lies on the unusual side. A measure of features names the
    `tensor` of a trace that it looks at, what it takes `of` each map, and the safetensors file of
    `statistics` beside the card, those of `also` under names that begin with "also.".
    """

    method: str
    tensor: str = ""
    of: Literal["mean", "largest"] = "mean"
    statistics: str = Field(default="", pattern=r"^([\w-]+\.safetensors)?$")
    threshold: float
    direction: Literal["below", "above"] = "below"
    share: float = Field(default=0.01, gt=0, lt=0.5)
    also: Also | None = None
    note: str = ""

    @model_validator(mode="after")
    def _both_or_neither(self) -> Familiarity:
        if bool(self.tensor) != bool(self.statistics):
            raise ValueError("a familiarity of features needs both its tensor and its statistics")
        return self


class Weights(Part):
    """sha256 and bytes of the merged safetensors file that the API gives out.

    `shared` names the tables under models/_shared that stand for the embedding layers, in their
    order; they are merged in as float32.
    """

    file: str = "weights.safetensors"
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(ge=1)
    shared: list[Name] = []


class Snapshots(Part):
    """Folded float16 weights from untrained to final in one file, named "<step>/<tensor>"."""

    file: str = "snapshots.safetensors"
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(ge=1)
    steps: list[int] = Field(min_length=2)


class SampleEntry(Part):
    """A shipped example: a picture, recording, series or clip (`source`) or a text, never both.

    `source` is "package:skimage/chelsea.png" (read from the installed package) or
    "file:samples/x.png" (beside the card). `drawing`: made by the project, neither a photograph
    nor a voice. `season`: of a series, how many steps one has.
    """

    name: Name
    title: str
    source: str | None = Field(default=None, pattern=r"^(package|file):[\w./-]+$")
    text: str | None = Field(default=None, min_length=1)
    drawing: bool = False
    credit: str = ""
    season: int | None = Field(default=None, ge=2)

    @model_validator(mode="after")
    def _picture_or_text(self) -> SampleEntry:
        if (self.source is None) == (self.text is None):
            raise ValueError(f"sample {self.name!r} needs either source or text")
        return self


class Detection(Part):
    """Which boxes of a detector are shown where the visitor says nothing: those that score at
    least `score` and overlap (IoU) no better one by more than `overlap`. The last layer's maps are
    objectness, four sides and the classes (app/insight/boxes.py).
    """

    score: float = Field(gt=0, lt=1)
    overlap: float = Field(gt=0, lt=1)


class Card(Part):
    """One model, in words and numbers. `unit` is that of a regression's one number.

    `causal`: the head reads every step from left to right. Else `read` says where it reads: at
    both `ends` (h forward at the last word, h reverse at the first), or at the first of the
    preprocessing's `words`.
    """

    id: Name
    title: str
    summary: str
    kind: Literal["cnn", "rnn", "gru", "lstm"]
    task: Task
    input: Literal["image", "text", "audio", "series", "video"]
    classes: list[str] = []
    unit: str = ""
    causal: bool = False
    loss_at: Literal["", "last", "every", "ahead"] = ""
    read: Literal["", "ends", "word"] = ""
    limits: list[str] = Field(min_length=1)
    architecture: Architecture
    preprocessing: Preprocessing
    data: list[Data] = Field(min_length=1)
    training: Training
    metrics: list[Metric] = Field(min_length=1)
    familiarity: Familiarity | None = None
    weights: Weights
    snapshots: Snapshots | None = None
    samples: list[SampleEntry] = []
    detection: Detection | None = None

    @model_validator(mode="after")
    def _parts_agree(self) -> Card:
        if self.input != self.preprocessing.kind:
            kind = self.preprocessing.kind
            raise ValueError(f"input is {self.input!r}, preprocessing reads {kind!r}")
        if self.task == "classification" and len(self.classes) < 2:
            raise ValueError("a classification needs at least two classes")
        if self.task == "classification" and self.familiarity is None:
            raise ValueError("a classification needs a familiarity")
        if self.task == "segmentation" and len(self.classes) < 2:
            raise ValueError("a segmentation needs at least two classes")
        if self.task == "regression" and (self.classes or not self.unit):
            raise ValueError("a regression has a unit and no classes")
        if self.causal and self.read:
            raise ValueError("a causal reader's head reads every step, so `read` has no place")
        if self.task == "generation" and not (self.causal and self.classes):
            raise ValueError("a generation is causal, and its classes are what may come next")
        if (self.task == "detection") != (self.detection is not None):
            raise ValueError("a detection, and nothing else, has a [detection]")
        whole = getattr(self.preprocessing, "whole", False)
        if self.task == "detection" and not (self.classes and whole):
            raise ValueError("a detection has classes and reads whole pictures")
        names = [sample.name for sample in self.samples]
        if len(set(names)) != len(names):
            raise ValueError("two samples share a name")
        return self


def read_card(folder: Path) -> Card:
    """The card of models/<id>/. Raises CardError, naming the file and what does not fit."""
    path = folder / "model.toml"
    try:
        card = Card.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CardError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CardError(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        raise CardError(f"{path} does not validate: {error}") from error
    if card.id != folder.name:
        raise CardError(f"{path} says id = {card.id!r}; its folder is {folder.name!r}.")
    return card
