"""A second picture network, unlike every shipped one: that the room draws any sequential CNN.

    random weights, seed 0 -> models/<id>/ in a temporary folder, beside links to the shipped models

5×5 kernels, stride, dilation, groups, one input channel, average and global pooling, tanh, two
linear layers; it was never trained, and its card says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from PIL import Image, ImageDraw

from app.nets import build
from app.zoo.publish import write_model

ID = "odd"
LAYERS: list[dict[str, Any]] = [
    {"name": "first", "op": "conv2d", "in_channels": 1, "out_channels": 6, "kernel_size": 5,
     "stride": 2, "padding": 2},
    {"name": "bend", "op": "tanh"},
    {"name": "wide", "op": "conv2d", "in_channels": 6, "out_channels": 12, "kernel_size": 3,
     "dilation": 2, "groups": 2, "bias": False},
    {"name": "leak", "op": "leaky_relu", "negative_slope": 0.1},
    {"name": "mean", "op": "avg_pool2d", "kernel_size": 3, "stride": 2, "padding": 1},
    {"name": "deep", "op": "conv2d", "in_channels": 12, "out_channels": 130, "kernel_size": [3, 1]},
    {"name": "cut", "op": "relu"},
    {"name": "all", "op": "adaptive_avg_pool2d", "output_size": 1},
    {"name": "row", "op": "flatten"},
    {"name": "hidden", "op": "linear", "in_features": 130, "out_features": 20},
    {"name": "on", "op": "relu"},
    {"name": "last", "op": "linear", "in_features": 20, "out_features": 3},
]  # fmt: skip


def card() -> dict[str, Any]:
    """The card of the network; every figure in it is empty or says that nothing was trained."""
    return {
        "id": ID,
        "title": "Untrained, odd shapes",
        "summary": "Random weights, for tests.",
        "kind": "cnn",
        "task": "classification",
        "input": "image",
        "classes": ["round", "square", "neither"],
        "causal": False,
        "loss_at": "",
        "limits": ["It was never trained."],
        "architecture": {"name": "sequential", "layers": LAYERS},
        "preprocessing": {
            "kind": "image", "size": 40, "channels": 1, "mode": "photo", "mean": [0.5],
            "std": [0.25],
        },
        "data": [{"name": "none", "source": "none", "licence": "none", "split": "none", "n": 1}],
        "training": {
            "command": "none", "seed": 0, "minutes": 0.0, "recipe": {}, "notes": "Untrained.",
        },
        "metrics": [{
            "name": "accuracy", "value": 0.0, "unit": "share", "split": "none", "n": 1,
            "baseline": 0.0, "baseline_name": "none", "command": "none",
        }],
        "familiarity": {
            "method": "max_probability", "threshold": 0.0, "direction": "below", "note": "none",
        },
        "samples": [{
            "name": "ring", "title": "A ring", "source": "file:samples/ring.png", "drawing": True,
            "credit": "drawn by the test",
        }],
    }  # fmt: skip


def add_second_network(models: Path) -> None:
    """Writes the network and its one sample under `models`."""
    torch.manual_seed(0)
    samples = models / ID / "samples"
    samples.mkdir(parents=True, exist_ok=True)
    picture = Image.new("RGB", (120, 80), "white")
    ImageDraw.Draw(picture).ellipse((40, 15, 90, 65), outline="black", width=9)
    picture.save(samples / "ring.png")
    net = build("sequential", LAYERS)
    write_model(models / ID, card(), net.state_dict())


def link_shipped(shipped: Path, models: Path) -> None:
    """Links every shipped model into `models`, so that one server serves both."""
    for folder in shipped.iterdir():
        if folder.is_dir() and not (models / folder.name).exists():
            (models / folder.name).symlink_to(folder, target_is_directory=True)
