"""`digits-angle`: by how many degrees was a handwritten digit turned? One number, not a class.

    mnist --half of them straightened--> --turned by -45…45 degrees, scaled, shifted, softened-->
      conv-ReLU-max-pool, two linear layers --> one number; mean absolute error, AdamW, one-cycle
      rate --> BN folded --> weights

Straightened: sheared until place and height of the ink are uncorrelated. Writers slant, each in a
way of their own, so a digit as written does not stand upright at 0 degrees: its angle is known
only up to that slant. The network sees both kinds and is measured on both. Degrees are positive
clockwise. The last layer is trained to give angle / 45 and its weights are multiplied by 45 at the
end.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.inputs.digit import digit
from app.nets import SequentialNet
from app.training.augment import uniform
from app.training.digits import normalise
from app.training.fold import fold
from app.training.longer import follow
from app.training.packs import load_arrays

MOST = 45.0  # degrees
TEST_SEED = 2026
LARGE = 112  # px of a test picture as it is sent: 28 made four times as large


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    epochs: int = 12
    batch: int = 128
    peak_lr: float = 4e-3
    weight_decay: float = 0.02
    mean_decay: float = 0.998
    straight: float = 0.5  # share of the training digits whose slant is taken out
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


def slants(x: Tensor) -> Tensor:
    """uint8 [N, 28, 28] -> by how many columns the ink moves per row [N], by least squares."""
    ink = x.double()
    place = torch.arange(x.shape[-1], dtype=torch.float64)
    total = ink.sum((1, 2)).clamp(min=1)
    across, down = (ink.sum(1) @ place) / total, (ink.sum(2) @ place) / total
    right, below = place - across[:, None], place - down[:, None]  # [N, 28] each
    both = torch.einsum("nyx,nx,ny->n", ink, right, below)
    height = torch.einsum("nyx,ny->n", ink, below.square())
    return (both / height.clamp(min=1)).float()


def turned(x: Tensor, degrees: Tensor, slant: Tensor, zoom: Tensor, move: Tensor) -> Tensor:
    """uint8 [N, 28, 28] turned clockwise by degrees [N] about the middle -> float [N, 1, 28, 28].

    `slant` [N] is taken out before; `zoom` [N]: how much of the picture is seen (below 1
    enlarges); `move` [N, 2]: where from, in halves of the side. Sampled at twice the size and
    averaged: plain resampling of 28 x 28 pixels leaves a pattern that tells the angle, and a
    network learns to read that instead of the digit.
    """
    n, angle = len(x), degrees * math.pi / 180
    theta = torch.zeros(n, 2, 3)
    # The grid says where each pixel comes from: turned the other way.
    theta[:, 0, 0], theta[:, 0, 1] = zoom * angle.cos(), zoom * angle.sin()
    theta[:, 1, 0], theta[:, 1, 1] = -zoom * angle.sin(), zoom * angle.cos()
    theta[:, :, 2] = move
    theta[:, 0] += slant[:, None] * theta[:, 1]
    height, width = x.shape[1:]
    grid = F.affine_grid(theta, [n, 1, 2 * height, 2 * width], align_corners=False)
    seen = F.grid_sample(x[:, None].float() / 255, grid, mode="bicubic", align_corners=False)
    return F.avg_pool2d(seen.clamp(0, 1), 2)


def weathered(x: Tensor, generator: torch.Generator) -> Tensor:
    """[N, 1, H, W] in 0..1, each softened, strengthened and sprinkled by its own amount: what
    traces of the resampling are left are no longer the same.
    """
    n, shape = len(x), (len(x), 1, 1, 1)
    near = torch.tensor([0.25, 0.5, 0.25])
    soft = F.conv2d(F.pad(x, (1, 1, 1, 1)), (near[:, None] * near)[None, None])
    share = uniform(n, 0, 0.5, generator).view(shape)
    x = (x * (1 - share) + soft * share) * uniform(n, 1, 1.4, generator).view(shape)
    grain = 0.02 * torch.randn(x.shape, generator=generator) * (x > 0.02)
    return (x.clamp(0, 1) + grain).clamp(0, 1)


def example(x: Tensor, slant: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Training pictures turned at random, uint8 [N, 28, 28], and by how much.

    Scaled and moved, too: an upload's ink is scaled into 20 x 20 after it was turned.
    """
    n = len(x)
    degrees = uniform(n, -MOST, MOST, generator)
    zoom = uniform(n, 0.82, 1.12, generator)
    move = torch.stack([uniform(n, -0.08, 0.08, generator) for _ in range(2)], dim=1)
    pictures = weathered(turned(x, degrees, slant, zoom, move), generator)[:, 0]
    return (pictures * 255).round().byte(), degrees


def uploaded(x: Tensor, degrees: float, slant: float = 0.0) -> Tensor:
    """uint8 [28, 28] as a visitor would send it: large, dark on light, its slant taken out, turned
    clockwise, and prepared by the server.
    """
    large = Image.fromarray(255 - x.numpy()).resize((LARGE, LARGE), Image.Resampling.BICUBIC)
    side, edge = LARGE * 3 // 2, LARGE // 4
    paper = Image.new("L", (side, side), 255)
    paper.paste(large, (edge, edge))
    sheared = (1, slant, -slant * side / 2, 0, 1, 0)
    paper = paper.transform(
        paper.size,
        Image.Transform.AFFINE,
        sheared,
        Image.Resampling.BICUBIC,
        fillcolor=255,
    )
    sent = paper.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255)
    return torch.from_numpy(np.array(digit(sent.convert("RGB"), x.shape[-1]).image))


def test_set(data: Path, straight: bool) -> tuple[Tensor, Tensor]:
    """The 10,000 test pictures, straightened or as they were written, as uploads that are each
    turned by an angle drawn from a fixed seed.
    """
    x = torch.from_numpy(load_arrays(data, "mnist")["x_test"])
    degrees = uniform(len(x), -MOST, MOST, torch.Generator().manual_seed(TEST_SEED))
    out = slants(x) * float(straight)
    each = zip(x, degrees.tolist(), out.tolist(), strict=True)
    return torch.stack([uploaded(*one) for one in each]), degrees


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> SequentialNet:
    """Trains and leaves the weights in `out`; gives the folded mean of the weights."""
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    x = torch.from_numpy(load_arrays(data, "mnist")["x_train"])
    slant = slants(x)
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
            straight = torch.rand(len(rows), generator=generator) < recipe.straight
            pictures, degrees = example(x[rows], slant[rows] * straight, generator)
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
