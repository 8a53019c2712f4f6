"""A finished run -> the model folder that is shipped.

    runs/ID/{weights,snapshots,table}.safetensors, run.json
      + cards/ID.toml (the words)  + figures measured now  --> models/ID/

`python -m app.training.publish ID --data DIR --run runs/ID`
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load, load_file
from torch import Tensor

from app.nets import build
from app.training import sentiment
from app.training.measure import Measure
from app.training.registry import TRAINERS
from app.training.threshold import familiarity
from app.training.trainer import RUN, Trainer
from app.zoo import weights
from app.zoo.card import Card
from app.zoo.publish import write_model, write_shared_table
from app.zoo.store import models_folder


def words_and_table(
    data: Path, models: Path, trainer: Trainer, run: Path
) -> tuple[list[str], Tensor | None]:
    """The words and the table of a reader; a table that its run left is written beside the models
    first.
    """
    if not trainer.shared:
        return [], None
    name, own = trainer.shared[0], run / "table.safetensors"
    if own.is_file():
        words, _ = sentiment.glove(data)
        write_shared_table(models, name, load_file(own)["weight"], words)
    return list(weights.load_words(models, name).words), weights.load_table(models, name)


def publish(trainer: Trainer, run: Path, data: Path, models: Path) -> Card:
    """Writes models/ID/: weights, card with figures measured now, samples."""
    if trainer.pieces:
        share_pieces(run, models, trainer.pieces)
    words, vectors = words_and_table(data, models, trainer, run)
    architecture = trainer.architecture()
    state = load_file(run / "weights.safetensors")
    full = state if vectors is None else {**state, "embedding.weight": vectors}
    net = build(architecture["name"], architecture["layers"])
    net.load_state_dict(full)
    net.requires_grad_(False)
    folder = models / trainer.id
    folder.mkdir(parents=True, exist_ok=True)
    if trainer.draw:
        draw_samples(trainer, folder)
    snapshots = take_snapshots(run, folder)
    known = familiarity(trainer.id, net, data, words)
    figures = trainer.figures(net, data, words, known.measure if known else Measure(""))
    if known:
        known.save(folder)
    about = json.loads((run / RUN).read_text())
    table = known.table if known else None
    card = _card(trainer, architecture, about, [m.model_dump() for m in figures], table)
    return write_model(folder, {**card, "snapshots": snapshots}, full, trainer.shared)


def share_pieces(run: Path, models: Path, name: str) -> None:
    """The run's vocabulary of subwords, beside the models that share it."""
    folder = models / weights.SHARED / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / weights.SUBWORDS).write_bytes((run / weights.SUBWORDS).read_bytes())


def draw_samples(trainer: Trainer, folder: Path) -> None:
    """Draws samples/ and keeps what the card names: the others are drawn but not shipped."""
    assert trainer.draw
    trainer.draw(folder / "samples")
    named = {str(sample.get("source", "")) for sample in card_words(trainer)["samples"]}
    for path in (folder / "samples").iterdir():
        if f"file:samples/{path.name}" not in named:
            path.unlink()


def card_words(trainer: Trainer) -> dict[str, Any]:
    """cards/ID.toml: what a person wrote for the card."""
    return read_words(trainer.id)


def read_words(card: str) -> dict[str, Any]:
    """A file of cards/; what it does not say is as in the card that it is `like`, but for the
    `titles` of samples that it answers otherwise.
    """
    file = resources.files("app.training").joinpath("cards", f"{card}.toml")
    own = tomllib.loads(file.read_text("utf-8"))
    like, titles = own.pop("like", None), own.pop("titles", {})
    words = own if like is None else {**read_words(like), **own}
    for sample in words["samples"]:
        sample["title"] = titles.get(sample["name"], sample["title"])
    return words


def take_snapshots(run: Path, folder: Path) -> dict[str, Any] | None:
    """The run's snapshots copied beside the card, and what the card says about them."""
    source = run / "snapshots.safetensors"
    if not source.is_file():
        return None
    content = source.read_bytes()
    (folder / source.name).write_bytes(content)
    steps = sorted({int(name.split("/")[0]) for name in load(content)})
    sha = hashlib.sha256(content).hexdigest()
    return {"file": source.name, "sha256": sha, "bytes": len(content), "steps": steps}


def _card(
    trainer: Trainer,
    architecture: dict[str, Any],
    about: dict[str, Any],
    figures: list[dict[str, Any]],
    known: dict[str, Any] | None,
) -> dict[str, Any]:
    """The words of cards/ID.toml and everything measured, in the card's order."""
    words = card_words(trainer)
    notes = words.pop("notes", "")
    data, samples = words.pop("data"), words.pop("samples")
    reader = {"causal": True, "loss_at": trainer.reader} if trainer.reader else {}
    reader |= {"read": trainer.read} if trainer.read else {}
    return {
        "id": trainer.id,
        **words,
        **({"classes": list(trainer.classes)} if trainer.classes else {}),
        **reader,
        "architecture": architecture,
        "preprocessing": trainer.preprocessing,
        "training": {
            "command": f"gridtime train {trainer.id} --data DIR",
            "seed": about["recipe"]["seed"],
            "minutes": about["minutes"],
            "recipe": about["recipe"],
            "notes": about.get("notes", notes),
        },
        **({"familiarity": known} if known else {}),
        "data": data,
        "metrics": figures,
        "samples": samples,
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="A finished run becomes a shipped model folder.")
    parser.add_argument("id", choices=sorted(TRAINERS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=None)
    given = parser.parse_args()
    torch.set_num_threads(1)
    card = publish(TRAINERS[given.id], given.run, given.data, given.models or models_folder())
    for m in card.metrics:
        print(f"{m.name:28} {m.value:.4f}  n={m.n}  {m.split}  (baseline {m.baseline:.3f})")


if __name__ == "__main__":
    main()
