"""`letters-lstm`: English prose and verse, letter by letter; after each, which one comes next?

    text_gen, the first 90 % of each text --> 32 streams, 64 letters at a time
      --embedding--> --LSTM, its memory carried on--> --linear--> cross-entropy with the next letter

Backpropagation is cut off after 64 letters (truncated, Williams and Peng 1990); the memory itself
is carried on, but now and then emptied, for a visitor's text begins with an empty one. W_hh is
thinned once a batch as in AWD-LSTM (Merity et al. 2018); the running mean of the weights is kept.
`python -m app.training.letters --data DIR` trains on nine tenths of that and measures the last
tenth. Validation is not read; the last 5 % of each text are read by `evaluate` alone.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.training.readers import descend, follow, rate, start

PACK = "text_gen"
TEXTS = ("tinyshakespeare", "sherlock_holmes", "wind_in_the_willows")
# Every letter and sign that the training parts of the three texts hold.
CHARACTERS = "\n !\"$&'()*,-./0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyzàâé"
TRAIN, TEST = 0.9, 0.95  # of each text: trained on before, measured from
Whole = NDArray[np.int64]
State = tuple[Tensor, Tensor]


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    embedding: int = 48
    hidden: int = 256
    epochs: int = 7
    streams: int = 32
    steps: int = 64
    peak_lr: float = 4e-3
    weight_decay: float = 0.01
    unknown: float = 0.002  # share of letters that are read as an unknown one
    recurrent_dropout: float = 0.05
    head_dropout: float = 0.1
    forget: float = 0.05  # how often a stream's memory is emptied before a stretch
    mean_decay: float = 0.998
    seed: int = 0


def layers(recipe: Recipe) -> list[dict[str, Any]]:
    """The served chain in the card's notation."""
    rows, wide, hidden = len(CHARACTERS) + 1, recipe.embedding, recipe.hidden
    return [
        {"name": "embedding", "op": "embedding", "num_embeddings": rows, "embedding_dim": wide},
        {"name": "lstm", "op": "lstm", "input_size": wide, "hidden_size": hidden},
        {"name": "linear", "op": "linear", "in_features": hidden, "out_features": len(CHARACTERS)},
    ]


def encode(text: str) -> Whole:
    """Letters -> their rows; the last row is that of all others."""
    rows = {sign: row for row, sign in enumerate(CHARACTERS)}
    return np.array([rows.get(sign, len(CHARACTERS)) for sign in text], dtype=np.int64)


def texts(data: Path, first: float, last: float) -> dict[str, str]:
    """Name -> the part of each text from share `first` to share `last`."""
    whole = {name: (data / PACK / f"{name}.txt").read_text("utf-8") for name in TEXTS}
    return {name: t[int(first * len(t)) : int(last * len(t))] for name, t in whole.items()}


