"""Training a reader: recurrent layer over frozen word vectors, one head on h at each word.

    word indices --frozen table--> vectors --noise--> cell (dropped W_hh) --dropout--> head
        --> at each labelled word: cross-entropy with the share of positive labels

Regularised as in AWD-LSTM (Merity et al. 2018): the recurrent matrix and the vectors' columns are
dropped once per batch, words at random; what is kept is the running mean of the weights. Texts of
like length share a batch; padding comes after the last word, where a left-to-right reader
never looks.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

Net = TypeVar("Net", bound=nn.Module)
Cell = Literal["lstm", "gru", "rnn"]


@dataclass(frozen=True)
class Item:
    """One text as indices, its labelled places, their share of positive and weight."""

    ids: np.ndarray  # int64 [T]
    places: np.ndarray  # int64 [L]
    shares: np.ndarray  # float32 [L]
    weights: np.ndarray  # float32 [L]


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    cell: Cell = "lstm"
    hidden: int = 128
    epochs: int = 12
    tokens_per_batch: int = 1024
    peak_lr: float = 3e-3
    weight_decay: float = 0.01
    word_dropout: float = 0.03
    vector_dropout: float = 0.1
    vector_noise: float = 0.05
    recurrent_dropout: float = 0.1
    head_dropout: float = 0.3
    mean_decay: float = 0.999
    seed: int = 0


@dataclass(frozen=True)
class Batch:
    """Padded texts: ids [N, T] and their lengths [N]; the labelled places as (row, column) and
    their targets [L].
    """

    ids: Tensor
    lengths: Tensor
    rows: Tensor
    columns: Tensor
    shares: Tensor
    weights: Tensor


def batches(items: Sequence[Item], tokens: int, rng: np.random.Generator) -> list[Batch]:
    """Texts of like length together, about `tokens` words a batch, in random order."""
    lengths = np.array([len(item.ids) for item in items])
    order = np.argsort(lengths + rng.uniform(0, 1.5, len(items)), kind="stable")
    groups: list[list[Item]] = [[]]
    widest = 0
    for index in order:
        widest = max(widest, int(lengths[index]))
        if groups[-1] and (len(groups[-1]) + 1) * widest > tokens:
            groups.append([])
            widest = int(lengths[index])
        groups[-1].append(items[index])
    return [collate(groups[i]) for i in rng.permutation(len(groups))]


def collate(group: Sequence[Item]) -> Batch:
    """Items -> one padded batch; padding is index 0 and carries no label."""
    ids = np.zeros((len(group), max(len(item.ids) for item in group)), dtype=np.int64)
    for row, item in enumerate(group):
        ids[row, : len(item.ids)] = item.ids
    rows = np.concatenate([np.full(len(item.places), r) for r, item in enumerate(group)])
    parts = [
        np.concatenate([getattr(item, name) for item in group])
        for name in ("places", "shares", "weights")
    ]
    columns, shares, weights = (torch.from_numpy(part) for part in parts)
    lengths = torch.tensor([len(item.ids) for item in group])
    return Batch(torch.from_numpy(ids), lengths, torch.from_numpy(rows), columns, shares, weights)


# The module of a cell, and the function that runs it on given weights (torch.nn.modules.rnn).
CELLS: dict[str, tuple[Callable[..., nn.RNNBase], Callable[..., Any]]] = {
    "lstm": (nn.LSTM, torch.lstm),
    "gru": (nn.GRU, torch.gru),
    "rnn": (nn.RNN, torch.rnn_tanh),
}


def looked_up(table: Tensor, ids: Tensor) -> Tensor:
    """[N, T] -> [N, T, E]."""
    return F.embedding(ids, table)


def noisy(table: Tensor, ids: Tensor, recipe: Recipe) -> Tensor:
    """[N, T] -> [N, T, E]: some words unknown, some columns off, some noise."""
    unknown = table.shape[0] - 1
    ids = torch.where(torch.rand(ids.shape) < recipe.word_dropout, unknown, ids)
    x = F.embedding(ids, table)
    keep = F.dropout(torch.ones(len(x), 1, x.shape[2]), recipe.vector_dropout)
    return (x + recipe.vector_noise * torch.randn_like(x)) * keep


class Reader(nn.Module):
    """The network in training dress: what is served is the cell, under its own name, and
    `linear` alone.
    """

    table: Tensor

    def __init__(self, table: Tensor, recipe: Recipe, ways: int = 1) -> None:
        super().__init__()
        self.recipe = recipe
        self.register_buffer("table", table, persistent=False)
        make, self.run = CELLS[recipe.cell]
        both = ways == 2
        self.cell = make(table.shape[1], recipe.hidden, batch_first=True, bidirectional=both)
        self.linear = nn.Linear(ways * recipe.hidden, 2)
        start(self.cell)

    def vectors(self, ids: Tensor) -> Tensor:
        """[N, T] -> [N, T, E]: in training some words unknown, some columns off, some noise."""
        return noisy(self.table, ids, self.recipe) if self.training else looked_up(self.table, ids)

    def thinned(self) -> list[Tensor]:
        """The cell's weights; in training with some of W_hh off."""
        p = self.recipe.recurrent_dropout if self.training else 0.0
        return [
            F.dropout(weight, p) if "weight_hh" in name else weight
            for name, weight in self.cell.named_parameters()
        ]

    def states(self, x: Tensor) -> Tensor:
        """[N, T, E] -> h [N, T, H], with W_hh thinned in training."""
        zero = x.new_zeros(1, len(x), self.recipe.hidden)
        arguments = (True, 1, 0.0, self.training, False, True)
        first = (zero, zero) if self.recipe.cell == "lstm" else zero
        found: Tensor = self.run(x, first, self.thinned(), *arguments)[0]
        return found

    def served(self) -> dict[str, Tensor]:
        """The weights under the names of the served chain."""
        state = self.state_dict().items()
        return {name.replace("cell.", f"{self.recipe.cell}."): w.contiguous() for name, w in state}

    def forward(self, batch: Batch) -> Tensor:
        """Logits [L, 2] at the labelled words."""
        h = self.states(self.vectors(batch.ids))[batch.rows, batch.columns]
        logits: Tensor = self.linear(F.dropout(h, self.recipe.head_dropout, self.training))
        return logits


