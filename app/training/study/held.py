"""A model and its held-out pictures, ready to be run: what every part of a study starts from.

    models/ID + DIR/<packs> --> Held(net, x [N, C, S, S] normalised, labels [N], classes)
    Held.maps(x) --walks the chain--> every layer's output [N, C, H, W] under its name in a trace
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from app.insight.receptive import Field, receptive_fields
from app.tracing.chain import chain
from app.tracing.graph import Node, graph
from app.training import digits, evaluation, photos
from app.training.packs import load_arrays
from app.zoo import Card, Model


@dataclass(frozen=True)
class Held:
    """`x` is what the network reads; uncovered or empty places are 0, the mean colour."""

    card: Card
    net: nn.Module
    split: str
    x: Tensor
    labels: Tensor

    @property
    def classes(self) -> list[str]:
        """The card's classes, in the order of the logits."""
        return list(self.card.classes)

    def nodes(self) -> list[Node]:
        """The graph of the network."""
        return graph(self.net, tuple(self.x.shape[1:]))

    def fields(self) -> dict[str, Field]:
        """Receptive fields by layer."""
        return receptive_fields(self.nodes())

    def map_layers(self) -> list[str]:
        """Names of the layers whose outputs are maps, the input left out."""
        return [n["name"] for n in self.nodes()[1:] if len(n["output_shape"]) == 3]


def walk(net: nn.Module, x: Tensor) -> Iterator[tuple[str, Tensor]]:
    """x [N, C, H, W] -> (name, output) of every layer, `input` first and `logits` last."""
    yield "input", x
    for layer in chain(net):
        x = layer.module(x)
        yield layer.name, x


def read_held(model: Model, data: Path) -> Held:
    """The held-out split that the card's accuracy is measured on. Raises PackMissing."""
    card = model.card
    if card.id.startswith("photos"):
        pictures, labels = evaluation.photos_val(data)
        x = photos.normalise(pictures.float() / 255)
        return Held(card, model.net, "tiny_imagenet val", x, labels)
    arrays = load_arrays(data, "mnist")
    x = digits.normalise(torch.from_numpy(arrays["x_test"]))
    labels = torch.from_numpy(arrays["y_test"]).long()
    return Held(card, model.net, "mnist test", x, labels)
