"""The shapes of a forecast and of what it is measured against; the examples are of them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from app.web.changes import Shape
from app.zoo.forecasts import Forecasts


class Forecast(Shape):
    """The steps ahead, in the units of the series: the median, and an interval about it."""

    values: list[float]
    lower: list[float]
    upper: list[float]


class Naive(Shape):
    """The same steps without a network. `growth`: the last season's sum over that of the season
    before it; 1 where one of their values is negative or the older sum is 0."""

    last_value: list[float]
    last_season: list[float]
    grown_season: list[float] = Field(description="the last season times its growth")
    growth: float


class Errors(Shape):
    """A mean over the steps, of each forecast."""

    network: float
    last_value: float
    last_season: float
    grown_season: float


class Backtest(Shape):
    """What came after the origin, `actual`, and how far each forecast was off over those steps.

    mase: mae over `scale`, the mean absolute change from one season to the next before the origin
    (Hyndman and Koehler 2006); null where nothing changed.
    """

    actual: list[float]
    mae: Errors
    mase: Errors | None
    scale: float
    inside: float = Field(ge=0, le=1, description="share of `actual` within the interval")


class Record(Shape):
    """Means over `origins` earlier origins, each a step apart, whose steps all lie before the
    origin asked about; null for fewer than three."""

    origins: int
    mae: Errors
    inside: float = Field(ge=0, le=1)


class ForecastsAnswer(Forecasts):
    """Errors of a forecaster and of the naive forecasts over every held-out origin."""


HELD: dict[str, Any] = {
    "weights": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "command": "python -m app.training.forecast_figures --data DIR",
    "interval": 0.8,
    "series": [
        {
            "name": "airline",
            "title": "Airline passengers",
            "unit": "thousand passengers",
            "step": "month",
            "season": 12,
            "ahead": 12,
            "split": "the last 48 months",
            "n": 37,
            "mae": {
                "network": 20.1, "last_value": 70.6, "last_season": 35.5, "grown_season": 22.8,
            },
            "scale": 28.9,
            "mase": 0.7,
            "inside": 0.8,
            "below": 2,
            "shipped": True,
        }
    ],
}  # fmt: skip
EXAMPLE: dict[str, Any] = {
    "model": "forecast-gru",
    "predictions": [{"values": [417.2, 391.5], "lower": [405.1, 377.9], "upper": [430.0, 406.3]}],
    "input": {
        "kind": "series",
        "original": {"values": 144},
        "season": {"steps": 12, "how": "stated", "autocorrelation": None},
        "origin": 132,
        "reads": {"start": 84, "end": 132, "before": 72},
        "ahead": 2,
        "scaling": {"log": True, "level": 6.05, "scale": 0.21, "growth": 0.4},
        "interval": {"from": 0.1, "to": 0.9},
        "steps": [{"op": "season", "text": "A season has 12 steps, as stated."}],
        "window": {"start": 0, "end": 50, "total": 50},
    },
    "familiarity": None,
    "options": {"origin": 132},
    "naive": {
        "last_value": [405.0, 405.0],
        "last_season": [360.0, 342.0],
        "grown_season": [404.6, 384.4],
        "growth": 1.124,
    },
    "backtest": {
        "actual": [417.0, 391.0],
        "mae": {
            "network": 0.4, "last_value": 13.0, "last_season": 53.0, "grown_season": 9.5,
        },
        "mase": None,
        "scale": 30.2,
        "inside": 1.0,
    },
    "record": None,
}  # fmt: skip
