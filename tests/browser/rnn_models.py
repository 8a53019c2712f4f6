"""A models folder for the RNN room's tests: untrained cells of every kind over a tiny vocabulary.

    write_models(folder) -> _shared/tiny (words), long (LSTM), gated (GRU), plain (tanh RNN),
                            deep (2-layer LSTM, both directions); their cards say: untrained
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from app.nets import build
from app.zoo.publish import write_model, write_shared_table

WORDS = (
    "a the food film was is not but good bad music saved evening wonderful , . and of it never "
    "boring 's n't very river bank"
).split()
WIDTH = 12


def write_models(folder: Path) -> Path:
    """The folder with four untrained networks."""
    torch.manual_seed(5)
    write_shared_table(folder, "tiny", torch.randn(len(WORDS), WIDTH), WORDS)
    write(folder, "long", "lstm", hidden=16)
    write(folder, "gated", "gru", hidden=10)
    write(folder, "plain", "rnn", hidden=9)
    write(folder, "deep", "lstm", hidden=8, num_layers=2, bidirectional=True)
    return folder


def write(folder: Path, name: str, op: str, hidden: int, **more: Any) -> None:
    """One network with weights four times torch's own, so that its states are not all near zero."""
    both = 2 if more.get("bidirectional") else 1
    layers = [
        {"name": "words", "op": "embedding", "num_embeddings": len(WORDS) + 1,
         "embedding_dim": WIDTH},
        {"name": "memory", "op": op, "input_size": WIDTH, "hidden_size": hidden, **more},
        {"name": "head", "op": "linear", "in_features": hidden * both, "out_features": 2},
    ]  # fmt: skip
    net = build("recurrent", layers)
    state = {key: value * 4 for key, value in net.state_dict().items()}
    write_model(folder / name, card(name, op, layers, causal=both == 1), state, shared=["tiny"])


def card(name: str, op: str, layers: list[dict[str, Any]], causal: bool) -> dict[str, Any]:
    """A card without weights."""
    measured = {"split": "none", "n": 1}
    return {
        "id": name,
        "title": f"Untrained {op.upper()}",
        "summary": "Random numbers, for tests.",
        "kind": op,
        "task": "classification",
        "input": "text",
        "classes": ["negative", "positive"],
        "causal": causal,
        "loss_at": "last",
        "limits": ["It was never trained."],
        "architecture": {"name": "recurrent", "layers": layers},
        "preprocessing": {"kind": "text", "tokenizer": "glove", "vocabulary": "tiny"},
        "data": [{"name": "none", "source": "none", "licence": "none", **measured}],
        "training": {"command": "none", "seed": 5, "minutes": 0},
        "metrics": [
            {"name": "none", "value": 0.5, "baseline": 0.5, "baseline_name": "chance",
             "command": "none", **measured}
        ],
        "familiarity": {"method": "max_logit", "threshold": -1e9},
        "samples": [
            {"name": "food", "title": "Food",
             "text": "The food was not good, but the music saved the evening."}
        ],
    }  # fmt: skip
