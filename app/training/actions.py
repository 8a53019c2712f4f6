"""`video-actions`: what a person does, seen from the ceiling: 299 films of 16 frames.

    overhead_actions --planes: what moves against the clip's median, and since the frame before-->
      mirrored, zoomed, moved, brighter, quicker --CNN per frame, LSTM--> logits [N, T, 5]

The same architecture as `video-lstm`. The pack's test films (110 clips) are read by `evaluate`
alone. `python -m app.training.actions --data DIR` trains without a quarter of the training films
and says how many clips of those it names.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.inputs.spec import VideoSpec
from app.inputs.video import planes, resized
from app.nets.filmed import VideoReader
from app.training import video
from app.training.augment import uniform
from app.training.packs import load_arrays
from app.training.readers import descend, follow, rate, start

PACK = "overhead_actions"
HEIGHT, WIDTH = 24, 32
CLASSES = ("walking", "sitting down", "lying down", "getting up", "keeping still")
SPEC = VideoSpec(height=HEIGHT, width=WIDTH, planes=("change", "step"), spread=1.0)


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    channels: tuple[int, int, int] = (8, 16, 24)
    features: int = 32
    hidden: int = 32
    epochs: int = 200
    batch: int = 32
    peak_lr: float = 6e-3
    weight_decay: float = 0.02
    dropout: float = 0.2
    every: float = 0.4
    smooth: float = 0.05  # of the labels
    clip: float = 1.0
    mean_decay: float = 0.99
    seed: int = 0


@dataclass(frozen=True)
class Clips:
    """grey uint8 [N, 16, 24, 32], labels int64 [N], the film of each."""

    grey: Tensor
    labels: Tensor
    films: np.ndarray

    def rows(self, keep: np.ndarray) -> Clips:
        """Those that are kept."""
        return Clips(self.grey[keep], self.labels[keep], self.films[keep])


def load(data: Path, test: bool) -> Clips:
    """The pack's training or test films."""
    arrays = load_arrays(data, PACK)
    keep = arrays["split"] == int(test)
    box = (0, 0, *reversed(arrays["clips"].shape[2:]))
    grey = np.stack([resized(clip, box, SPEC) for clip in arrays["clips"][keep]])
    labels = torch.from_numpy(arrays["labels"][keep])
    return Clips(torch.from_numpy(grey), labels, arrays["recording"][keep])


