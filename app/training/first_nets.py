"""The six networks of "Which came first?", in the card's notation, with one budget of weights.

    pooled   8 signs wide --3 convolutions of 5 (field 13)--> largest over time --> linear
    flatten  the same, but every place keeps its own value  --> linear over 64 places
    dilated  5 convolutions of 3 places 1, 2, 4, 8, 16 apart (field 63) --> as `pooled`
    rnn, gru, lstm  one cell, one linear layer that reads h after the last step

All have the LSTM's 4,052 weights within 5 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from torch import nn

from app.inputs.signs import LENGTH, SYMBOLS
from app.nets import build
from app.training.readers import CELLS, start
from app.zoo.first import Name

Layers = list[dict[str, Any]]
NARROW, WIDE = ((5, 1),) * 3, tuple((3, 2**i) for i in range(5))  # (kernel, dilation) of each layer


@dataclass(frozen=True)
class Plan:
    """One network; `rate` is its highest learning rate."""

    model: Name
    title: str
    about: str
    architecture: str
    layers: Layers
    rate: float
    field: int | None = None
    only: int | None = None

    def net(self) -> nn.Module:
        """Fresh weights; of a cell as all our readers start."""
        made = build(self.architecture, self.layers)
        for module in made.children():
            if isinstance(module, nn.RNNBase):
                start(module)
        return made

    @property
    def parameters(self) -> int:
        """How many weights it has."""
        return sum(p.numel() for p in self.net().parameters())


def field(stack: Sequence[tuple[int, int]]) -> int:
    """Places that one cell of the last of these convolutions sees."""
    return 1 + sum((kernel - 1) * dilation for kernel, dilation in stack)


def convolutions(channels: int, stack: Sequence[tuple[int, int]]) -> Layers:
    """Convolution and ReLU, as often as there are pairs of (kernel, dilation)."""
    layers: Layers = []
    for n, (kernel, dilation) in enumerate(stack, start=1):
        conv = {
            "name": f"conv{n}",
            "op": "word_conv",
            "in_channels": channels if layers else SYMBOLS,
            "out_channels": channels,
            "kernel_size": kernel,
        }
        layers += [conv | ({"dilation": dilation} if dilation > 1 else {})]
        layers += [{"name": f"relu{n}", "op": "relu"}]
    return layers


def head(size: int) -> Layers:
    """The linear layer with one logit for each answer."""
    return [{"name": "linear", "op": "linear", "in_features": size, "out_features": 2}]


def pooled(channels: int, stack: Sequence[tuple[int, int]]) -> Layers:
    """Convolutions whose largest value over time is all that is kept."""
    return [*convolutions(channels, stack), {"name": "max", "op": "max_over_time"}, *head(channels)]


def flattened(channels: int, length: int = LENGTH) -> Layers:
    """Convolutions whose every value at every place has a weight of its own."""
    flat: Layers = [{"name": "flatten", "op": "flatten"}]
    return [*convolutions(channels, NARROW), *flat, *head(channels * length)]


def cell(name: str, hidden: int) -> Layers:
    """A cell and its head."""
    assert name in CELLS
    own = {"name": name, "op": name, "input_size": SYMBOLS, "hidden_size": hidden}
    return [own, *head(hidden)]


def reader(model: Name, title: str, hidden: int, rate: float) -> Plan:
    """A cell that reads from left to right and answers after the last step."""
    about = "Reads place by place and answers after the last; needs to keep one sign only."
    return Plan(model, title, about, "recurrent", cell(model, hidden), rate)


PLANS: dict[Name, Plan] = {
    plan.model: plan
    for plan in (
        Plan(
            "pooled",
            "CNN, largest value over time",
            "Three convolutions of five places; of each kernel only the largest value is kept, not"
            " where it stood. No cell sees two signs that are further apart than its field.",
            "sequential",
            pooled(18, NARROW),
            3e-3,
            field(NARROW),
        ),
        Plan(
            "flatten",
            "CNN, every place kept",
            "The same three convolutions, but the linear layer has a weight for every place: it"
            " can compare places, in sequences of this one length.",
            "sequential",
            flattened(13),
            3e-3,
            field(NARROW),
            LENGTH,
        ),
        Plan(
            "dilated",
            "Dilated CNN, largest value over time",
            "Five convolutions of three places that stand 1, 2, 4, 8 and 16 apart, so that one cell"
            " sees far; then the largest value over time.",
            "sequential",
            pooled(17, WIDE),
            3e-3,
            field(WIDE),
        ),
        reader("rnn", "tanh RNN", 58, 2e-3),
        reader("gru", "GRU", 32, 5e-3),
        reader("lstm", "LSTM", 27, 5e-3),
    )
}
