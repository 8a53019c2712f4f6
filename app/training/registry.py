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

from app.training import (
    actions,
    angle,
    bank,
    bank_figures,
    boards,
    boards_drawn,
    clips,
    detect_digits,
    detect_figures,
    detect_photos,
    digits,
    evaluation,
    forecast,
    forecast_figures,
    formants,
    illustrations,
    kim,
    letters,
    moving,
    nuclei,
    photos,
    recordings,
    rows,
    scenes,
    segment_figures,
    segments,
    sentiment,
    sentiment_figures,
    speech,
    speech_figures,
    streets,
    streets_drawn,
    strokes,
    translate,
    translate_figures,
    video,
    video_figures,
)
from app.training.fold import folded_layers
from app.training.measure import Measure, of_model
from app.training.readers import Cell
from app.training.surprise import letters_figures
from app.zoo import models_folder, weights
from app.zoo.card import Metric
from app.zoo.model import Model

Progress = Callable[[str], None]
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


def _rows(cell: Cell) -> Trainer:
    recipe, model = rows.recipe_of(cell), f"digits-{cell}"
    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(rows.train(data, out, recipe, progress)),
        figures=lambda net, data, _, known: evaluation.rows_figures(net, data, known, model),
        architecture=lambda: {"name": "recurrent", "layers": rows.layers(recipe)},
        preprocessing={**DIGIT, "rows": True},
        classes=digits.CLASSES,
        draw=strokes.write_all,
        reader="every",
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


TEXT: dict[str, Any] = {
    "kind": "text",
    "tokenizer": "glove",
    "vocabulary": sentiment.TABLE,
    "max_tokens": 20_000,
}


Run = Callable[[Path, Path, Progress], None]
Layers = list[dict[str, object]]


def _opinions(model: str, recipe: Any, run: Run, net: str, layers: Layers, **how: Any) -> Trainer:
    """A reader of sentiment: architecture `net` of `layers` over the shared table."""
    return Trainer(
        id=model,
        recipe=recipe,
        run=run,
        figures=lambda trained, data, words, known: sentiment_figures.figures(
            trained, data, words, known, model
        ),
        architecture=lambda: {"name": net, "layers": layers},
        preprocessing=TEXT,
        classes=sentiment.CLASSES,
        shared=(sentiment.TABLE,),
        **how,
    )


def _sentiment(cell: Cell) -> Trainer:
    recipe = sentiment.recipe_of(cell)

    def run(data: Path, out: Path, progress: Progress) -> None:
        # The LSTM's teacher made the table that all of them stand on.
        known = None
        if cell != "lstm":
            known = weights.load_table(models_folder(), sentiment.TABLE).half()
        net, table = sentiment.train(data, recipe, progress, known)
        save_file(net.served(), out / WEIGHTS)
        if known is None:
            save_file({"weight": table}, out / "table.safetensors")

    layers = sentiment.layers(recipe)
    return _opinions(f"sentiment-{cell}", recipe, run, "recurrent", layers, reader="last")


def _sentiment_cnn() -> Trainer:
    recipe = sentiment.CNN

    def run(data: Path, out: Path, progress: Progress) -> None:
        known = weights.load_table(models_folder(), sentiment.TABLE).half()
        net, _ = sentiment.train(data, recipe, progress, known, kim.KimReader)
        save_file(net.served(), out / WEIGHTS)

    return _opinions("sentiment-cnn", recipe, run, "branched", kim.layers(recipe))


def _sentiment_both() -> Trainer:
    recipe = sentiment.BOTH

    def run(data: Path, out: Path, progress: Progress) -> None:
        known = weights.load_table(models_folder(), sentiment.TABLE)
        save_file(sentiment.train_both(data, recipe, progress, known).served(), out / WEIGHTS)

    layers = sentiment.layers_both(recipe)
    return _opinions("sentiment-bilstm", recipe, run, "recurrent", layers, read="ends")


def _bank(model: str, recipe: bank.Bank) -> Trainer:
    at_word = recipe.loss == "word"

    def run(data: Path, out: Path, progress: Progress) -> None:
        table = weights.load_table(models_folder(), sentiment.TABLE)
        words = weights.load_words(models_folder(), sentiment.TABLE).words
        save_file(bank.train(data, words, table, recipe, progress).served(), out / WEIGHTS)

    return Trainer(
        id=model,
        recipe=recipe,
        run=run,
        figures=lambda net, data, words, known: bank_figures.figures(
            net, data, words, known, model
        ),
        architecture=lambda: {"name": "recurrent", "layers": bank.layers(recipe)},
        preprocessing={**TEXT, "words": bank.WORDS},
        classes=bank.CLASSES,
        shared=(sentiment.TABLE,),
        reader="" if at_word else "every",
        read="word" if at_word else "",
    )


def _letters() -> Trainer:
    recipe, model = letters.Recipe(), "letters-lstm"
    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(letters.train(data, out, recipe, progress)),
        figures=lambda net, data, *_: letters_figures(net, data, model),
        architecture=lambda: {"name": "recurrent", "layers": letters.layers(recipe)},
        preprocessing={
            "kind": "text",
            "tokenizer": "characters",
            "characters": letters.CHARACTERS,
            "max_tokens": 20_000,
        },
        classes=letters.CHARACTERS,
        reader="every",
    )


