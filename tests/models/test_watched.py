"""What is stored about the units of the shipped readers: of their weights, and measured again."""

from __future__ import annotations

import pytest

from app.training.watched import LEAST, watch, watchable
from app.zoo import Zoo
from app.zoo.store import models_folder
from app.zoo.watched import FILE, Watched, read_watched

ZOO = Zoo(models_folder(), memory_bytes=500_000_000)
WATCHED = [id_ for id_ in watchable(ZOO) if (models_folder() / id_ / FILE).is_file()]


def stored(model: str) -> Watched:
    """The file beside the card."""
    found = read_watched(models_folder() / model)
    assert found is not None
    return found


def test_a_reader_is_watched() -> None:
    assert "sentiment-lstm" in WATCHED


@pytest.mark.parametrize("model", WATCHED)
def test_the_figures_are_those_of_the_shipped_weights_and_sentences(model: str) -> None:
    """After weights were published or sentences written, run the command that the file names."""
    kept, fresh = stored(model), watch(ZOO.model(model), ZOO)
    assert ZOO.is_watched(model), kept.command
    assert kept.command == f"python -m app.training.watched {model}"
    same = {"weights", "corpus", "layer", "sentences", "words", "properties", "bar"}
    assert kept.model_dump(include=same) == fresh.model_dump(include=same)
    assert kept.plane.share == pytest.approx(fresh.plane.share, abs=1e-3)
    for then, now in zip(kept.units, fresh.units, strict=True):
        for name in ("mean", "spread", "least", "most"):
            assert getattr(then, name) == pytest.approx(getattr(now, name), abs=2e-3)
        assert [v for *_, v in then.up] == pytest.approx([v for *_, v in now.up], abs=2e-3)
        best, again = then.follows or then.nearest, now.follows or now.nearest
        assert (best is None) == (again is None)
        if best and again and best.property == again.property:
            assert best.auroc == pytest.approx(again.auroc, abs=5e-3)
            assert (then.follows is not None) == (best.auroc >= kept.bar)
            assert best.n >= LEAST


@pytest.mark.parametrize("model", WATCHED)
def test_every_context_is_a_word_of_the_sentences(model: str) -> None:
    found, lines = stored(model), ZOO.sentences().lines
    for unit in found.units:
        for places in (unit.up, unit.down, unit.rise, unit.fall):
            assert len({sentence for sentence, *_ in places}) == len(places) == 5
            assert all(0 <= sentence < len(lines) for sentence, *_ in places)
        assert unit.least <= unit.down[0][2] <= unit.up[0][2] <= unit.most