def layers(recipe: Recipe, dropout: bool = False) -> list[dict[str, Any]]:
    """The served chain in the card's notation; with `dropout` the one that is trained."""
    drop = {"op": "dropout", "p": recipe.dropout}
    cells = (HEIGHT // 8) * (WIDTH // 8)
    sizes = {"input_size": recipe.features, "hidden_size": recipe.hidden}
    head = {"in_features": recipe.hidden, "out_features": len(CLASSES)}
    return [
        *video.looking(recipe.channels, recipe.features, len(SPEC.planes), cells, dropout),
        {"name": "lstm", "op": "lstm", **sizes},
        *([{"name": "dropout", **drop}] if dropout else []),
        {"name": "linear", "op": "linear", **head},
    ]


def disguised(grey: Tensor, generator: torch.Generator) -> Tensor:
    """uint8 [N, T, H, W] -> float in 0..1: mirrored both ways, zoomed, moved, of another contrast
    and pace. Never backwards: getting up is sitting down reversed.
    """
    n, frames = grey.shape[:2]
    x = grey.float() / 255
    theta = torch.zeros(n, 2, 3)
    zoom = uniform(n, 0.8, 1.15, generator)
    for axis in range(2):
        mirror = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
        theta[:, axis, axis] = mirror * zoom * uniform(n, 0.92, 1.08, generator)
        theta[:, axis, 2] = uniform(n, -0.15, 0.15, generator)
    grid = F.affine_grid(theta, [n, 1, *grey.shape[2:]], align_corners=False)
    x = F.grid_sample(x, grid, padding_mode="border", align_corners=False)
    gain = uniform(n, 0.7, 1.3, generator).view(-1, 1, 1, 1)
    x = x * gain + 0.02 * uniform(n, 0, 1, generator).view(-1, 1, 1, 1) * torch.randn(
        x.shape, generator=generator
    )
    first = uniform(n, 0, 2.5, generator)[:, None]
    last = frames - 1 - uniform(n, 0, 2.5, generator)[:, None]
    t = (first + (last - first) * torch.linspace(0, 1, frames)).round().long()
    return x[torch.arange(n)[:, None], t].clamp(0, 1)


def seen(grey: Tensor) -> Tensor:
    """Grey uint8, or float in 0..1, [N, T, H, W] -> what the network reads [N, T, C, H, W]."""
    return planes(grey if grey.is_floating_point() else grey.float() / 255, SPEC)


def fit(
    clips: Clips,
    recipe: Recipe,
    progress: Callable[[str], None] = print,
    check: Callable[[nn.Module], str] | None = None,
) -> nn.Module:
    """Trains a fresh net; gives the running mean of its weights, in eval mode."""
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    net = VideoReader(layers(recipe, dropout=True))
    start(cast(nn.RNNBase, net.get_submodule("lstm")))
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=recipe.weight_decay)
    size, began = recipe.batch, time.monotonic()
    per = len(clips.labels) // size
    for epoch in range(recipe.epochs):
        order, summed = torch.randperm(len(clips.labels), generator=generator), 0.0
        for k in range(per):
            step = epoch * per + k
            for settings in optimiser.param_groups:
                settings["lr"] = rate(step, recipe.epochs * per, recipe.peak_lr)
            rows = order[k * size : (k + 1) * size]
            logits = net(seen(disguised(clips.grey[rows], generator)))
            value = video.loss(logits, clips.labels[rows], recipe.every, recipe.smooth)
            descend(net, optimiser, value, recipe.clip)
            follow(mean, net, min(recipe.mean_decay, (step + 1) / (step + 10)))
            summed += value.item() / per
        if epoch % 10 == 9:
            minutes = (time.monotonic() - began) / 60
            note = check(mean) if check else ""
            progress(f"epoch {epoch + 1}/{recipe.epochs}  {summed:.4f}  {minutes:.1f} min{note}")
    return mean


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> nn.Module:
    """The shipped model: all training films; leaves the weights in `out`."""
    net = fit(load(data, test=False), recipe, progress)
    out.mkdir(parents=True, exist_ok=True)
    state = {k: v.contiguous() for k, v in net.state_dict().items()}
    save_file(state, out / "weights.safetensors")
    return net


def linear(taught: Clips, held: Clips, ridge: float = 1.0) -> Tensor:
    """The classes [N] that ridge regression names from frame differences, shrunken to 6 x 8."""
    tables = []
    for clips in (taught, held):
        moved = seen(clips.grey)[:, :, SPEC.planes.index("step")]
        small = F.avg_pool2d(moved, 4).flatten(1).double()
        tables.append(torch.cat([small.sqrt(), small.new_ones(len(small), 1)], dim=1))
    a, b = tables
    target = F.one_hot(taught.labels, len(CLASSES)).double()
    gram = a @ a.T + ridge * torch.eye(len(a), dtype=torch.float64)
    found: Tensor = (b @ (a.T @ torch.linalg.solve(gram, target))).argmax(1)
    return found


def main() -> None:
    """The command line of tuning."""
    parser = argparse.ArgumentParser(description="Tune on the training films alone.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--part", type=int, default=0, help="which quarter of the films is held")
    given = parser.parse_args()
    torch.set_num_threads(1)
    known = load(given.data, test=False)
    names = np.unique(known.films)
    aside = np.isin(known.films, names[given.part :: 4])
    taught, held = known.rows(~aside), known.rows(aside)
    x, plain = seen(held.grey), int((linear(taught, held) == held.labels).sum())
    print(f"held {len(held.labels)} clips; linear {plain / len(held.labels):.3f}")

    def check(net: nn.Module) -> str:
        return f"  held {video.right(net, x, held.labels) / len(held.labels):.4f}"

    fit(taught, Recipe(epochs=given.epochs), print, check)


if __name__ == "__main__":
    main()
