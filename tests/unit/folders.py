"""A folder of small models for tests: one reads pictures, two read words of a shared table."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from app.nets import build
from app.zoo import Card
from app.zoo.publish import write_model, write_shared_table

WORDS = ["a", "bad", "not", "movie", "'s", "café"]

CNN: list[dict[str, Any]] = [
    {"name": "conv", "op": "conv2d", "in_channels": 3, "out_channels": 4, "kernel_size": [3, 3]},
    {"name": "relu", "op": "relu"},
    {"name": "flatten", "op": "flatten"},
    {"name": "linear", "op": "linear", "in_features": 144, "out_features": 2},
]
READER: list[dict[str, Any]] = [
    {"name": "embedding", "op": "embedding", "num_embeddings": 7, "embedding_dim": 5},
    {"name": "lstm", "op": "lstm", "input_size": 5, "hidden_size": 3},
    {"name": "linear", "op": "linear", "in_features": 3, "out_features": 2},
]
BASE: dict[str, Any] = {
    "title": "A test",
    "summary": "Small.",
    "task": "classification",
    "classes": ["no", "yes"],
    "limits": ["It is a test."],
    "data": [{"name": "d", "source": "s", "licence": "CC0", "split": "train", "n": 3}],
    "training": {"command": "gridtime train x", "seed": 0, "minutes": 0.5},
    "metrics": [
        {
            "name": "accuracy",
            "value": 0.75,
            "split": "test",
            "n": 4,
            "baseline": 0.5,
            "baseline_name": "majority",
            "command": "gridtime evaluate x",
        }
    ],
    "familiarity": {"method": "max_logit", "threshold": 0.1},
}
PICTURES: dict[str, Any] = {
    **BASE,
    "id": "pictures",
    "kind": "cnn",
    "input": "image",
    "architecture": {"name": "sequential", "layers": CNN},
    "preprocessing": {
        "kind": "image",
        "size": 8,
        "channels": 3,
        "mode": "photo",
        "mean": [0.5, 0.5, 0.5],
        "std": [0.2, 0.2, 0.2],
    },
    "samples": [
        {"name": "cat", "title": "A cat", "source": "package:skimage/chelsea.png"},
        {"name": "square", "title": "A square", "source": "file:samples/s.png", "drawing": True},
    ],
}
WORDS_CARD: dict[str, Any] = {
    **BASE,
    "id": "words",
    "kind": "lstm",
    "input": "text",
    "causal": True,
    "loss_at": "every",
    "architecture": {"name": "recurrent", "layers": READER},
    "preprocessing": {"kind": "text", "tokenizer": "glove", "vocabulary": "tiny"},
    "samples": [{"name": "one", "title": "One", "text": 'not a "bad" café'}],
}


def card(base: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A copy of a card with some entries changed."""
    return {**copy.deepcopy(base), **changes}


def state(layers: list[dict[str, Any]], seed: int = 0) -> dict[str, Tensor]:
    """Random weights of an architecture; the embedding is that of the shared table."""
    torch.manual_seed(seed)
    net = build("sequential" if layers is CNN else "recurrent", layers)
    found = dict(net.state_dict())
    if "embedding.weight" in found:
        found["embedding.weight"] = vectors()
    return found


def vectors() -> Tensor:
    """The shared table float32 [7, 5], of numbers that float16 holds exactly."""
    return torch.arange(35).view(7, 5) / 16


def write(models: Path) -> list[Card]:
    """`pictures`, `words` and `words-again` below models/."""
    write_shared_table(models, "tiny", vectors(), WORDS)
    (models / "pictures" / "samples").mkdir(parents=True)
    (models / "pictures" / "samples" / "s.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return [
        write_model(models / "pictures", PICTURES, state(CNN)),
        write_model(models / "words", WORDS_CARD, state(READER), ["tiny"]),
        write_model(
            models / "words-again", card(WORDS_CARD, id="words-again"), state(READER, 1), ["tiny"]
        ),
    ]
