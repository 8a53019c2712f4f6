"""Counts of right answers -> shares with their interval."""

from __future__ import annotations

from app.training.study.figures import rounded, wilson
from app.zoo.measured import Rate


def rate(hits: int, n: int) -> Rate:
    """`hits` of `n`, with the 95 % Wilson interval."""
    low, high = (rounded(end) for end in wilson(hits, n))
    value = rounded(hits / n, 6)
    # At 0 and at n an end is the share itself, but for the last bit.
    return Rate(n=n, hits=hits, value=value, interval=(min(low, value), max(high, value)))