def start(cell: nn.RNNBase) -> None:
    """Orthogonal W_hh, and of an LSTM forget bias 1 (Jozefowicz et al. 2015); torch adds two
    biases.
    """
    for name, weight in cell.named_parameters():
        if "weight_hh" in name:
            for part in weight.data.split(cell.hidden_size):
                nn.init.orthogonal_(part)
        elif "weight_ih" in name:
            nn.init.xavier_uniform_(weight)
        else:
            nn.init.zeros_(weight)
            if "bias_ih" in name and isinstance(cell, nn.LSTM):
                weight.data[cell.hidden_size : 2 * cell.hidden_size] = 1.0


def loss(logits: Tensor, batch: Batch, mean_weight: float) -> Tensor:
    """Weighted cross-entropy; class 1 is positive. Every label counts alike in every batch:
    batches of short texts hold more of them, `mean_weight` is that of the average batch.
    """
    targets = torch.stack([1 - batch.shares, batch.shares], dim=1)
    each = F.cross_entropy(logits, targets, reduction="none")
    return (each * batch.weights).sum() / mean_weight


def rate(step: int, total: int, peak: float, warm: float = 0.05) -> float:
    """Linear up, then half a cosine down to 2 % of the peak."""
    if step < warm * total:
        return peak * (step + 1) / (warm * total)
    through = (step - warm * total) / (total * (1 - warm))
    return peak * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * through)))


def fit(
    make: Callable[[], Net],
    epoch_items: Callable[[int], Sequence[Item]],
    recipe: Recipe,
    progress: Callable[[str], None],
    check: Callable[[nn.Module], str] | None = None,
) -> Net:
    """Trains a fresh net; gives the running mean of its weights, in eval mode."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    net = make()
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=recipe.weight_decay)
    total, step, started = 0, 0, time.monotonic()
    for epoch in range(recipe.epochs):
        queue = batches(epoch_items(epoch), recipe.tokens_per_batch, rng)
        total = total or len(queue) * recipe.epochs
        mean_weight = sum(float(b.weights.sum()) for b in queue) / len(queue)
        net.train()
        summed = 0.0
        for batch in queue:
            for group in optimiser.param_groups:
                group["lr"] = rate(min(step, total), total, recipe.peak_lr)
            value = loss(net(batch), batch, mean_weight)
            descend(net, optimiser, value, 1.0)
            step += 1
            summed += value.item()
            follow(mean, net, min(recipe.mean_decay, (step + 1) / (step + 10)))
        minutes = (time.monotonic() - started) / 60
        note = check(mean) if check else ""
        progress(
            f"epoch {epoch + 1}/{recipe.epochs}  loss {summed / len(queue):.4f}  "
            f"{minutes:.1f} min  {note}"
        )
    return mean


def descend(net: nn.Module, optimiser: torch.optim.Optimizer, value: Tensor, clip: float) -> None:
    """One step down the gradient of `value`, its norm over all weights at most `clip`."""
    optimiser.zero_grad(set_to_none=True)
    value.backward()
    nn.utils.clip_grad_norm_(net.parameters(), clip)
    optimiser.step()


@torch.no_grad()
def follow(mean: nn.Module, net: nn.Module, decay: float) -> None:
    """mean <- decay * mean + (1 - decay) * net, parameter by parameter."""
    ours: list[Tensor] = list(mean.parameters())
    torch._foreach_lerp_(ours, list(net.parameters()), 1 - decay)


@torch.inference_mode()
def at_last_word(
    net: Callable[[Batch], Tensor], items: Sequence[Item], tokens: int = 4096
) -> Tensor:
    """Logits [len(items), 2] at the last labelled word of each text, in the order of `items`."""
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids))
    answer = torch.zeros(len(items), 2)
    while order:
        take = max(1, tokens // max(1, len(items[order[-1]].ids)))
        part, order = order[-take:], order[:-take]
        group = [
            Item(it.ids, it.places[-1:], it.shares[-1:], it.weights[-1:])
            for it in (items[i] for i in part)
        ]
        answer[part] = net(collate(group))
    return answer
