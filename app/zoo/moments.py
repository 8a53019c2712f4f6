"""The weights of a moment of the training, read from the one file that holds them all.

    models/<id>/snapshots.safetensors  "<step>/<tensor>" float16 --step--> {tensor: float32}

Only the tensors of that step are read: a few hundred kilobytes, so that none need be kept.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from safetensors import SafetensorError, safe_open
from torch import Tensor

from app.core.errors import BadOption, CardError
from app.zoo.card import Card


def load_moment(folder: Path, card: Card, step: int) -> dict[str, Tensor]:
    """The state_dict of that step, without shared tables. Raises BadOption where there is none."""
    if card.snapshots is None:
        raise BadOption(f"“{card.title}” kept no moments of its training.")
    if step not in card.snapshots.steps:
        known = ", ".join(str(n) for n in card.snapshots.steps)
        raise BadOption(f"“{card.title}” has no moment {step}; it has {known}.")
    path, prefix = folder / card.snapshots.file, f"{step}/"
    try:
        with safe_open(path, framework="pt") as file:
            names = [name for name in file.keys() if name.startswith(prefix)]  # noqa: SIM118
            return {name.removeprefix(prefix): file.get_tensor(name).float() for name in names}
    except (OSError, SafetensorError) as error:
        raise CardError(f"{path} cannot be read as safetensors: {error}") from error


def check_moments(folder: Path, card: Card) -> None:
    """Raises CardError unless the file is there and is the one that the card names."""
    if card.snapshots is None:
        return
    path = folder / card.snapshots.file
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise CardError(f"{path} cannot be read: {error.strerror}.") from error
    if found != card.snapshots.sha256:
        raise CardError(f"{path} has sha256 {found}; its card says {card.snapshots.sha256}.")
