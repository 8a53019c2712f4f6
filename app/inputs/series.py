"""A series of numbers -> what a forecaster reads of it, every step said.

    values [n] --checked--> season: stated, measured (period.py) or assumed
      --the origin: the end, or an earlier value--> window.cut --> float32 [1, R + H, 3]

What comes after the origin is read by nothing here: neither the season, nor the scale, nor whether
the logarithm is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.core.errors import BadOption, TooLarge, Unprocessable
from app.inputs import window
from app.inputs.colours import Step
from app.inputs.period import season_of
from app.inputs.spec import SeriesSpec

Values = NDArray[np.float64]
How = Literal["stated", "measured", "assumed"]

NOTHING = "There is no number in this series. Send the values, oldest first."
CONSTANT = (
    "This series stays at one value over all that the network reads: there is nothing to forecast."
    " Send one that moves."
)


@dataclass(frozen=True)
class PreparedSeries:
    """tensor float32 [1, R + H, 3]; `values` [n] the whole series, `window` what is read of it."""

    tensor: Tensor
    values: Values
    window: window.Window
    report: dict[str, Any]


def prepare_series(
    numbers: Sequence[float], spec: SeriesSpec, season: int | None, origin: int | None
) -> PreparedSeries:
    """Numbers, oldest first -> what the network reads up to `origin` (default: all of them).

    Raises Unprocessable for what cannot be forecast, TooLarge, BadOption.
    """
    x = checked(numbers, spec)
    end = len(x) if origin is None else origin
    if end > len(x):
        raise BadOption(f"origin is a place in the series: it has {len(x):,} values, not {end:,}.")
    m, how, r = find_season(x[:end], spec, season)
    need = window.least(m)
    if end < need:
        raise short_of(end, need, m, origin)
    known = x[:end]
    logs = bool(known.min() > 0)
    try:
        cut = window.cut(x, end, m, spec.seasons, spec.horizon, logs)
    except ValueError as error:
        raise Unprocessable(CONSTANT) from error
    tensor = torch.from_numpy(cut.inputs).float()[None]
    return PreparedSeries(tensor, x, cut, report(x, cut, how, r, spec))


def checked(numbers: Sequence[float], spec: SeriesSpec) -> Values:
    """float64 [n], within the spec's bounds."""
    if len(numbers) > spec.length:
        raise TooLarge(
            f"These are {len(numbers):,} values; the limit is {spec.length:,}. Send the last ones:"
            " only a few seasons are read."
        )
    if not numbers:
        raise Unprocessable(NOTHING)
    x = np.asarray(numbers, dtype=np.float64)
    wrong = np.flatnonzero(~np.isfinite(x))
    if len(wrong):
        text = f"Value {wrong[0] + 1} is not a finite number. Leave it out or fill it."
        raise Unprocessable(text)
    if float(np.abs(x).max()) > spec.largest:
        raise Unprocessable(
            f"Values must lie within ±{spec.largest:g}. Send them in a larger unit."
        )
    return x


def find_season(
    known: Values, spec: SeriesSpec, stated: int | None
) -> tuple[int, How, float | None]:
    """How many steps a season has, how that is known, and the autocorrelation where measured."""
    if stated is not None:
        if not spec.shortest <= stated <= spec.longest:
            raise BadOption(f"season is {spec.shortest} to {spec.longest} steps, not {stated}.")
        return stated, "stated", None
    found = season_of(known, spec.shortest, spec.longest)
    if found is not None:
        return found[0], "measured", found[1]
    return min(spec.season, max(spec.shortest, len(known) // 3)), "assumed", None


def short_of(end: int, need: int, season: int, origin: int | None) -> Unprocessable:
    """What is said where too little comes before the origin."""
    needs = f"With a season of {season} steps the network reads two and looks back one: it needs"
    if origin is not None:
        return BadOption(f"{needs} {need} values before the origin; {end} are there.")
    return Unprocessable(
        f"{needs} {need} values; there {'is' if end == 1 else 'are'} {end}. Send more, or state a"
        " shorter season."
    )


def report(
    x: Values, cut: window.Window, how: How, r: float | None, spec: SeriesSpec
) -> dict[str, Any]:
    """What was done to the series; places count values from 0."""
    start = cut.origin - cut.steps
    about = {"steps": cut.season, "how": how, "autocorrelation": r}
    return {
        "kind": "series",
        "original": {"values": len(x)},
        "season": about,
        "origin": cut.origin,
        "reads": {"start": start, "end": cut.origin, "before": start - cut.season},
        "ahead": cut.ahead,
        "scaling": {
            "log": cut.logs,
            "level": cut.level,
            "scale": cut.scale,
            "growth": cut.growth,
        },
        "interval": {"from": spec.quantiles[0], "to": spec.quantiles[2]},
        "steps": [*said_of_season(cut.season, how, r), *said(x, cut)],
    }


def said_of_season(season: int, how: How, r: float | None) -> list[Step]:
    """How the season came to be known."""
    texts = {
        "stated": f"A season has {season} steps, as stated.",
        "measured": f"A season of {season} steps was measured: values that far apart go together"
        f" most (autocorrelation {r or 0:.2f}).",
        "assumed": f"No season stands out in this series; {season} steps were taken for one. State"
        " the season if you know it.",
    }
    return [Step(op="season", text=texts[how])]


def said(x: Values, cut: window.Window) -> list[Step]:
    """The window and its scaling."""
    start, n = cut.origin - cut.steps, cut.origin
    steps = [
        Step(
            op="window",
            text=f"Of the {n:,} values before the origin the network reads the last {cut.steps}; in"
            f" step with each it is told the value {cut.season} steps earlier.",
        )
    ]
    if start - cut.season > 0:
        text = f"The first {start - cut.season:,} values are not read."
        steps.append(Step(op="unread", text=text))
    if cut.logs:
        steps.append(Step(op="log", text="All values are above 0: their logarithm is read."))
    steps.append(
        Step(
            op="normalise",
            text="The mean of the last season was subtracted; divided by the spread of the window.",
        )
    )
    if n < len(x):
        text = f"The {len(x) - n:,} values from the origin on are hidden from the network."
        steps.append(Step(op="hidden", text=text))
    return steps
