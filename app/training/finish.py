"""The last epochs of a picture classifier: on pictures as sharp as a visitor's.

    folded chain --SGD at a small rate, pictures only mirrored, moved by whole pixels and
                   recoloured--> running mean of the weights

A warp resamples and so blurs every training picture; the net then meets its first sharp picture
when it is used (the train-test discrepancy of Touvron et al. 2019, here in sharpness).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from app.nets import SequentialNet
from app.training.longer import cosine_cycle


@dataclass(frozen=True)
class Finish:
    """What decides the result; the card repeats it."""

    epochs: int = 4
    batch: int = 64
    lr: float = 0.001
    weight_decay: float = 5e-4
    label_smoothing: float = 0.05
    mean_decay: float = 0.99
    seed: int = 7


def finish(
    net: SequentialNet,
    batch_of: Callable[[Tensor, torch.Generator], Tensor],
    y: Tensor,
    recipe: Finish,
    progress: Callable[[str], None],
) -> SequentialNet:
    """Trains a folded `net` on; `batch_of(rows, generator)` gives normalised sharp pictures.

    Gives the running mean of the weights, in eval mode.
    """
    generator = torch.Generator().manual_seed(recipe.seed)
    optimiser = torch.optim.SGD(
        net.parameters(), recipe.lr, momentum=0.9, nesterov=True, weight_decay=recipe.weight_decay
    )

    def loss_of(rows: Tensor) -> Tensor:
        x = batch_of(rows, generator).contiguous(memory_format=torch.channels_last)
        return F.cross_entropy(net(x), y[rows], label_smoothing=recipe.label_smoothing)

    return cosine_cycle("finish", net, optimiser, recipe, len(y), generator, loss_of, progress)
