"""A sound at one rate -> the same at another, by interpolation with a windowed sinc.

    x [N] at `old` Hz --at every new moment: samples around it · sinc · window--> [M] at `new` Hz

y(t) = Σ_n x[n] g(n − t old),  g(u) = c sinc(c u) w(u),  c = ROLL min(1, new / old): what lies above
half of the lower rate is taken away, so that nothing folds back (Smith and Gossett 1984). w is the
Hann window over ZEROS zeros of the sinc on each side. Any pair of rates costs the same: nothing
depends on their common divisors.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

ZEROS = 16  # of the sinc, on each side
ROLL = 0.95  # of half the lower rate is kept in full
AT_ONCE = 4096  # new samples: bounds the memory of a fast recording


def resample(x: Samples, old: int, new: int) -> Samples:
    """float32 [N] at `old` Hz -> float32 [ceil(N new / old)] at `new` Hz."""
    if old == new or not len(x):
        return x
    cut = ROLL * min(1.0, new / old)
    reach = math.ceil(ZEROS / cut)
    padded = np.pad(x, reach + 1)
    count = math.ceil(len(x) * new / old)
    moments = np.arange(count, dtype=np.float64) * (old / new)
    parts = [
        _at(padded, moments[first : first + AT_ONCE], cut, reach)
        for first in range(0, count, AT_ONCE)
    ]
    return np.concatenate(parts)


def _at(padded: Samples, moments: NDArray[np.float64], cut: float, reach: int) -> Samples:
    """The sound at `moments` [M], counted in old samples; `padded` has reach + 1 zeros before."""
    first = np.floor(moments).astype(np.int64)
    taps = np.arange(-reach, reach + 2)
    places = first[:, None] + taps  # [M, 2 reach + 2], in old samples
    away = places - moments[:, None]
    window = np.cos(np.pi / 2 * np.clip(away * cut / ZEROS, -1, 1)) ** 2
    kernel = cut * np.sinc(cut * away) * window
    inside = np.minimum(places + reach + 1, len(padded) - 1)
    found: Samples = (padded[inside] * kernel).sum(axis=1).astype(np.float32)
    return found
