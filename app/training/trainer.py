"""What a trainer of one model is, and what those of the registry share.

    Trainer: recipe, run, figures, architecture, preprocessing, classes --train--> a run's folder
                                                                       --evaluate--> list[Metric]
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from torch import nn

from app.training.measure import Measure, of_model
from app.zoo.card import Metric
from app.zoo.model import Model

Progress = Callable[[str], None]
Run = Callable[[Path, Path, Progress], None]
R = TypeVar("R")
RUN = "run.json"
WEIGHTS = "weights.safetensors"


@dataclass(frozen=True)
class Trainer:
    """One model: how it is trained, what its card says about itself, how it is measured."""

    id: str
    recipe: Any  # a frozen dataclass
    run: Callable[[Path, Path, Progress], None]
    figures: Callable[[nn.Module, Path, Sequence[str], Measure], list[Metric]]
    architecture: Callable[[], dict[str, Any]]
    preprocessing: dict[str, Any]
    classes: Sequence[str]
    draw: Callable[[Path], None] | None = None
    shared: tuple[str, ...] = ()
    reader: str = ""  # for left-to-right readers, where the loss was taken
    read: str = ""  # for the others, where the head reads
    unit: str = ""  # of a regression's one number
    pieces: str = ""  # the shared vocabulary of subwords that a run leaves

    def train(self, data: Path, out: Path, progress: Progress) -> None:
        """Trains and leaves weights.safetensors, maybe snapshots, and run.json in `out`."""
        out.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        self.run(data, out, progress)
        minutes = round((time.monotonic() - started) / 60, 1)
        about = {"id": self.id, "minutes": minutes, "recipe": asdict(self.recipe)}
        (out / RUN).write_text(json.dumps(about, indent=1) + "\n")

    def evaluate(self, model: Model, data: Path) -> list[Metric]:
        """The figures of the card, measured again."""
        words = model.vocabulary.words if model.vocabulary else ()
        return self.figures(model.net, data, words, of_model(model))


def trained(train: Callable[[Path, Path, R, Progress], object], recipe: R) -> Run:
    """A run that leaves its network in the folder; what it returns is not needed."""

    def run(data: Path, out: Path, progress: Progress) -> None:
        train(data, out, recipe, progress)

    return run


def net(name: str, layers: list[dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """An architecture of the card: its name and its layers."""
    return lambda: {"name": name, "layers": layers}


def picture(
    mode: str, size: int, mean: Sequence[float], std: Sequence[float], **more: Any
) -> dict[str, Any]:
    """A card's preprocessing of pictures: a channel for each number of `mean`."""
    scale = {"mean": list(mean), "std": list(std)}
    return {"kind": "image", "size": size, "channels": len(mean), "mode": mode, **scale, **more}
