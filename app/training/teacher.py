"""The teacher of the sentiment readers: it sees the whole sentence, and trains the word table.

    words --table, trained--> vectors --lstm in both directions--> [max over the words, both ends]
        --> logits [N, 2]

GloVe lays "good" and "bad" side by side, since both stand between the same words. The teacher moves
the words of opinion apart; its table is then frozen and shared by all readers of sentiment, and its
answers label sentences out of imdb for them (Hinton et al. 2015).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from app.training.readers import Batch, Item, Recipe, at_last_word, start

RECIPE = Recipe(
    hidden=96,
    epochs=5,
    peak_lr=2e-3,
    word_dropout=0.05,
    vector_dropout=0.3,
    vector_noise=0.0,
    recurrent_dropout=0.0,
    head_dropout=0.5,
    seed=1,
)
REVIEW = 0.5  # logits that the review's own stars add to each of its sentences


class Teacher(nn.Module):
    """A two-directional LSTM with a table of its own; the labelled word must be the last."""

    def __init__(self, table: Tensor, recipe: Recipe) -> None:
        super().__init__()
        self.recipe = recipe
        self.table = nn.Parameter(table.clone())
        width = recipe.hidden
        self.lstm = nn.LSTM(table.shape[1], width, batch_first=True, bidirectional=True)
        self.linear = nn.Linear(4 * width, 2)
        start(self.lstm)

    def forward(self, batch: Batch) -> Tensor:
        """Logits [N, 2], one label a text, at its last word."""
        r, ids, length = self.recipe, batch.ids, batch.columns + 1
        if self.training:
            unknown = self.table.shape[0] - 1
            ids = torch.where(torch.rand(ids.shape) < r.word_dropout, unknown, ids)
        x = F.dropout(F.embedding(ids, self.table), r.vector_dropout, self.training)
        packed = pack_padded_sequence(x, length, batch_first=True, enforce_sorted=False)
        out, (ends, _) = self.lstm(packed)
        states, _ = pad_packed_sequence(out, batch_first=True)  # [N, T, 2H]
        inside = torch.arange(states.shape[1]) < length[:, None]
        tops = states.masked_fill(~inside[:, :, None], -9.0).amax(1)  # |h| < 1
        features = torch.cat([tops, ends[0], ends[1]], 1)
        logits: Tensor = self.linear(F.dropout(features, r.head_dropout, self.training))
        return logits


def relabel(teacher: Callable[[Batch], Tensor], items: Sequence[Item]) -> list[Item]:
    """Review sentences with the teacher's answer, moved by the review's stars, as their label."""
    logits = at_last_word(teacher, items)
    stars = torch.tensor([1.0 if item.shares[-1] > 0.5 else -1.0 for item in items])
    shares = torch.sigmoid(logits[:, 1] - logits[:, 0] + REVIEW * stars).numpy()
    one = np.ones(1, dtype=np.float32)
    return [replace(item, shares=shares[i : i + 1], weights=one) for i, item in enumerate(items)]


def soften(teacher: Callable[[Batch], Tensor], items: Sequence[Item], share: float) -> list[Item]:
    """The label of each text's last word moved by `share` towards the teacher's answer."""
    answers = torch.softmax(at_last_word(teacher, items), 1)[:, 1].numpy()
    softened = []
    for answer, item in zip(answers, items, strict=True):
        shares = item.shares.copy()
        if item.places[-1] == len(item.ids) - 1:
            shares[-1] = (1 - share) * shares[-1] + share * answer
        softened.append(replace(item, shares=shares))
    return softened
