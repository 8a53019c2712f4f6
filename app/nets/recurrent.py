"""A reader: tokens or vectors -> recurrent layers -> one linear head.

    tokens [N, T] --embedding--> [N, T, E] --rnn/gru/lstm--> [N, T, H] --head--> logits [N, T, K]
                                                   +--ends, at_word--> [N, H] --head--> [N, K]

The head reads every step, or what a layer of read.py picks of them. Without an embedding the input
is [N, T, E] already (a picture read row by row, a log-mel picture, a series of numbers; the head
of a forecaster ends in `quantiles`).
No pooling over time and no attention: logits_t = W h_t + b.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from torch import Tensor, nn

from app.core.errors import ArchitectureError
from app.nets.layers import RECURRENT, make_layer
from app.nets.quantiles import Quantiles
from app.nets.read import AtWord, Ends

PLACED = (*RECURRENT, nn.Embedding, nn.Dropout, nn.Linear, Ends, AtWord, Quantiles)


class RecurrentReader(nn.Module):
    """[embedding], recurrent and dropout layers, [ends or at_word], linear, as the card says."""

    def __init__(self, layers: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        for spec in layers:
            name, module = make_layer(spec)
            if name in self._modules:
                raise ArchitectureError(f"Two layers are called {name!r}.")
            if not isinstance(module, PLACED):
                op = spec.get("op")
                raise ArchitectureError(f"Layer {name!r} ({op}) has no place in a reader.")
            self.add_module(name, module)

    def forward(self, x: Tensor) -> Tensor:
        """Tokens [N, T] (int64) or vectors [N, T, E] -> logits [N, T, K]; [N, K] at one place."""
        tokens = x
        for module in self.children():
            if isinstance(module, AtWord):
                x = module(x, tokens)
            else:
                x = module(x)[0] if isinstance(module, RECURRENT) else module(x)
        return x
