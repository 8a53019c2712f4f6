"""Two signs that a visitor placed, and what six small networks say came first.

    JSON --parse_placing--> Placing --fillers of a seed--> symbols [T] --each net--> P(A first)

A reader's answer is given after every place: what it would say if the sequence ended there.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from app.core.errors import BadOption, NotFound
from app.engine.fields import Fields
from app.engine.requests import Answer
from app.inputs.signs import LENGTH, SIGN_A, fillers, longest, one_hot, placed
from app.zoo.first import First, FirstModel, load_nets, read_first

MEMBERS = ("a", "b", "length", "seed")
SHORTEST, LONGEST = 16, 256
NOBODY = "Nobody has trained the networks here that say which sign came first."
REFUSED = "It has weights for {only} places only; this sequence has {length}."
FORMULA = "probability: softmax of the two logits; steps: the same, had the sequence ended there"


@dataclass(frozen=True)
class Placing:
    """Sign A at place `a`, B at `b`, counted from 0; the fillers are those of `seed`."""

    a: int
    b: int
    length: int = LENGTH
    seed: int = 0

    @property
    def distance(self) -> int:
        """Places from one sign to the other."""
        return abs(self.a - self.b)

    def symbols(self) -> Tensor:
        """int64 [1, T]."""
        drawn = fillers(1, self.length, torch.Generator().manual_seed(self.seed))
        return placed(drawn, torch.tensor([self.a]), torch.tensor([self.b]))


def parse_placing(raw: object) -> Placing:
    """A JSON object -> where the signs stand. Raises BadOption, naming what does not fit."""
    if not isinstance(raw, Mapping):
        raise BadOption('Send a JSON object such as {"a": 20, "b": 33}.')
    fields = Fields(raw, "body", MEMBERS)
    length = fields.whole_or_none("length")
    length = LENGTH if length is None else length
    if not SHORTEST <= length <= LONGEST:
        raise BadOption(f"length must be a whole number from {SHORTEST} to {LONGEST}.")
    a, b = fields.whole("a"), fields.whole("b")
    if max(a, b) >= length:
        raise BadOption(f"The sequence has places 0 to {length - 1}. Put both signs into it.")
    if a == b:
        raise BadOption("Both signs stand at one place. Move one of them.")
    return Placing(a, b, length, fields.whole_or_none("seed") or 0)


class Signs:
    """The six networks, read at the first question. May be asked from any thread."""

    def __init__(self, models: Path) -> None:
        self._models, self._lock = models, threading.Lock()
        self._kept: tuple[First, dict[str, nn.Module]] | None = None

    def answer(self, placing: Placing) -> Answer:
        """Every network's answer. Raises NotFound where none were trained."""
        first, nets = self._nets()
        symbols = placing.symbols()
        x = one_hot(symbols)
        return Answer(
            {
                "settings": {name: getattr(placing, name) for name in MEMBERS},
                "distance": placing.distance,
                "first": "A" if placing.a < placing.b else "B",
                "symbols": symbols[0].tolist(),
                "trained": as_trained(first, placing),
                "models": [said(made, nets[made.model], x, placing) for made in first.models],
                "formula": FORMULA,
            }
        )

    def _nets(self) -> tuple[First, dict[str, nn.Module]]:
        with self._lock:
            if self._kept is None:
                first = read_first(self._models)
                if first is None:
                    raise NotFound(NOBODY)
                self._kept = first, load_nets(self._models, first)
            return self._kept


def as_trained(first: First, placing: Placing) -> dict[str, Any]:
    """What the networks were trained on, and whether this placing is of that kind."""
    nearest, furthest = first.margin, first.length - 1 - first.margin
    early, late = sorted((placing.a, placing.b))
    inside = placing.length == first.length and nearest <= early and late <= furthest
    return {
        "length": first.length,
        "nearest": nearest,
        "furthest": furthest,
        "distance": longest(first.length),
        "inside": inside,
    }


@torch.inference_mode()
def said(made: FirstModel, net: nn.Module, x: Tensor, placing: Placing) -> dict[str, Any]:
    """One network's answer to x [1, T, 8]."""
    found: dict[str, Any] = {
        "model": made.model,
        "title": made.title,
        "field": made.field,
        "sees_both": None if made.field is None else placing.distance < made.field,
        "refused": None,
        "probability": None,
        "answer": None,
        "right": None,
        "steps": None,
    }
    if made.only not in (None, placing.length):
        return {**found, "refused": REFUSED.format(only=made.only, length=placing.length)}
    shares = net(x)[0].softmax(-1)[..., SIGN_A]  # of A: [T] of a reader, [] of a CNN
    steps = shares.tolist() if shares.ndim else None
    probability = steps[-1] if steps else float(shares)
    answer = "A" if probability > 0.5 else "B"
    right = (answer == "A") == (placing.a < placing.b)
    return {**found, "probability": probability, "answer": answer, "right": right, "steps": steps}
