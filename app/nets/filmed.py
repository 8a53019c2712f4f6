"""A reader of video: a small CNN looks at every frame, a recurrent layer reads what it found.

    frames [N, T, C, H, W] --conv, pool, flatten, linear: each frame alone--> features [N, T, F]
      --rnn/gru/lstm--> [N, T, H] --head--> logits [N, T, K]

After Donahue et al. 2015 (LRCN). The CNN has no memory: frames may be read by it in any order, and
all at once; only the recurrent layer ties one frame to the next. logits_t = W h_t + b.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from torch import Tensor, nn

from app.core.errors import ArchitectureError
from app.nets.layers import RECURRENT, make_layer


class VideoReader(nn.Module):
    """Layers of a CNN that ends in vectors, then recurrent ones, then linear, as the card says."""

    def __init__(self, layers: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        for spec in layers:
            name, module = make_layer(spec)
            if hasattr(self, name):  # a layer's, or a name that torch or this class needs
                raise ArchitectureError(f"Layer name {name!r} is taken.")
            self.add_module(name, module)
        if not any(isinstance(module, RECURRENT) for module in self.children()):
            raise ArchitectureError("A reader of video needs a recurrent layer.")

    def parts(self) -> tuple[list[tuple[str, nn.Module]], list[tuple[str, nn.Module]]]:
        """What looks at each frame alone, and what reads over the frames; both by name."""
        named = list(self.named_children())
        first = next(i for i, (_, module) in enumerate(named) if isinstance(module, RECURRENT))
        return named[:first], named[first:]

    def look(self, x: Tensor) -> Tensor:
        """Frames [N, T, C, H, W] -> [N, T, F]."""
        count, steps = x.shape[:2]
        x = x.flatten(0, 1)
        for _, module in self.parts()[0]:
            x = module(x)
        return x.view(count, steps, -1)

    def read(self, x: Tensor) -> Tensor:
        """Features [N, T, F] -> logits [N, T, K]."""
        for _, module in self.parts()[1]:
            x = module(x)[0] if isinstance(module, RECURRENT) else module(x)
        return x

    def forward(self, x: Tensor) -> Tensor:
        """Frames [N, T, C, H, W] -> logits [N, T, K]."""
        return self.read(self.look(x))