class LetterNet(nn.Module):
    """The network in training dress: what is served are its three layers, under their names."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.recipe = recipe
        self.embedding = nn.Embedding(len(CHARACTERS) + 1, recipe.embedding)
        self.lstm = nn.LSTM(recipe.embedding, recipe.hidden, batch_first=True)
        self.linear = nn.Linear(recipe.hidden, len(CHARACTERS))
        start(self.lstm)

    def empty(self, streams: int) -> State:
        """The memory before the first letter: (h, c), each [1, N, H]."""
        zero = torch.zeros(1, streams, self.recipe.hidden)
        return zero, zero.clone()

    def forward(self, ids: Tensor, state: State) -> tuple[Tensor, State]:
        """ids [N, T] and the memory -> logits [N, T, V] and the memory after them."""
        r = self.recipe
        p = r.recurrent_dropout if self.training else 0.0
        if self.training:
            ids = torch.where(torch.rand(ids.shape) < r.unknown, len(CHARACTERS), ids)
        weights = [
            F.dropout(weight, p) if "weight_hh" in name else weight
            for name, weight in self.lstm.named_parameters()
        ]
        h, *last = torch.lstm(
            self.embedding(ids), state, weights, True, 1, 0.0, self.training, False, True
        )
        logits: Tensor = self.linear(F.dropout(h, r.head_dropout, self.training))
        return logits, (last[0], last[1])


def train(
    data: Path,
    out: Path,
    recipe: Recipe,
    progress: Callable[[str], None] = print,
    tune: bool = False,
) -> LetterNet:
    """Trains, leaves the weights in `out`; gives the running mean of the weights in eval mode."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    kept = TRAIN * (0.9 if tune else 1)
    ids = torch.from_numpy(encode("".join(texts(data, 0, kept).values())))
    held = encode("".join(texts(data, kept, TRAIN).values()))
    net = LetterNet(recipe)
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=recipe.weight_decay)
    per_epoch = (len(ids) // recipe.streams - 1) // recipe.steps
    step, started = 0, time.monotonic()
    for epoch in range(recipe.epochs):
        net.train()
        # Streams begin elsewhere every time, so that the cuts between stretches do too.
        turned = ids.roll(int(rng.integers(len(ids))))[
            : len(ids) // recipe.streams * recipe.streams
        ]
        streams, state, summed = turned.view(recipe.streams, -1), net.empty(recipe.streams), 0.0
        for first in range(0, per_epoch * recipe.steps, recipe.steps):
            for group in optimiser.param_groups:
                group["lr"] = rate(step, per_epoch * recipe.epochs, recipe.peak_lr)
            value, state = stretch(net, streams[:, first : first + recipe.steps + 1], state)
            descend(net, optimiser, value, 1.0)
            step += 1
            follow(mean, net, min(recipe.mean_decay, (step + 1) / (step + 10)))
            summed += value.item()
        minutes = (time.monotonic() - started) / 60
        note = f"  held {bits(mean, held).mean():.4f}" if tune else ""
        progress(
            f"epoch {epoch + 1}/{recipe.epochs}  {summed / per_epoch / math.log(2):.4f} bits per "
            f"character  {minutes:.1f} min{note}"
        )
        out.mkdir(parents=True, exist_ok=True)
        save_file(
            {k: v.contiguous() for k, v in mean.state_dict().items()}, out / "weights.safetensors"
        )
    return mean


def stretch(net: LetterNet, ids: Tensor, state: State) -> tuple[Tensor, State]:
    """ids [N, T + 1] -> the mean loss of each letter but the first, and the memory after them."""
    stays = (torch.rand(1, len(ids), 1) >= net.recipe.forget).float()
    logits, after = net(ids[:, :-1], (state[0] * stays, state[1] * stays))
    loss = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten())
    return loss, (after[0].detach(), after[1].detach())


def bits(net: nn.Module, ids: Whole, size: int = 2_000) -> Tensor:
    """−log2 p of every letter of ids [N] but the first, read in one go from an empty memory.

    `net` is the one in training dress, or the served chain, whose layers have the same names.
    """
    embedding, lstm, linear = (net.get_submodule(n) for n in ("embedding", "lstm", "linear"))
    found, state = [], None
    with torch.inference_mode():
        for part in torch.from_numpy(ids).unfold(0, 2, 1).split(size):
            h, state = lstm(embedding(part[:, 0])[None], state)
            found.append(F.cross_entropy(linear(h[0]), part[:, 1], reduction="none"))
    return torch.cat(found) / math.log(2)


def main() -> None:
    """The command line of tuning."""
    parser = argparse.ArgumentParser(description="Tune the letter model on nine tenths of train.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("runs/tune-letters"))
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=Recipe.peak_lr)
    given = parser.parse_args()
    recipe = Recipe(epochs=given.epochs, peak_lr=given.rate)
    train(given.data, given.out, recipe, tune=True)


if __name__ == "__main__":
    main()
