"""Rows, columns or pixels of a picture in another order: the same one for a page and for a study.

    of ("rows" | "columns" | "pixels"), size, seed --> permutation: where each part comes from
    x [N, H, W] --lines--> [N, parts, ...] --permuted--> [N, H, W], its parts elsewhere
"""

from __future__ import annotations

import zlib

import torch
from torch import Tensor

AXES = {"rows": 1, "columns": 2, "pixels": 0}


def lines(x: Tensor, axis: int) -> Tensor:
    """[N, H, W] -> a view whose second axis is what is permuted: 1 rows, 2 columns, 0 pixels."""
    if axis == 0:
        return x.flatten(1)
    return x if axis == 1 else x.transpose(1, 2)


def unlined(x: Tensor, axis: int, shape: torch.Size) -> Tensor:
    """Back from `lines`."""
    if axis == 0:
        return x.view(shape)
    return x if axis == 1 else x.transpose(1, 2).contiguous()


def permutation(of: str, count: int, seed: int) -> Tensor:
    """int64 [count]: the one permutation that every picture gets under this seed."""
    generator = torch.Generator().manual_seed(seed + zlib.crc32(f"{of} once".encode()))
    return torch.randperm(count, generator=generator)


def parts_of(of: str, shape: torch.Size) -> int:
    """How many rows, columns or pixels a picture [..., H, W] has."""
    height, width = shape[-2:]
    return {"rows": height, "columns": width, "pixels": height * width}[of]


def permuted(x: Tensor, of: str, order: Tensor) -> Tensor:
    """[N, H, W] -> the same for all N: part k is what part order[k] was."""
    return unlined(lines(x, AXES[of])[:, order], AXES[of], x.shape)
