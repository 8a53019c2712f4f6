"""Training a two-directional reader: what it saw from both sides, and one head on that.

    word indices --frozen table--> vectors [N, T, E] --lstm, both ways--> h [N, T, 2H]
        "ends": [h forward at the last word, h reverse at the first] --+
        "word": [h forward, h reverse] at the labelled word -----------+--> [L, 2H] --> logits

The noise is that of `readers.Reader`. Texts are packed, since the reverse direction would else
begin in the padding.
"""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

from app.training.readers import Batch, Reader, Recipe

Place = Literal["ends", "word"]


class BothWays(Reader):
    """An LSTM in both directions; with "ends" every text has one label."""

    def __init__(self, table: Tensor, recipe: Recipe, place: Place) -> None:
        super().__init__(table, recipe, ways=2)
        self.place = place

    def both(self, x: Tensor, lengths: Tensor) -> Tensor:
        """x [N, T, E] -> h [N, T, 2H]; behind the end of a text it is 0."""
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        zero = x.new_zeros(2, len(x), self.recipe.hidden)
        h, *_ = torch.lstm(
            packed.data, packed.batch_sizes, (zero, zero), self.thinned(), True, 1, 0.0,
            self.training, True,
        )  # fmt: skip
        back = PackedSequence(h, packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices)
        found: Tensor = pad_packed_sequence(back, batch_first=True)[0]
        return found

    def forward(self, batch: Batch) -> Tensor:
        """Logits [L, 2], at the labelled words or one a text."""
        h = self.both(self.vectors(batch.ids), batch.lengths)
        if self.place == "word":
            seen = h[batch.rows, batch.columns]
        else:
            size, rows = self.recipe.hidden, torch.arange(len(h))
            seen = torch.cat([h[rows, batch.lengths - 1, :size], h[:, 0, size:]], 1)
        logits: Tensor = self.linear(F.dropout(seen, self.recipe.head_dropout, self.training))
        return logits
