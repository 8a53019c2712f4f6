"""Where a two-directional reader's head reads: one vector out of the states of all words.

    h [N, T, 2H] --Ends---> [h forward at the last word, h reverse at the first]  [N, 2H]
                 --AtWord-> [h forward, h reverse] at the first word with one of `ids`
                 --AtStep-> the same at a step that is known

Each half of `Ends` has read the whole text. At a word the forward half has read what stands up to
it, the reverse half what stands from it on.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from app.core.errors import Unprocessable


class Ends(nn.Module):
    """Both directions where they have read everything; the text must not be padded."""

    def forward(self, h: Tensor) -> Tensor:
        """[N, T, 2H] -> [N, 2H]."""
        size = h.shape[2] // 2
        return torch.cat([h[:, -1, :size], h[:, 0, size:]], dim=1)


class AtStep(nn.Module):
    """The states at one step, counted from 0."""

    __constants__ = ("step",)

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step

    def forward(self, h: Tensor) -> Tensor:
        """[N, T, F] -> [N, F]."""
        return h[:, self.step].contiguous()


class AtWord(nn.Module):
    """The states at the first token whose row in the vocabulary is one of `ids`."""

    __constants__ = ("ids",)

    def __init__(self, ids: Sequence[int]) -> None:
        super().__init__()
        self.ids = list(ids)

    def places(self, tokens: Tensor) -> Tensor:
        """tokens int64 [N, T] -> the step to read [N]. Raises Unprocessable where there is none."""
        found = torch.isin(tokens, torch.tensor(self.ids))
        if not bool(found.any(dim=1).all()):
            raise Unprocessable("This network reads one word, and the text does not hold it.")
        return found.int().argmax(dim=1)

    def forward(self, h: Tensor, tokens: Tensor) -> Tensor:
        """[N, T, F] and the tokens [N, T] -> [N, F]."""
        return h[torch.arange(len(h)), self.places(tokens)]
