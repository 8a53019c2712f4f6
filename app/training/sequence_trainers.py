"""The trainers of what reads sequences: words, letters, pieces of words, sound, series."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from safetensors.torch import save_file
from torch import nn

from app.training import (
    bank,
    bank_figures,
    forecast,
    forecast_figures,
    formants,
    kim,
    letters,
    recordings,
    sentiment,
    sentiment_figures,
    speech,
    speech_figures,
    translate,
    translate_figures,
)
from app.training.measure import Measure
from app.training.readers import Cell
from app.training.surprise import letters_figures
from app.training.trainer import WEIGHTS, Progress, Run, Trainer, net, trained
from app.zoo import models_folder, weights
from app.zoo.card import Metric

TEXT: dict[str, Any] = {
    "kind": "text",
    "tokenizer": "glove",
    "vocabulary": sentiment.TABLE,
    "max_tokens": 20_000,
}
Layers = list[dict[str, Any]]


def _opinions(model: str, recipe: Any, run: Run, kind: str, layers: Layers, **how: Any) -> Trainer:
    """A reader of sentiment: architecture `kind` of `layers` over the shared table."""
    return Trainer(
        id=model,
        recipe=recipe,
        run=run,
        figures=lambda trained, data, words, known: sentiment_figures.figures(
            trained, data, words, known, model
        ),
        architecture=net(kind, layers),
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
        architecture=net("recurrent", bank.layers(recipe)),
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
        run=trained(letters.train, recipe),
        figures=lambda net, data, *_: letters_figures(net, data, model),
        architecture=net("recurrent", letters.layers(recipe)),
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
        run=trained(speech.train, recipe),
        figures=lambda net, data, _, known: speech_figures.figures(net, data, known, model),
        architecture=net("recurrent", speech.layers(recipe)),
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
        run=trained(forecast.train, recipe),
        figures=lambda net, data, *_: forecast_figures.figures(net, data),
        architecture=net("recurrent", forecast.layers(recipe)),
        preprocessing=forecast.SPEC.model_dump(mode="json"),
        classes=(),
        reader="ahead",
    )


def _translate(way: translate.Way) -> Trainer:
    recipe, model = translate.Recipe(way=way), f"translate-{way}"

    def figures(net: nn.Module, data: Path, _: Sequence[str], __: Measure) -> list[Metric]:
        pieces = weights.load_subwords(models_folder(), translate.VOCABULARY)
        return translate_figures.figures(net, data, pieces, model)

    return Trainer(
        id=model,
        recipe=recipe,
        run=trained(translate.train, recipe),
        figures=figures,
        architecture=net("translator", translate.layers(recipe)),
        preprocessing={
            "kind": "text",
            "tokenizer": "subwords",
            "vocabulary": translate.VOCABULARY,
            "max_tokens": translate.MOST_PIECES,
        },
        classes=(),
        pieces=translate.VOCABULARY,
    )


SEQUENCES = (
    *(_sentiment(cell) for cell in sentiment.HIDDEN),
    _sentiment_both(),
    _sentiment_cnn(),
    _bank("bank-lstm", bank.LEFT_TO_RIGHT),
    _bank("bank-bilstm", bank.AT_THE_WORD),
    _letters(),
    _speech(),
    _forecast(),
    _translate("attention"),
    _translate("plain"),
)
