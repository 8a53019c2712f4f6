"""Which code makes and measures which model.

    gridtime train ID    --> TRAINERS[ID].train(data, out, progress) --> weights, run.json
    gridtime evaluate ID --> TRAINERS[ID].evaluate(model, data)      --> list[Metric]
    app.training.publish --> TRAINERS[ID].architecture(), .words(), .samples(): the model folder
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from safetensors.torch import save_file
from torch import nn

from app.training import angle, digits, evaluation, illustrations, photos, sentiment, strokes
from app.training.fold import folded_layers
from app.training.measure import Measure, of_model
from app.zoo.card import Metric
from app.zoo.model import Model

Progress = Callable[[str], None]
RUN = "run.json"


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
    reader: str = ""  # for readers, where the loss was taken
    unit: str = ""  # of a regression's one number

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


def _photos(model: str = "photos", pooling: str = "max") -> Trainer:
    recipe = photos.Recipe(pooling=pooling)
    chain = folded_layers(photos.layers(recipe))
    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(photos.train(data, out, recipe, progress)),
        figures=lambda net, data, _, known: evaluation.photos_figures(net, data, known, model),
        architecture=lambda: {"name": "sequential", "layers": chain},
        preprocessing={
            "kind": "image",
            "size": photos.SIZE,
            "channels": 3,
            "mode": "photo",
            "mean": list(photos.MEAN),
            "std": list(photos.STD),
        },
        classes=photos.CLASSES,
        draw=illustrations.draw_all,
    )


DIGIT: dict[str, Any] = {
    "kind": "image",
    "size": digits.SIZE,
    "channels": 1,
    "mode": "digit",
    "mean": list(digits.MEAN),
    "std": list(digits.STD),
}


def _digits() -> Trainer:
    recipe = digits.Recipe()
    chain = folded_layers(digits.layers(recipe))
    return Trainer(
        id="digits-cnn",
        recipe=recipe,
        run=lambda data, out, progress: _drop(digits.train(data, out, recipe, progress)),
        figures=lambda net, data, _, known: evaluation.digits_figures(
            net, data, known, "digits-cnn"
        ),
        architecture=lambda: {"name": "sequential", "layers": chain},
        preprocessing=DIGIT,
        classes=digits.CLASSES,
        draw=strokes.write_all,
    )


def _angle() -> Trainer:
    recipe = angle.Recipe()
    chain = folded_layers(angle.layers(recipe))
    return Trainer(
        id="digits-angle",
        recipe=recipe,
        run=lambda data, out, progress: _drop(angle.train(data, out, recipe, progress)),
        figures=lambda net, data, *_: evaluation.angle_figures(net, data, "digits-angle"),
        architecture=lambda: {"name": "sequential", "layers": chain},
        preprocessing=DIGIT,
        classes=(),
        draw=strokes.write_turned,
        unit="degrees",
    )


def _sentiment_lstm() -> Trainer:
    recipe = sentiment.RECIPE

    def run(data: Path, out: Path, progress: Progress) -> None:
        net, table = sentiment.train(data, recipe, progress)
        state = {k: v.contiguous() for k, v in net.state_dict().items()}
        save_file(state, out / "weights.safetensors")
        save_file({"weight": table}, out / "table.safetensors")

    return Trainer(
        id="sentiment-lstm",
        recipe=recipe,
        run=run,
        figures=lambda net, data, words, known: evaluation.sentiment_figures(
            net, data, words, known, "sentiment-lstm"
        ),
        architecture=lambda: {"name": "recurrent", "layers": sentiment.layers(recipe)},
        preprocessing={
            "kind": "text",
            "tokenizer": "glove",
            "vocabulary": sentiment.TABLE,
            "max_tokens": 20_000,
        },
        classes=sentiment.CLASSES,
        shared=(sentiment.TABLE,),
        reader="last",
    )


def _drop(_: object) -> None:
    """The trained net is in `out` already."""


TRAINERS: dict[str, Trainer] = {
    t.id: t
    for t in (
        _photos(),
        _photos("photos-skip", "skip"),
        _digits(),
        _angle(),
        _sentiment_lstm(),
    )
}
