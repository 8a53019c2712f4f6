"""Two tiny random translators, with and without attention, over subwords of a few sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from app.inputs.subwords import Subwords
from app.nets.translator import Translator
from app.training import pairs
from app.zoo.publish import write_model

SENTENCES = ("The cat is black.", "Le chat est noir.", "Where is the cat?", "Où est le chat ?",
             "It's cold.", "J'ai froid.")  # fmt: skip
SIZE = 60


def subwords() -> Subwords:
    """Pieces learnt from the sentences, each read often enough for its letters to count."""
    return pairs.learn(SENTENCES * pairs.RARE, SIZE)


def layers(attends: bool, rows: int = SIZE) -> list[dict[str, Any]]:
    """As in a card."""
    return [
        {"name": "embedding", "op": "embedding", "num_embeddings": rows, "embedding_dim": 5},
        {"name": "encoder", "op": "gru", "input_size": 5, "hidden_size": 3, "bidirectional": True},
        {"name": "decoder", "op": "gru", "input_size": 5, "hidden_size": 6},
        *([{"name": "attention", "op": "attention", "size": 6}] if attends else []),
        {
            "name": "combine",
            "op": "linear",
            "in_features": 12 if attends else 6,
            "out_features": 5,
        },
        {"name": "output", "op": "tied", "num_embeddings": rows},
    ]


def translator(attends: bool = True, seed: int = 0) -> Translator:
    """Random weights, large enough that candidates differ."""
    torch.manual_seed(seed)
    net = Translator(layers(attends)).eval()
    with torch.no_grad():
        for weight in net.parameters():
            weight.normal_(0, 0.6)
    return net.requires_grad_(False)


def write_translators(folder: Path) -> None:
    """models/ with both, their vocabulary shared."""
    shared = folder / "_shared" / "few"
    shared.mkdir(parents=True)
    pairs.write_subwords(shared / "subwords.json.gz", subwords())
    for name, attends in (("looking", True), ("plain", False)):
        card = {
            "id": name, "title": name.title(), "summary": "For tests.", "kind": "gru",
            "task": "translation", "input": "text", "limits": ["Random weights."],
            "architecture": {"name": "translator", "layers": layers(attends)},
            "preprocessing": {"kind": "text", "tokenizer": "subwords", "vocabulary": "few",
                              "max_tokens": 60},
            "data": [{"name": "none", "source": "-", "licence": "CC0", "split": "test", "n": 1}],
            "training": {"command": "none", "seed": 1, "minutes": 0.0},
            "metrics": [{"name": "BLEU", "value": 1.0, "unit": "BLEU", "split": "test", "n": 1,
                         "baseline": 0.5, "baseline_name": "none", "command": "none"}],
            "samples": [{"name": "cat", "title": "A cat", "text": SENTENCES[0]}],
        }  # fmt: skip
        write_model(folder / name, card, translator(attends).state_dict())