def _speech() -> Trainer:
    recipe, model = speech.Recipe(), "speech-gru"
    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(speech.train(data, out, recipe, progress)),
        figures=lambda net, data, _, known: speech_figures.figures(net, data, known, model),
        architecture=lambda: {"name": "recurrent", "layers": speech.layers(recipe)},
        preprocessing=recordings.SPEC.model_dump(),
        classes=recordings.CLASSES,
        draw=formants.say_all,
        reader="every",
    )


def _forecast() -> Trainer:
    recipe = forecast.Recipe()
    return Trainer(
        id=forecast.MODEL,
        recipe=recipe,
        run=lambda data, out, progress: _drop(forecast.train(data, out, recipe, progress)),
        figures=lambda net, data, *_: forecast_figures.figures(net, data),
        architecture=lambda: {"name": "recurrent", "layers": forecast.layers(recipe)},
        preprocessing=forecast.SPEC.model_dump(mode="json"),
        classes=(),
        reader="ahead",
    )


def _video() -> Trainer:
    recipe, model = video.Recipe(), "video-lstm"
    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(video.train(data, out, recipe, progress)),
        figures=lambda net, data, _, known: video_figures.figures(net, data, known, model),
        architecture=lambda: {"name": "video", "layers": video.layers(recipe)},
        preprocessing=video.SPEC.model_dump(),
        classes=moving.CLASSES,
        draw=clips.write_all,
        reader="every",
    )


def _actions() -> Trainer:
    recipe, model = actions.Recipe(), "video-actions"
    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(actions.train(data, out, recipe, progress)),
        figures=lambda net, data, _, known: video_figures.action_figures(net, data, known, model),
        architecture=lambda: {"name": "video", "layers": actions.layers(recipe)},
        preprocessing=actions.SPEC.model_dump(),
        classes=actions.CLASSES,
        draw=clips.write_room,
        reader="every",
    )


def _detect_digits() -> Trainer:
    recipe, model = detect_digits.Recipe(), "detect-digits"
    chain = folded_layers(detect_digits.layers())
    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(detect_digits.train(data, out, recipe, progress)),
        figures=lambda net, data, *_: detect_figures.boards(net, data, model),
        architecture=lambda: {"name": "sequential", "layers": chain},
        preprocessing={
            "kind": "image",
            "size": boards.SIZE,
            "channels": 1,
            "mode": "board",
            "mean": list(detect_digits.MEAN),
            "std": list(detect_digits.STD),
        },
        classes=detect_digits.CLASSES,
        draw=boards_drawn.write_all,
    )


def _detect_animals() -> Trainer:
    recipe, model = detect_photos.Recipe(), "detect-animals"
    chain = folded_layers(detect_photos.layers(recipe))
    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(detect_photos.train(data, out, recipe, progress)),
        figures=lambda net, data, *_: detect_figures.photographs(net, data, model),
        architecture=lambda: {"name": "sequential", "layers": chain},
        preprocessing={
            "kind": "image",
            "size": detect_photos.SIZE,
            "channels": 3,
            "mode": "whole",
            "mean": list(photos.MEAN),
            "std": list(photos.STD),
        },
        classes=detect_photos.CLASSES,
        draw=streets_drawn.paint_all,
    )


def _translate(way: translate.Way) -> Trainer:
    recipe, model = translate.Recipe(way=way), f"translate-{way}"

    def figures(net: nn.Module, data: Path, _: Sequence[str], __: Measure) -> list[Metric]:
        pieces = weights.load_subwords(models_folder(), translate.VOCABULARY)
        return translate_figures.figures(net, data, pieces, model)

    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(translate.train(data, out, recipe, progress)),
        figures=figures,
        architecture=lambda: {"name": "translator", "layers": translate.layers(recipe)},
        preprocessing={
            "kind": "text",
            "tokenizer": "subwords",
            "vocabulary": translate.VOCABULARY,
            "max_tokens": translate.MOST_PIECES,
        },
        classes=(),
        pieces=translate.VOCABULARY,
    )


def _segments(model: str) -> Trainer:
    pack = streets if model == "segment-streets" else nuclei
    measure = segment_figures.of_streets if pack is streets else segment_figures.of_nuclei
    recipe = nuclei.TWIN if model == "segment-nuclei-bare" else pack.RECIPE
    chain = folded_layers(segments.layers(recipe, pack.LOOK.classes))
    return Trainer(
        id=model,
        recipe=recipe,
        run=lambda data, out, progress: _drop(pack.train(data, out, recipe, progress)),
        figures=lambda net, data, *_: measure(net, data, model),
        architecture=lambda: {"name": "unet", "layers": chain},
        preprocessing=pack.LOOK.card(),
        classes=pack.CLASSES,
        draw=scenes.draw_nuclei if pack is nuclei else scenes.draw_streets,
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
        *(_rows(cell) for cell in rows.HIDDEN),
        _letters(),
        *(_sentiment(cell) for cell in sentiment.HIDDEN),
        _sentiment_both(),
        _sentiment_cnn(),
        _bank("bank-lstm", bank.LEFT_TO_RIGHT),
        _bank("bank-bilstm", bank.AT_THE_WORD),
        _speech(),
        _forecast(),
        _video(),
        _actions(),
        _detect_digits(),
        _detect_animals(),
        _translate("attention"),
        _translate("plain"),
        _segments("segment-nuclei"),
        _segments("segment-nuclei-bare"),
        _segments("segment-streets"),
    )
}
