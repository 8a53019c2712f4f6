"""The sequences of "Which came first?": two signs at distance d among fillers.

    fillers drawn at random [n, T], then A at place a and B at place b
    --> symbols int64 [n, T], 0 is A, 1 is B, 2…7 are fillers --one_hot--> [n, T, 8]

In training both signs keep MARGIN places from either end, so that no window of the narrow CNNs
that meets a sign also meets the zeros before the sequence or is cut off by its end: near an end the
place of one sign alone would give the order away.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

SIGN_A, SIGN_B, FILLERS = 0, 1, 6
SYMBOLS = 2 + FILLERS
LENGTH = 64  # of every sequence that is trained on
MARGIN = 12  # the reach of the narrow CNNs, less one


def longest(length: int = LENGTH, margin: int = MARGIN) -> int:
    """The largest distance that the margins leave room for."""
    return length - 1 - 2 * margin


def fillers(n: int, length: int, generator: torch.Generator) -> Tensor:
    """int64 [n, T], each 2…7 as likely as any other."""
    return torch.randint(2, SYMBOLS, (n, length), generator=generator)


def placed(symbols: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Fillers [n, T] with A at a [n] and B at b [n]; a and b differ."""
    rows = torch.arange(len(symbols))
    found = symbols.clone()
    found[rows, a], found[rows, b] = SIGN_A, SIGN_B
    return found


def one_hot(symbols: Tensor) -> Tensor:
    """[n, T] -> float32 [n, T, 8]."""
    return F.one_hot(symbols, SYMBOLS).float()


def sequences(
    n: int,
    length: int,
    generator: torch.Generator,
    distance: int | None = None,
    margin: int = MARGIN,
) -> tuple[Tensor, Tensor]:
    """x [n, T, 8], wanted [n]: 0 where A came first, 1 where B did.

    Without `distance` each of 1…longest is as likely as any other; then the place of the pair, and
    then which sign comes first.
    """
    most = longest(length, margin)
    apart = torch.randint(1, most + 1, (n,), generator=generator)
    if distance is not None:
        apart = torch.full((n,), distance)
    room = most - apart + 1
    early = margin + (torch.rand(n, generator=generator) * room).long()
    late, wanted = early + apart, torch.randint(2, (n,), generator=generator)
    a, b = torch.where(wanted == 0, early, late), torch.where(wanted == 0, late, early)
    return one_hot(placed(fillers(n, length, generator), a, b)), wanted
