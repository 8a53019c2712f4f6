"""Arithmetic that several parts of a study share, on plain tensors."""

from __future__ import annotations

import math

import torch
from torch import Tensor


def rounded(value: float, digits: int = 4) -> float:
    """To four significant digits: enough to draw, and half the bytes."""
    return float(f"{float(value):.{digits}g}")


def listed(values: Tensor, digits: int = 4) -> list[float]:
    """A vector as rounded numbers."""
    return [rounded(v, digits) for v in values.tolist()]


def wilson(hits: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): unlike p ± 2σ it stays within 0…1."""
    p, spread = hits / n, z * z / n
    middle = (p + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def ranks(values: Tensor) -> Tensor:
    """Values [N, C] -> their ranks 1…N per column, ties sharing the mean of theirs."""
    n = len(values)
    ordered, order = values.sort(dim=0)
    place = torch.arange(1, n + 1, dtype=torch.float64).unsqueeze(1).expand_as(ordered)
    fresh = torch.ones_like(ordered, dtype=torch.bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    group = fresh.long().cumsum(0) - 1
    sums = torch.zeros_like(place).scatter_add(0, group, place.contiguous())
    counts = torch.zeros_like(place).scatter_add(0, group, torch.ones_like(place))
    mean = (sums / counts.clamp(min=1)).gather(0, group)
    return torch.zeros_like(place).scatter(0, order, mean)


def class_auroc(values: Tensor, labels: Tensor, classes: int) -> Tensor:
    """Values [N, C] and labels [N] -> AUROC [C, K] of each class against the rest.

    The share of pairs (one picture of the class, one other) in which the class's is larger, ties
    counting half: by rank sums (Mann and Whitney 1947), all channels and classes in one product.
    """
    member = torch.nn.functional.one_hot(labels, classes).double()
    inside = member.sum(0)
    sums = ranks(values).T @ member
    wins = sums - inside * (inside + 1) / 2
    return wins / (inside * (len(labels) - inside)).clamp(min=1)
