"""The familiarity and the figures of a shipped model, measured again in place.

    models/ID --threshold, figures--> [familiarity], [[metrics]] of its model.toml, statistics

`python -m app.training.again ID --data DIR`: after the measure or its choice has changed; the
weights stay.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

import torch

from app.training.measure import Measure
from app.training.registry import TRAINERS
from app.training.threshold import familiarity
from app.zoo import Model, Zoo, models_folder, toml
from app.zoo.card import Card, read_card


def again(model: Model, data: Path, folder: Path) -> Card:
    """Rewrites the card and its statistics; gives the card."""
    words = model.vocabulary.words if model.vocabulary else ()
    chosen = familiarity(model.card.id, model.net, data, words)
    measure = chosen.measure if chosen else Measure("")
    figures = TRAINERS[model.card.id].figures(model.net, data, words, measure)
    path = folder / "model.toml"
    card = tomllib.loads(path.read_text("utf-8"))
    card["metrics"] = [figure.model_dump() for figure in figures]
    if chosen:
        card["familiarity"] = chosen.table
        chosen.save(folder)
    path.write_text(toml.dumps(card), encoding="utf-8")
    return read_card(folder)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measures a shipped model's figures again.")
    parser.add_argument("id", choices=sorted(TRAINERS))
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    torch.set_num_threads(1)
    models = models_folder()
    card = again(Zoo(models, 500_000_000).model(given.id), given.data, models / given.id)
    for m in card.metrics:
        print(f"{m.name:28} {m.value:.4f}  n={m.n}  {m.split}  (baseline {m.baseline:.3f})")
    if card.familiarity:
        print(card.familiarity.note)


if __name__ == "__main__":
    main()
