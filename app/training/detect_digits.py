"""`detect-digits`: where on a board are digits, and which? Boards of 112 x 112 with 1 to 9 of them.

    mnist --boards.compose, new ones at every step--> [N, 1, 112, 112]
      --conv-ReLU-max-pool to a grid of 14 x 14, three convolutions, a 1 x 1--> maps [N, 15, 14, 14]
      --> detect.loss; AdamW, one-cycle rate, running mean --> BN folded --> weights

The last 5,000 training digits are never trained on: boards of them were looked at while tuning.
The test digits are on the held-out boards alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.nets import SequentialNet
from app.training.boards import SIZE, Board, compose
from app.training.detect import Batch, Schedule, Truth, fit, start
from app.training.packs import load_arrays

CLASSES = [str(digit) for digit in range(10)]
MEAN, STD = (0.09,), (0.23,)
ASIDE = 5000


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    seed: int = 0
    schedule: Schedule = field(default_factory=lambda: Schedule(steps=1500))


def layers() -> list[dict[str, Any]]:
    """The trainable chain, batch norm included, in the card's notation."""
    return [
        *_block(1, 1, 16), _pool(1),
        *_block(2, 16, 24), _pool(2),
        *_block(3, 24, 48), _pool(3),
        *_block(4, 48, 64), *_block(5, 64, 64), *_block(6, 64, 64),
        {"name": "cells", "op": "conv2d", "in_channels": 64, "out_channels": 5 + len(CLASSES),
         "kernel_size": 1},
    ]  # fmt: skip


def _block(number: int, channels: int, width: int) -> list[dict[str, Any]]:
    conv = {"in_channels": channels, "out_channels": width, "kernel_size": 3, "padding": 1}
    return [
        {"name": f"conv{number}", "op": "conv2d", **conv, "bias": False},
        {"name": f"bn{number}", "op": "batch_norm2d", "num_features": width},
        {"name": f"relu{number}", "op": "relu"},
    ]


def _pool(number: int) -> dict[str, Any]:
    return {"name": f"pool{number}", "op": "max_pool2d", "kernel_size": 2, "stride": 2}


def normalise(x: Tensor) -> Tensor:
    """uint8 [N, S, S] -> float32 [N, 1, S, S], mean subtracted, divided by the spread."""
    return ((x.float() / 255 - MEAN[0]) / STD[0])[:, None]


def pictures(boards: Sequence[Board]) -> Tensor:
    """Boards -> what the network reads, [N, 1, S, S]."""
    return normalise(torch.from_numpy(np.stack([board.picture for board in boards])))


def truth(board: Board) -> Truth:
    """The board's boxes and labels as tensors."""
    return Truth(torch.from_numpy(board.boxes), torch.from_numpy(board.labels))


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> SequentialNet:
    """Trains and leaves weights in `out`; gives the folded running mean."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    arrays = load_arrays(data, "mnist")
    digits, labels = arrays["x_train"][:-ASIDE], arrays["y_train"][:-ASIDE].astype(np.int64)
    count, chain = recipe.schedule.batch, layers()
    net = SequentialNet(chain)
    start(net)
    labelled = torch.ones(count, len(CLASSES), dtype=torch.bool)

    def draw() -> Batch:
        boards = [compose(digits, labels, rng) for _ in range(count)]
        return Batch(pictures(boards), [truth(board) for board in boards], labelled)

    groups = [{"params": list(net.parameters())}]
    return fit(net, chain, groups, recipe.schedule, draw, SIZE, out, progress)


def predict(net: nn.Module, boards: Sequence[Board], batch: int = 50) -> Tensor:
    """Boards -> maps [N, 5 + K, h, w]."""
    with torch.inference_mode():
        return torch.cat([
            net(pictures(boards[place : place + batch])) for place in range(0, len(boards), batch)
        ])  # fmt: skip
