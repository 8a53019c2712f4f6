"""How a forecaster does on the held-out part of each series, kept beside its card.

    models/<id>/forecasts.json --pydantic--> Forecasts

`app.training.forecast_figures` writes it; the server only reads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from app.zoo.card import Part
from app.zoo.measured import Share, read_json

FILE = "forecasts.json"
Error = Annotated[float, Field(ge=0)]


class Errors(Part):
    """Mean absolute errors over all origins and steps, in the series' unit."""

    network: Error
    last_value: Error
    last_season: Error
    grown_season: Error


class Held(Part):
    """One series. `below` counts the naive forecasts of two (last value, last season × growth)
    that the network's error lies below; `mase` is its error over `scale`, the mean absolute change
    from one season to the next in the training part.
    """

    name: str
    title: str
    unit: str
    step: str
    season: int = Field(ge=2)
    ahead: int = Field(ge=1)
    split: str
    n: int = Field(ge=1, description="forecast origins")
    mae: Errors
    scale: float = Field(gt=0)
    mase: Error
    inside: Share = Field(description="of the values within the interval")
    below: int = Field(ge=0, le=2)
    shipped: bool = Field(description="whether the series is among the samples")


class Forecasts(Part):
    """Every series of the pack."""

    weights: str = Field(description="sha256 of the weights that were measured")
    command: str
    interval: Share = Field(description="the share that the interval is meant to hold")
    series: list[Held] = Field(min_length=1)


def read_forecasts(folder: Path) -> Forecasts | None:
    """The figures of models/<id>/; None where none were made. Raises CardError."""
    return read_json(folder / FILE, Forecasts)
