"""`digits-angle`: by how many degrees was a handwritten digit turned? One number, not a class.

    mnist --turned by -45…45 degrees, scaled, shifted--> conv-ReLU-max-pool, two linear layers
      --> one number; mean absolute error, AdamW with one-cycle schedule --> BN folded --> weights

Writers slant, each in a way of their own, and a slant is hard to tell from a turn: that is most of
what is left of the error. Degrees are positive clockwise. The last layer is trained to give
angle / 45 and its weights are multiplied by 45 at the end.
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
from app.training.digits import normalise
from app.training.fold import fold
from app.training.longer import follow
from app.training.packs import load_arrays

MOST = 45.0  # degrees
TEST_SEED = 2026


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    epochs: int = 24
    batch: int = 128
    peak_lr: float = 4e-3
    weight_decay: float = 0.02
    mean_decay: float = 0.998
    seed: int = 0


def layers(recipe: Recipe) -> list[dict[str, Any]]:
    """The trainable chain, batch norm included, in the card's notation."""
    return [
        *_block(1, 1, 24, pooled=True),
        *_block(2, 24, 48, pooled=True),
        *_block(3, 48, 32, pooled=False),
        {"name": "flatten", "op": "flatten"},
        {"name": "linear1", "op": "linear", "in_features": 800, "out_features": 48},
        {"name": "relu4", "op": "relu"},
        {"name": "linear", "op": "linear", "in_features": 48, "out_features": 1},
    ]


def _block(number: int, channels: int, width: int, pooled: bool) -> list[dict[str, Any]]:
    conv = {"in_channels": channels, "out_channels": width, "kernel_size": 3}
    pool = {"name": f"pool{number}", "op": "max_pool2d", "kernel_size": 2, "stride": 2}
    return [
        {"name": f"conv{number}", "op": "conv2d", **conv, "padding": int(pooled), "bias": False},
        {"name": f"bn{number}", "op": "batch_norm2d", "num_features": width},
        {"name": f"relu{number}", "op": "relu"},
        *([pool] if pooled else []),
    ]


def turned(
    x: Tensor,
    degrees: Tensor,
    zoom: Tensor | None = None,
    move: Tensor | None = None,
) -> Tensor:
    """uint8 [N, 28, 28] turned clockwise by degrees [N] about the middle, as uint8.

    `zoom` [N]: how much of the picture is seen (below 1 enlarges); `move` [N, 2]: where from, in
    halves of the side. One resampling for all.
    """
    n, angle = len(x), degrees * math.pi / 180
    size = torch.ones(n) if zoom is None else zoom
    theta = torch.zeros(n, 2, 3)
    # The grid says where each pixel comes from: turned the other way.
    theta[:, 0, 0], theta[:, 0, 1] = size * angle.cos(), size * angle.sin()
    theta[:, 1, 0], theta[:, 1, 1] = -size * angle.sin(), size * angle.cos()
    if move is not None:
        theta[:, :, 2] = move
    grid = F.affine_grid(theta, [n, 1, *x.shape[1:]], align_corners=False)
    seen = F.grid_sample(x[:, None].float(), grid, mode="bicubic", align_corners=False)
    return seen[:, 0].clamp(0, 255).round().byte()


def example(x: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Training pictures turned at random, and by how much.

    Scaled and moved, too: an upload's ink is scaled into 20 x 20 after it was turned, a test
    picture's before.
    """
    n = len(x)
    degrees = uniform(n, -MOST, MOST, generator)
    zoom = uniform(n, 0.88, 1.15, generator)
    move = torch.stack([uniform(n, -0.1, 0.1, generator) for _ in range(2)], dim=1)
    return turned(x, degrees, zoom, move), degrees


def test_set(data: Path) -> tuple[Tensor, Tensor]:
    """The 10,000 test pictures, each turned by an angle drawn once from a fixed seed."""
    x = torch.from_numpy(load_arrays(data, "mnist")["x_test"])
    generator = torch.Generator().manual_seed(TEST_SEED)
    degrees = uniform(len(x), -MOST, MOST, generator)
    return turned(x, degrees), degrees


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> SequentialNet:
    """Trains and leaves the weights in `out`; gives the folded mean of the weights."""
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    x = torch.from_numpy(load_arrays(data, "mnist")["x_train"])
    chain = layers(recipe)
    net = SequentialNet(chain)
    mean = copy.deepcopy(net)
    per_epoch = len(x) // recipe.batch
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=recipe.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        recipe.peak_lr,
        total_steps=per_epoch * recipe.epochs,
        pct_start=0.2,
        cycle_momentum=False,
    )
    step, started = 0, time.monotonic()
    for epoch in range(recipe.epochs):
        net.train()
        order, summed = torch.randperm(len(x), generator=generator), 0.0
        for rows in order[: per_epoch * recipe.batch].split(recipe.batch):
            pictures, degrees = example(x[rows], generator)
            loss = F.l1_loss(net(normalise(pictures))[:, 0], degrees / MOST)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            step += 1
            follow(mean, net, min(recipe.mean_decay, step / (step + 10)))
            summed += loss.item()
        minutes = (time.monotonic() - started) / 60
        error = MOST * summed / per_epoch
        progress(
            f"epoch {epoch + 1}/{recipe.epochs}  off by {error:.2f} degrees  {minutes:.1f} min"
        )
    final = in_degrees(fold(mean, chain))
    out.mkdir(parents=True, exist_ok=True)
    save_file(
        {k: v.contiguous() for k, v in final.state_dict().items()}, out / "weights.safetensors"
    )
    return final


@torch.no_grad()
def in_degrees(net: SequentialNet) -> SequentialNet:
    """The last layer's answer times 45."""
    last = [module for module in net.children() if isinstance(module, nn.Linear)][-1]
    last.weight.mul_(MOST)
    last.bias.mul_(MOST)
    return net


def predict(net: nn.Module, x: Tensor, batch: int = 500) -> Tensor:
    """uint8 [N, 28, 28] -> degrees [N]."""
    with torch.inference_mode():
        return torch.cat([net(normalise(part))[:, 0] for part in x.split(batch)])
