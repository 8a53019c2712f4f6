"""The held-out figures of `forecast-gru`: every origin of every test part.

    each series, each origin whose steps all lie in its test part
      --> mean absolute error of the network and of the naive forecasts, values in the interval

The card holds the error on each series where the network is below both naive forecasts, beside the
better of them; `python -m app.training.forecast_figures --data DIR` writes all series, those where
it is not among them, into forecasts.json.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from app.training.evaluation import command
from app.training.forecast import MODEL, SPEC, errors
from app.training.histories import History, load
from app.zoo import Zoo, models_folder
from app.zoo.card import Metric
from app.zoo.forecasts import FILE, Errors, Forecasts, Held

SHIPPED = ("airline", "sunspots", "co2")
NAIVE = ("last value", "last season × growth")


def held(net: nn.Module, history: History) -> Held:
    """One series over its test part."""
    origins = history.origins(2, SPEC.seasons, SPEC.horizon)
    *mae, inside = (float(value) for value in errors(net, history, origins, SPEC).mean(axis=0))
    known, m = history.values[: history.ends[0]], history.season
    scale = float(np.nanmean(np.abs(known[m:] - known[:-m])))
    return Held(
        name=history.name,
        title=history.title,
        unit=history.unit,
        step=history.step,
        season=m,
        ahead=min(m, SPEC.horizon),
        split=f"{history.step}s {history.ends[1] + 1:,} to {history.ends[2]:,}",
        n=len(origins),
        mae=Errors(**dict(zip(Errors.model_fields, (round(e, 4) for e in mae), strict=True))),
        scale=round(scale, 4),
        mase=round(mae[0] / scale, 4),
        inside=round(inside, 4),
        below=sum(mae[0] < mae[k] for k in (1, 3)),
        shipped=history.name in SHIPPED,
    )


def table(net: nn.Module, data: Path) -> list[Held]:
    """All series of the pack."""
    return [held(net, history) for history in load(data)]


def figures(net: nn.Module, data: Path, model: str = MODEL) -> list[Metric]:
    """Those of the card."""
    return [metric(one, model) for one in table(net, data) if one.below == len(NAIVE)]


def metric(one: Held, model: str) -> Metric:
    """The error on one series beside the better naive forecast's."""
    plain = (one.mae.last_value, one.mae.grown_season)
    return Metric(
        name=f"mean absolute error, {one.ahead} {one.step}s ahead",
        value=one.mae.network,
        unit=one.unit,
        split=f"{one.title}: {one.split}",
        n=one.n,
        baseline=min(plain),
        baseline_name=NAIVE[plain.index(min(plain))],
        command=command(model),
    )


def measure(data: Path, models: Path) -> Forecasts:
    """Writes forecasts.json beside the card whose weights it measures."""
    model = Zoo(models, memory_bytes=10**8).model(MODEL)
    found = Forecasts(
        weights=model.card.weights.sha256,
        command="python -m app.training.forecast_figures --data DIR",
        interval=round(SPEC.quantiles[2] - SPEC.quantiles[0], 4),
        series=table(model.net, data),
    )
    (models / MODEL / FILE).write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return found


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure every series of the pack.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=None)
    asked = parser.parse_args(given)
    torch.set_num_threads(1)
    for one in measure(asked.data, asked.models or models_folder()).series:
        e = one.mae
        print(
            f"{one.name:18} n={one.n:5}  network {e.network:8.3f}  last value {e.last_value:8.3f}"
            f"  season {e.last_season:8.3f}  season × growth {e.grown_season:8.3f}"
            f"  inside {one.inside:.3f}"
        )


if __name__ == "__main__":
    main()
