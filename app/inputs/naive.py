"""The forecasts that need no network: what every forecaster must beat.

    x [n], season m, H ≤ m steps -->  last value:             x[n−1]
                                      last season:            x[n−1+h−m]
                                      last season × growth:   x[n−1+h−m] · g,   h = 1 … H

g is the sum of the last m values over the sum of the m before them. It is 1 where one of these 2m
values is negative or the older m add up to 0: a ratio says nothing there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def last_value(known: Values, steps: int) -> Values:
    """[n] -> [H]: it stays as it is."""
    return np.full(steps, known[-1])


def last_season(known: Values, season: int, steps: int) -> Values:
    """[n] -> [H]: it does what it did a season ago."""
    return known[len(known) - season : len(known) - season + steps].copy()


def growth(known: Values, season: int) -> float:
    """The last season over the one before it, as sums; 1 where that says nothing."""
    recent, before = known[-season:], known[-2 * season : -season]
    total = float(before.sum())
    if min(float(recent.min()), float(before.min())) < 0 or total == 0:
        return 1.0
    return float(recent.sum()) / total


def grown_season(known: Values, season: int, steps: int) -> Values:
    """[n] -> [H]: it does what it did a season ago, times its growth."""
    return last_season(known, season, steps) * growth(known, season)
