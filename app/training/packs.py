"""Reading the data packs: plain arrays and encoded pictures, no pickles.

DIR/<pack>/<pack>.npz --> pictures uint8 [N, 3, S, S], labels int64 [N], split uint8 [N]
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from app.core.errors import GridtimeError


class PackMissing(GridtimeError):
    """The folder given by --data does not hold the pack."""

    title = "Data pack missing"


def load_arrays(data: Path, pack: str) -> dict[str, np.ndarray]:
    """All arrays of DIR/<pack>/<pack>.npz. Raises PackMissing."""
    path = data / pack / f"{pack}.npz"
    if not path.is_file():
        raise PackMissing(f"{path} is not there. Pass the folder of the data packs with --data.")
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def pictures(arrays: dict[str, np.ndarray], indices: np.ndarray) -> Iterator[Image.Image]:
    """The pack's encoded pictures, decoded to RGB, in the order of `indices`."""
    data, offsets = arrays["data"], arrays["offsets"]
    for i in indices:
        encoded = data[offsets[i] : offsets[i + 1]].tobytes()
        yield Image.open(io.BytesIO(encoded)).convert("RGB")


def to_tensor(image: Image.Image) -> Tensor:
    """RGB picture -> uint8 [3, H, W]."""
    return torch.from_numpy(np.asarray(image).copy()).permute(2, 0, 1).contiguous()
