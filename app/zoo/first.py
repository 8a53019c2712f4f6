"""Which came first? Six small networks trained on that question alone: their figures, and weights.

    models/_shared/first.json --------pydantic--> First (architectures, accuracy by distance)
    models/_shared/first.safetensors -----------> one net a model, tensors named <model>.<name>

`app.training.first` writes both. The weights are those of the first seed, not of the best one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from torch import Tensor, nn

from app.core.errors import CardError
from app.nets import build
from app.zoo.card import Part
from app.zoo.measured import Rate, Share, read_json
from app.zoo.weights import load_tensors

FILE, WEIGHTS = "_shared/first.json", "_shared/first.safetensors"
Name = Literal["pooled", "flatten", "dilated", "rnn", "gru", "lstm"]


class FirstPoint(Part):
    """Accuracy at one distance in sequences of one length; chance is one half."""

    length: int = Field(ge=2)
    margin: int = Field(ge=0, description="places at either end where no sign stands")
    distance: int = Field(ge=1, description="places from one sign to the other")
    accuracy: Rate = Field(description="of the shipped weights, on fresh sequences")
    seeds: list[Share] = Field(description="accuracy of every seed, the shipped one first")


class FirstModel(Part):
    """One network over all distances."""

    model: Name
    title: str
    about: str
    architecture: str = Field(description="its name in the registry")
    layers: list[dict[str, Any]]
    parameters: int = Field(ge=1)
    field: int | None = Field(description="places that one cell sees; null: all that came before")
    only: int | None = Field(description="the one length that it can read; null: any")
    rate: float = Field(gt=0, description="the highest learning rate")
    updates: int = Field(ge=1, description="steps of training of the shipped weights")
    seconds: float = Field(ge=0, description="of its training and test, all seeds together")
    points: list[FirstPoint] = Field(min_length=1)


class First(Part):
    """All networks; each was trained on all distances at once, at one length."""

    command: str
    seed: int
    torch: str
    seconds: float = Field(ge=0)
    title: str
    about: str
    length: int = Field(ge=2, description="of the sequences trained on")
    margin: int = Field(ge=0, description="places at either end where no sign stood in training")
    symbols: int = Field(ge=3, description="the two signs and the fillers")
    batch: int = Field(ge=1)
    budget: int = Field(ge=1, description="updates at most")
    sha256: str = Field(description="of first.safetensors")
    models: list[FirstModel] = Field(min_length=1)


def read_first(models: Path) -> First | None:
    """The figures of a models folder; None where none were made. Raises CardError."""
    return read_json(models / FILE, First)


def check_first(models: Path) -> None:
    """The figures validate and the weights are those that were measured. Raises CardError."""
    found = read_first(models)
    if found is None:
        return
    path = models / WEIGHTS
    if not path.is_file():
        raise CardError(f"{path} is not there; {FILE} speaks of it.")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != found.sha256:
        raise CardError(f"{path} has sha256 {digest}; {FILE} says {found.sha256}.")


def load_nets(models: Path, first: First) -> dict[str, nn.Module]:
    """Every network with its weights, in eval mode. Raises CardError."""
    tensors = load_tensors(models / WEIGHTS)
    return {made.model: assembled(made, tensors) for made in first.models}


def assembled(made: FirstModel, tensors: Mapping[str, Tensor]) -> nn.Module:
    """One network out of the file of all."""
    net, start = build(made.architecture, made.layers), f"{made.model}."
    own = {name.removeprefix(start): t for name, t in tensors.items() if name.startswith(start)}
    try:
        net.load_state_dict(own)
    except RuntimeError as error:
        raise CardError(
            f"The weights of {made.model!r} in {WEIGHTS} do not fit: {error}"
        ) from error
    return net.requires_grad_(False)


def at_the_end(out: Tensor) -> Tensor:
    """A reader's logits [N, T, 2] after its last step, or a CNN's [N, 2] as they are."""
    return out[:, -1] if out.ndim == 3 else out
