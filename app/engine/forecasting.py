"""A forecaster's answer: the steps ahead, the naive forecasts beside it, and how it went before.

    said [R + H, 3] --its last H rows, in_units--> lower, median, upper
    values after the origin ----------------------> backtest: errors of all four over those steps
    up to RECORD earlier origins, in one batch ----> record: the same, as means
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.inputs import naive
from app.inputs.series import PreparedSeries
from app.inputs.spec import SeriesSpec
from app.inputs.window import Window, cut, in_units, least
from app.tracing import Plan

Values = NDArray[np.float64]
Json = dict[str, Any]
RECORD = 24
FEWEST = 3
NAMES = ("network", "last_value", "last_season", "grown_season")


def forecast(series: PreparedSeries, said: Tensor) -> Json:
    """What the network says at every step [R + H, 3] -> the prediction."""
    low, middle, high = ahead(series.window, said).T
    return {"values": middle.tolist(), "lower": low.tolist(), "upper": high.tolist()}


def ahead(window: Window, said: Tensor) -> Values:
    """The steps ahead in the units of the series, [H, 3]."""
    return in_units(window, said[window.steps :].double().numpy())


def naives(known: Values, season: int, steps: int) -> list[Values]:
    """The three forecasts without a network, in the order of NAMES."""
    return [
        naive.last_value(known, steps),
        naive.last_season(known, season, steps),
        naive.grown_season(known, season, steps),
    ]


def beside(series: PreparedSeries, said: Tensor, plan: Plan, spec: SeriesSpec) -> Json:
    """`naive`, `backtest` and `record` of an answer."""
    window, x = series.window, series.values
    n, m = window.origin, window.season
    plain = naives(x[:n], m, window.ahead)
    names = dict(zip(NAMES[1:], (one.tolist() for one in plain), strict=True))
    found: Json = {"naive": {**names, "growth": naive.growth(x[:n], m)}}
    came = x[n : n + window.ahead]
    found["backtest"] = backtest(x, window, ahead(window, said), plain) if len(came) else None
    found["record"] = record(series, plan, spec)
    return found


def backtest(x: Values, window: Window, said: Values, plain: list[Values]) -> Json:
    """What came, and how far each forecast was off."""
    came = x[window.origin : window.origin + window.ahead]
    off, inside = misses(came, said, plain)
    known = x[: window.origin]
    scale = float(np.abs(known[window.season :] - known[: -window.season]).mean())
    return {
        "actual": came.tolist(),
        "mae": dict(zip(NAMES, off, strict=True)),
        "mase": dict(zip(NAMES, (e / scale for e in off), strict=True)) if scale > 0 else None,
        "scale": scale,
        "inside": inside,
    }


def misses(came: Values, said: Values, plain: list[Values]) -> tuple[list[float], float]:
    """Mean absolute errors in the order of NAMES, and the share within the interval."""
    low, middle, high = said[: len(came)].T
    off = [float(np.abs(one[: len(came)] - came).mean()) for one in (middle, *plain)]
    return off, float(((low <= came) & (came <= high)).mean())


def record(series: PreparedSeries, plan: Plan, spec: SeriesSpec) -> Json | None:
    """How the network, as it was trained, did from earlier origins whose steps all lie before
    the one asked about; None for fewer than FEWEST.
    """
    x, m = series.values, series.window.season
    last, first = series.window.origin - series.window.ahead, least(m)
    windows = []
    for n in range(max(first, last - RECORD + 1), last + 1):
        try:
            windows.append(cut(x, n, m, spec.seasons, spec.horizon, series.window.logs))
        except ValueError:  # nothing moved before this origin
            continue
    if len(windows) < FEWEST:
        return None
    rows = []
    for window, said in zip(windows, answers(plan, windows), strict=True):
        n, steps = window.origin, window.ahead
        off, inside = misses(x[n : n + steps], ahead(window, said), naives(x[:n], m, steps))
        rows.append([*off, inside])
    *mae, inside = np.mean(rows, axis=0).tolist()
    return {"origins": len(rows), "mae": dict(zip(NAMES, mae, strict=True)), "inside": inside}


def answers(plan: Plan, windows: list[Window]) -> list[Tensor]:
    """What the network says at every step of each window, those of one length in one batch."""
    found: dict[int, Tensor] = {}
    for length in {len(w.inputs) for w in windows}:
        places = [i for i, w in enumerate(windows) if len(w.inputs) == length]
        x = torch.from_numpy(np.stack([windows[i].inputs for i in places])).float()
        with torch.inference_mode():
            found.update(zip(places, plan.forward(x), strict=True))
    return [found[i] for i in range(len(windows))]
