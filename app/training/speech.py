"""`speech-gru`: a spoken digit, zero to nine, read as log-mel frames, a step every 10 ms.

    fsdd --disguised: voice, room, noise, microphone--> [N, T, 32]
      --GRU--> h after every frame --dropout, one linear layer--> logits [N, T, 10]
      --> cross-entropy after the last frame, and with a smaller share after every frame

The share after every frame makes the belief on the way an answer to "if the word ended here".
`python -m app.training.speech --data DIR` trains without every tenth training recording and says
how many of those it names; `--without SPEAKER` trains without a voice and says how many training
recordings of it. The official test recordings are read by `evaluate` and `unheard` alone.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.nets.recurrent import RecurrentReader
from app.training.disguise import Disguise, disguised
from app.training.readers import descend, follow, rate, start
from app.training.recordings import CLASSES, SPEC, Recording, load, padded

TENTH = 10  # every tenth training recording of a speaker is set aside while tuning


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    hidden: int = 96
    epochs: int = 40
    batch: int = 64
    peak_lr: float = 6e-3
    weight_decay: float = 0.02
    dropout: float = 0.5
    every: float = 0.3  # the share of the loss that is taken after every frame
    clip: float = 1.0
    mean_decay: float = 0.995
    seed: int = 0
    disguise: Disguise = field(default_factory=Disguise)


def layers(recipe: Recipe, dropout: bool = False) -> list[dict[str, Any]]:
    """The served chain in the card's notation; with `dropout` the one that is trained."""
    hidden = recipe.hidden
    return [
        {"name": "gru", "op": "gru", "input_size": SPEC.bands, "hidden_size": hidden},
        *([{"name": "dropout", "op": "dropout", "p": recipe.dropout}] if dropout else []),
        {"name": "linear", "op": "linear", "in_features": hidden, "out_features": len(CLASSES)},
    ]


def loss(logits: Tensor, labels: Tensor, counts: Tensor, every: float) -> Tensor:
    """logits [N, T, K], labels [N], frames [N] -> (1 - every) of the last frame's loss and `every`
    of the mean over a recording's frames, the later ones counting more: frame t of T as t / T.
    """
    n, steps, classes = logits.shape
    each = F.cross_entropy(
        logits.reshape(-1, classes), labels.repeat_interleave(steps), reduction="none"
    ).view(n, steps)
    places = torch.arange(1, steps + 1)
    weight = (places / counts[:, None]) * (places <= counts[:, None])
    mean = (each * weight).sum(1) / weight.sum(1)
    return (1 - every) * each[torch.arange(n), counts - 1].mean() + every * mean.mean()


def batches(
    recordings: Sequence[Recording], size: int, generator: torch.Generator
) -> list[list[Recording]]:
    """All of them once, in random order, those of like length together."""
    jitter = torch.rand(len(recordings), generator=generator) * 1600
    lengths = torch.tensor([len(one.wave) for one in recordings])
    order = (lengths + jitter).argsort().tolist()
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    mixed = torch.randperm(len(groups), generator=generator).tolist()
    return [[recordings[i] for i in groups[k]] for k in mixed]


def fit(
    recordings: Sequence[Recording],
    recipe: Recipe,
    progress: Callable[[str], None] = print,
    check: Callable[[nn.Module], str] | None = None,
) -> RecurrentReader:
    """Trains a fresh net; gives the running mean of its weights, in eval mode."""
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    net = RecurrentReader(layers(recipe, dropout=True))
    start(cast(nn.RNNBase, net.get_submodule("gru")))
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=recipe.weight_decay)
    total, step, started = recipe.epochs * -(-len(recordings) // recipe.batch), 0, time.monotonic()
    for epoch in range(recipe.epochs):
        summed = 0.0
        for group in batches(recordings, recipe.batch, generator):
            for settings in optimiser.param_groups:
                settings["lr"] = rate(step, total, recipe.peak_lr)
            seen, counts = disguised([one.wave for one in group], recipe.disguise, generator)
            labels = torch.tensor([one.digit for one in group])
            value = loss(net(seen), labels, counts, recipe.every)
            descend(net, optimiser, value, recipe.clip)
            step += 1
            follow(mean, net, min(recipe.mean_decay, (step + 1) / (step + 10)))
            summed += value.item() * len(group) / len(recordings)
        minutes = (time.monotonic() - started) / 60
        note = check(mean) if check and (epoch % 10 == 9 or epoch + 1 == recipe.epochs) else ""
        progress(f"epoch {epoch + 1}/{recipe.epochs}  loss {summed:.4f}  {minutes:.1f} min{note}")
    return mean


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> RecurrentReader:
    """The shipped model: all training recordings; leaves the weights in `out`."""
    net = fit([one for one in load(data) if not one.test], recipe, progress)
    out.mkdir(parents=True, exist_ok=True)
    state = {k: v.contiguous() for k, v in net.state_dict().items()}
    save_file(state, out / "weights.safetensors")
    return net


def predict(net: nn.Module, recordings: Sequence[Recording], batch: int = 250) -> Tensor:
    """Recordings -> logits [N, 10] after the last frame of each."""
    return predict_pictures(net, [one.picture for one in recordings], batch)


def predict_pictures(net: nn.Module, pictures: Sequence[Tensor], batch: int = 250) -> Tensor:
    """Pictures [T, bands] -> logits [N, 10] after the last frame of each."""
    found = []
    with torch.inference_mode():
        for first in range(0, len(pictures), batch):
            x, counts = padded(list(pictures[first : first + batch]))
            found.append(net(x)[torch.arange(len(x)), counts - 1])
    return torch.cat(found)


def labels(recordings: Sequence[Recording]) -> Tensor:
    """int64 [N]."""
    return torch.tensor([one.digit for one in recordings])


def right(net: nn.Module, recordings: Sequence[Recording]) -> int:
    """How many are named."""
    return int((predict(net, recordings).argmax(1) == labels(recordings)).sum())


def main() -> None:
    """The command line of tuning."""
    parser = argparse.ArgumentParser(description="Tune on the training recordings alone.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--without", default=None, help="a speaker to leave out")
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--hidden", type=int, default=Recipe.hidden)
    given = parser.parse_args()
    torch.set_num_threads(1)
    known = [one for one in load(given.data) if not one.test]
    if given.without:
        held = [one for one in known if one.speaker == given.without]
    else:
        held = [one for one in known if one.index % TENTH == TENTH - 1]
    aside = {id(one) for one in held}
    taught = [one for one in known if id(one) not in aside]

    def check(net: nn.Module) -> str:
        return f"  held {right(net, held) / len(held):.4f} of {len(held)}"

    fit(taught, Recipe(epochs=given.epochs, hidden=given.hidden), print, check)


if __name__ == "__main__":
    main()
