"""`photos`: colour photographs 64x64 -> 22 classes.

    tiny_imagenet_10 (labels 0-9) + tiny_imagenet_12_more (10-21)
      + cats_dogs_128 (into cat = 10 and dog = 11)
        --> conv-BN-ReLU-max-pool chain, SGD with one-cycle schedule --> second cycle
        --> BN folded --> finish on sharp pictures --> weights

Splits are the packs' own: `train` is trained on, val and test are read by `evaluate` alone.
The twin without pooling (`photos-skip`) differs in one argument: every max-pool is replaced by
taking every second value.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.nets import SequentialNet
from app.training.augment import augment, sharp
from app.training.finish import Finish, finish
from app.training.fold import fold
from app.training.longer import SecondCycle, second_cycle
from app.training.packs import load_arrays, pictures, to_tensor

SIZE = 64
CLASSES = [
    "lifeboat", "ladybug", "pizza", "bell pepper", "school bus", "koala", "espresso", "red panda",
    "orange", "sports car", "cat", "dog", "elephant", "lion", "king penguin", "goldfish",
    "monarch butterfly", "banana", "teddy bear", "umbrella", "lighthouse", "basketball",
]  # fmt: skip
CAT, DOG = CLASSES.index("cat"), CLASSES.index("dog")
MEAN = (0.495, 0.442, 0.370)
STD = (0.272, 0.260, 0.273)
WIDTHS = ((32,), (48, 48), (64, 64), (96, 96))
VIEWS = 4  # differently cropped copies of each larger picture
CLOSEST = 0.65  # the smallest part of it that a copy shows
FINISH_VIEWS, FINISH_CLOSEST = 7, 0.5  # at the end: the visitor's animal often fills the picture


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    epochs: int = 40
    batch: int = 64
    peak_lr: float = 0.1
    weight_decay: float = 5e-4
    label_smoothing: float = 0.05
    dropout: float = 0.25
    seed: int = 0
    pooling: str = "max"  # or "skip": every second value
    second: SecondCycle = field(default_factory=SecondCycle)
    finish: Finish = field(default_factory=Finish)


def layers(recipe: Recipe) -> list[dict[str, Any]]:
    """The trainable chain, batch norm and dropout included, in the card's notation."""
    chain: list[dict[str, Any]] = []
    channels, number = 3, 0
    kernel = 2 if recipe.pooling == "max" else 1
    for stage, widths in enumerate(WIDTHS, start=1):
        for width in widths:
            number += 1
            conv = {"in_channels": channels, "out_channels": width, "kernel_size": 3, "padding": 1}
            chain += [
                {"name": f"conv{number}", "op": "conv2d", **conv, "bias": False},
                {"name": f"bn{number}", "op": "batch_norm2d", "num_features": width},
                {"name": f"relu{number}", "op": "relu"},
            ]
            channels = width
        chain += [{"name": f"pool{stage}", "op": "max_pool2d", "kernel_size": kernel, "stride": 2}]
    features = channels * (SIZE // 2 ** len(WIDTHS)) ** 2
    return [
        *chain,
        {"name": "flatten", "op": "flatten"},
        {"name": "dropout", "op": "dropout", "p": recipe.dropout},
        {"name": "linear", "op": "linear", "in_features": features, "out_features": len(CLASSES)},
    ]


def only_where_kept(chain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same function for less work: a convolution whose output is then thinned to every second
    value computes only those. Batch norm then takes its statistics over the values that are kept.
    """
    kept: list[dict[str, Any]] = []
    for spec in chain:
        if spec["op"] == "max_pool2d" and spec["kernel_size"] == 1:
            last = max(i for i, s in enumerate(kept) if s["op"] == "conv2d")
            kept[last] = {**kept[last], "stride": spec["stride"]}
        else:
            kept.append(spec)
    return kept


def normalise(x: Tensor) -> Tensor:
    """Float [N, 3, H, W] in 0..1 -> mean subtracted, divided by the spread, per colour."""
    return (x - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(STD).view(3, 1, 1)


def _views(image: Image.Image, rng: np.random.Generator, views: int, closest: float) -> Tensor:
    """A larger picture -> uint8 [views, 3, 64, 64]: the whole square, then random crops of it."""
    side = image.width
    seen = [image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)]
    for _ in range(views - 1):
        crop = int(side * rng.uniform(closest, 1.0))
        x, y = (int(v) for v in rng.integers(0, side - crop + 1, 2))
        box = (x, y, x + crop, y + crop)
        seen.append(image.resize((SIZE, SIZE), Image.Resampling.LANCZOS, box=box))
    return torch.stack([to_tensor(v) for v in seen])


def training_set(
    data: Path, seed: int, views: int = VIEWS, closest: float = CLOSEST
) -> tuple[Tensor, Tensor]:
    """uint8 [N, views, 3, 64, 64] and int64 [N]; pictures of 64 px repeat their one view."""
    rng = np.random.default_rng(seed)
    xs: list[Tensor] = []
    ys: list[Tensor] = []
    for pack, offset in (("tiny_imagenet_10", 0), ("tiny_imagenet_12_more", 10)):
        arrays = load_arrays(data, pack)
        rows = np.flatnonzero(arrays["split"] == 0)
        x = torch.stack([to_tensor(p) for p in pictures(arrays, rows)])
        xs.append(x[:, None].expand(-1, views, -1, -1, -1))
        ys.append(torch.from_numpy(arrays["labels"][rows] + offset))
    arrays = load_arrays(data, "cats_dogs_128")
    rows = np.flatnonzero(arrays["split"] == 0)
    xs.append(torch.stack([_views(p, rng, views, closest) for p in pictures(arrays, rows)]))
    ys.append(torch.from_numpy(arrays["labels"][rows] + CAT))
    return torch.cat(xs), torch.cat(ys)


def snapshot_steps(total: int, per_epoch: int) -> list[int]:
    """About ten moments from untrained to final, dense at the start where most happens."""
    epochs = (0, 0.25, 1, 2, 4, 8, 14, 22, 30)
    return sorted({int(e * per_epoch) for e in epochs if e * per_epoch < total} | {total})


class Snapshots:
    """Folded float16 weights at about ten moments, written to `path` as they come."""

    def __init__(self, path: Path, moments: list[int], chain: list[dict[str, Any]]) -> None:
        self.path, self.moments, self.chain = path, moments, chain
        self.kept: dict[str, Tensor] = {}

    def keep(self, step: int, net: SequentialNet) -> None:
        """Adds the net if this step is one of the moments."""
        if step in self.moments:
            self.add(step, fold(net, self.chain))

    def add(self, step: int, folded: SequentialNet) -> None:
        """Adds "<step>/<name>" for every tensor of a folded net."""
        state = folded.state_dict()
        self.kept |= {f"{step}/{k}": v.half().contiguous() for k, v in state.items()}
        save_file(self.kept, self.path)


def make_optimiser(
    net: nn.Module, recipe: Recipe, total: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """SGD with Nesterov momentum, no decay on biases and batch norm; one cycle over all steps."""
    decayed = [p for p in net.parameters() if p.ndim > 1]
    rest = [p for p in net.parameters() if p.ndim == 1]
    groups: list[dict[str, Any]] = [
        {"params": decayed, "weight_decay": recipe.weight_decay},
        {"params": rest},
    ]
    optimiser = torch.optim.SGD(groups, lr=0.01, momentum=0.9, nesterov=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, recipe.peak_lr, total_steps=total, pct_start=0.2, cycle_momentum=False
    )
    return optimiser, schedule


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> SequentialNet:
    """Trains, leaves weights, a checkpoint and snapshots in `out`; gives the folded net."""
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    x, y = training_set(data, recipe.seed)
    progress(f"{len(y)} pictures, {len(CLASSES)} classes")
    chain = only_where_kept(layers(recipe))
    net = SequentialNet(chain).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    per_epoch = len(y) // recipe.batch
    total = per_epoch * recipe.epochs
    optimiser, schedule = make_optimiser(net, recipe, total)
    out.mkdir(parents=True, exist_ok=True)
    moments = snapshot_steps(total, per_epoch)
    snapshots = Snapshots(out / "snapshots.safetensors", moments, chain)
    snapshots.keep(0, net)
    step, started = 0, time.monotonic()
    for epoch in range(recipe.epochs):
        net.train()
        order = torch.randperm(len(y), generator=generator)
        loss_sum, right = 0.0, 0
        for i in range(per_epoch):
            rows = order[i * recipe.batch : (i + 1) * recipe.batch]
            view = torch.randint(VIEWS, (len(rows),), generator=generator)
            batch = normalise(augment(x[rows, view], generator))
            logits = net(batch.contiguous(memory_format=torch.channels_last))
            loss = F.cross_entropy(logits, y[rows], label_smoothing=recipe.label_smoothing)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            step += 1
            snapshots.keep(step, net)
            loss_sum += loss.item()
            right += int((logits.argmax(1) == y[rows]).sum())
        _save(net, out / "checkpoint.safetensors")
        minutes = (time.monotonic() - started) / 60
        progress(
            f"epoch {epoch + 1}/{recipe.epochs}  loss {loss_sum / per_epoch:.3f}  "
            f"augmented train {right / (per_epoch * recipe.batch):.3f}  {minutes:.1f} min"
        )

    def warped(rows: Tensor, generator: torch.Generator) -> Tensor:
        view = torch.randint(VIEWS, (len(rows),), generator=generator)
        return normalise(augment(x[rows, view], generator))

    net = fold(second_cycle(net, warped, y, recipe.second, progress), chain)
    _save(net, out / "second.safetensors")
    final = finish_sharp(net, data, recipe, progress)
    epochs = recipe.second.epochs + recipe.finish.epochs
    snapshots.add(total + per_epoch * epochs, final)
    _save(final, out / "weights.safetensors")
    return final


def finish_sharp(
    net: SequentialNet, data: Path, recipe: Recipe, progress: Callable[[str], None]
) -> SequentialNet:
    """The last epochs of a folded net, on sharp pictures and closer crops."""
    x, y = training_set(data, recipe.seed, FINISH_VIEWS, FINISH_CLOSEST)

    def moved(rows: Tensor, generator: torch.Generator) -> Tensor:
        view = torch.randint(FINISH_VIEWS, (len(rows),), generator=generator)
        return normalise(sharp(x[rows, view], generator))

    return finish(net, moved, y, recipe.finish, progress)


def _save(net: nn.Module, path: Path) -> None:
    save_file({k: v.contiguous() for k, v in net.state_dict().items()}, path)


def predict(net: nn.Module, x: Tensor, batch: int = 100) -> Tensor:
    """uint8 [N, 3, 64, 64] -> logits [N, 22]."""
    with torch.inference_mode():
        return torch.cat([net(normalise(part.float() / 255)) for part in x.split(batch)])
