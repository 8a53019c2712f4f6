"""Series of numbers: the window, its scaling and back, seasons, naive forecasts, refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.core.errors import BadOption, TooLarge, Unprocessable
from app.inputs import naive
from app.inputs.period import season_of
from app.inputs.series import prepare_series
from app.inputs.spec import SeriesSpec
from app.inputs.window import MOST, cut, in_units, least

pytestmark = pytest.mark.unit
SPEC = SeriesSpec(seasons=4, horizon=6)
RISING = np.array([8, 3, 5, 9, 3, 6, 11, 4, 7, 12, 5, 8], dtype=float)


def waves(n: int, m: int, up: float = 0.1) -> np.ndarray:
    """A season of m and a line."""
    t = np.arange(n)
    found: np.ndarray = 20 + up * t + 5 * np.sin(2 * math.pi * t / m)
    return found


# --- naive forecasts, by hand ---------------------------------------------------------------


def test_the_last_value_and_the_last_season() -> None:
    assert naive.last_value(RISING, 2).tolist() == [8, 8]
    assert naive.last_season(RISING, 3, 3).tolist() == [12, 5, 8]
    assert naive.last_season(RISING, 3, 2).tolist() == [12, 5]


def test_growth_is_the_ratio_of_the_last_two_seasons() -> None:
    assert naive.growth(RISING, 3) == pytest.approx(25 / 22)
    assert naive.grown_season(RISING, 3, 2) == pytest.approx([12 * 25 / 22, 5 * 25 / 22])


@pytest.mark.parametrize("values", [[1, 2, -3, 4], [0, 0, 3, 4], [-1, 2, 3, 4]])
def test_growth_is_1_where_a_ratio_says_nothing(values: list[float]) -> None:
    assert naive.growth(np.array(values, dtype=float), 2) == 1
    assert naive.grown_season(np.array(values, dtype=float), 2, 1)[0] == values[2]


# --- the window -----------------------------------------------------------------------------


def test_what_the_network_sees() -> None:
    window = cut(RISING, 12, 3, 4, 6, logs=False)
    assert (window.steps, window.ahead) == (9, 3)
    z = (RISING - RISING[9:].mean()) / RISING[3:].std()
    assert window.inputs[:9, 0] == pytest.approx(z[3:])
    assert window.inputs[:9, 1] == pytest.approx(z[:9])
    assert window.inputs[9:, 1] == pytest.approx(z[9:])
    assert window.inputs[:, 2].tolist() == [1] * 9 + [0] * 3
    assert (window.inputs[9:, 0] == 0).all()
    assert window.growth == pytest.approx(z[9:].mean() - z[6:9].mean())


@pytest.mark.parametrize("logs", [False, True])
def test_a_network_that_says_0_repeats_the_last_season_and_its_growth(logs: bool) -> None:
    window = cut(RISING, 12, 3, 4, 6, logs)
    low, middle, high = in_units(window, np.tile([-0.5, 0.0, 0.5], (3, 1))).T
    if logs:
        ratio = math.exp(np.log(RISING[9:]).mean() - np.log(RISING[6:9]).mean())
        expected = RISING[9:] * ratio
    else:
        expected = RISING[9:] + RISING[9:].mean() - RISING[6:9].mean()
    assert middle == pytest.approx(expected)
    assert (low < middle).all()
    assert (middle < high).all()


def test_scale_and_shift_do_not_matter() -> None:
    plain = cut(waves(60, 6), 50, 6, 4, 6, logs=False)
    other = cut(3 * waves(60, 6) - 500, 50, 6, 4, 6, logs=False)
    assert other.inputs == pytest.approx(plain.inputs, abs=1e-9)


def test_how_many_seasons_are_read() -> None:
    assert cut(waves(60, 6), least(6), 6, 4, 6, logs=False).steps == 12
    assert cut(waves(60, 6), 60, 6, 4, 6, logs=False).steps == 24
    assert cut(waves(800, 200), 800, 200, 4, 6, logs=False).steps <= MOST
    with pytest.raises(ValueError, match="short"):
        cut(waves(60, 6), least(6) - 1, 6, 4, 6, logs=False)


# --- seasons --------------------------------------------------------------------------------


@pytest.mark.parametrize("m", [4, 7, 12, 24])
def test_a_season_is_measured(m: int) -> None:
    noise = np.random.default_rng(m).normal(size=8 * m)
    found = season_of(waves(8 * m, m) + noise, 2, 240)
    assert found is not None
    assert found[0] == m


@pytest.mark.parametrize("seed", range(5))
def test_noise_walks_and_lines_have_no_season(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(size=150)
    assert season_of(noise, 2, 240) is None
    assert season_of(noise.cumsum(), 2, 240) is None
    assert season_of(np.arange(50.0), 2, 240) is None
    assert season_of(np.ones(50), 2, 240) is None


def test_how_the_season_is_known_is_said() -> None:
    values = waves(80, 8).tolist()
    measured = prepare_series(values, SPEC, None, None).report
    assert (measured["season"]["steps"], measured["season"]["how"]) == (8, "measured")
    stated = prepare_series(values, SPEC, 5, None).report["season"]
    assert (stated["steps"], stated["how"]) == (5, "stated")
    walk = np.random.default_rng(0).normal(size=100).cumsum().tolist()
    assumed = prepare_series(walk, SPEC, None, None).report
    assert (assumed["season"]["steps"], assumed["season"]["how"]) == (SPEC.season, "assumed")
    assert "No season stands out" in assumed["steps"][0]["text"]


# --- the whole ------------------------------------------------------------------------------


def test_nothing_behind_the_origin_is_read() -> None:
    values = waves(80, 8)
    other = values.copy()
    other[60:] = -1000
    one = prepare_series(values.tolist(), SPEC, None, 60)
    two = prepare_series(other.tolist(), SPEC, None, 60)
    assert one.tensor.equal(two.tensor)
    assert one.report == two.report
    assert "20 values from the origin on are hidden" in one.report["steps"][-1]["text"]


def test_the_logarithm_is_said() -> None:
    ops = [s["op"] for s in prepare_series(waves(80, 8).tolist(), SPEC, 8, None).report["steps"]]
    assert "log" in ops
    below = prepare_series((waves(80, 8) - 100).tolist(), SPEC, 8, None).report
    assert not below["scaling"]["log"]


@pytest.mark.parametrize(
    ("values", "season", "origin", "error", "says"),
    [
        ([], None, None, Unprocessable, "no number"),
        ([1.0, 2.0, 3.0], 4, None, Unprocessable, "needs 12 values; there are 3"),
        ([5.0] * 40, None, None, Unprocessable, "one value"),
        ([1.0, math.nan, 2.0] * 9, None, None, Unprocessable, "Value 2 is not a finite"),
        ([1.0, math.inf, 2.0] * 9, None, None, Unprocessable, "Value 2"),
        ([1.0, 1e13, 2.0] * 9, None, None, Unprocessable, "larger unit"),
        ([1.0, 2.0] * 10_001, None, None, TooLarge, "the limit is 20,000"),
        ([1.0, 2.0, 3.0] * 9, 1, None, BadOption, "2 to 240"),
        ([1.0, 2.0, 3.0] * 9, 241, None, BadOption, "2 to 240"),
        ([1.0, 2.0, 3.0] * 9, 3, 28, BadOption, "27 values"),
        ([1.0, 2.0, 3.0] * 9, 3, 8, BadOption, "9 values before the origin"),
    ],
)
def test_refusals(
    values: list[float], season: int | None, origin: int | None, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        prepare_series(values, SPEC, season, origin)


def test_a_large_series_that_barely_moves_is_constant() -> None:
    values = (1e9 + 1e-3 * np.sin(np.arange(60))).tolist()
    with pytest.raises(Unprocessable, match="one value"):
        prepare_series(values, SPEC, 6, None)
