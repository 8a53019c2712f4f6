"""A stretch of a series -> what the network reads of it, and the head's numbers -> a forecast.

    x [n] --ln, where all of the series is above 0--> u --(u − level) / scale--> z
      window   t = n−R … n−1      (z_t, z_{t−m}, 1)      R = k·m steps, at least two seasons
      ahead    t = n … n+H−1      (0,   z_{t−m}, 0)      H = min(m, the spec's horizon)

level is the mean of the last season, scale the spread of the window. Over the H steps ahead the
network sees no value, only what stood there a season ago; its state carries all else.
The network answers with (lower, median, upper) at each step, as differences from z_{t−m} + g; g is
by how much the mean of the last season lies above that of the one before, in z. So a network that
says 0 repeats the last season and its growth. exp undoes the ln.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
FEATURES = 3
MOST = 480  # steps that are read at most, where two seasons fit into them
FLAT = 1e-9  # a window whose spread is below this share of its size is constant


@dataclass(frozen=True)
class Window:
    """What is read up to an origin: `inputs` [R + H, 3]; `anchor` [H] is z_{t−m} + g, `growth`
    that g."""

    inputs: Values
    anchor: Values
    growth: float
    level: float
    scale: float
    logs: bool
    origin: int
    season: int
    steps: int
    ahead: int


def least(season: int) -> int:
    """How many values an origin needs before it: two seasons to read, one before them."""
    return 3 * season


def cut(x: Values, origin: int, season: int, seasons: int, horizon: int, logs: bool) -> Window:
    """The first `origin` values of x [n] -> what the network reads. Raises ValueError where they
    are fewer than `least` or the window is constant.
    """
    if origin < least(season):
        raise ValueError("too short")
    k = min(seasons, origin // season - 1, max(2, MOST // season))
    steps, ahead = k * season, min(season, horizon)
    u = x[origin - steps - season : origin]
    u = np.log(u) if logs else u
    level, scale = float(u[-season:].mean()), float(u[season:].std())
    if scale <= FLAT * max(float(np.abs(u).max()), FLAT):
        raise ValueError("constant")
    z = (u - level) / scale
    inputs = np.zeros((steps + ahead, FEATURES))
    inputs[:steps, 0], inputs[:steps, 2] = z[season:], 1.0
    inputs[:, 1] = z[: steps + ahead]
    trend = float(z[-season:].mean() - z[-2 * season : -season].mean())
    anchor = inputs[steps:, 1] + trend
    return Window(inputs, anchor, trend, level, scale, logs, origin, season, steps, ahead)


def in_units(window: Window, said: Values) -> Values:
    """What the network says over the steps ahead [H, 3] -> lower, median, upper [H, 3] in the
    units of the series.
    """
    u = (window.anchor[:, None] + said) * window.scale + window.level
    return np.exp(u) if window.logs else u
