"""What a run goes through: a network's layers as they are, or as a visitor changed them.

    net --chain--> Plan(layers)                        the network itself
    net, edits --edits.edited--> Plan(layers, gains)   copies where something is changed
    net, edits --clamps.held---> Plan(layers, held)    a reader, values held as it reads

A plan shares every module that is not changed and owns those that are, so that any number of
threads may run plans of one network at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import Tensor, nn

from app.core.errors import BadOption
from app.tracing.chain import Found, Layer, chain
from app.tracing.clamps import Held
from app.tracing.feedforward import run


@dataclass(frozen=True)
class Plan:
    """`gains`: tensor name -> factors [1, C, 1, 1] or [1, F] that its values are multiplied by."""

    layers: list[Layer]
    gains: Mapping[str, Tensor] = field(default_factory=dict)
    edited: bool = False
    held: Held | None = None

    def after(self, name: str, x: Tensor) -> Tensor:
        """The tensor `name` as this run has it: `x` scaled, `x` itself where nothing scales it.

        Raises BadOption where edits have made numbers that float32 cannot hold.
        """
        if name in self.gains:
            x = x * self.gains[name] + 0.0  # + 0.0: a channel switched off is 0, never −0
        if self.held is not None:
            x = self.held.after(name, x)
        # One sum tells: it is finite unless a value, or all together, are beyond float32.
        if self.edited and not math.isfinite(x.sum().item()):
            raise BadOption(f"With these edits {name} has numbers too large to compute with.")
        return x

    def forward(self, x: Tensor, start: str = "") -> Tensor:
        """x [N, …] -> logits [N, K], able to carry a gradient; recurrent layers are not.

        With `start`, x are the values of that tensor, and only what follows it is run.
        """
        begin = 0 if start in ("", "input") else 1 + self.place(start)
        found = Found(self.layers, x)
        for layer in self.layers[begin:]:
            found.add(layer.name, self.after(layer.name, run(layer, *found.read_by(layer))))
        return found.last

    def until(self, x: Tensor, name: str) -> Tensor:
        """x [N, …], the values of `input` -> those of the tensor `name`."""
        if name == "input":
            return x
        for layer in self.layers[: 1 + self.place(name)]:
            x = self.after(layer.name, run(layer, x))
        return x

    def place(self, name: str) -> int:
        """The layer's place in the order of the run."""
        return [layer.name for layer in self.layers].index(name)


def plain_plan(net: nn.Module) -> Plan:
    """The network as it is. Raises ArchitectureError where it is no chain."""
    return Plan(chain(net))
