"""The first draw of a sample: one map set per group, 8 bits a value, stamped as such.

    trace --last feature tensor of every group--> u8 = round(255 (v - lo) / (hi - lo)), lo and hi

A group is a conv or linear layer up to the next. The input is given as the picture that was seen,
0..255. Of a reader every state and gate is given. The answer itself is never quantised.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from app.tracing import Node

OPENS_GROUP = ("conv2d", "linear")
NOT_MAPS = ("input", "logits", "probabilities", "embedding")
Limits = dict[str, tuple[float, float]]


def chosen(nodes: Sequence[Node]) -> list[str]:
    """Names of the tensors of an atlas, in graph order."""
    stored = [name for node in nodes for name in node["attributes"].get("tensors", [])]
    return stored or last_of_groups(nodes)


def last_of_groups(nodes: Iterable[Node]) -> list[str]:
    """The last layer of every group that still has the group's shape: before any flatten."""
    names: list[str] = []
    rank = 0
    for node in nodes:
        if node["name"] in NOT_MAPS:
            continue
        if node["op"] in OPENS_GROUP:
            names.append(node["name"])
            rank = len(node["output_shape"])
        elif names and len(node["output_shape"]) == rank:
            names[-1] = node["name"]
    return names


def quantise(values: Tensor) -> tuple[Tensor, tuple[float, float]]:
    """float32 -> uint8 of the same shape, and its limits (lo, hi)."""
    lo, hi = values.min().item(), values.max().item()
    scale = 255 / (hi - lo) if hi > lo else 0.0
    return ((values - lo) * scale).round_().to(torch.uint8), (lo, hi)


def quantised(tensors: dict[str, Tensor], names: Iterable[str]) -> tuple[dict[str, Tensor], Limits]:
    """The named tensors in 8 bits, and the limits of each."""
    found: dict[str, Tensor] = {}
    limits: Limits = {}
    for name in names:
        found[name], limits[name] = quantise(tensors[name])
    return found, limits
