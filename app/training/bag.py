"""A bag of words with the readers' budget, after the deep averaging network (Iyyer et al. 2015).

    word indices --frozen table--> vectors --noise--> mean of the first t words [L, 50]
        --linear, ReLU, linear, ReLU--> [L, H] --dropout--> linear --> logits [L, 2]

The mean of a text's vectors is the same in whatever order its words stand: this reader cannot know
the order. A label in the middle of a text is that of its first words, as for the other readers.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.training import sentiment
from app.training.readers import Batch, Recipe, looked_up, noisy

# 50 → 213 → 213 → 2 are 56,873 weights; the LSTM of sentiment has 57,026.
RECIPE = replace(sentiment.CNN, hidden=213)


class Layers(nn.Module):
    """Means [L, E] -> logits [L, 2]."""

    def __init__(self, inputs: int, recipe: Recipe) -> None:
        super().__init__()
        self.dropout = recipe.head_dropout
        self.linear1 = nn.Linear(inputs, recipe.hidden)
        self.linear2 = nn.Linear(recipe.hidden, recipe.hidden)
        self.linear = nn.Linear(recipe.hidden, 2)

    def forward(self, mean: Tensor) -> Tensor:
        """Two hidden layers, then one logit a class."""
        h = F.relu(self.linear2(F.relu(self.linear1(mean))))
        logits: Tensor = self.linear(F.dropout(h, self.dropout, self.training))
        return logits


class BagReader(nn.Module):
    """In training dress: an answer at every labelled word."""

    table: Tensor

    def __init__(self, table: Tensor, recipe: Recipe) -> None:
        super().__init__()
        self.recipe = recipe
        self.register_buffer("table", table, persistent=False)
        self.layers = Layers(table.shape[1], recipe)

    def forward(self, batch: Batch) -> Tensor:
        """Logits [L, 2] at the labelled words."""
        ids = batch.ids
        x = noisy(self.table, ids, self.recipe) if self.training else looked_up(self.table, ids)
        logits: Tensor = self.layers(means(x)[batch.rows, batch.columns])
        return logits


class Bag(nn.Module):
    """As it is measured: word numbers int64 [N, T] -> logits [N, 2] of the whole text."""

    def __init__(self, table: Tensor, recipe: Recipe) -> None:
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(table)
        self.layers = Layers(table.shape[1], recipe)

    def forward(self, ids: Tensor) -> Tensor:
        """The mean is that of all words; padding is none of them."""
        logits: Tensor = self.layers(self.embedding(ids).mean(dim=1))
        return logits


def means(x: Tensor) -> Tensor:
    """[N, T, E] -> [N, T, E]: row t is the mean of the rows up to it."""
    counts = torch.arange(1, x.shape[1] + 1, dtype=x.dtype)
    return x.cumsum(dim=1) / counts[:, None]
