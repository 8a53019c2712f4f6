"""How long a season is, read off a series.

    x [n] --ln, where all is above 0--> u --a straight line taken away--> autocorrelation r(lag)
      --the highest peak behind the first valley, if it stands out--> season; else the same with
        the differences from value to value, which a slow drift does not hide

r(lag) = Σ (u_t − ū)(u_{t+lag} − ū) / Σ (u_t − ū)², over the last MOST values (Box and Jenkins
1976, 2.1.5); lags from 2 to a third of the series. A peak stands out if r is at least HEIGHT, and
3 / √n, and lies that much above the valley before it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
MOST = 4000
HEIGHT = 0.3


def season_of(x: Values, shortest: int, longest: int) -> tuple[int, float] | None:
    """The season in steps and r there; None where no peak stands out."""
    u = x[-MOST:]
    u = np.log(u) if u.min() > 0 else u
    t = np.arange(len(u))
    level = u - np.polyval(np.polyfit(t, u, 1), t)
    most = min(longest, len(u) // 3)
    found = peak(autocorrelation(level, most + 1), shortest, len(u))
    return found or peak(autocorrelation(np.diff(u), most + 1), shortest, len(u))


def autocorrelation(u: Values, most: int) -> Values:
    """[n] -> r [most + 1], r[0] = 1; zeros where nothing moves."""
    u = u - u.mean()
    power = np.abs(np.fft.rfft(u, 1 << (2 * len(u) - 1).bit_length())) ** 2
    r: Values = np.fft.irfft(power)[: most + 1]
    return r / r[0] if r[0] > 1e-18 * len(u) else np.zeros(most + 1)


def peak(r: Values, shortest: int, n: int) -> tuple[int, float] | None:
    """The highest peak that stands out; of like ones (within 0.02) the first."""
    valley, best = float(r[1]), None
    bar = max(HEIGHT, 3 / math.sqrt(n))
    for lag in range(2, len(r) - 1):
        valley = min(valley, float(r[lag]))
        tops = r[lag] >= r[lag - 1] and r[lag] > r[lag + 1]
        if lag < shortest or not tops or min(r[lag], r[lag] - valley) < bar:
            continue
        if best is None or r[lag] > best[1] + 0.02:
            best = (lag, float(r[lag]))
    return best
