"""What First? and the duel ship: of the shipped weights, and what the pages say of them."""

from __future__ import annotations

import pytest

from app.training import first as training
from app.training.first import Budget
from app.zoo import Zoo
from app.zoo.duel import Duel, read_duel
from app.zoo.first import First, FirstModel, FirstPoint, check_first, load_nets, read_first
from app.zoo.store import models_folder

KNOWS = 0.95
TESTS = 250


@pytest.fixture(scope="module")
def first() -> First:
    check_first(models_folder())
    found = read_first(models_folder())
    assert found is not None
    return found


@pytest.fixture(scope="module")
def duel() -> Duel:
    found = read_duel(models_folder())
    assert found is not None
    return found


def as_learned(first: First, made: FirstModel) -> list[FirstPoint]:
    return [point for point in made.points if point.length == first.length]


def test_a_pooled_network_knows_within_its_field_and_guesses_beyond(first: First) -> None:
    made = next(one for one in first.models if one.model == "pooled")
    assert made.field is not None
    points = as_learned(first, made)
    assert {point.distance < made.field for point in points} == {True, False}
    for point in points:
        low, high = point.accuracy.interval
        if point.distance < made.field:
            assert low >= KNOWS, point
        else:
            assert low <= 0.5 <= high, point


def test_all_others_know_at_every_distance_of_this_length(first: First) -> None:
    others = [one for one in first.models if one.model != "pooled"]
    assert len(others) == 5
    for made in others:
        for point in as_learned(first, made):
            assert point.accuracy.interval[0] >= KNOWS, (made.model, point)


def test_the_shipped_networks_answer_as_measured(first: First) -> None:
    """Fewer sequences than the command drew: right as often, within four standard errors."""
    budget = Budget(tests=TESTS)
    for name, net in load_nets(models_folder(), first).items():
        points = as_learned(first, next(one for one in first.models if one.model == name))
        for point in (points[0], points[-1]):
            value = point.accuracy.value
            found = training.right(net, point.length, point.distance, budget, 1) / TESTS
            assert abs(found - value) <= 4 * (max(value * (1 - value), 0.01) / TESTS) ** 0.5


def test_the_duel_is_of_the_shipped_networks(duel: Duel) -> None:
    zoo = Zoo(models_folder(), memory_bytes=100_000_000)
    assert [one.reader for one in duel.readers] == ["bag", "cnn", "rnn", "gru", "lstm"]
    for one in duel.readers:
        if one.model:
            assert one.weights == zoo.card(one.model).weights.sha256, duel.command


def test_the_duels_budgets_are_equal_and_ties_are_ties(duel: Duel) -> None:
    sizes = [one.parameters for one in duel.readers]
    assert max(sizes) <= 1.1 * min(sizes)
    for row in zip(*(one.splits for one in duel.readers), strict=True):
        best = next(split for split in row if split.best)
        for split in row:
            assert split.accuracy.n == best.accuracy.n
            meets = split.accuracy.interval[1] >= best.accuracy.interval[0]
            assert split.tie is meets, split
