"""Layers of a translator: attention over what was read, and the way out through the embedding.

decoder h [N, T, H], encoder s [N, S, H] --Attention--> weights [N, T, S], context [N, T, H]
o [N, T, E], embedding [V, E] --Tied--> logits [N, T, V]
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Attention(nn.Module):
    """Luong's "general" attention over the encoder's states: one matrix [H, H], no bias."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(size, size))
        nn.init.xavier_uniform_(self.weight)

    def forward(self, states: Tensor, source: Tensor) -> tuple[Tensor, Tensor]:
        """Decoder states [N, T, H], encoder states [N, S, H] -> weights [N, T, S], c [N, T, H]."""
        scores = torch.bmm(F.linear(states, self.weight), source.transpose(1, 2))
        weights = torch.softmax(scores, dim=-1)
        return weights, torch.bmm(weights, source)


class Tied(nn.Module):
    """The way out through the embedding's own matrix; only a bias [V] is its own."""

    def __init__(self, num_embeddings: int) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(num_embeddings))

    def forward(self, x: Tensor, table: Tensor) -> Tensor:
        """[…, E] and the embedding [V, E] -> logits […, V]."""
        return F.linear(x, table, self.bias)
