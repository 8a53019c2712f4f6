"""The registry of architectures: a card names one, never an import path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import nn

from app.core.errors import ArchitectureError
from app.nets.branched import BranchedNet
from app.nets.filmed import VideoReader
from app.nets.recurrent import RecurrentReader
from app.nets.sequential import SequentialNet
from app.nets.translator import Translator
from app.nets.unet import UNet

Layers = Sequence[Mapping[str, Any]]

ARCHITECTURES: dict[str, Callable[[Layers], nn.Module]] = {
    "sequential": SequentialNet,
    "recurrent": RecurrentReader,
    "branched": BranchedNet,
    "video": VideoReader,
    "translator": Translator,
    "unet": UNet,
}


def build(name: str, layers: Layers) -> nn.Module:
    """An untrained module in eval mode. Raises ArchitectureError for what cannot be built."""
    if name not in ARCHITECTURES:
        known = ", ".join(sorted(ARCHITECTURES))
        raise ArchitectureError(f"Architecture {name!r} is not known; known: {known}.")
    return ARCHITECTURES[name](layers).eval()
