"""`video-lstm`: a CNN looks at every frame, an LSTM reads over the frames; the class is a movement.

    moving.make --> clips [N, T, 1, 40, 40] --VideoReader--> logits [N, T, 8]
      --> cross-entropy after the last frame, and with a smaller share after every frame

New clips for every step: the 60,000 training digits and drawn shapes, 8 to 16 frames of each. Three
baselines see such clips: `Single` one frame at any moment, `Last` the last one, `Bag` all frames
without their order. The test digits are read by `evaluate` and app.training.orders alone.
`python -m app.training.video --data DIR` trains without every tenth training digit and says how
many clips of those it names.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.inputs.spec import VideoSpec
from app.nets.filmed import VideoReader
from app.training import moving
from app.training.moving import CLASSES, FRAMES, SIZE, Ways
from app.training.readers import descend, follow, rate, start

TENTH = 10
SPEC = VideoSpec(frames=FRAMES, height=SIZE, width=SIZE, planes=("ink",))


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    channels: tuple[int, int, int] = (8, 16, 24)
    features: int = 48
    hidden: int = 48
    steps: int = 2000
    batch: int = 64
    shortest: int = 8  # frames
    shapes: float = 0.3  # share of clips that show a drawn shape, not a digit
    peak_lr: float = 4e-3
    weight_decay: float = 0.01
    dropout: float = 0.2
    every: float = 0.4  # the share of the loss that is taken after every frame
    clip: float = 1.0
    mean_decay: float = 0.998
    seed: int = 0
    ways: Ways = field(default_factory=Ways)


def looking(
    channels: tuple[int, ...], features: int, planes: int, cells: int, dropout: bool = False
) -> list[Any]:
    """The CNN that sees one frame, in the card's notation; `cells` is what is left of a map."""
    layers: list[Any] = []
    for i, wide in enumerate(channels, 1):
        sizes = {"in_channels": planes, "out_channels": wide}
        # The first takes every second place: four times less work, and no pooling behind it.
        how = {"kernel_size": 3, "padding": 1}
        if i == 1:
            how = {"kernel_size": 5, "stride": 2, "padding": 2}
        layers += [
            {"name": f"conv{i}", "op": "conv2d", **sizes, **how},
            {"name": f"relu{i}", "op": "relu"},
        ]
        if i > 1:
            layers.append({"name": f"pool{i}", "op": "max_pool2d", "kernel_size": 2, "stride": 2})
        planes = wide
    sizes = {"in_features": planes * cells, "out_features": features}
    return [
        *layers,
        {"name": "flatten", "op": "flatten"},
        *([{"name": "thinned", "op": "dropout", "p": 0.2}] if dropout else []),
        {"name": "features", "op": "linear", **sizes},
        {"name": "relu4", "op": "relu"},
    ]


