"""What is done to the order of words, rows, columns and pixels.

    words of a text, its own random stream --> places of the words in their new order, or None
    pictures uint8 [N, H, W], seed --> the same pictures, their rows, columns or pixels elsewhere

Punctuation stays where it stands: a full stop at the front would say that a text was changed. A
change gives None where it cannot be made, or where it would give the same words in the same order.
The stream of a text depends on seed, change and its place in the split, so that all models read
the same changed texts.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from app.inputs.order import AXES, lines, parts_of, permutation, permuted, unlined
from app.training.sentences import NEGATIONS

FAR = 3  # words between where a negation stood and where it is put, at least
Places = list[int]


def stream(seed: int, change: str, index: int) -> np.random.Generator:
    """The random stream of one text under one change."""
    return np.random.default_rng((seed, zlib.crc32(change.encode()), index))


def spoken(words: Sequence[str]) -> Places:
    """Places of the words; punctuation has no letter and no digit."""
    return [i for i, word in enumerate(words) if any(c.isalnum() for c in word)]


def put(count: int, at: Sequence[int], order: Sequence[int]) -> Places:
    """All `count` places as they are, but at `at` those of `order`."""
    places = list(range(count))
    for to, came in zip(at, order, strict=True):
        places[to] = came
    return places


def shuffled(words: Sequence[str], rng: np.random.Generator) -> Places | None:
    """All words in random order, drawn again until it is another one."""
    at = spoken(words)
    before = [words[i] for i in at]
    if len(set(before)) < 2:
        return None
    order = at
    while [words[i] for i in order] == before:
        order = [int(i) for i in rng.permutation(at)]
    return put(len(words), at, order)


def backwards(words: Sequence[str], rng: np.random.Generator) -> Places | None:
    """All words from the last to the first; `rng` is not asked."""
    at = spoken(words)
    if [words[i] for i in at] == [words[i] for i in reversed(at)]:
        return None
    return put(len(words), at, at[::-1])


def swapped(words: Sequence[str], rng: np.random.Generator) -> Places | None:
    """Two different words, wherever they stand, change places."""
    at = spoken(words)
    if len({words[i] for i in at}) < 2:
        return None
    one = two = at[0]
    while words[one] == words[two]:
        one, two = (int(i) for i in rng.choice(at, 2, replace=False))
    return put(len(words), (one, two), (two, one))


def strayed(words: Sequence[str], rng: np.random.Generator) -> Places | None:
    """The first negation is put at least three words from where it stood."""
    at = spoken(words)
    here = next((n for n, i in enumerate(at) if words[i] in NEGATIONS), None)
    if here is None:
        return None
    there = [n for n in range(len(at)) if abs(n - here) >= FAR]
    if not there:
        return None
    order = at[:here] + at[here + 1 :]
    order.insert(int(rng.choice(there)), at[here])
    return put(len(words), at, order)


WORDS: dict[str, Callable[[Sequence[str], np.random.Generator], Places | None]] = {
    "shuffled": shuffled,
    "reversed": backwards,
    "swapped": swapped,
    "negation": strayed,
}


def each(x: Tensor, axis: int, generator: torch.Generator) -> Tensor:
    """A permutation of its own for every picture."""
    parts = lines(x, axis)
    order = torch.rand(parts.shape[:2], generator=generator).argsort(dim=1)
    rows = torch.arange(len(x))[:, None]
    return unlined(parts[rows, order], axis, x.shape)


def pictures(x: Tensor, change: str, seed: int) -> Tensor:
    """Pictures under a change called "rows once", "pixels each"…"""
    of, _, how = change.partition(" ")
    if how == "once":
        return permuted(x, of, permutation(of, parts_of(of, x.shape), seed))
    generator = torch.Generator().manual_seed(seed + zlib.crc32(change.encode()))
    return each(x, AXES[of], generator)
