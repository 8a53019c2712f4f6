"""A teacher for the left-to-right readers: it sees the whole sentence, and labels review sentences.

    words --lstm, and another one on the words reversed--> max over the words --> logits [N, 2]

A reader that must answer while it reads overfits the 8,538 sentences of SST; what the teacher says
about tens of thousands of sentences out of imdb train gives it more to learn from (Hinton et al.
2015). The stars of the review each sentence comes from are added to what the teacher says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.training.readers import Batch, Item, Reader, Recipe, at_last_word

RECIPE = Recipe(
    hidden=64,
    epochs=5,
    vector_dropout=0.15,
    recurrent_dropout=0.2,
    head_dropout=0.5,
    seed=1,
)
REVIEW = 0.7  # logits that the review's own stars add to each of its sentences


class Teacher(nn.Module):
    """Two readers, one of them from the end; the maximum of their states over the words."""

    def __init__(self, table: Tensor, recipe: Recipe) -> None:
        super().__init__()
        self.forth, self.back = Reader(table, recipe), Reader(table, recipe)
        self.forth.linear, self.back.linear = nn.Identity(), nn.Identity()  # type: ignore[assignment]
        self.linear = nn.Linear(2 * recipe.hidden, 2)
        self.p = recipe.head_dropout

    def forward(self, batch: Batch) -> Tensor:
        """Logits [L, 2]; the labelled words must be the last of their texts, one a text."""
        length = batch.columns + 1  # [N]
        places = torch.arange(batch.ids.shape[1])
        inside = places < length[:, None]  # [N, T]
        turned = torch.where(inside, length[:, None] - 1 - places, places)
        sides = [
            self.forth.states(self.forth.vectors(batch.ids)),
            self.back.states(self.back.vectors(batch.ids.gather(1, turned))),
        ]
        lowest = torch.finfo(torch.float32).min
        tops = [h.masked_fill(~inside[:, :, None], lowest).amax(1) for h in sides]
        logits: Tensor = self.linear(F.dropout(torch.cat(tops, 1), self.p, self.training))
        return logits


def whole_items(items: Sequence[Item]) -> list[Item]:
    """Each item with the label of its last word alone; those without one are left out."""
    kept = []
    for item in items:
        last = item.places == len(item.ids) - 1
        if last.any():
            places, shares, weights = item.places[last], item.shares[last], item.weights[last]
            kept.append(Item(item.ids, places, shares, weights))
    return kept


def relabel(teacher: Callable[[Batch], Tensor], items: Sequence[Item], weight: float) -> list[Item]:
    """Review sentences with the teacher's answer, moved by the review's stars, as their label."""
    logits = at_last_word(teacher, items)
    stars = torch.tensor([1.0 if item.shares[-1] > 0.5 else -1.0 for item in items])
    shares = torch.sigmoid(logits[:, 1] - logits[:, 0] + REVIEW * stars).numpy()
    weights = np.full(1, weight, dtype=np.float32)
    return [
        replace(item, shares=shares[i : i + 1], weights=weights) for i, item in enumerate(items)
    ]
