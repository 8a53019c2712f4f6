"""`digits-lstm`, `-gru`, `-rnn`: a handwritten digit read row by row, from the top, 28 steps of 28.

    mnist --turned, scaled, shifted, bent at random--> rows [N, 28, 28]
      --cell--> h after every row --dropout, one linear layer--> logits [N, 28, 10]
      --> cross-entropy after the last row, and with a smaller share after every row

The share after every row makes the belief on the way an answer to "if the picture ended here".
W_hh starts orthogonal; AdamW, gradients clipped, and the running mean of the weights is kept.
`python -m app.training.rows CELL --data DIR` trains on 54,000 pictures and says how many of the
other 6,000 training pictures it names; the shipped models train on all 60,000. The test pictures
are read by `evaluate` alone.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.nets.recurrent import RecurrentReader
from app.training.digits import CLASSES, SIZE, distort, normalise
from app.training.packs import load_arrays
from app.training.readers import Cell, descend, follow, rate, start

HELD = 6_000  # training pictures set aside while tuning
# One number of weights for all cells, within 2 %: 4 H, 3 H or H rows of 28 + H + 2 numbers, and a
# head of 10 (H + 1).
HIDDEN: dict[Cell, int] = {"lstm": 110, "gru": 128, "rnn": 230}


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    cell: Cell = "lstm"
    hidden: int = 110
    epochs: int = 10
    batch: int = 128
    peak_lr: float = 4e-3
    weight_decay: float = 0.02
    dropout: float = 0.2
    every: float = 0.3  # the share of the loss that is taken after every row
    clip: float = 1.0
    mean_decay: float = 0.998
    seed: int = 0


# The tanh cell has no gate that shields its state: it bears a third of the rate.
RATES: dict[Cell, float] = {"lstm": 4e-3, "gru": 4e-3, "rnn": 1.2e-3}
EPOCHS: dict[Cell, int] = {"lstm": 10, "gru": 6, "rnn": 6}


def recipe_of(cell: Cell) -> Recipe:
    """The three differ in their cell, its width, its rate and how long it is trained."""
    return Recipe(cell=cell, hidden=HIDDEN[cell], epochs=EPOCHS[cell], peak_lr=RATES[cell])


def layers(recipe: Recipe, dropout: bool = False) -> list[dict[str, Any]]:
    """The served chain in the card's notation; with `dropout` the one that is trained."""
    hidden = recipe.hidden
    return [
        {"name": recipe.cell, "op": recipe.cell, "input_size": SIZE, "hidden_size": hidden},
        *([{"name": "dropout", "op": "dropout", "p": recipe.dropout}] if dropout else []),
        {"name": "linear", "op": "linear", "in_features": hidden, "out_features": len(CLASSES)},
    ]


def fresh(recipe: Recipe) -> RecurrentReader:
    """An untrained net in training mode."""
    net = RecurrentReader(layers(recipe, dropout=True))
    start(cast(nn.RNNBase, net.get_submodule(recipe.cell)))
    return net


def loss(logits: Tensor, labels: Tensor, every: float) -> Tensor:
    """logits [N, T, K], labels [N] -> (1 - every) of the last row's loss and `every` of the mean
    over all rows.
    """
    steps = logits.shape[1]
    each = F.cross_entropy(
        logits.flatten(0, 1), labels.repeat_interleave(steps), reduction="none"
    ).view(-1, steps)
    return (1 - every) * each[:, -1].mean() + every * each.mean()


def pictures(data: Path, tune: bool) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """uint8 [N, 28, 28] and labels to train on, and those set aside (none without `tune`)."""
    arrays = load_arrays(data, "mnist")
    x, y = torch.from_numpy(arrays["x_train"]), torch.from_numpy(arrays["y_train"]).long()
    kept = len(y) - HELD * tune
    return x[:kept], y[:kept], x[kept:], y[kept:]


def train(
    data: Path,
    out: Path,
    recipe: Recipe,
    progress: Callable[[str], None] = print,
    tune: bool = False,
) -> RecurrentReader:
    """Trains, leaves the weights in `out`; gives the running mean of the weights in eval mode."""
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    x, y, x_held, y_held = pictures(data, tune)
    net = fresh(recipe)
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=recipe.weight_decay)
    per_epoch = len(y) // recipe.batch
    step, started = 0, time.monotonic()
    for epoch in range(recipe.epochs):
        order, summed = torch.randperm(len(y), generator=generator), 0.0
        for rows in order[: per_epoch * recipe.batch].split(recipe.batch):
            for group in optimiser.param_groups:
                group["lr"] = rate(step, per_epoch * recipe.epochs, recipe.peak_lr)
            seen = normalise(distort(x[rows], generator))[:, 0]
            value = loss(net(seen), y[rows], recipe.every)
            descend(net, optimiser, value, recipe.clip)
            step += 1
            follow(mean, net, min(recipe.mean_decay, (step + 1) / (step + 10)))
            summed += value.item()
        minutes = (time.monotonic() - started) / 60
        note = f"  held {float((predict(mean, x_held).argmax(1) == y_held).float().mean()):.4f}"
        progress(
            f"epoch {epoch + 1}/{recipe.epochs}  loss {summed / per_epoch:.4f}  {minutes:.1f} min"
            + note * tune
        )
    out.mkdir(parents=True, exist_ok=True)
    save_file(
        {k: v.contiguous() for k, v in mean.state_dict().items()}, out / "weights.safetensors"
    )
    return mean


def predict(net: nn.Module, x: Tensor) -> Tensor:
    """uint8 [N, 28, 28] -> logits [N, 10] after the last row."""
    return on_the_way(net, x)[:, -1]


def on_the_way(net: nn.Module, x: Tensor, batch: int = 500) -> Tensor:
    """uint8 [N, 28, 28] -> logits [N, 28, 10] after every row."""
    with torch.inference_mode():
        return torch.cat([net(normalise(part)[:, 0]) for part in x.split(batch)])


def main() -> None:
    """The command line of tuning."""
    parser = argparse.ArgumentParser(description="Tune a reader of rows on 54,000 pictures.")
    parser.add_argument("cell", choices=sorted(HIDDEN))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("runs/tune-rows"))
    parser.add_argument("--epochs", type=int, default=None)
    parser.add_argument("--rate", type=float, default=None)
    given = parser.parse_args()
    recipe = recipe_of(given.cell)
    recipe = replace(
        recipe, epochs=given.epochs or recipe.epochs, peak_lr=given.rate or recipe.peak_lr
    )
    train(given.data, given.out, recipe, tune=True)


if __name__ == "__main__":
    main()
