"""A network whose layers may read any earlier ones: Kim's reader of sentences (EMNLP 2014).

    tokens [N, T] --embedding--> [N, T, E] --conv of 3 words--> relu --max over time--+
                                           --conv of 4 words--> relu --max over time--+
                                           --conv of 5 words--> relu --max over time--+
        --concat--> [N, 3C] --linear--> logits [N, K]

Row t of a convolution is the window that ends with word t; before the text stand zeros. So the
answer for a text's first words needs nothing of what comes later: it is that of the running
maximum up to there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from torch import Tensor, nn

from app.core.errors import ArchitectureError
from app.nets.layers import make_layer


class BranchedNet(nn.Module):
    """Layers in the order of the card; `inputs` of one names what it reads, else the one before.

    `reads`: layer -> names of the layers that it reads; () is the one before, "input" the input.
    """

    def __init__(self, layers: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        self.reads: dict[str, tuple[str, ...]] = {}
        for spec in layers:
            name, module = make_layer({k: v for k, v in spec.items() if k != "inputs"})
            inputs = tuple(spec.get("inputs", ()))
            strangers = [other for other in inputs if other not in ("input", *self.reads)]
            if name in self._modules or strangers:
                fault = f"reads {strangers[0]!r}, not before it" if strangers else "is there twice"
                raise ArchitectureError(f"Layer {name!r} {fault}.")
            self.reads[name] = inputs
            self.add_module(name, module)

    def forward(self, x: Tensor) -> Tensor:
        """Tokens int64 [N, T] -> logits [N, K]."""
        found = {"input": x}
        for name, module in self.named_children():
            x = module(*[found[other] for other in self.reads[name]] or [x])
            found[name] = x
        return x
