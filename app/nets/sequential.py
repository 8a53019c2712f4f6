"""A plain chain of layers: picture [N, C, H, W] -> logits [N, K]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from torch import nn

from app.core.errors import ArchitectureError
from app.nets.layers import make_layer


class SequentialNet(nn.Sequential):
    """`nn.Sequential` whose children carry the card's layer names."""

    def __init__(self, layers: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        for spec in layers:
            name, module = make_layer(spec)
            if name in self._modules:
                raise ArchitectureError(f"Two layers are called {name!r}.")
            self.add_module(name, module)
