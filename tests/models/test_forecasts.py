"""What is said of the forecaster's held-out series: all of them, of the card's weights."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from app.training import facts, forecast_figures, histories
from app.zoo import Zoo
from app.zoo.forecasts import Forecasts, read_forecasts
from app.zoo.samples import values_of
from app.zoo.store import models_folder

MODEL = "forecast-gru"


@cache
def forecasts() -> Forecasts:
    zoo = Zoo(models_folder(), memory_bytes=10**8)
    found = read_forecasts(zoo.forecasts(MODEL).parent)
    assert found is not None
    return found


def test_every_series_of_the_pack_is_in_the_table() -> None:
    assert [one.name for one in forecasts().series] == [row[0] for row in histories.TABLE]


def test_the_counts_are_those_of_the_errors() -> None:
    for one in forecasts().series:
        plain = (one.mae.last_value, one.mae.grown_season)
        assert one.below == sum(one.mae.network < error for error in plain)
        assert one.mase == pytest.approx(one.mae.network / one.scale, abs=1e-3)


def test_it_is_below_both_naive_forecasts_on_at_least_two() -> None:
    assert sum(one.below == 2 for one in forecasts().series) >= 2


def test_the_card_states_those_and_no_others() -> None:
    card = Zoo(models_folder(), 10**8).card(MODEL)
    won = [one for one in forecasts().series if one.below == 2]
    assert [(m.value, m.n) for m in card.metrics] == [(one.mae.network, one.n) for one in won]


def test_the_table_is_measured_again(packs: Path) -> None:
    net = Zoo(models_folder(), 10**8).model(MODEL).net
    stated = {one.name: one for one in forecasts().series}
    for history in histories.load(packs):
        if history.name in forecast_figures.SHIPPED:
            found, said = forecast_figures.held(net, history), stated[history.name]
            assert found.mae.network == pytest.approx(said.mae.network, rel=1e-3)
            assert (found.n, found.split, found.mae.grown_season) == (
                said.n, said.split, said.mae.grown_season,
            )  # fmt: skip
            assert found.inside == pytest.approx(said.inside, abs=0.01)


def test_the_samples_are_the_public_facts(packs: Path) -> None:
    zoo = Zoo(models_folder(), 10**8)
    known = {one.name: one for one in histories.load(packs)}
    for name in forecast_figures.SHIPPED:
        sample = zoo.sample(MODEL, name)
        assert values_of(sample) == pytest.approx(known[name].values, abs=0.006)
        assert sample.season == known[name].season
    assert values_of(zoo.sample(MODEL, "wander")) == pytest.approx(np.array(facts.wander()))
