"""A second cycle for a trained picture classifier: what a first schedule leaves on the table.

    trained chain --SGD, warm restart (Loshchilov and Hutter 2017)--> chain
      + CutMix (Yun et al. 2019) on a part of the batches
      + log(class share) stands apart from the last bias while training (Menon et al. 2021) and is
        put back into it at the end: visitors, too, show cats and dogs most often
      + running mean of weights and batch-norm statistics --> what is kept
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.nets import SequentialNet


@dataclass(frozen=True)
class SecondCycle:
    """What decides the result; the card repeats it."""

    epochs: int = 15
    batch: int = 64
    peak_lr: float = 0.05
    weight_decay: float = 5e-4
    label_smoothing: float = 0.05
    cutmix: float = 0.4  # share of the batches
    mean_decay: float = 0.998
    seed: int = 1


def cutmix(x: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor, float]:
    """A rectangle of every picture comes from another one of the batch.

    Float [N, 3, H, W] -> the same shape, the other one's row [N], and the share that was kept.
    """
    height, width = x.shape[2:]
    other = torch.randperm(len(x), generator=generator)
    side = math.sqrt(float(torch.rand(1, generator=generator)))
    h, w = max(1, int(height * side)), max(1, int(width * side))
    top = int(torch.randint(0, height - h + 1, (1,), generator=generator))
    left = int(torch.randint(0, width - w + 1, (1,), generator=generator))
    x = x.clone()
    x[:, :, top : top + h, left : left + w] = x[other, :, top : top + h, left : left + w]
    return x, other, 1 - h * w / (height * width)


@torch.no_grad()
def follow(mean: nn.Module, net: nn.Module, decay: float) -> None:
    """mean <- decay * mean + (1 - decay) * net, batch-norm statistics included."""
    ours = mean.state_dict()
    for name, value in net.state_dict().items():
        if value.is_floating_point():
            ours[name].lerp_(value, 1 - decay)


class Schedule(Protocol):
    """What a cosine cycle needs to know of a recipe."""

    @property
    def epochs(self) -> int: ...
    @property
    def batch(self) -> int: ...
    @property
    def mean_decay(self) -> float: ...


def cosine_cycle(
    title: str,
    net: SequentialNet,
    optimiser: torch.optim.Optimizer,
    recipe: Schedule,
    examples: int,
    generator: torch.Generator,
    loss_of: Callable[[Tensor], Tensor],
    progress: Callable[[str], None],
) -> SequentialNet:
    """Trains `net` on so many examples under one cosine; `loss_of(rows)` is the loss of a batch.

    Gives the running mean of the weights, in eval mode.
    """
    per_epoch = examples // recipe.batch
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, per_epoch * recipe.epochs)
    mean = copy.deepcopy(net).eval()
    started = time.monotonic()
    for epoch in range(recipe.epochs):
        net.train()
        order, summed = torch.randperm(examples, generator=generator), 0.0
        for rows in order[: per_epoch * recipe.batch].split(recipe.batch):
            loss = loss_of(rows)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            follow(mean, net, recipe.mean_decay)
            summed += loss.item()
        minutes = (time.monotonic() - started) / 60
        progress(
            f"{title}, epoch {epoch + 1}/{recipe.epochs}  loss {summed / per_epoch:.3f}  "
            f"{minutes:.1f} min"
        )
    return mean


def second_cycle(
    net: SequentialNet,
    batch_of: Callable[[Tensor, torch.Generator], Tensor],
    y: Tensor,
    recipe: SecondCycle,
    progress: Callable[[str], None],
) -> SequentialNet:
    """Trains `net` on; `batch_of(rows, generator)` gives normalised pictures [n, 3, H, W].

    Gives the running mean of the weights, in eval mode.
    """
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    prior = (torch.bincount(y).float() / len(y)).log()
    groups: list[dict[str, Any]] = [
        {"params": [p for p in net.parameters() if p.ndim > 1]},
        {"params": [p for p in net.parameters() if p.ndim == 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.SGD(
        groups, recipe.peak_lr, momentum=0.9, nesterov=True, weight_decay=recipe.weight_decay
    )

    def loss_of(rows: Tensor) -> Tensor:
        x, target, kept = batch_of(rows, generator), y[rows], 1.0
        other = target
        if float(torch.rand(1, generator=generator)) < recipe.cutmix:
            x, swapped, kept = cutmix(x, generator)
            other = target[swapped]
        logits = net(x.contiguous(memory_format=torch.channels_last)) + prior
        smooth = recipe.label_smoothing
        loss = kept * F.cross_entropy(logits, target, label_smoothing=smooth)
        if kept < 1:
            loss = loss + (1 - kept) * F.cross_entropy(logits, other, label_smoothing=smooth)
        return loss

    mean = cosine_cycle("cycle 2", net, optimiser, recipe, len(y), generator, loss_of, progress)
    last = [module for module in mean.children() if isinstance(module, nn.Linear)][-1]
    with torch.no_grad():
        last.bias.add_(prior - prior.mean())
    return mean
