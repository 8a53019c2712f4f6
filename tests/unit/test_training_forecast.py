"""The forecaster's training: its series and their splits, batches, loss, figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from app.inputs.window import cut
from app.nets.quantiles import Quantiles
from app.nets.recurrent import RecurrentReader
from app.training import facts, forecast, forecast_figures, histories
from app.training.histories import History
from app.training.packs import PackMissing
from app.zoo.forecasts import read_forecasts
from app.zoo.publish import write_model

pytestmark = pytest.mark.unit
RECIPE = forecast.Recipe(hidden=4, steps=6, batch=4)
PLAIN = replace(RECIPE, upside_down=0, trend=0, mixed=0, noise=0)


def history(n: int = 90, m: int = 6, gap: int | None = None) -> History:
    t = np.arange(n)
    noise = np.random.default_rng(0).normal(size=n)
    values = 30 + 0.2 * t + 4 * np.sin(2 * np.pi * t / m) + noise
    if gap is not None:
        values[gap] = np.nan
    return History("airline", "Waves", "litres", "day", m, values, (60, 70, n))


def write_pack(folder: Path) -> Path:
    """The files of the shipped series, invented."""
    pack = folder / "timeseries"
    pack.mkdir(parents=True)
    rng = np.random.default_rng(1)

    def table(name: str, head: str, labels: list[str], values: np.ndarray) -> None:
        lines = [f"{label},{value:g}" for label, value in zip(labels, values, strict=True)]
        (pack / name).write_text("\n".join([head, *lines, ""]))

    def plain(n: int) -> tuple[list[str], np.ndarray]:
        return [str(i) for i in range(n)], 50 + rng.normal(size=n)

    table("airline_passengers.csv", "Month,Passengers", *plain(144))
    table("sunspots_yearly.csv", "YEAR,SUNACTIVITY", *plain(309))
    weeks = [
        f"{1958 + w // 48}{w % 48 // 4 + 1:02}{7 * (w % 4) + 1:02}" for w in range(12, 48 * 44)
    ]
    table("co2_weekly.csv", "date,co2", weeks, 300 + rng.normal(size=len(weeks)))
    return folder


# --- series ---------------------------------------------------------------------------------


def test_gaps_are_filled_up_to_three() -> None:
    nan = np.nan
    found = histories.filled(np.array([1, nan, 3, nan, nan, nan, 7, nan, nan, nan, nan, 12.0]))
    assert found[:7].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert np.isnan(found[7:11]).all()


def test_means_of_days() -> None:
    assert histories.means(np.arange(8.0), 3).tolist() == [1, 4]


def test_weeks_become_months(tmp_path: Path) -> None:
    lines = ["date,co2", "19580405,1", "19580426,3", "19580510,", "19580607,6", "19580705,8"]
    (tmp_path / "w.csv").write_text("\n".join(lines) + "\n")
    assert histories.monthly(tmp_path / "w.csv").tolist() == [2, 4, 6, 8]  # May on a line


def test_origins_keep_to_their_part() -> None:
    one = history()
    train, validation, test = (one.origins(part, 4, 24) for part in range(3))
    assert (train[0], train[-1]) == (18, 54)
    assert (validation[0], validation[-1]) == (60, 64)
    assert (test[0], test[-1]) == (70, 84)


def test_no_window_spans_a_gap() -> None:
    # Day 40 is missing: foretold from 35 to 40, read until five seasons later.
    origins = history(gap=40).origins(0, 4, 24)
    assert max(n for n in origins if n <= 40) == 34
    assert not [n for n in origins if 35 <= n <= 40]
    assert all(n - min(5, n // 6) * 6 > 40 for n in origins if n > 40)


def test_a_missing_pack_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackMissing, match="timeseries"):
        histories.load(tmp_path)


# --- batches and loss -----------------------------------------------------------------------


def test_an_unaltered_batch_is_what_the_server_reads() -> None:
    one = history()
    pool = forecast.Pool(one, 60, PLAIN)
    origin = pool.origins[-1]
    pool.origins = [origin]  # so that every row is known
    batch = pool.batch(np.random.default_rng(0))
    seasons = (batch.inputs.shape[1] - 6) // 6
    window = cut(one.values, origin, 6, seasons, forecast.SPEC.horizon, one.logs)
    assert one.logs
    for row in range(len(batch.inputs)):
        assert batch.inputs[row].numpy() == pytest.approx(window.inputs, abs=1e-5)
        assert batch.anchor[row].numpy() == pytest.approx(window.anchor, abs=1e-5)
    came = (np.log(one.values[origin : origin + 6]) - window.level) / window.scale
    assert batch.came[0].numpy() == pytest.approx(came, abs=1e-5)


def test_nothing_after_the_training_part_is_trained_on() -> None:
    one = history()
    changed = replace(one, values=np.concatenate([one.values[:60], one.values[60:] * 5]))
    batches = [forecast.Pool(h, 60, RECIPE).batch(np.random.default_rng(2)) for h in (one, changed)]
    assert batches[0].inputs.equal(batches[1].inputs)
    assert batches[0].came.equal(batches[1].came)


def test_invented_series_are_finite_and_hide_what_comes() -> None:
    for seed in range(8):
        batch = forecast.invented(RECIPE, np.random.default_rng(seed))
        ahead = batch.anchor.shape[1]
        assert batch.inputs.isfinite().all()
        assert (batch.inputs[:, -ahead:, 0] == 0).all()
        assert (batch.inputs[:, -ahead:, 2] == 0).all()


def test_the_pinball_loss_by_hand() -> None:
    said = torch.tensor([[[-1.0, 0.0, 1.0]]])
    value = forecast.pinball(said, torch.tensor([[2.0]]), torch.tensor([[4.0]]))
    assert value.item() == pytest.approx(0.1 * 3 + 0.5 * 2 + 0.9 * 1)  # it came 2 above the median
    value = forecast.pinball(said, torch.tensor([[2.0]]), torch.tensor([[0.0]]))
    assert value.item() == pytest.approx(0.9 * 1 + 0.5 * 2 + 0.1 * 3)


def test_quantiles_never_cross() -> None:
    low, middle, high = Quantiles()(100 * torch.randn(500, 3)).unbind(-1)
    assert (low <= middle).all()
    assert (middle <= high).all()


# --- the whole ------------------------------------------------------------------------------


def test_training_is_reproducible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "MIX", {"airline": 1.0, "invented": 0.2})
    first, second = (forecast.fit([history()], [60], RECIPE, lambda _: None) for _ in range(2))
    for name, weight in first.state_dict().items():
        assert weight.equal(second.state_dict()[name]), name
    errors = forecast.errors(first, history(), [70, 71, 84], forecast.SPEC)
    assert errors.shape == (3, 5)
    assert np.isfinite(errors).all()


def test_figures_and_samples_of_a_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = [row for row in histories.TABLE if row[0] in forecast_figures.SHIPPED]
    monkeypatch.setattr(histories, "TABLE", shipped)
    data = write_pack(tmp_path / "data")
    net = RecurrentReader(forecast.layers(RECIPE)).eval()
    facts.write_all(data, tmp_path / "samples")
    lines = (tmp_path / "samples" / "co2.csv").read_text().splitlines()
    assert lines[1].startswith("1958-04,")
    about = {
        "id": forecast.MODEL, "title": "T", "summary": "S", "kind": "gru", "task": "forecast",
        "input": "series", "limits": ["-"], "causal": True, "loss_at": "ahead",
        "architecture": {"name": "recurrent", "layers": forecast.layers(RECIPE)},
        "preprocessing": forecast.SPEC.model_dump(),
        "data": [{"name": "n", "source": "-", "licence": "-", "split": "-", "n": 1}],
        "training": {"command": "-", "seed": 0, "minutes": 0},
        "metrics": [{"name": "n", "value": 1, "unit": "x", "split": "-", "n": 1, "baseline": 2,
                     "baseline_name": "-", "command": "-"}],
    }  # fmt: skip
    write_model(tmp_path / forecast.MODEL, about, net.state_dict())
    found = forecast_figures.measure(data, tmp_path)
    assert read_forecasts(tmp_path / forecast.MODEL) == found
    assert [one.name for one in found.series] == [row[0] for row in shipped]
    for metric in forecast_figures.figures(net, data):
        assert metric.value < metric.baseline
