"""`digits-cnn`: handwritten digits 28x28 -> 0..9, after LeNet-5 (LeCun et al. 1998).

    mnist --> conv-ReLU-average-pool twice, two linear layers; AdamW with one-cycle schedule,
    pictures turned, scaled, shifted and bent at random --> BN folded --> weights

The 60,000 training pictures are trained on; the 10,000 test pictures are read by `evaluate` alone.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.nets import SequentialNet
from app.training.augment import uniform
from app.training.fold import fold
from app.training.packs import load_arrays
from app.training.readers import follow

SIZE = 28
CLASSES = [str(digit) for digit in range(10)]
MEAN, STD = (0.1307,), (0.3081,)


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    epochs: int = 14
    batch: int = 128
    peak_lr: float = 4e-3
    weight_decay: float = 0.02
    dropout: float = 0.2
    mean_decay: float = 0.998
    seed: int = 0


def layers(recipe: Recipe) -> list[dict[str, Any]]:
    """The trainable chain, batch norm and dropout included, in the card's notation."""
    return [
        *_block(1, 1, 16, padding=2),
        *_block(2, 16, 32, padding=0),
        {"name": "flatten", "op": "flatten"},
        {"name": "linear1", "op": "linear", "in_features": 800, "out_features": 60},
        {"name": "relu3", "op": "relu"},
        {"name": "dropout", "op": "dropout", "p": recipe.dropout},
        {"name": "linear", "op": "linear", "in_features": 60, "out_features": len(CLASSES)},
    ]


def _block(number: int, channels: int, width: int, padding: int) -> list[dict[str, Any]]:
    conv = {"in_channels": channels, "out_channels": width, "kernel_size": 5, "padding": padding}
    return [
        {"name": f"conv{number}", "op": "conv2d", **conv, "bias": False},
        {"name": f"bn{number}", "op": "batch_norm2d", "num_features": width},
        {"name": f"relu{number}", "op": "relu"},
        {"name": f"pool{number}", "op": "avg_pool2d", "kernel_size": 2, "stride": 2},
    ]


def normalise(x: Tensor) -> Tensor:
    """uint8 [N, 28, 28] -> float32 [N, 1, 28, 28], mean subtracted, divided by the spread."""
    return ((x.float() / 255 - MEAN[0]) / STD[0])[:, None]


def distort(x: Tensor, generator: torch.Generator) -> Tensor:
    """uint8 [N, 28, 28] -> the same, each turned, scaled, sheared, shifted and bent at random."""
    n = len(x)
    angle = uniform(n, -12, 12, generator) * math.pi / 180
    wide, high = uniform(n, 0.87, 1.18, generator), uniform(n, 0.87, 1.18, generator)
    shear = uniform(n, -0.2, 0.2, generator)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0] = wide * torch.cos(angle)
    theta[:, 0, 1] = -high * torch.sin(angle) + shear
    theta[:, 1, 0] = wide * torch.sin(angle)
    theta[:, 1, 1] = high * torch.cos(angle)
    theta[:, :, 2] = torch.stack([uniform(n, -0.13, 0.13, generator) for _ in range(2)], dim=1)
    grid = F.affine_grid(theta, [n, 1, SIZE, SIZE], align_corners=False)
    bends = torch.randn(n, 2, 6, 6, generator=generator) * 0.05
    smooth = F.interpolate(bends, SIZE, mode="bicubic", align_corners=False)
    moved = F.grid_sample(
        x[:, None].float(), grid + smooth.permute(0, 2, 3, 1), align_corners=False
    )
    return moved.clamp(0, 255)[:, 0]


def moments(total: int, per_epoch: int) -> list[int]:
    """Ten moments from untrained to final, dense at the start where most happens."""
    epochs = (0, 0.05, 0.15, 0.5, 1, 2, 4, 7, 10)
    return sorted({int(e * per_epoch) for e in epochs if e * per_epoch < total} | {total})


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> SequentialNet:
    """Trains, leaves weights and snapshots in `out`; gives the folded mean of the weights."""
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    arrays = load_arrays(data, "mnist")
    x, y = torch.from_numpy(arrays["x_train"]), torch.from_numpy(arrays["y_train"]).long()
    chain = layers(recipe)
    net = SequentialNet(chain)
    mean = copy.deepcopy(net)
    per_epoch = len(y) // recipe.batch
    total = per_epoch * recipe.epochs
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=recipe.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, recipe.peak_lr, total_steps=total, pct_start=0.2, cycle_momentum=False
    )
    out.mkdir(parents=True, exist_ok=True)
    snapshots = _snapshot(0, mean, chain)
    step, started = 0, time.monotonic()
    for epoch in range(recipe.epochs):
        net.train()
        order = torch.randperm(len(y), generator=generator)
        summed = 0.0
        for i in range(per_epoch):
            rows = order[i * recipe.batch : (i + 1) * recipe.batch]
            loss = F.cross_entropy(net(normalise(distort(x[rows], generator))), y[rows])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            step += 1
            summed += loss.item()
            _follow(mean, net, min(recipe.mean_decay, step / (step + 10)))
            if step in moments(total, per_epoch):
                snapshots |= _snapshot(step, mean, chain)
        minutes = (time.monotonic() - started) / 60
        progress(
            f"epoch {epoch + 1}/{recipe.epochs}  loss {summed / per_epoch:.4f}  {minutes:.1f} min"
        )
    final = fold(mean, chain)
    save_file(snapshots, out / "snapshots.safetensors")
    save_file(
        {k: v.contiguous() for k, v in final.state_dict().items()}, out / "weights.safetensors"
    )
    return final


def _follow(mean: nn.Module, net: nn.Module, decay: float) -> None:
    """The running mean of parameters; batch norm's own running figures are copied."""
    follow(mean, net, decay)
    for ours, theirs in zip(mean.buffers(), net.buffers(), strict=True):
        ours.copy_(theirs)


def _snapshot(step: int, net: SequentialNet, chain: list[dict[str, Any]]) -> dict[str, Tensor]:
    folded = fold(net, chain).state_dict()
    return {f"{step}/{k}": v.half().contiguous() for k, v in folded.items()}


def test_set(data: Path) -> tuple[Tensor, Tensor]:
    """The 10,000 test pictures, uint8 [N, 28, 28], and their labels."""
    arrays = load_arrays(data, "mnist")
    return torch.from_numpy(arrays["x_test"]), torch.from_numpy(arrays["y_test"]).long()


def predict(net: nn.Module, x: Tensor, batch: int = 500) -> Tensor:
    """uint8 [N, 28, 28] -> logits [N, 10]."""
    with torch.inference_mode():
        return torch.cat([net(normalise(part)) for part in x.split(batch)])
