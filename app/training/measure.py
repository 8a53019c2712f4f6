"""A familiarity measure over many inputs at once, as training and `evaluate` need it.

    card.familiarity + statistics beside it --of_model--> Measure
    net, x [N, …] --outputs--> {"logits": [N, K], "pool4": [N, C, H, W], …} --scores--> [N]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from app.insight.familiarity import ALSO, OF_FEATURES, OF_LOGITS, Of, lowered, pooled, second
from app.tracing.chain import chain
from app.zoo import Model


@dataclass(frozen=True)
class Measure:
    """As the card's [familiarity] names it; `statistics` only where it looks at features."""

    method: str
    tensor: str = ""
    of: Of = "mean"
    statistics: Mapping[str, Tensor] | None = None
    also: Lowered | None = None

    @property
    def looks_at(self) -> tuple[str, ...]:
        """The names of the outputs that it reads."""
        return (self.tensor or "logits", *(self.also.measure.looks_at if self.also else ()))

    def scores(self, seen: Mapping[str, Tensor]) -> Tensor:
        """Outputs of N inputs -> their scores [N]; higher is more like the training set."""
        found = self._own(seen)
        if self.also is None:
            return found
        return lowered(found, self.also.measure.scores(seen), *self.also.how)

    def _own(self, seen: Mapping[str, Tensor]) -> Tensor:
        """Without the second measure."""
        if self.method in OF_LOGITS:
            return OF_LOGITS[self.method](seen["logits"])
        assert self.statistics is not None
        return OF_FEATURES[self.method](features(seen[self.tensor], self.of), self.statistics)

    def shipped(self) -> dict[str, Tensor]:
        """The statistics as they lie beside the card; {} where it needs none."""
        own = dict(self.statistics or {})
        other = self.also.measure.shipped() if self.also else {}
        return own | {ALSO + name: value for name, value in other.items()}

    def __str__(self) -> str:
        return f"{self.method} of {self.tensor}, {self.of}" if self.tensor else self.method


@dataclass(frozen=True)
class Lowered:
    """A second measure, with mean, standard deviation and weight as the card's [also] has them."""

    measure: Measure
    how: tuple[float, float, float]


def features(values: Tensor, of: Of) -> Tensor:
    """Maps [N, C, H, W] -> [N, C]; vectors stay what they are."""
    return pooled(values, of) if values.ndim == 4 else values


def of_model(model: Model) -> Measure:
    """The measure that a card names; an empty one where it names none."""
    known = model.card.familiarity
    if known is None:
        return Measure("")
    statistics, also = model.statistics, None
    if known.also:
        low = known.also
        measure = Measure(low.method, low.tensor, low.of, second(statistics))
        also = Lowered(measure, (low.centre, low.spread, low.weight))
    return Measure(known.method, known.tensor, known.of, statistics, also)


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
