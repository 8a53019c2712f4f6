"""A 5-gram model of letters, the baseline that `letters-lstm` has to beat.

    ids [N] --every run of 1…5 letters counted--> counts --discounted, each order leaning on the
    next shorter one--> log2 p of every letter given the four before it

Interpolated modified Kneser-Ney smoothing (Chen and Goodman 1998, section 3):
    p(w | h) = (c(hw) − D(c(hw)))⁺ / c(h·) + γ(h) p(w | h without its first letter)
with one discount D each for counts of 1, 2 and more, estimated from how many runs occur once,
twice, three and four times. Orders below the longest count in how many different letters' company
a run was seen, not how often; below single letters lies 1 / V. Nothing is tuned.
A run of letters is one integer in base V, so that counting and looking up are sorted arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
ORDER = 5


@dataclass(frozen=True)
class Level:
    """Runs of one length: their counts, and of each context (the run without its last letter) the
    sum of its counts and the probability γ that the discounts have set free.
    """

    runs: Whole  # sorted, in base V
    counts: Whole
    contexts: Whole  # sorted
    totals: Real
    free: Real
    discounts: Real  # [4]: D(0) = 0, D(1), D(2), D(3 and more)


def runs_of(ids: Whole, length: int, size: int) -> Whole:
    """ids [N] in 0..V-1 -> [N - length + 1]: every run of `length` letters as one integer."""
    found = np.zeros(len(ids) - length + 1, dtype=np.int64)
    for place in range(length):
        found = found * size + ids[place : len(ids) - length + 1 + place]
    return found


def discounts_of(counts: Whole) -> Real:
    """D(0) to D(3+), Chen and Goodman's estimate; a half where too few runs are rare."""
    n1, n2, n3, n4 = (int((counts == k).sum()) for k in (1, 2, 3, 4))
    if min(n1, n2, n3, n4) == 0:
        return np.array([0.0, 0.5, 0.5, 0.5])
    y = n1 / (n1 + 2 * n2)
    found = np.array([0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
    return found.clip(0, [0, 1, 2, 3])


def level(runs: Whole, counts: Whole, size: int) -> Level:
    """Sorted runs and their counts -> one order of the model."""
    discounts = discounts_of(counts)
    contexts, first = np.unique(runs // size, return_index=True)
    totals = np.add.reduceat(counts, first).astype(float)
    taken = np.add.reduceat(discounts[counts.clip(max=3)], first)
    return Level(runs, counts, contexts, totals, taken / totals, discounts)


class KneserNey:
    """The model of a text: `ids` [N] in 0..V-1, V = `size`."""

    def __init__(self, ids: Whole, size: int, order: int = ORDER) -> None:
        self.size, self.order = size, order
        runs, counts = np.unique(runs_of(ids, order, size), return_counts=True)
        levels = [level(runs, counts, size)]
        for length in range(order - 1, 0, -1):
            # Each run of one letter more tells of one new neighbour in front.
            runs, counts = np.unique(levels[0].runs % size**length, return_counts=True)
            levels.insert(0, level(runs, counts, size))
        self.levels = levels

    def bits(self, ids: Whole) -> Real:
        """−log2 p of every letter, [N]; the first ones are told from as many as there are."""
        found = np.empty(len(ids))
        for start in range(min(self.order - 1, len(ids))):
            found[start] = -np.log2(self.shares(ids[: start + 1], start + 1)[0])
        if len(ids) >= self.order:
            found[self.order - 1 :] = -np.log2(self.shares(ids, self.order))
        return found

    def shares(self, ids: Whole, order: int) -> Real:
        """p of the last letter of every run of `order` letters: [N - order + 1]."""
        share = np.full(len(ids) - order + 1, 1 / self.size)
        for length in range(1, order + 1):
            runs = runs_of(ids[order - length :], length, self.size)
            share = blended(self.levels[length - 1], runs, share, self.size)
        return share


def blended(level: Level, runs: Whole, lower: Real, size: int) -> Real:
    """p of one order from that of the next shorter one; a context never seen leaves it as it is."""
    place, seen = look_up(level.contexts, runs // size)
    at, known = look_up(level.runs, runs)
    counts = np.where(known, level.counts[at], 0)
    rest = (counts - level.discounts[counts.clip(max=3)]).clip(min=0) / level.totals[place]
    return np.where(seen, rest + level.free[place] * lower, lower)


def look_up(table: Whole, wanted: Whole) -> tuple[Whole, NDArray[np.bool_]]:
    """Where each value stands in a sorted table, and whether it stands there at all."""
    place = np.searchsorted(table, wanted).clip(max=len(table) - 1)
    return place, table[place] == wanted
