"""A text continued by the network that has read it, one letter (or word) after another.

    memory, logits [K] of the next one --drawn--> its row --read as the next step--> memory, logits

Memory is what a trace of the text holds of the last step: h, and c, of every level. Row k of the
embedding is class k. Nothing is kept between calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from app.nets.layers import RECURRENT
from app.tracing.chain import Layer, call, chain, stored

State = Tensor | tuple[Tensor, Tensor]


@dataclass(frozen=True)
class Writing:
    """How many to write, and how they are drawn: from softmax(logits / temperature), the best one
    where the temperature is 0. The same seed gives the same random numbers.
    """

    length: int = 100
    temperature: float = 0.7
    seed: int = 0


@dataclass(frozen=True)
class Written:
    """Rows in the order they were drawn, the probability that the network gave to each, as it is:
    at temperature 1, and the random number in [0, 1) that chose it; None where nothing is drawn.
    """

    rows: list[int]
    probabilities: list[float]
    numbers: list[float | None]


def write_on(net: nn.Module, memory: Mapping[str, Tensor], logits: Tensor, how: Writing) -> Written:
    """Goes on for `how.length` steps after the one that left `memory` (the tensors that `states`
    names, [1, H]) and gave `logits` [K].
    """
    layers = chain(net)
    kept = {layer.name: packed(layer, memory) for layer in layers if states(layer)}
    generator = torch.Generator().manual_seed(how.seed)
    rows: list[int] = []
    probabilities: list[float] = []
    numbers: list[float | None] = []
    with torch.inference_mode():
        for _ in range(how.length):
            number = chance(generator) if how.temperature else None
            row = int(logits.argmax()) if number is None else draw(logits, how.temperature, number)
            rows.append(row)
            numbers.append(number)
            probabilities.append(float(torch.softmax(logits, 0)[row]))
            logits = step(layers, torch.tensor([[row]]), kept)
    return Written(rows, probabilities, numbers)


def states(layer: Layer) -> list[str]:
    """Names of the tensors that are a layer's memory: h, then c, of each level; [] for others."""
    return sorted(
        (name for name in stored(layer) if name.endswith((".h", ".c"))),
        key=lambda name: name.endswith(".c"),
    )


def packed(layer: Layer, memory: Mapping[str, Tensor]) -> State:
    """The memory as torch's layer takes it: h [L, 1, H], or (h, c)."""
    h, c = ([memory[name] for name in states(layer) if name.endswith(end)] for end in (".h", ".c"))
    return (torch.stack(h), torch.stack(c)) if c else torch.stack(h)


def step(layers: list[Layer], x: Tensor, kept: dict[str, State]) -> Tensor:
    """x [1, 1] -> logits [K]; `kept` goes from before x to after it."""
    for layer in layers:
        if isinstance(layer.module, RECURRENT):
            x, kept[layer.name] = layer.module(x, kept[layer.name])
        else:
            x = call(layer, x)
    return x[0, -1]


def chance(generator: torch.Generator) -> float:
    """A random number, all of [0, 1) alike."""
    return float(torch.rand((), generator=generator, dtype=torch.float64))


def draw(logits: Tensor, temperature: float, number: float) -> int:
    """logits [K] -> the row on whose stretch `number` in [0, 1) falls, where the shares
    softmax(logits / temperature) lie end to end on the line from 0 to 1: the largest first, equal
    ones in the order of their rows (the inverse of the distribution function).
    """
    shares = torch.softmax((logits.double() - logits.max()) / temperature, 0)
    ordered, rows = shares.sort(descending=True, stable=True)
    place = int(torch.searchsorted(ordered.cumsum(0), number, right=True))
    return int(rows[min(place, len(rows) - 1)])  # the ends add up to 1 but for rounding
