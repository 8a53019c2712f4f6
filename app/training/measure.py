"""A familiarity measure over many inputs at once, as training and `evaluate` need it.

    card.familiarity + statistics beside it --of_model--> Measure
    net, x [N, …] --outputs--> {"logits": [N, K], "pool4": [N, C, H, W], …} --scores--> [N]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from app.insight.familiarity import OF_FEATURES, OF_LOGITS, Of, pooled
from app.tracing.chain import chain
from app.zoo import Model


@dataclass(frozen=True)
class Measure:
    """As the card's [familiarity] names it; `statistics` only where it looks at features."""

    method: str
    tensor: str = ""
    of: Of = "mean"
    statistics: Mapping[str, Tensor] | None = None

    @property
    def looks_at(self) -> str:
        """The name of the output that it reads."""
        return self.tensor or "logits"

    def scores(self, seen: Mapping[str, Tensor]) -> Tensor:
        """Outputs of N inputs -> their scores [N]; higher is more like the training set."""
        if self.method in OF_LOGITS:
            return OF_LOGITS[self.method](seen["logits"])
        assert self.statistics is not None
        return OF_FEATURES[self.method](features(seen[self.tensor], self.of), self.statistics)

    def __str__(self) -> str:
        return f"{self.method} of {self.tensor}, {self.of}" if self.tensor else self.method


def features(values: Tensor, of: Of) -> Tensor:
    """Maps [N, C, H, W] -> [N, C]; vectors stay what they are."""
    return pooled(values, of) if values.ndim == 4 else values


def of_model(model: Model) -> Measure:
    """The measure that a card names; an empty one where it names none."""
    known = model.card.familiarity
    if known is None:
        return Measure("")
    return Measure(known.method, known.tensor, known.of, model.statistics)


def outputs(net: nn.Module, x: Tensor, names: Iterable[str], batch: int = 50) -> dict[str, Tensor]:
    """Normalised inputs [N, C, H, W] -> the named layers' outputs."""
    found: dict[str, list[Tensor]] = {name: [] for name in names}
    with torch.inference_mode():
        for part in x.split(batch):
            for layer in chain(net):
                part = layer.module(part)
                if layer.name in found:
                    found[layer.name].append(part)
    return {name: torch.cat(parts) for name, parts in found.items()}