def layers(recipe: Recipe, dropout: bool = False) -> list[dict[str, Any]]:
    """The served chain in the card's notation; with `dropout` the one that is trained."""
    return [
        *looking(recipe.channels, recipe.features, 1, (SIZE // 8) ** 2),
        {
            "name": "lstm",
            "op": "lstm",
            "input_size": recipe.features,
            "hidden_size": recipe.hidden,
        },
        *([{"name": "dropout", "op": "dropout", "p": recipe.dropout}] if dropout else []),
        {
            "name": "linear",
            "op": "linear",
            "in_features": recipe.hidden,
            "out_features": len(CLASSES),
        },
    ]


def loss(logits: Tensor, labels: Tensor, every: float, smooth: float = 0.0) -> Tensor:
    """logits [N, T, K], labels [N] -> (1 - every) of the last frame's loss and `every` of the mean
    over the frames, the later ones counting more: frame t of T as t / T.
    """
    n, steps, classes = logits.shape
    each = F.cross_entropy(
        logits.reshape(-1, classes),
        labels.repeat_interleave(steps),
        reduction="none",
        label_smoothing=smooth,
    ).view(n, steps)
    weight = torch.arange(1, steps + 1) / steps
    return (1 - every) * each[:, -1].mean() + every * ((each * weight).sum(1) / weight.sum()).mean()


def alike(logits: Tensor, labels: Tensor) -> Tensor:
    """logits [N, T, K], labels [N] -> the mean loss over all T."""
    return F.cross_entropy(logits.flatten(0, 1), labels.repeat_interleave(logits.shape[1]))


class Single(nn.Module):
    """The same CNN and one linear layer: what one frame shows. [N, T, C, H, W] -> [N, T, K]."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.reader = VideoReader(layers(recipe))
        self.linear = nn.Linear(recipe.features, len(CLASSES))

    def forward(self, x: Tensor) -> Tensor:
        """Every frame is answered alone."""
        found: Tensor = self.linear(self.reader.look(x))
        return found


class Last(Single):
    """The last frame alone, known to be the last. [N, T, C, H, W] -> [N, 1, K]."""

    def forward(self, x: Tensor) -> Tensor:
        """One answer a clip."""
        found: Tensor = self.linear(self.reader.look(x[:, -1:]))
        return found


class Bag(Single):
    """Frames without their order: mean and spread of their features. [N, T, C, H, W] -> [N, 1, K].
    """

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        self.linear = nn.Linear(2 * recipe.features, len(CLASSES))

    def forward(self, x: Tensor) -> Tensor:
        """One answer a clip."""
        seen = self.reader.look(x)
        mean = seen.mean(1, keepdim=True)
        spread = ((seen - mean).square().mean(1, keepdim=True) + 1e-4).sqrt()
        found: Tensor = self.linear(torch.cat([mean, spread], dim=2))
        return found


def fresh(recipe: Recipe) -> VideoReader:
    """An untrained net in training dress."""
    torch.manual_seed(recipe.seed)
    net = VideoReader(layers(recipe, dropout=True))
    start(cast(nn.RNNBase, net.get_submodule("lstm")))
    return net


class Clips:
    """Seeded batches of new clips, without end."""

    def __init__(self, shapes: Tensor, recipe: Recipe) -> None:
        self.shapes, self.recipe = shapes, recipe
        self.scribbles = moving.scribbles(4000, recipe.seed)
        self.generator = torch.Generator().manual_seed(recipe.seed)

    def batch(self, frames: int | None = None) -> tuple[Tensor, Tensor]:
        """Clips [N, T, 1, 40, 40], T at random unless given, and their classes [N]."""
        n, generator = self.recipe.batch, self.generator
        if frames is None:
            longest = FRAMES + 1
            frames = int(torch.randint(self.recipe.shortest, longest, (1,), generator=generator))
        labels = torch.randint(len(CLASSES), (n,), generator=generator)
        digits = self.shapes[torch.randint(len(self.shapes), (n,), generator=generator)]
        drawn = self.scribbles[torch.randint(len(self.scribbles), (n,), generator=generator)]
        use = torch.rand(n, 1, 1, generator=generator) < self.recipe.shapes
        shown = torch.where(use, drawn, digits)
        return moving.make(shown, labels, generator, frames, self.recipe.ways), labels


def fit(
    shapes: Tensor,
    recipe: Recipe,
    progress: Callable[[str], None] = print,
    check: Callable[[nn.Module], str] | None = None,
    net: nn.Module | None = None,
    frames: int | None = None,
    plain: bool = False,
) -> nn.Module:
    """Trains a fresh net, or `net` on clips of `frames` frames; gives the running mean of its
    weights, in eval mode. `plain`: all that it answers of a clip counts alike in the loss.
    """
    net = net or fresh(recipe)
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=recipe.weight_decay)
    clips, started, summed = Clips(shapes, recipe), time.monotonic(), 0.0
    for step in range(recipe.steps):
        for settings in optimiser.param_groups:
            settings["lr"] = rate(step, recipe.steps, recipe.peak_lr)
        seen, labels = clips.batch(frames)
        logits = net(seen)
        value = alike(logits, labels) if plain else loss(logits, labels, recipe.every)
        descend(net, optimiser, value, recipe.clip)
        follow(mean, net, min(recipe.mean_decay, (step + 1) / (step + 10)))
        summed += value.item()
        if step % 100 == 99:
            minutes = (time.monotonic() - started) / 60
            note = check(mean) if check and step % 200 == 199 else ""
            progress(f"step {step + 1}/{recipe.steps}  {summed / 100:.4f}  {minutes:.1f} min{note}")
            summed = 0.0
    return mean


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> nn.Module:
    """The shipped model: all training digits; leaves the weights in `out`."""
    net = fit(moving.digits(data, test=False), recipe, progress)
    out.mkdir(parents=True, exist_ok=True)
    state = {k: v.contiguous() for k, v in net.state_dict().items()}
    save_file(state, out / "weights.safetensors")
    return net


def held_clips(
    shapes: Tensor, count: int, seed: int, ways: Ways | None = None
) -> tuple[Tensor, Tensor]:
    """Clips [count, 16, 1, 40, 40] of the first `count` shapes, all classes alike; and classes."""
    generator = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % len(CLASSES)
    order = torch.randperm(len(shapes), generator=generator)[:count]
    return moving.make(shapes[order], labels, generator, ways=ways), labels


@torch.inference_mode()
def predict(net: nn.Module, clips: Tensor, batch: int = 100) -> Tensor:
    """Clips [N, T, C, H, W] -> logits [N, T, K] after every frame."""
    return torch.cat([net(part) for part in clips.split(batch)])


def right(net: nn.Module, clips: Tensor, labels: Tensor) -> int:
    """How many are named after the last frame."""
    return int((predict(net, clips)[:, -1].argmax(1) == labels).sum())


def main() -> None:
    """The command line of tuning."""
    parser = argparse.ArgumentParser(description="Tune on the training digits alone.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=Recipe.steps)
    given = parser.parse_args()
    torch.set_num_threads(1)
    known = moving.digits(given.data, test=False)
    aside = torch.arange(len(known)) % TENTH == TENTH - 1
    clips, labels = held_clips(known[aside], 1600, seed=1)

    def check(net: nn.Module) -> str:
        return f"  held {right(net, clips, labels) / len(labels):.4f} of {len(labels)}"

    fit(known[~aside], Recipe(steps=given.steps), print, check)


if __name__ == "__main__":
    main()
