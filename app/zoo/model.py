"""A loaded model: its card, its network with the trained weights, what it reads.

    card.architecture --build (no memory yet)--> net --load_state_dict(assign)--> Model
                           weights.safetensors + shared tables ----^
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

from app.core.errors import CardError
from app.inputs.spec import AudioSpec, ImageSpec, SeriesSpec, VideoSpec
from app.inputs.text import Vocabulary
from app.inputs.window import FEATURES
from app.nets import skeleton
from app.zoo.card import Card


@dataclass(frozen=True)
class Model:
    """`net` is in eval mode, needs no gradient and is shared: edit copies, never this one.

    `sample_input_shape` is without the batch axis: (C, S, S), (S, S) in rows,
    ("T",), ("T", bands) of a recording, ("T", 3) of a series, or ("T", C, H, W) of a clip.
    `statistics` are those of the training set that the card's familiarity needs; None where it
    looks at the logits.
    """

    card: Card
    net: nn.Module
    vocabulary: Vocabulary | None
    sample_input_shape: tuple[int | str, ...]
    own_bytes: int  # of its weights, shared tables left out
    statistics: Mapping[str, Tensor] | None = None


def embedding_keys(layers: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names of the embedding weights, in the order of the layers: shared tables fill them."""
    return [f"{layer['name']}.weight" for layer in layers if layer.get("op") == "embedding"]


def merged(card: Card, own: Mapping[str, Tensor], tables: Sequence[Tensor]) -> dict[str, Tensor]:
    """The state_dict: the folder's own tensors and the shared tables, as float32."""
    keys = embedding_keys(card.architecture.layers)
    if len(tables) > len(keys):
        raise CardError(f"{card.id} names {len(tables)} shared tables for {len(keys)} embeddings.")
    taken = set(keys[: len(tables)]) & set(own)
    if taken:
        raise CardError(f"{card.id}: {', '.join(sorted(taken))} is in its file and shared too.")
    return {**own, **dict(zip(keys, tables, strict=False))}


def assemble(card: Card, state: Mapping[str, Tensor], vocabulary: Vocabulary | None) -> Model:
    """The network of a card with these weights. Raises CardError where they do not fit."""
    net = skeleton(card.architecture.name, card.architecture.layers)
    try:
        net.load_state_dict({k: _float(v) for k, v in state.items()}, strict=True, assign=True)
    except RuntimeError as error:
        raise CardError(f"The weights of {card.id} do not fit its architecture: {error}") from error
    net.requires_grad_(False).eval()
    shared = set(embedding_keys(card.architecture.layers)[: len(card.weights.shared)])
    own = sum(v.numel() * v.element_size() for k, v in net.state_dict().items() if k not in shared)
    return Model(card, net, vocabulary, input_shape(card), own)


def input_shape(card: Card) -> tuple[int | str, ...]:
    """The shape that the network reads, without the batch axis."""
    spec = card.preprocessing
    if isinstance(spec, AudioSpec):
        return ("T", spec.bands)
    if isinstance(spec, SeriesSpec):
        return ("T", FEATURES)
    if isinstance(spec, VideoSpec):
        return ("T", len(spec.planes), spec.height, spec.width)
    if not isinstance(spec, ImageSpec):
        return ("T",)
    return (spec.size, spec.size) if spec.rows else (spec.channels, spec.size, spec.size)


def _float(tensor: Tensor) -> Tensor:
    """Half-precision weights are widened; float32 keeps its storage, so that tables are shared."""
    return tensor.float() if tensor.is_floating_point() else tensor
